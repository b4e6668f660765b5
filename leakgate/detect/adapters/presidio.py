"""
Presidio's pattern recognizers behind our protocol.

Every hit is sifted by its edges and by the names before it, then judged by Presidio's own check.
A weak pattern counts only where a word on the line speaks for it. Presidio itself is imported when
the first hit needs it, never before. No network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from leakgate.detect.adapters.belief import (
    WEAK,
    Phrases,
    believe,
    is_contrary,
    reason,
)
from leakgate.detect.adapters.catalogue import EVERYWHERE, LOCALES, TRAITS, Trait
from leakgate.detect.adapters.lone import LoneValues
from leakgate.detect.adapters.opinion import REFUSED, VALIDATED, Opinion, library_opinion
from leakgate.detect.adapters.phone import PhoneNumbers
from leakgate.detect.adapters.plausibility import is_grouped_card, is_impersonal, plausible
from leakgate.detect.adapters.specimens import why_synthetic
from leakgate.detect.adapters.surroundings import Surroundings, surroundings
from leakgate.detect.adapters.tables import LibraryPattern, LibraryRecognizer, presidio_table
from leakgate.detect.plausibility.personal_samples import sample_reason
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.model.detection import Category, Confidence, Match, Pattern, Recognizer, Rule, Suspect
from leakgate.model.records import dataclass
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

# Scores from which a value that is more than digits counts where it stands alone.
_LETTERED, _RARE = 0.1, 0.3  # health: claims and policies have any form
_GAP = 40  # bytes between a word that speaks for a value and the value
# Allowed in the local part of an address, and never seen there.
_NOT_IN_ADDRESSES = (b"/", b"=", b"&", b"?", b"{", b"|", b"`", b"#", b"*", b"^", b"~", b"!", b"$")
_WIDTHS = {"EMAIL_ADDRESS": 320}
# What the engine looks for instead of the library's expression: a part of it. E-mail with a literal in front,
# as the engine is idle until it occurs; the others at the edge of a word, where alone they are plausible,
# and without the alternatives of which the engine would keep track at every letter.
_ANCHORS = {
    "EMAIL_ADDRESS": rb"@[\w\x80-\xff]+(?:-+[\w\x80-\xff]+)*\.[\w\x80-\xff]",
    "CRYPTO": rb"\b(?:bc1|[13])[a-zA-HJ-NP-Z0-9]{25}",
    "IBAN_CODE": rb"\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2}",
    "IT_FISCAL_CODE": rb"\b[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
}
# Presidio's weak pattern of cards has a check digit behind it and issuer ranges before it here.
_CHECKED = frozenset({"CREDIT_CARD", "IT_FISCAL_CODE"})


def presidio_recognizers(locales: frozenset[str]) -> tuple[Recognizer, ...]:
    """The recognizers that every country shares, and those of `locales`.

    A locale is an ISO 3166-1 code in lower case (`uk` too), `eu` or `all`; one that Presidio has
    nothing for adds nothing but its telephone numbers.
    """
    countries = {country for locale in locales for country in LOCALES.get(locale, ())} | {""}
    chosen = [each for each in presidio_table() if each.country in countries or each.entity in EVERYWHERE]
    recognizers = tuple(PresidioRecognizer(each) for each in chosen)
    return (*recognizers, PhoneNumbers(locales), LoneValues(recognizers))


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place where an expression of the library matches; `labelled` if it holds its own label."""

    span: Span
    raw: bytes
    labelled: bool
    score: float

    @property
    def piece(self) -> str:
        return self.raw.decode("utf-8", "replace")

    def behind_marks(self) -> _Hit:
        """Without the path or `name=` before it, which RFC 5322 allows in an address."""
        local = self.raw[: self.raw.rfind(b"@")]
        cut = max(local.rfind(mark) for mark in _NOT_IN_ADDRESSES) + 1
        return replace(self, span=Span(self.span.start + cut, self.span.end), raw=self.raw[cut:])

    def narrowed(self, opinion: Opinion) -> Span:
        """The bytes of what the library picked out of the hit."""
        if "\ufffd" in self.piece:
            return self.span
        start = self.span.start + len(self.piece[: opinion.start].encode())
        return Span(start, start + len(self.piece[opinion.start : opinion.end].encode()))


class PresidioRecognizer:
    """One of Presidio's recognizers: its patterns in the pass, its checks on what they hit."""

    def __init__(self, library: LibraryRecognizer) -> None:
        slug = library.entity.lower().replace("_", "-")
        self._library = library
        self._trait = TRAITS[library.entity]
        self._phrases = Phrases.of(library.context, self._trait)
        self._rule = _rule(library, self._trait, slug)
        self._sources = {f"{self._rule.id}/{number}": each for number, each in enumerate(library.patterns, 1)}
        self._patterns = tuple(
            _pattern(identity, library, self._trait, each, self._phrases)
            for identity, each in self._sources.items()
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (self._rule,)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return self._patterns

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """Each value once, whichever pattern found it first."""
        seen: set[Span] = set()
        opinions: dict[tuple[bytes, float], Opinion] = {}
        for suspect in suspects:
            for hit in _hits(self._sources[suspect.pattern.id], segment.data, suspect.window):
                match = self._judge(segment, hit, opinions)
                if match is not None and match.span not in seen:
                    seen.add(match.span)
                    yield match

    def _judge(
        self, segment: Segment, hit: _Hit, opinions: dict[tuple[bytes, float], Opinion]
    ) -> Match | None:
        if self._rule.entity == "EMAIL_ADDRESS":
            hit = hit.behind_marks()
        if not plausible(self._rule.entity, segment.data, hit.span, hit.piece):
            return None
        around = surroundings(segment, hit.span)
        if hit.labelled:
            around = replace(around, phrase=min(self._phrases.anywhere))
        if is_contrary(around, self._phrases) or not self._worth_asking(around):
            return None
        asked = hit.raw, hit.score
        if asked not in opinions:
            opinions[asked] = self._opinion(hit)
        return self._match(segment, hit, around, opinions[asked])

    def alone(self, data: bytes) -> Iterator[tuple[float, Match]]:
        """What it says of a text that is hardly more than a value; each with the library's score."""
        for source in self._sources.values():
            if _needs_no_word(self._library.entity, self._trait, source):
                continue  # found wherever it stands
            for hit in _hits(source, data, Span(0, len(data))):
                opinion = self._opinion(hit)
                if self._is_telling(hit, opinion) and plausible(self._rule.entity, data, hit.span, hit.piece):
                    around = Surroundings("", "", "")
                    because = f"{reason(opinion.score, around, self._phrases)}, and it is all there is"
                    yield opinion.score, self._lone(data, hit, opinion, because)

    def _is_telling(self, hit: _Hit, opinion: Opinion) -> bool:
        """Whether check digits hold, or letters or groups make the format a rare one."""
        if self._library.validates and opinion.score == VALIDATED:
            return True
        if hit.piece.isdigit() or opinion.score == REFUSED:
            return False
        return opinion.score >= (_RARE if self._trait.family == "pii-health" else _LETTERED)

    def _lone(self, data: bytes, hit: _Hit, opinion: Opinion, because: str) -> Match:
        span = hit.narrowed(opinion)
        secret = Secret(data[span.start : span.end])
        synthetic = known_fake(self._rule.entity, hit.piece)
        return Match(self._rule, span, secret, Confidence.LOW, because, synthetic)

    def _worth_asking(self, around: Surroundings) -> bool:
        return self._trait.alone is not None or self._phrases.speak(around) is not None

    def _opinion(self, hit: _Hit) -> Opinion:
        """The library's; but an address in a reserved domain is one, though no suffix is registered."""
        if not self._library.validates:
            return Opinion(hit.score, 0, len(hit.piece))
        opinion = library_opinion(self._library, hit.piece)
        if opinion.score == REFUSED and self._rule.entity == "IBAN_CODE":
            return _shortened(self._library, hit.piece)
        if opinion.score == REFUSED and self._rule.entity == "EMAIL_ADDRESS":
            reserved = why_synthetic(self._rule.entity, hit.piece) is not None
            return Opinion(WEAK, 0, len(hit.piece)) if reserved else opinion
        return opinion

    def _match(self, segment: Segment, hit: _Hit, around: Surroundings, opinion: Opinion) -> Match | None:
        confidence = believe(opinion.score, around, self._phrases, self._trait)
        if confidence is None or opinion.score == REFUSED:
            return None
        span = hit.narrowed(opinion)
        return Match(
            self._rule,
            span,
            Secret(segment.data[span.start : span.end]),
            _adjusted(self._rule.entity, hit.piece, confidence, named=self._has_another_name(around)),
            reason(opinion.score, around, self._phrases),
            known_fake(self._rule.entity, hit.piece),
        )

    def _has_another_name(self, around: Surroundings) -> bool:
        """Whether the value is assigned to a name that says nothing of the entity."""
        return bool(around.name.strip()) and self._phrases.speak(around) is None


def _adjusted(entity: str, piece: str, confidence: Confidence, *, named: bool) -> Confidence:
    """What the form of a value adds to, or takes from, the confidence."""
    if entity == "EMAIL_ADDRESS" and is_impersonal(piece):
        return Confidence.LOW
    if entity == "CREDIT_CARD" and is_grouped_card(piece):
        return Confidence.HIGH
    if entity == "CREDIT_CARD" and named:
        return Confidence.LOW  # one number in ten passes the Luhn test, and this one is called something else
    if entity in ("IP_ADDRESS", "MAC_ADDRESS") and confidence is Confidence.HIGH:
        return Confidence.MEDIUM
    return confidence


def _shortened(library: LibraryRecognizer, piece: str) -> Opinion:
    """Presidio's expression swallows words of four letters behind an IBAN (` HTTP`); give them back."""
    while " " in piece:
        piece = piece.rpartition(" ")[0]
        opinion = library_opinion(library, piece)
        if opinion.score != REFUSED:
            return opinion
    return Opinion(REFUSED, 0, 0)


def _hits(source: LibraryPattern, data: bytes, window: Span) -> Iterator[_Hit]:
    """The places in `window` where the library's expression matches."""
    expression = _compiled(source)
    labelled = "labelled" in source.name
    for found in expression.finditer(data, window.start, window.end):
        yield _Hit(Span(found.start(), found.end()), found[0], labelled, source.score)


@cache
def _compiled(source: LibraryPattern) -> re.Pattern[bytes]:
    """Its look-aheads bounded: one that ran to the end of every window took 18 ms a hit."""
    flags = re.DOTALL | re.MULTILINE | (re.IGNORECASE if source.ignore_case else 0)
    expression = source.expression.replace(b"(?=.*?", b"(?=.{0,32}?")
    return re.compile(
        expression.replace(_LICENSES, _LICENSES[:2] + _FIRST_OF_LICENSES + _LICENSES[2:]), flags
    )


# Drivers are everywhere in logs, and each of twenty forms of a licence was tried at every word near one.
_LICENSES = rb"\b([A-Z][0-9]{3,6}|"
_FIRST_OF_LICENSES = rb"(?=[A-Z]{0,2}[0-9]|A-Z\])"


def _pattern(
    identity: str, library: LibraryRecognizer, trait: Trait, source: LibraryPattern, phrases: Phrases
) -> Pattern:
    """The library's expression; behind a word that speaks for it where it counts for nothing alone."""
    expression = _ANCHORS.get(library.entity, source.expression)
    width = _WIDTHS.get(library.entity, 64)
    if not _needs_no_word(library.entity, trait, source) and "labelled" not in source.name:
        expression = phrases.expression() + b"[^\\n]{0,%d}?" % _GAP + b"(?:" + expression + b")"
        width += _GAP + 64
    return Pattern(identity, expression, width, source.ignore_case, dotall=True, multiline=True)


def _needs_no_word(entity: str, trait: Trait, source: LibraryPattern) -> bool:
    return trait.alone is not None and (source.score >= WEAK or entity in _CHECKED)


_SPELLED = frozenset({"EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "CRYPTO"})


def known_fake(entity: str, piece: str) -> str | None:
    """Why a value belongs to nobody: reserved, published, or digits in a row."""
    reason = why_synthetic(entity, piece) or sample_reason(entity, piece)
    return reason if reason or entity in _SPELLED else synthetic_reason(piece.encode())


def _rule(library: LibraryRecognizer, trait: Trait, slug: str) -> Rule:
    return Rule(
        id=f"presidio/{slug}",
        name=trait.name,
        entity=library.entity,
        category=Category.PII,
        severity=trait.severity,
        confidence=trait.alone or Confidence.MEDIUM,
        family=trait.family,
        reference="https://microsoft.github.io/presidio/supported_entities/",
        remediation="Use made-up data in tests, or mask the value before it is written.",
        cwe="CWE-532",
        specificity=2,
    )
