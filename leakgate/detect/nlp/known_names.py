"""
What kind of word a word is: a given name, a surname, both a name and an English word, or no name at all.

By lists alone; knows nothing of sentences. The lists are read when the first word is asked about.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import cache, lru_cache
from itertools import count
from pathlib import Path

from leakgate.detect.nlp.sorted_words import SortedWords
from leakgate.detect.nlp.vocabulary import (
    CITIES,
    FUNCTION_WORDS,
    GIVEN_AS_WELL,
    NAMES_FIRST,
    NOT_NAMES,
    ROLES,
    SURNAME_ENDINGS,
)
from leakgate.model.records import dataclass


class Kind(Enum):
    """What the lists say of one word."""

    GIVEN = auto()  # a given name that is no English word
    GIVEN_OR_WORD = auto()  # Grace, Mark, Summer
    SURNAME = auto()
    SURNAME_OR_WORD = auto()  # Baker, Power, Page
    UNLISTED_SURNAME = auto()  # ends like one
    ROLE = auto()  # user, customer, doctor: may stand before a name
    WORD = auto()  # an English word
    PLACE = auto()  # a country, a state, a big city
    TECHNICAL = auto()  # a word of logs, of software, of the calendar
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists, in lower case."""

    given: frozenset[str]
    surnames: frozenset[str]
    english: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Searched:
    """The same, as texts."""

    given: SortedWords
    surnames: SortedWords
    english: SortedWords
    places: SortedWords


# So many words are looked up in the time that it takes to read the lists.
_FEW = 1000
_asked = count(1)


def _at_hand() -> Lexicon | _Searched:
    """The lists as they answer one more question soonest."""
    return _searched() if next(_asked) <= _FEW else lexicon()


@cache
def _searched() -> _Searched:
    given, surnames, english, places = map(list_of, ("given", "surnames", "english", "places"))
    cities = {f"{city}\n".encode() for city in CITIES}
    places = b"".join(sorted(cities.union(places.splitlines(keepends=True))))
    return _Searched(SortedWords(given), SortedWords(surnames), SortedWords(english), SortedWords(places))


@cache
def lexicon() -> Lexicon:
    """The shipped lists, read once."""
    given, surnames, english, places = map(_lines, ("given", "surnames", "english", "places"))
    return Lexicon(given, surnames, english, places | CITIES)


def _lines(name: str) -> frozenset[str]:
    return frozenset(list_of(name).decode("utf-8").splitlines())


def list_of(name: str) -> bytes:
    """One of the lists as it is shipped: a word a line."""
    return (Path(__file__).with_name("lexicon") / f"{name}.txt").read_bytes()


def given_names() -> tuple[frozenset[str], frozenset[str]]:
    """
    Listed given names that are no words, and those that are words too: what `kind_of` says of each.

    By sets, not by asking for each: that took 0.1 s, and forgot what had been asked about words of the text.
    """
    words = lexicon()
    no_names = (ROLES | NOT_NAMES | FUNCTION_WORDS) - GIVEN_AS_WELL - NAMES_FIRST
    names = frozenset(name for name in words.given - no_names if "’" not in name and "-" not in name)
    common = (names & (words.english | words.places | GIVEN_AS_WELL)) - NAMES_FIRST
    others = words.given - names - no_names
    return (
        names - common | {name for name in others if kind_of(name) is Kind.GIVEN},
        common | {name for name in others if kind_of(name) is Kind.GIVEN_OR_WORD},
    )


@lru_cache(maxsize=32_768)
def kind_of(word: str) -> Kind:
    """The kind of `word`, whatever its case; of a compound (`Anne-Marie`) that of its best part."""
    lowered = word.lower().replace("’", "'")
    if "-" in lowered:
        kinds = [kind_of(part) for part in lowered.split("-") if part]
        return min(kinds, key=lambda kind: kind.value, default=Kind.UNKNOWN)
    return _kind_of_simple(lowered)


def _kind_of_simple(word: str) -> Kind:
    if word in GIVEN_AS_WELL:
        return Kind.GIVEN_OR_WORD
    if word in NAMES_FIRST:
        return Kind.GIVEN
    if word in ROLES:
        return Kind.ROLE
    if word in NOT_NAMES:
        return Kind.TECHNICAL
    if word in FUNCTION_WORDS:
        return Kind.WORD
    return _listed(word, _at_hand())


def _listed(word: str, words: Lexicon | _Searched) -> Kind:
    is_word = word in words.english
    if word in words.places:
        if word in words.given:
            return Kind.GIVEN_OR_WORD
        return Kind.SURNAME_OR_WORD if word in words.surnames else Kind.PLACE
    if word in words.given:
        return Kind.GIVEN_OR_WORD if is_word else Kind.GIVEN
    if word in words.surnames or word.startswith(("o'", "mc", "d'")):
        return Kind.SURNAME_OR_WORD if is_word else Kind.SURNAME
    if is_word:
        return Kind.WORD
    return Kind.UNLISTED_SURNAME if len(word) > 5 and word.endswith(SURNAME_ENDINGS) else Kind.UNKNOWN


def is_place_name(text: str) -> bool:
    """Whether a text is the name of a country, a state or a big city."""
    return text.lower() in _at_hand().places
