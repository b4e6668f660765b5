"""
The texts that clean workloads are cut from: real logs of a directory, or generated ones.

Any size has the same mixture: each text gives its share, in pieces from all over it. What a text cannot
give is taken from varied copies of it. Never changes the directory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .variation import Variable

_PIECE = 16_384  # bytes: some hundred lines, as they stand beside each other
_SMALL = 4_096  # for samples that are smaller than a piece of each text


@dataclass(frozen=True)
class Text:
    """One kind of log; `name` is that of the file it is written to."""

    name: str
    content: bytes

    @cached_property
    def _variable(self) -> Variable:
        return Variable(self.content)

    def cut(self, size: int) -> Iterator[bytes]:
        """Exactly `size` bytes in order: pieces from all over the text, or all of it and copies."""
        length = len(self.content)
        number = 0
        while size >= length:
            yield self._variable.copy(number) if number else self.content
            size -= length
            number += 1
        if size and number:
            yield self._variable.copy(number)[:size]
        elif size:
            yield from _spread(self.content, size)


def _spread(content: bytes, size: int) -> Iterator[bytes]:
    """Pieces at even distances, each from the beginning of a line where there is one."""
    count = max(1, round(size / (_PIECE if size >= 2 * _PIECE else _SMALL)))
    distance = len(content) // count
    for index in range(count):
        length = size // count + (size % count if index == count - 1 else 0)
        start = min(index * distance, len(content) - length)
        line = content.find(b"\n", start, len(content) - length) + 1
        yield content[line or start :][:length]


def read(directory: Path) -> tuple[Text, ...]:
    """One text for each folder in the directory, and one for each file directly in it.

    Text files only: copies of anything else would be damaged. Empty ones are left out.
    """
    texts = []
    for entry in sorted(directory.iterdir()) if directory.is_dir() else [directory]:
        files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        parts = [content for path in files if path.is_file() and b"\0" not in (content := path.read_bytes())]
        content = b"".join(part if part.endswith(b"\n") else part + b"\n" for part in parts if part)
        if content:
            name = entry.name if entry.is_file() else f"{entry.name}.log"
            texts.append(Text(name, content))
    return tuple(texts)


def shares(texts: tuple[Text, ...], size: int) -> Iterator[tuple[Text, int]]:
    """How much each text gives so that all give `size` bytes, in proportion to their lengths."""
    total = sum(len(text.content) for text in texts)
    given = before = 0
    for text in texts:
        before += len(text.content)
        until = size * before // total
        yield text, until - given
        given = until
