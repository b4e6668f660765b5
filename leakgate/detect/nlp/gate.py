"""
The gate: which lines may name somebody, and which stretches of them are worth a language model's time.

Cheap enough for every line that the engine points at. Judges nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache

from leakgate.detect.nlp.given_names import common_given_names, rare_given_names
from leakgate.detect.nlp.known_names import Kind, kind_of
from leakgate.detect.nlp.names import is_name_word
from leakgate.detect.nlp.vocabulary import FUNCTION_WORDS, MACHINE_PHRASES, PERSONAL_WORDS
from leakgate.model.detection import Pattern
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

MAX_TEXT = 2000  # characters of one text, the most that is looked at together
_OVERLAP = 200  # bytes by which the pieces of an endless line overlap
_REACH = 1024  # bytes around a hit; wide, so that the hits of a page of prose are one suspect

_UPPER = rb"(?:[A-Z]|\xc3[\x80-\x9e]|\xc4[\x80-\xbf]|\xc5[\x81-\xbf])"
_SMALL = rb"a-z\x80-\xff"
_LOWER = rb"[" + _SMALL + rb"]"
_VERBS = (
    rb"said|says|asked|told|called|wrote|lives|lived|works|worked|was|is|has|had|will|who|can|could|please|shouted"
    rb"|spent|speak|flew|went|came|began|gave|explained|and"
)
_TITLE_CUE = rb"\b(?:Mrs?|Ms|Dr|Prof|Herr|Frau)\.? [A-Z]"
_WORDS_CUE = rb"(?i:\b(?:name is|name's|name:|name\?|call me|dear|m[rs]s?\.|dr\.|i'm|follow up with)) {1,4}\w"
_VERB_CUE = rb"[a-z] (?:lives at|will be|shouted) "
PATTERNS = (
    # Two words written like a name, or an initial and one.
    Pattern(
        "nlp/full-name",
        _UPPER + rb"[" + _SMALL + rb"'.-]{0,16} {1,2}" + _UPPER + rb"[" + _SMALL + rb".]",
        max_width=_REACH,
    ),
    Pattern("nlp/inside", rb"[a-z][a-z,;'?] [\"']?" + _UPPER + _LOWER + rb"{2}", max_width=_REACH),
    Pattern(
        "nlp/start", _UPPER + _LOWER + rb"{2,18}(?:'s)?,? (?:" + _VERBS + rb")[^A-Za-z]", max_width=_REACH
    ),
    Pattern("nlp/last-first", rb"[A-Z]{3}, " + _UPPER + rb"[a-z]", max_width=_REACH),
    Pattern(
        "nlp/lower-case",
        rb"(?i:name is|name's|i am|i'm|this is|dear|hi|hello|regards,?|call me|follow up with|m[rs]s?\.|dr\.)"
        rb" [a-z]{2}",
        max_width=_REACH,
    ),
    Pattern(
        "nlp/introduced",
        rb"(?:[Uu]nder|[Nn]amed?|[Cc]alled|[Cc]ontact|[Aa]sk|[Tt]ell|[Tt]old|[Aa]sked|[Mm]eet|[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey"
        rb"|name is|name\?|(?:[Mm][Rr][Ss]?|[Mm][Ss]|[Dd][Rr])\.) {1,6}" + _UPPER + _LOWER + rb"{2}",
        max_width=_REACH,
    ),
    Pattern("nlp/lower-case/start", _VERB_CUE, max_width=_REACH),
    # No line is looked at for one of these alone.
    Pattern("nlp/cue/title", _TITLE_CUE, max_width=_REACH),
    Pattern("nlp/cue/words", _WORDS_CUE, max_width=_REACH),
)

# A line without a hit of these has no cue.
CUES = frozenset(("nlp/cue/title", "nlp/cue/words", "nlp/lower-case/start"))
ALONE = frozenset(pattern.id for pattern in PATTERNS if not pattern.id.startswith("nlp/cue/"))

# Hits of these are worth a closer look without a given name, too.
TELLING = frozenset(
    ("nlp/start", "nlp/introduced", "nlp/lower-case", "nlp/lower-case/start", "nlp/last-first")
)

_LETTER = "A-Za-zÀ-ɏ"
_TOKEN = rf"(?:[{_LETTER}][{_LETTER}'’.\-]*+|\d{{1,4}})[,;:!?)\"]{{0,2}}+"
# Begins in no word and gives nothing back, or would read every word as often as it has letters.
_RUN = expression(rf"(?<![{_LETTER}](?=[{_LETTER}])){_TOKEN}(?: {{1,2}}+{_TOKEN}){{3,}}+")
_BARE = expression(rf"[{_LETTER}][{_LETTER}'’.\-]*")
_CODE = expression(r"[a-z][A-Z]|\w\.\w|-\w+-")
# Begins with a set, which `re` looks for faster than for alternatives. The second byte of an accented capital
# counts among the letters behind it.
_CAPITALISED = expression(rb"[A-Z\xc3-\xc5](?<!\xc3(?=[\x9f-\xbf]))[a-z\x80-\xff]+")
_PAIRED = expression(rb"([A-Z][a-z]+) {1,2}(?=[A-Z])")
_CAPITAL = expression(rf"[A-ZÀ-ÖØ-ÞŁŚŻŽČŠ][{_LETTER}'’.\-]*")
# Makes all but small letters and apostrophes blanks, and capitals small.
_SMALL_WORDS = bytes(
    ord(letter) if letter in "abcdefghijklmnopqrstuvwxyz'" else ord(" ")
    for letter in (chr(byte).lower() if byte < 128 else " " for byte in range(256))
)
_PERSONAL = frozenset(word.encode() for word in PERSONAL_WORDS)
_FUNCTION = frozenset(word.encode() for word in FUNCTION_WORDS)
_CUE = expression(rb"|".join((_TITLE_CUE, _WORDS_CUE, _VERB_CUE)))
_LONGEST_WORD = 100  # characters; models take seconds to cut thousands of signs apart
_ENOUGH_FUNCTION_WORDS = 2  # where somebody speaks
_MANY_FUNCTION_WORDS = 4  # elsewhere


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text: where it starts (characters), and what it is."""

    start: int
    text: str


def has_given_name(line: bytes, *, cue: bool = True) -> bool:
    """
    Whether the line has a given name, one that is a word too beside a word like a name, or a title.

    `cue` is whether the engine had a hit of `CUES` in it.
    """
    words = _CAPITALISED.findall(line)
    if not rare_given_names().isdisjoint(words):
        return True
    common = common_given_names()
    if not common.isdisjoint(words) and not common.isdisjoint(_PAIRED.findall(line)):
        return True
    return cue and _CUE.search(line) is not None


class Manner(Enum):
    """What the small words of a line say of it."""

    SPEECH = auto()  # somebody speaks or is spoken of
    PROSE = auto()  # a sentence that is long enough to tell
    OTHER = auto()


def manner(line: bytes) -> Manner:
    """Whether a line reads like speech, like a sentence, or like neither."""
    words = line.translate(_SMALL_WORDS).split()
    if not _PERSONAL.isdisjoint(words):
        return Manner.SPEECH
    return Manner.PROSE if len(_FUNCTION.intersection(words)) >= _MANY_FUNCTION_WORDS else Manner.OTHER


def conversation(text: str) -> Iterator[Stretch]:
    """The stretches where somebody speaks or is spoken of, with a word that may be a name."""
    if not any(map(_unexplained, _CAPITAL.findall(text))):
        return
    for found in _RUN.finditer(text):
        if may_hold_name(found[0]):
            yield Stretch(found.start(), found[0])


def may_hold_name(run: str) -> bool:
    """Whether a run of words is speech and holds a word written like a name that no list explains."""
    tokens = _BARE.findall(run)
    if max(map(len, tokens), default=0) > _LONGEST_WORD or not any(map(_unexplained, tokens)):
        return False
    plain = {token.lower().rstrip(".") for token in tokens}
    enough = _ENOUGH_FUNCTION_WORDS if plain & PERSONAL_WORDS else _MANY_FUNCTION_WORDS
    if len(plain & FUNCTION_WORDS) < enough:
        return False
    lowered = f" {run.lower()} "
    if any(phrase in lowered for phrase in MACHINE_PHRASES):
        return False
    return sum(map(_is_code, tokens)) * 5 <= len(tokens)


@lru_cache(maxsize=8192)
def _is_code(token: str) -> bool:
    return _CODE.search(token) is not None


@lru_cache(maxsize=8192)
def _unexplained(token: str) -> bool:
    word = _stripped(token)
    return is_name_word(word) and kind_of(word) not in (Kind.WORD, Kind.TECHNICAL, Kind.ROLE)


def _stripped(token: str) -> str:
    return re.sub(r"['’]s$", "", token.rstrip(".'’-"))


def pieces(data: bytes, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The lines in which hits end, each once; of an endless line what is around the hits."""
    done = -1
    for end in ends:
        if end <= done:
            continue
        start = data.rfind(b"\n", max(0, end - MAX_TEXT // 2), end) + 1 or max(0, end - MAX_TEXT // 2)
        start = max(start, done - _OVERLAP) if start < done else start
        stop = data.find(b"\n", end, start + MAX_TEXT)
        done = stop if stop >= 0 else min(len(data), start + MAX_TEXT)
        yield start, done
