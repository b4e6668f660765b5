"""
How far a value is believed: the library's score and the names around it in, a confidence out.

Also says which names speak for an entity, and turns them into an expression for the engine.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import assert_never

from leakgate.detect.adapters.catalogue import COMMON_WORDS, CONTRARY_NAMES, EXACT_WORDS, Trait
from leakgate.detect.adapters.surroundings import Surroundings, mentions, words
from leakgate.model.detection import Confidence
from leakgate.model.records import dataclass

WEAK = 0.4  # below this score Presidio itself wants a word that speaks for the value
_STRONG = 0.85


class Voice(Enum):
    """Where a name that speaks for a value stands."""

    NAME = "name"  # the value is assigned to it
    LINE = "line"  # it is somewhere before the value


@dataclass(frozen=True, slots=True)
class Phrases:
    """The names that speak for an entity, as `surroundings.words` gives them.

    Those `anywhere` speak from anywhere before the value; the `exact` ones are common words, and
    speak only where they are the whole name that the value is assigned to.
    """

    anywhere: frozenset[str]
    exact: frozenset[str]

    @classmethod
    def of(cls, context: tuple[str, ...], trait: Trait) -> Phrases:
        """Presidio's context words, less those that logs are full of, plus our own."""
        spelled = {words(phrase) for phrase in (*context, *trait.also)} - {" "}
        phrases = {phrase for phrase in spelled if phrase.strip() not in COMMON_WORDS}
        joined = {f" {phrase.replace(' ', '')} " for phrase in phrases if " " in phrase.strip()}
        exact = {phrase for phrase in spelled if phrase.strip() in EXACT_WORDS}
        return cls(frozenset(phrases | joined), frozenset(exact))

    def speak(self, around: Surroundings) -> Voice | None:
        """How a phrase speaks for what stands there."""
        if mentions(self.anywhere, around.phrase) or around.name in self.exact:
            return Voice.NAME
        return Voice.LINE if mentions(self.anywhere, around.near) else None

    def expression(self) -> bytes:
        """An expression over bytes for any of the phrases, however their words are joined."""
        spelled = {_spelled(phrase.split()) for phrase in self.anywhere}
        whole = {f"(?:\\b|_){_ascii(phrase.strip())}\\b" for phrase in self.exact}
        return ("(?:" + "|".join(sorted(spelled | whole)) + ")").encode("ascii")


def _spelled(parts: list[str]) -> str:
    """A phrase as an expression; a short word alone only where a word begins (`pan`, not `company`)."""
    text = "[\\W_]{0,2}".join(_ascii(word) for word in parts)
    return text if len(text) > _SHORT else f"(?:\\b|_){text}"


_SHORT = 3


def _ascii(word: str) -> str:
    return re.sub(r"[^\x00-\x7f]+", lambda found: f"[\\x80-\\xff]{{1,{4 * len(found[0])}}}", word)


def is_contrary(around: Surroundings, phrases: Phrases) -> bool:
    """Whether the value is assigned to a name that says it is something else."""
    if phrases.speak(around) is Voice.NAME:
        return False
    return any(word in CONTRARY_NAMES for word in around.name.split())


def believe(score: float, around: Surroundings, phrases: Phrases, trait: Trait) -> Confidence | None:
    """The confidence, or None where the value counts for nothing."""
    match phrases.speak(around):
        case Voice.NAME:
            return Confidence.HIGH if score >= WEAK else Confidence.MEDIUM
        case Voice.LINE:
            return Confidence.MEDIUM if score >= WEAK else Confidence.LOW
        case None:
            return trait.alone if score >= WEAK else None
        case _ as other:
            assert_never(other)


def reason(score: float, around: Surroundings, phrases: Phrases) -> str:
    """Why the value is believed; never what it is."""
    check = "check digits or structure are valid" if score >= _STRONG else "the format fits"
    match phrases.speak(around):
        case Voice.NAME:
            return f"{check}, and its name says so"
        case Voice.LINE:
            return f"{check}, and a word on the line says so"
        case None:
            return check
        case _ as other:
            assert_never(other)
