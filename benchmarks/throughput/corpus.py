"""
Writes a log corpus of a wanted size: the same seed and size give the same bytes.

Tokens are drawn, never stored in the source, and open nothing. Never reads what it wrote.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from . import templates

_FIELD = re.compile(r"\{(\w+)(?::[^}]*)?\}")
_START = datetime(2025, 3, 1, tzinfo=UTC)
_LINES_PER_LEAK = 10_000
_BLOCK_LINES = 2_000
_SMALL = (2_000, 20_000)  # bytes of a small file
_LETTERS = string.ascii_letters + string.digits


def write_corpus(directory: Path, size: int, seed: int) -> Path:
    """About `size` bytes, spread evenly over one file of each kind; returns `directory`."""
    directory.mkdir(parents=True, exist_ok=True)
    for kind, lines in templates.KINDS.items():
        share = size // len(templates.KINDS)
        draw = Random(f"{seed}/{kind}")  # noqa: S311 - reproducible by design, opens nothing
        with (directory / kind).open("wb") as out:
            for block in _blocks(lines, draw):
                piece = block[:share]
                out.write(piece)
                share -= len(piece)
                if not share:
                    break
    return directory


def write_small_files(directory: Path, count: int, seed: int) -> Path:
    """`count` files of 2 to 20 KB each, 100 to a folder, of all kinds in turn; returns `directory`."""
    kinds = list(templates.KINDS.items())
    draw = Random(f"{seed}/small")  # noqa: S311 - reproducible by design, opens nothing
    blocks = [_blocks(lines, draw) for _, lines in kinds]
    held = [b""] * len(kinds)
    for number in range(count):
        kind = number % len(kinds)
        size = draw.randrange(*_SMALL)
        if len(held[kind]) < size:
            held[kind] = next(blocks[kind])
        folder = directory / f"{number // 100}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}-{kinds[kind][0]}").write_bytes(held[kind][:size])
        held[kind] = held[kind][size:]
    return directory


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
    leaks = draw.randrange(_LINES_PER_LEAK) == 0
    template = draw.choice(templates.LEAKS if leaks else lines)
    return _FIELD.sub(lambda field: fill[field[1]](), template) + "\n"


def _fillers(draw: Random, clock: _Clock) -> dict[str, Callable[[], str]]:
    choice, number = draw.choice, draw.randrange

    def letters(length: int) -> str:
        return "".join(draw.choices(_LETTERS, k=length))

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
        "token": lambda: "gh" + "p_" + letters(36),
        "password": lambda: letters(20),
        "person_address": lambda: f"{letters(6).lower()}.{letters(8).lower()}@shop-customer.net",
    }
