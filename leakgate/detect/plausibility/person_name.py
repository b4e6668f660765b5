"""
Does a text under a person-like label look like the name of a person?

Judges by form: words with letters, titles, particles, no words of programs or sentences.
Knows no list of names.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from leakgate.detect.plausibility.credential import Plausible
from leakgate.model.detection import Confidence
from leakgate.model.expressions import expression

_TITLES = (
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|lord|lady|rev|herr|frau|fr|hr|dipl|ing|mag|univ|med|phil|jur"
    r"|nat|rer|habil|h|c|hc|sr|sra|srta|don|doña|d|dña|m|mme|mlle|monsieur|madame|sig|signor|signora|dott|dra"
    r"|pan|pani|dhr|mevr|mw|drs|ir)(?:\.-?| ) ?)*"
)
_DEGREES = (
    r"(?:,? (?:b\.?\s?(?:a|sc|eng|ed)|m\.?\s?(?:a|sc|eng|ed|d)|mba|ph\.?\s?d|md|dds|dvm|esq|jr|sr|i{2,3}|iv"
    r"|cpa|rn|ll\.?m)\.?)*"
)
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:{_LETTER}\.|(?:d|l|o|dell|dall|al|el|mac|n|ó)['’`]{_LETTER}+|{_LETTER}+(?:['’`]{_LETTER}+)?)"
_WORDS = rf"{_WORD}(?:-{_WORD})*"
_SHAPE = expression(rf"(?i)(?P<titles>{_TITLES})(?P<name>{_WORDS}(?:,? {_WORDS}){{0,5}}?){_DEGREES}\.?$")
_PARTICLE_WORDS = (
    "de del della delle dei di da do dos das du des la las los le van von der den dem zu zum zur ter ten te"
    " af av y e i bin bint ibn ben al el san santa st"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Case inside a word: McDonald, MacLeod, DeVito, LeBlanc; not someThing, HTTPServer.
_INNER_CASE = expression(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|O|D|St)[A-Z]|[A-Z][a-z]?['’`]")
# Scripts that write names without spaces between their parts: Han, kana, Hangul.
_UNSPACED = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}")


@cache
def _not_names() -> frozenset[str]:
    """Words of placeholders, sentences, programs and companies, in lower case."""
    text = Path(__file__).with_name("not_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def person_name(text: str, *, given: bool = False) -> Plausible | None:
    """How sure one may be that `text` is a person's name; `given`: the label promises one part of a name."""
    if not 2 <= len(text) <= 80:
        return None
    if _UNSPACED.fullmatch(text):
        return Plausible(Confidence.MEDIUM, "value is written as a name")
    shape = _SHAPE.match(text)
    if shape is None or _is_technical(shape["name"]):
        return None
    parts = [part for part in re.split(r",? ", shape["name"]) if part]
    if shape["titles"].strip() and len(parts) <= 5:
        return Plausible(Confidence.HIGH, "value is a name with a title")
    return _untitled(parts, given)


def full_name(text: str) -> Plausible | None:
    """A name of two words at least: programs have full names of one word too."""
    verdict = person_name(text)
    return verdict if verdict and verdict.confidence is not Confidence.LOW else None


def has_title(text: str) -> bool:
    """Whether a name has a title before it."""
    shape = _SHAPE.match(text)
    return shape is not None and shape["titles"].strip() != ""


def _untitled(parts: list[str], given: bool) -> Plausible | None:
    full = [part for part in parts if part.lower() not in _PARTICLES]
    cased = all(part[0].isupper() or not part.isascii() for part in full)
    if not full or max(map(len, full)) < 2:
        return None
    if len(full) == 1:
        return _single(full[0], given)
    if len(full) > 5 or (all(len(part.strip(".")) < 3 for part in full) and not cased):
        return None
    if cased and not all(part.isupper() for part in full):
        return Plausible(Confidence.HIGH, "value is written as a full name")
    if len(full) > 3 or given:
        return None
    return Plausible(Confidence.MEDIUM, "value is words as in a full name")


def _single(part: str, given: bool) -> Plausible | None:
    if len(part) < 3 or (part.isascii() and not part.istitle() and not _INNER_CASE.match(part)):
        return None
    if given:
        return Plausible(Confidence.MEDIUM, "value is written as part of a name")
    return Plausible(Confidence.LOW, "value is one capitalised word")


def _is_technical(name: str) -> bool:
    return any(
        part.lower().strip(".") in _not_names() or _has_inner_case(part)
        for word in re.split(r",? ", name)
        for part in word.split("-")
    )


def _has_inner_case(part: str) -> bool:
    """`someThing`, `HTTPServer`: an identifier rather than a word."""
    if part.isupper() or part[1:].islower() or len(part) == 1:
        return False
    return any(char.isupper() for char in part[1:]) and not _INNER_CASE.match(part)
