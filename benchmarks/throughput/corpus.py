"""
Makes logs from templates: the same seed and size give the same bytes.

No leaks and no people: what tools do with those is measured elsewhere. Never reads what it wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from . import templates

_FIELD = re.compile(r"\{(\w+)(?::[^}]*)?\}")
_START = datetime(2025, 3, 1, tzinfo=UTC)
_BLOCK_LINES = 2_000


def generated(size: int, seed: int) -> dict[str, bytes]:
    """`size` bytes in all, spread evenly over one text of each kind, by the names of their files."""
    share = size // len(templates.KINDS)
    texts = {}
    for kind, lines in templates.KINDS.items():
        draw = Random(f"{seed}/{kind}")  # noqa: S311 - reproducible by design, opens nothing
        texts[kind] = _text(lines, draw, share)
    return texts


def _text(lines: tuple[str, ...], draw: Random, size: int) -> bytes:
    held, length = [], 0
    for block in _blocks(lines, draw):
        held.append(block)
        length += len(block)
        if length >= size:
            break
    return b"".join(held)[:size]


def _blocks(lines: tuple[str, ...], draw: Random) -> Iterator[bytes]:
    """Endless blocks of whole lines, time going on from line to line."""
    clock = _Clock()
    fill = _fillers(draw, clock)
    while True:
        yield "".join(_line(lines, draw, clock, fill) for _ in range(_BLOCK_LINES)).encode()


class _Clock:
    def __init__(self) -> None:
        self.now = _START

    def tick(self, milliseconds: int) -> None:
        self.now += timedelta(milliseconds=milliseconds)


def _line(lines: tuple[str, ...], draw: Random, clock: _Clock, fill: dict[str, Callable[[], str]]) -> str:
    clock.tick(draw.randrange(40))
    return _FIELD.sub(lambda field: fill[field[1]](), draw.choice(lines)) + "\n"


def _fillers(draw: Random, clock: _Clock) -> dict[str, Callable[[], str]]:
    choice, number = draw.choice, draw.randrange

    def uuid() -> str:
        digits = f"{draw.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    return {
        "time": lambda: clock.now.isoformat(timespec="milliseconds"),
        "clf": lambda: clock.now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "n": lambda: str(number(10_000)),
        "b": lambda: str(number(256)),
        "hex": lambda: f"{draw.getrandbits(64):016x}",
        "uuid": uuid,
        "word": lambda: choice(templates.WORDS),
        "cause": lambda: choice(templates.CAUSES),
        "person": lambda: choice(templates.PEOPLE),
        "agent": lambda: choice(templates.AGENTS),
    }
