"""
Field names as words: `DB_PASSWORD`, `dbPassword`, `db.password` and `--db-password` are all `db password`.

A vocabulary entry matches the last words of a name, so `password_length` is not a password.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from leakgate.model.expressions import expression

T = TypeVar("T")

# Letters with accents and of scripts without case count as small ones.
_WORD = expression(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")
# Words of programming that say nothing about what a value is.
_TAILS = frozenset(
    {"value", "val", "str", "string", "raw", "plain", "plaintext", "text", "input", "field", "param"}
    | {"header", "data", "b64", "base64", "encoded", "env", "var", "secure"}
)
_DEFINED = expression(r"^-D(?=[A-Za-z])")  # Java and CMake: `-DsecretKey=…`
_LONGEST_NAME = 120
_REMEMBERED = 20_000
_RUN_TOGETHER = 6  # letters that an entry must have to be seen inside a word


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The lower-case words of a field name, without trailing numbers and words of programming."""
    found = [word.lower() for word in _WORD.findall(_DEFINED.sub("", name[-_LONGEST_NAME:]))]
    while len(found) > 1 and (found[-1].isdigit() or found[-1] in _TAILS):
        found.pop()
    return tuple(found)


class _Endings(dict[bytes, bool]):
    """Remembers what `judge` says of words: a look-up of one that is known takes no call of ours."""

    def __init__(self, judge: Callable[[bytes], bool]) -> None:
        self._judge = judge

    def __missing__(self, word: bytes) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        known = self[word] = self._judge(word)
        return known


class Vocabulary(Generic[T]):
    """Names to meanings, looked up by their last words; the longest entry wins.

    Entries are names in words (`api key`); a name that runs them together (`apikey`) is the same.
    """

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._by_words = {tuple(entry.split()): meaning for entry, meaning in entries.items()}
        self._joined = {entry.replace(" ", ""): meaning for entry, meaning in entries.items()}
        self._longest = max((len(entry) for entry in self._by_words), default=0)
        self._known: dict[str, T | None] = {}
        self._last_words = {entry[-1] for entry in self._by_words} | self._joined.keys()
        self._endings = _Endings(lambda word: self._may_end(words(word.decode("utf-8", "replace"))))

    def ends_a_name(self, word: bytes) -> bool:
        """Whether a name with a meaning may end in `word`; quick, remembered, and right when it says no."""
        return self._endings[word]

    def any_ends_a_name(self, near: Iterable[bytes]) -> bool:
        """The same of several words."""
        return any(map(self._endings.__getitem__, near))

    def _may_end(self, parts: tuple[str, ...]) -> bool:
        if not parts:
            return False
        return (
            parts[-1] in self._last_words
            or "".join(parts[-3:]) in self._joined
            or (self._run_together(parts[-1]) is not None)
        )

    def meaning(self, name: str) -> T | None:
        """What a value of this name is, or None. Remembered: logs repeat their names."""
        if name not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[name] = self._meaning(name)
        return self._known[name]

    def _meaning(self, name: str) -> T | None:
        parts = words(name)
        for size in range(min(self._longest, len(parts)), 0, -1):
            tail = parts[-size:]
            if tail in self._by_words:
                return self._by_words[tail]
            if (joined := "".join(tail)) in self._joined:
                return self._joined[joined]
        return self._run_together(parts[-1]) if parts else None

    def _run_together(self, word: str) -> T | None:
        """`dbpassword`, `mysqlpwd`: a long enough entry at the end of one word."""
        endings = (word[at:] for at in range(len(word) - _RUN_TOGETHER + 1))
        return next((self._joined[ending] for ending in endings if ending in self._joined), None)

    def anchor(self) -> bytes:
        """An expression (for any case) that matches at the end of every name of three letters or more.

        An entry that ends in another entry adds nothing and is left out: the engine stays small.
        """
        spelled = {_closed(entry) for entry in self._ends() if sum(map(len, entry)) >= _ANCHORED}
        return b"(?:" + b"|".join(sorted(spelled)) + b")"

    def anchors(self) -> tuple[bytes, ...]:
        """`anchor` in pieces that an engine takes, with what entries share at their end written once."""
        by_last: dict[str, list[tuple[str, ...]]] = {}
        for entry in sorted(self._ends()):
            by_last.setdefault(entry[-1], []).append(entry)
        pieces: list[list[bytes]] = [[]]
        for last, entries in by_last.items():
            text = _factored(last, entries)
            if pieces[-1] and sum(map(len, pieces[-1])) + len(text) > _LONGEST_ANCHOR:
                pieces.append([])
            pieces[-1].append(text)
        return tuple(b"(?:" + b"|".join(piece) + b")" for piece in pieces if piece)

    def _ends(self) -> Iterator[tuple[str, ...]]:
        spelled_out = {other for other in self._joined if len(other) > _SHORT}
        for entry in self._by_words:
            joined = "".join(entry)
            shorter = (joined[at:] for at in range(1, len(joined)))
            if spelled_out.isdisjoint(shorter):
                yield entry


def _spelled(entry: tuple[str, ...]) -> bytes:
    """An entry as an expression; a short one only where a word begins (`_pass`, `dbPass`, not `bypass`)."""
    words_of = [re.escape(word.encode()) for word in entry]
    text = b"[_. -]?".join(words_of)
    if sum(map(len, entry)) > _SHORT:
        return text
    first = entry[0].capitalize().encode()
    return (
        b"(?:(?:\\b|[_0-9])" + text + b"|(?-i:[a-z]" + re.escape(first) + b")" + b"".join(words_of[1:]) + b")"
    )


def _closed(entry: tuple[str, ...]) -> bytes:
    """The same, a short one only where a word ends, too: not `passed`, not `subPath`."""
    return _spelled(entry) + (rb"(?-i:\b|[_A-Z0-9])" if sum(map(len, entry)) <= _SHORT else b"")


def _factored(last: str, entries: list[tuple[str, ...]]) -> bytes:
    """Entries that end in the same word."""
    if len(entries) == 1 or any(sum(map(len, entry)) <= _SHORT for entry in entries):
        return b"|".join(_spelled(entry) for entry in entries)
    heads = sorted({b"[_. -]?".join(re.escape(word.encode()) for word in entry[:-1]) for entry in entries})
    return b"(?:" + b"|".join(heads) + b")[_. -]?" + re.escape(last.encode())


_SHORT = 4
_ANCHORED = 3  # letters; who has a shorter name anchors it with what follows
_LONGEST_ANCHOR = 1500  # bytes; an engine takes some ten times that, relaxed
