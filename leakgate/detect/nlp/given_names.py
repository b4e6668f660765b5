"""
Given names as lines have them, capitalised bytes: those that are no words, and those that are words too.

Made beforehand of the lists and the vocabulary, since nearly every text asks for them: to read all lists and
compare them takes ten times as long. Never says anything about a word that is no listed given name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from leakgate.detect.nlp import vocabulary
from leakgate.detect.nlp.known_names import given_names, list_of
from leakgate.model.prepared import prepared

TABLE = Path(__file__).with_name("lexicon") / "given_names.json"  # `make tables` writes it


@cache
def rare_given_names() -> frozenset[bytes]:
    """Those that are no words."""
    return _both()[0]


@cache
def common_given_names() -> frozenset[bytes]:
    """Those that are words too: Grace, Mark, Summer."""
    return _both()[1]


@cache
def _both() -> tuple[frozenset[bytes], frozenset[bytes]]:
    rare, common = prepared(TABLE, sources()) or lines()
    return frozenset(rare.encode().split(b"\n")), frozenset(common.encode().split(b"\n"))


def lines() -> tuple[str, str]:
    """What the table has to say: the names of both kinds, one a line."""
    rare, common = given_names()
    return _lines(rare), _lines(common)


def sources() -> list[bytes]:
    """All that the table depends on."""
    words = (
        vocabulary.CITIES,
        vocabulary.FUNCTION_WORDS,
        vocabulary.GIVEN_AS_WELL,
        vocabulary.NAMES_FIRST,
        vocabulary.NOT_NAMES,
        vocabulary.ROLES,
    )
    return [
        *map(list_of, ("given", "english", "places")),
        *(_lines(frozenset(each)).encode() for each in words),
    ]


def _lines(names: frozenset[str]) -> str:
    return "\n".join(sorted(map(str.capitalize, names)))
