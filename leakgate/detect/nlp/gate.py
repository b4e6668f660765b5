"""
The gate: which stretches of a text are prose with a name-like word in it, or names behind a label.

Cheap enough for every line that the engine points at; what it lets pass is worth the model's time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leakgate.detect.nlp.names import is_name_word
from leakgate.detect.nlp.vocabulary import FUNCTION_WORDS, MACHINE_PHRASES, PERSONAL_WORDS
from leakgate.model.detection import Pattern

_UPPER = rb"(?:[A-Z]|\xc3[\x80-\x9e]|\xc5[\x81\x9a\xbb\xbd])"
_LABEL = (
    rb"(?i:(?:customer|patient|full|first|last|middle|given|family|sur|maiden|contact|billing|shipping|account|holder"
    rb"|employee|guest|student|legal|real|person)[ _-]?name|card[ _-]?holder|account[ _-]?holder|recipient"
    rb"|beneficiary|passenger|patient|payee)"
)
_QUOTE = rb"&(?:#34|quot);"
_GAP = rb"(?:[^\w\n]{1,16}|[^\w\n]{1,6}value[^\w\n]{1,4}|[^\w\n]{1,4}from null to |" + (
    _QUOTE + rb"[^\w\n]{1,4}" + _QUOTE + rb")"
)
LABELLED = Pattern("nlp/labelled", _LABEL + _GAP + _UPPER + rb"[a-z\x80-\xff'.]", max_width=256)
PROSE = (
    Pattern("nlp/prose/inside", rb"[a-z][a-z,;'] [\"']?" + _UPPER + rb"[a-z\x80-\xff]{2}", max_width=64),
    Pattern("nlp/prose/start", _UPPER + rb"[a-z\x80-\xff]{1,20}[,!?']? [a-z]{2}", max_width=64),
)

_LABELLED_NAME = re.compile(
    _LABEL
    + _GAP
    + rb"((?:"
    + _UPPER
    + rb"[\w\x80-\xff'.-]*|(?:d[aeiou]|del|della|la|le|los|van|von|der|y|zu) )"
    rb"(?: ?" + _UPPER + rb"[\w\x80-\xff'.-]*| (?:d[aeiou]|del|della|la|le|los|van|von|der|y|zu)(?= )){0,6})"
)
_LETTER = "A-Za-zÀ-ɏ"
_TOKEN = rf"(?:[{_LETTER}][{_LETTER}'’.\-]*|\d{{1,4}})[,;:!?)\"]{{0,2}}"
_RUN = re.compile(rf"{_TOKEN}(?: {{1,2}}{_TOKEN}){{3,}}")
_BARE = re.compile(rf"[{_LETTER}][{_LETTER}'’.\-]*")
_CODE = re.compile(r"[a-z][A-Z]|\w\.\w|-\w+-")
_ENOUGH_FUNCTION_WORDS = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text: where it starts (characters), and what it is."""

    start: int
    text: str


def labelled_names(line: bytes) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of what is written like a name behind a label that says person."""
    for found in _LABELLED_NAME.finditer(line):
        yield found.start(1), found[1]


def prose(text: str) -> Iterator[Stretch]:
    """The stretches of natural language that may hold a name."""
    for found in _RUN.finditer(text):
        if may_hold_name(found[0]):
            yield Stretch(found.start(), found[0])


def may_hold_name(run: str) -> bool:
    """Whether a run of words reads like a sentence and has a word written like a name."""
    lowered = f" {run.lower()} "
    if any(phrase in lowered for phrase in MACHINE_PHRASES):
        return False
    tokens = _BARE.findall(run)
    plain = {token.lower().rstrip(".") for token in tokens}
    if len(plain & FUNCTION_WORDS) < _ENOUGH_FUNCTION_WORDS:
        return False
    if sum(_CODE.search(token) is not None for token in tokens) * 5 > len(tokens):
        return False
    names = [is_name_word(_stripped(token)) for token in tokens]
    if plain & PERSONAL_WORDS:
        return any(names)
    return any(names[1:])


def is_conversation(run: str) -> bool:
    """Whether someone speaks or is spoken of; a report of a machine has no `you` and no `his`."""
    return any(token.lower().rstrip(".") in PERSONAL_WORDS for token in _BARE.findall(run))


def _stripped(token: str) -> str:
    return re.sub(r"['’]s$", "", token.rstrip(".'’-"))
