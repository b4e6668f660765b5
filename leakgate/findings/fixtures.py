"""
Does a value stand in the repository's own tests and fixtures, as they were reviewed? Then it is made up.

Holds keyed digests of pairs of words, never a text. Asked about personal data only: a secret in a fixture
is a secret all the same.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from leakgate.model.expressions import expression

_WORD = expression(r"[^\W_]+")
_NUMBER = expression(r"\+?\d(?:[ ./()-]{0,2}\d){5,24}")
_SHORTEST = 6  # letters and digits of a value; words such as `male` stand everywhere
_MOST_DIGESTS = 400_000
_LONGEST = 400  # characters of a value


class FixtureIndex:
    """`texts` gives path and text of each file, and is called when the first value is asked about.

    `commit` is where the files were read, for people.
    """

    def __init__(self, texts: Callable[[], Iterable[tuple[str, str]]], commit: str) -> None:
        self._texts = texts
        self._commit = commit
        self._key = secrets.token_bytes(16)
        self._files: list[str] = []
        self._places: dict[bytes, tuple[int, ...]] | None = None

    def reason(self, value: str) -> str | None:
        """`stands in tests/fixtures/users.json at 1f2e3d4c5b6a`, or None."""
        file = self.file(value)
        return f"stands in {file} at {self._commit}" if file is not None else None

    def file(self, value: str) -> str | None:
        """The first file, in their order, that holds the value."""
        marks = list(self._marks_of_value(value))
        if not marks:
            return None
        places = self._built()
        common = set(places.get(marks[0], ()))
        for mark in marks[1:]:
            common &= set(places.get(mark, ()))
        return self._files[min(common)] if common else None

    def _built(self) -> dict[bytes, tuple[int, ...]]:
        if self._places is None:
            self._places = {}
            for name, text in self._texts():
                self._add(self._places, name, text)
        return self._places

    def _add(self, places: dict[bytes, tuple[int, ...]], name: str, text: str) -> None:
        if len(places) >= _MOST_DIGESTS:
            return
        number = len(self._files)
        self._files.append(name)
        for mark in self._marks_of_text(text):
            known = places.get(mark, ())
            if not known or (known[-1] != number and len(known) < _MOST_FILES_OF_A_MARK):
                places[mark] = (*known, number)

    def _marks_of_text(self, text: str) -> Iterator[bytes]:
        words = _words(text)
        yield from (self._mark(pair) for pair in {*pairwise(words)})
        yield from (self._mark((word,)) for word in set(words) if _is_long_enough(word))
        yield from (self._mark((digits,)) for digits in {_digits(hit[0]) for hit in _NUMBER.finditer(text)})

    def _marks_of_value(self, value: str) -> Iterator[bytes]:
        """Nothing for a value that is too short, or one word without a digit."""
        if len(value) > _LONGEST:
            return
        if _NUMBER.fullmatch(value.strip()):
            yield self._mark((_digits(value),))
            return
        words = _words(value)
        if sum(map(len, words)) < _SHORTEST:
            return
        if len(words) == 1 and _is_long_enough(words[0]):
            yield self._mark((words[0],))
        yield from (self._mark(pair) for pair in pairwise(words))

    def _mark(self, words: tuple[str, ...]) -> bytes:
        joined = "\x1f".join(words).encode("utf-8", "replace")
        return hashlib.blake2b(joined, digest_size=8, key=self._key).digest()


_MOST_FILES_OF_A_MARK = 16


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_long_enough(word: str) -> bool:
    """One word says something only where digits make it a code."""
    return len(word) >= _SHORTEST and any(char.isdigit() for char in word)
