"""
detect-secrets' plugins behind our protocol.

Their expressions go into the pass; what hits is asked of the plugin itself, then of detect-secrets'
own filters. The library is imported when the first hit asks for it. `verify`, which would ask the
network, is never called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.detect.adapters.catalogue import CONTRARY_NAMES
from leakgate.detect.adapters.heuristics import (
    can_be_assigned,
    can_be_secret,
    is_digest,
    is_mixed,
    is_path,
    looks_chosen,
    why_example,
)
from leakgate.detect.adapters.plausibility import plausible
from leakgate.detect.adapters.plugin_hits import Hit, Source, hits, sources, string_hit, strings
from leakgate.detect.adapters.plugin_opinion import is_monotonous, opinion
from leakgate.detect.adapters.plugins import PLUGINS, Plugin
from leakgate.detect.adapters.specimens import why_synthetic
from leakgate.detect.adapters.surroundings import line_before, surroundings
from leakgate.detect.adapters.tables import LibraryRecognizer, detect_secrets_table
from leakgate.detect.plausibility.cut import why_cut
from leakgate.detect.plausibility.payload import why_payload
from leakgate.detect.plausibility.published import why_published
from leakgate.detect.plausibility.spelling import reads_like_words
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.detect.program.literal import why_literal
from leakgate.detect.rules.cut_off import why_cut_off
from leakgate.detect.validators.keys import private_key
from leakgate.detect.validators.outcome import Invalid
from leakgate.model.detection import Confidence, Match, Pattern, Recognizer, Rule, Suspect
from leakgate.model.expressions import expression
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment, SegmentKind
from leakgate.model.spans import Span

_SECRET_NAMES = frozenset(
    {"apikey", "auth", "credential", "credentials", "key", "passwd", "password", "pwd", "secret", "token"}
)
_SECRET_WORD = expression(b"|".join(sorted(map(str.encode, _SECRET_NAMES))), re.IGNORECASE)
# Their values have hyphens: what goes on with one is longer than a value.
_WITH_HYPHENS = frozenset({"TelegramBotTokenDetector"})
# Their expressions fit words too: the value must have a mix of characters.
_ANY_WORD_FITS = frozenset({"ArtifactoryDetector", "BasicAuthDetector", "IbmCloudIamDetector"})
# Words in names of what protects or names one message: it differs each time and opens nothing.
_OF_MESSAGES = frozenset(
    {"boundary", "checksum", "csr", "data", "etag", "hash", "mac", "nonce", "profile", "request", "signature"}
    | {"span", "trace"}
)
# Words in names of tokens that tell one request from the next: of pages, of repeated requests, of forms.
_OF_REQUESTS = frozenset({"client", "continuation", "csrf", "idempotency", "next", "page", "sync", "xsrf"})
# The last word of names that say something about a secret and do not hold it: `secretName`.
_ABOUT_SECRETS = frozenset(
    {"class", "count", "field", "file", "hint", "id", "label", "length", "name", "path", "policy", "provider"}
    | {"ref", "reset", "rotation", "size", "source", "status", "strength", "type", "uri", "url", "version"}
)


def detect_secrets_recognizers() -> tuple[Recognizer, ...]:
    """One recognizer for each plugin of detect-secrets."""
    return tuple(DetectSecretsPlugin(each) for each in detect_secrets_table())


class DetectSecretsPlugin:
    """One plugin: its expressions in the pass, its own analysis on what they hit."""

    def __init__(self, library: LibraryRecognizer) -> None:
        self._library = library
        self._plugin = PLUGINS[library.class_name]
        self._rule = self._plugin.rule()
        self._sources: dict[str, Source] = {
            f"{self._rule.id}/{each.number}": each for each in sources(library, self._plugin)
        }
        self._patterns = tuple(
            Pattern(identity, each.expression, each.width, each.ignore_case)
            for identity, each in self._sources.items()
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (self._rule,)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return self._patterns

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """Each value once, whichever expression found it first."""
        seen: set[Span] = set()
        for suspect in suspects:
            source = self._sources[suspect.pattern.id]
            if not source.is_for(segment.artifact.name):
                continue
            for hit in self._hits(segment, source, suspect):
                match = None if hit.value in seen else self._judge(segment, source, hit)
                if match is not None:
                    seen.add(hit.value)
                    yield match

    def _hits(self, segment: Segment, source: Source, suspect: Suspect) -> Iterator[Hit]:
        data = segment.data
        if not source.is_quoted:
            yield from hits(source, data, suspect.window)
            return
        for start, end in strings(data, suspect.ends):
            text = data[start:end].decode("utf-8", "replace")
            if not is_monotonous(source, text) and not _refused_at_sight(segment, start, text):
                yield string_hit(data, start, end, text)

    def _judge(self, segment: Segment, source: Source, hit: Hit) -> Match | None:
        if self._rule.entity == "IP_ADDRESS":
            return self._address(segment, hit)
        if self._plugin.token and not self._may_be_token(segment, hit):
            return None
        if not opinion(self._library, source, hit):
            return None
        confidence = self._confidence(segment, hit)
        if confidence is None:
            return None
        value = hit.text.encode()
        if self._plugin.guess and (why_cut_off(value) or why_cut(segment.data, hit.value)):
            confidence = Confidence.LOW
        return self._match(segment, hit, confidence, self._why_synthetic(segment, hit))

    def _may_be_token(self, segment: Segment, hit: Hit) -> bool:
        """Told before anything is imported: numbers and ids in logs are refused here."""
        return self._stands_alone(segment.data, hit) and self._confidence(segment, hit) is not None

    def _stands_alone(self, data: bytes, hit: Hit) -> bool:
        with_hyphens = self._library.class_name in _WITH_HYPHENS
        return hit.stands_alone(data) and not (with_hyphens and data.startswith(b"-", hit.value.end))

    def _why_synthetic(self, segment: Segment, hit: Hit) -> str | None:
        value = hit.text.encode()
        known = why_example(hit.text) or why_published(value)
        if known is not None or not self._plugin.guess:
            return known
        names = surroundings(segment, hit.value).name.split()
        return synthetic_reason(value) or why_literal(value, names)

    def _address(self, segment: Segment, hit: Hit) -> Match | None:
        """The plugin's check of an address is its expression alone: nothing to import for it."""
        host = Span(hit.value.start, hit.value.start + len(hit.text.partition(":")[0]))
        text = hit.text.partition(":")[0]
        if not plausible("IP_ADDRESS", segment.data, host, text):
            return None
        bare = Hit(hit.whole, host, hit.piece, text)
        return self._match(segment, bare, Confidence.LOW, why_synthetic("IP_ADDRESS", text))

    def _match(self, segment: Segment, hit: Hit, confidence: Confidence, synthetic: str | None) -> Match:
        value = Secret(segment.data[hit.value.start : hit.value.end])
        because = f"detect-secrets: {self._library.entity}"
        return Match(self._rule, hit.value, value, confidence, because, synthetic)

    def _confidence(self, segment: Segment, hit: Hit) -> Confidence | None:
        """How far the value is believed, or None where detect-secrets' filters or ours refuse it."""
        name = self._library.class_name
        if name == "PrivateKeyDetector":
            return (
                None
                if _is_frame_alone(segment.data, hit.whole)
                else _of_header(segment.data, hit, self._plugin)
            )
        if not can_be_secret(hit.text) or self._is_no_token(segment.data, hit):
            return None
        if name == "KeywordDetector" or self._rule.entity == "HIGH_ENTROPY_STRING":
            return _of_keyword(segment, hit) if name == "KeywordDetector" else _of_entropy(segment, hit)
        if name in _ANY_WORD_FITS and (hit.text.isupper() or not is_mixed(hit.text)):
            return None
        names_an_account = name == "TwilioKeyDetector" and hit.text.startswith("AC")
        return Confidence.LOW if names_an_account else self._plugin.confidence

    def _is_no_token(self, data: bytes, hit: Hit) -> bool:
        """A token's beginning with words behind it; a key id that is none, or of an audit record."""
        if self._library.class_name == "AWSKeyDetector":
            return _NO_KEY_ID.match(hit.text) is not None or _in_audit(data, hit.value)
        short = len(hit.text) < _LEAST_TOKEN
        return self._plugin.token and (short or reads_like_words(hit.text.encode()))


_LEAST_TOKEN = 16  # characters
# Key ids are base 32 behind their prefix: 0, 1, 8 and 9 do not occur.
_NO_KEY_ID = expression(r"A[A-Z0-9]{3}[A-Z2-7]*[0189]")

# What follows a key id in the identity of an audit record: the id of who called, without a secret.
_AUDIT = expression(rb"[\\\"'\x1e]{1,4}\s{0,40},?\s{0,40}\\?\"?(?:userName|sessionContext|invokedBy)\b")
_LONGEST_KEY = 16 * 1024  # bytes


def _in_audit(data: bytes, value: Span) -> bool:
    return _AUDIT.match(data, value.end) is not None


def _is_frame_alone(data: bytes, header: Span) -> bool:
    """Whether the block behind a header is whole and holds no key: a placeholder, a document."""
    end = data.find(b"-----END", header.end, header.start + _LONGEST_KEY)
    return end >= 0 and isinstance(private_key(data[header.start : end]), Invalid)


# What stands behind the header of a key: a line of Base64, or what says how it is encrypted.
_BODY = expression(rb"[0-9A-Za-z+/=]{40}|Proc-Type|Comment:|Version:|ENCRYPTED|Private-Lines")
_LITERAL_END = expression(rb"(?:-{4,5})?(?:\\{0,4}[\"'`]|&quot;|&\#3[49];)\s{0,4}[^\s\"']")
_BODY_REACH = 400  # bytes; a logger may put much before each line


def _of_header(data: bytes, hit: Hit, plugin: Plugin) -> Confidence | None:
    """A header is none where a program compares with it, and a guess where something else follows."""
    if _LITERAL_END.match(data, hit.whole.end):
        return None
    after = data[hit.whole.end : hit.whole.end + _BODY_REACH]
    followed = _BODY.search(after) is not None or not after.strip(b"- \t\r\n")
    return plugin.confidence if followed else Confidence.LOW


def _of_keyword(segment: Segment, hit: Hit) -> Confidence | None:
    line = line_before(segment.data, hit.value.start).decode("utf-8", "replace") + hit.text
    names = surroundings(segment, hit.value).name.split()
    if not can_be_assigned(hit.text, line) or (names and names[-1] in _ABOUT_SECRETS):
        return None
    if not looks_chosen(hit.text):
        return None if " " in hit.text else Confidence.LOW
    return Confidence.MEDIUM


def _refused_at_sight(segment: Segment, start: int, text: str) -> bool:
    """Whether the form of the value, or the name that it is assigned to, says that it is no secret.

    Told before anything is imported, and before the plugin's slower way to the same.
    """
    if not (is_digest(text) or is_path(text)) and is_mixed(text):
        return False
    before = line_before(segment.data, start)
    if segment.kind is SegmentKind.LOG and not _SECRET_WORD.search(before):
        return True  # nine in ten; taking the name apart costs fifteen times as much
    return not set(surroundings(segment, Span(start, start + len(text))).name.split()) & _SECRET_NAMES


def _of_entropy(segment: Segment, hit: Hit) -> Confidence | None:
    words = surroundings(segment, hit.value).name.split()
    named = set(words)
    if named & _SECRET_NAMES:
        return None if words[-1] == "token" and named & _OF_REQUESTS else Confidence.LOW
    if named & _OF_MESSAGES or why_payload(hit.text.encode()) is not None:
        return None
    if named & CONTRARY_NAMES or is_digest(hit.text) or is_path(hit.text) or not is_mixed(hit.text):
        return None
    line = line_before(segment.data, hit.value.start).decode("utf-8", "replace") + hit.text
    return Confidence.LOW if can_be_assigned(hit.text, line) else None
