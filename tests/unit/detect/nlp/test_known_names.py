"""Words are looked up in the texts of the lists, or in sets of them, with the same answer."""

from __future__ import annotations

import random

import pytest

from leakgate.detect.nlp import known_names
from leakgate.detect.nlp.known_names import lexicon
from leakgate.detect.nlp.sorted_words import SortedWords

_LISTS = ("given", "surnames", "english", "places")


@pytest.mark.parametrize("name", _LISTS)
def test_a_list_holds_the_same_words_as_text(name: str) -> None:
    """Words of the list, and words that differ from them by a letter."""
    words, text = getattr(lexicon(), name), getattr(known_names._searched(), name)
    some = random.Random(7).sample(sorted(words), 300)
    ends = (min(words), max(words))

    for word in (*some, *ends, *(f"{word}x" for word in some), *(word[:-1] for word in some)):
        assert (word in words) == (word in text), word


@pytest.mark.parametrize("word", ["", "\n", "b\nc", "a", "bb", "d", "\ud800", "a\n"])
def test_what_is_no_line_is_not_there(word: str) -> None:
    """Nothing before the first, between two or behind the last."""
    assert word not in SortedWords(b"aa\nb\nc\n")


@pytest.mark.parametrize("word", ["aa", "b", "c"])
def test_every_line_is_there(word: str) -> None:
    """The first, the last, and one between."""
    assert word in SortedWords(b"aa\nb\nc\n")


def test_an_empty_list_holds_nothing() -> None:
    """Not even an empty word."""
    assert "" not in SortedWords(b"")
