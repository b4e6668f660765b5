"""
How far a value is believed: the library's score and the names around it in, a confidence out.

Also says which names speak for an entity, and turns them into an expression for the engine.
"""

from __future__ import annotations

import re

from leakgate.detect.adapters.catalogue import COMMON_WORDS, CONTRARY_NAMES, Trait
from leakgate.detect.adapters.surroundings import Surroundings, mentions, words
from leakgate.model.detection import Confidence

VALIDATED = 1.0  # Presidio's score where a check of the value passed
WEAK = 0.4  # below this score Presidio itself wants a word that speaks for the value
_STRONG = 0.85


def speaking_phrases(context: tuple[str, ...], trait: Trait) -> frozenset[str]:
    """The names that speak for an entity, as `surroundings.words` gives them.

    Presidio's context words, less those that logs are full of, plus our own.
    """
    spelled = (words(phrase) for phrase in (*context, *trait.also))
    phrases = {phrase for phrase in spelled if phrase.strip() not in COMMON_WORDS and phrase.strip()}
    joined = {f" {phrase.replace(' ', '')} " for phrase in phrases if " " in phrase.strip()}
    return frozenset(phrases | joined)


def as_expression(phrases: frozenset[str]) -> bytes:
    """An expression over bytes for any of `phrases`, however their words are joined."""
    spelled = {"[\\W_]{0,2}".join(_ascii(word) for word in phrase.split()) for phrase in phrases}
    return ("(?:" + "|".join(sorted(spelled)) + ")").encode("ascii")


def _ascii(word: str) -> str:
    return re.sub(r"[^\x00-\x7f]+", lambda found: f"[\\\\x80-\\\\xff]{{1,{4 * len(found[0])}}}", word)


def is_contrary(around: Surroundings, phrases: frozenset[str]) -> bool:
    """Whether the value is assigned to a name that says it is something else."""
    if mentions(phrases, around.phrase):
        return False
    return any(word in CONTRARY_NAMES for word in around.name.split())


def believe(score: float, around: Surroundings, phrases: frozenset[str], trait: Trait) -> Confidence | None:
    """The confidence, or None where the value counts for nothing."""
    if mentions(phrases, around.phrase):
        return Confidence.HIGH if score >= WEAK else Confidence.MEDIUM
    if mentions(phrases, around.near):
        return Confidence.MEDIUM if score >= WEAK else Confidence.LOW
    return trait.alone if score >= WEAK else None


def reason(score: float, around: Surroundings, phrases: frozenset[str]) -> str:
    """Why the value is believed; never what it is."""
    check = "check digits or structure are valid" if score >= _STRONG else "the format fits"
    if mentions(phrases, around.phrase):
        return f"{check}, and its name says so"
    if mentions(phrases, around.near):
        return f"{check}, and a word on the line says so"
    return check
