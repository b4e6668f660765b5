"""
What of a value may stand in no name: its pieces, as keyed digests that lead back to nothing.

Sealing notes them for every value that it sees; `masking` compares names with them. So no raw value outlives
sealing, and digests may cross processes and be kept in the result cache, whose key is a secret.
"""

from __future__ import annotations

import base64
import binascii
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b

from leakgate.model.detection import Category, Confidence, Match
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

SIZE = 8  # characters in a row that must not be seen
_LONGEST = 64 * 1024  # characters of a value
_LONGEST_WHOLE = 512
_LEAST_WORD = 4
MOST = 2_000_000  # pieces of a run; with more, no name is shown at all
TOO_MANY = b"!"

_ARMOUR = expression(r"-----[A-Z0-9 ]{3,60}-----|\b(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?\b")
_AT_HOST = expression(r"(?i)^([^@\s/]{8,})@[\w.-]+\.[a-z]{2,}(?::\d+)?/")
_WORD = expression(r"[A-Z]?[a-z]+|[A-Z]+")
_SCHEME = expression(r"(?i)^(?:basic|bearer|token|digest|apikey|negotiate)\s+")
_URL_LIKE = expression(r"(?i)^(?:[a-z][a-z0-9+.-]*://|[\w.-]+\.[a-z]{2,}/)")
_PLAIN_PART = expression(r"[a-z]{1,16}|[A-Z]{1,16}|v\d{1,2}")
_JWT = expression(r"^(eyJ[\w-]+)\.(?=eyJ)")
_BASE64 = expression(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_LETTERS = expression(r"[^\W\d_]+")
_WORDS_ONLY = ("PERSON", "LOCATION", "DATE", "BIRTH", "STREET", "POSTAL", "NRP", "ORGANIZATION")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Makes them. `is_word` says whether a dictionary has a word, in lower case."""

    key: bytes
    is_word: Callable[[str], bool] = lambda word: False

    def of(self, match: Match) -> Iterator[bytes]:
        """The pieces of one value; none of one that is known to be fake."""
        if match.synthetic is not None:
            return
        text = match.secret.reveal()[:_LONGEST].decode("utf-8", "replace")
        for variant in (text, *_decoded(text)):
            grams, wholes = self._parts(variant, match)
            for part in grams:
                yield from self._grams(plain(part))
            for part in (*grams, *wholes):
                yield from self._whole(folded(plain(part))[:_LONGEST_WHOLE])

    def digest(self, text: str) -> bytes:
        return blake2b(text.encode("utf-8", "replace"), key=self.key, digest_size=8).digest()

    def gram(self, text: str) -> bytes:
        """The same for a text and for its reverse."""
        back = text[::-1]
        return b"g" + self.digest(min(text, back))

    def _parts(self, text: str, match: Match) -> tuple[list[str], list[str]]:
        """Texts any piece of which is secret, and texts that are secret as a whole."""
        if match.confidence is Confidence.LOW:
            return [], [text] if len(text) > _LEAST_WORD and not self.is_word(text.lower()) else []
        if match.rule.category is not Category.PII:
            return list(_secret_parts(text, match.rule.prefix)), []
        entity = match.rule.entity
        if "EMAIL" in entity:
            local = text.partition("@")[0]
            return [], [text, *self._telling((local, *_LETTERS.findall(local)))]
        if "IP_ADDRESS" in entity or "MAC" in entity or entity == "URL":
            return [], [text]
        if any(word in entity for word in _WORDS_ONLY) or "ADDRESS" in entity:
            return [], [text, *self._telling(text.split())]
        return [folded(plain(text))], [text]

    def _telling(self, words: Iterable[str]) -> Iterator[str]:
        """Those that are not short, and in no dictionary."""
        for word in words:
            if (
                len(folded(word)) >= _LEAST_WORD
                and _LETTERS.search(word)
                and not self.is_word(word.strip(".,;").lower())
            ):
                yield word

    def _grams(self, part: str) -> Iterator[bytes]:
        """All but those within one word of the dictionary: half of all names would be masked."""
        common = [hit.span() for hit in _WORD.finditer(part) if self._is_common(hit[0])]
        yield from self._row(part, common)
        kept = [at for at, char in enumerate(part) if char.isalnum()]
        if len(kept) < len(part):
            at_bare = {at: number for number, at in enumerate(kept)}
            common = [(at_bare[start], at_bare[end - 1] + 1) for start, end in common]
            yield from self._row("".join(part[at] for at in kept), common)

    def _row(self, text: str, common: Sequence[tuple[int, int]]) -> Iterator[bytes]:
        left_out = {at for start, end in common for at in range(start, end - SIZE + 1)}
        for at in range(len(text) - SIZE + 1):
            if at not in left_out:
                yield self.gram(text[at : at + SIZE])

    def _is_common(self, word: str) -> bool:
        return len(word) >= SIZE and self.is_word(word.lower())

    def _whole(self, text: str) -> Iterator[bytes]:
        if len(text) < SIZE:
            if len(text) >= _LEAST_WORD:
                yield b"t" + self.digest(text)
            return
        for way in (text, text[::-1]):
            yield b"w" + len(way).to_bytes(2, "big") + self.digest(way[:SIZE]) + self.digest(way)


def plain(text: str) -> str:
    """Without what cannot be seen, and with the usual form of letters that have several."""
    if text.isascii() and text.isprintable():
        return text
    normal = unicodedata.normalize("NFKC", text)
    return "".join(char for char in normal if not is_unseen(char))


def is_unseen(char: str) -> bool:
    return (
        not char.isprintable() or unicodedata.category(char) in ("Mn", "Cf") or char in "\u3164\u115f\uffa0"
    )


def folded(text: str) -> str:
    """Its letters and digits alone, in lower case."""
    return "".join(filter(str.isalnum, text)).lower()


def bounded(pieces: Iterable[bytes], into: set[bytes]) -> None:
    """Adds them; where there are too many, that is said instead."""
    into.update(pieces)
    if len(into) > MOST:
        into.clear()
        into.add(TOO_MANY)


def _secret_parts(text: str, prefix: str) -> Iterator[str]:
    text = _ARMOUR.sub("\n", text)
    text = _SCHEME.sub("", text.strip())
    if prefix and text.startswith(prefix):
        text = text[len(prefix) :]
    elif _URL_LIKE.match(text) is not None:
        yield from _of_address(text)
        return
    if (hit := _AT_HOST.match(text)) is not None:
        text = hit[1]
    if (hit := _JWT.match(text)) is not None and _is_json(hit[1]):
        text = text[hit.end() :]  # which algorithm signs it
    yield text


def _of_address(text: str) -> Iterator[str]:
    """The password of an address, or else what stands behind its host, without plain words."""
    head, slashes, tail = text.partition("://")
    rest = tail if slashes else head
    authority, _, behind = rest.partition("/")
    user, at, _host = authority.rpartition("@")
    if at:
        password = user.partition(":")[2]
        yield password or user
        return
    query = authority.partition("?")[2]
    for part in expression(r"[/?&#=;]").split(f"{query}/{behind}"):
        if part and _PLAIN_PART.fullmatch(part) is None:
            yield part


def _is_json(encoded: str) -> bool:
    try:
        json.loads(base64.b64decode(encoded.translate(_URL_SAFE) + "=" * (-len(encoded) % 4)))
    except (ValueError, RecursionError):
        return False
    return True


def _decoded(text: str) -> Iterator[str]:
    """The text in a value that is base64, such as `user:password` of a header."""
    for run in _BASE64.findall(text)[:4]:
        try:
            raw = base64.b64decode(run.rstrip("=").translate(_URL_SAFE) + "=" * (-len(run.rstrip("=")) % 4))
            inner = raw.decode("ascii")
        except (binascii.Error, ValueError):
            continue
        if inner.isprintable() and len(inner) >= SIZE:
            yield inner.partition(":")[2] or inner


_URL_SAFE = str.maketrans("-_", "+/")
