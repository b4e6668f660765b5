"""What is fuzzed: something that takes any bytes, and what it must never do with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leakgate.detect.rules.examples import expand
from tests.unit.detect.adapters.values import luhn_completed

# Each is known by itself, without a label that a mutation could cut off: no output may hold it.
CANARIES: tuple[str, ...] = (
    expand("gh" + "p_{alnum:30}{crc32:6}", 77),
    expand("npm" + "_{alnum:30}{crc32:6}", 77),
    luhn_completed("492917" + "830214664"),
)


class Leak(Exception):
    """A planted value came out."""


class Wrong(Exception):
    """A promise was broken, without a crash."""


@dataclass(frozen=True, slots=True)
class Target:
    """`run` raises for what must not happen; True from it says that a reader gave up.

    `seeds` are inputs that the target understands. `prepare` does what is done once, in no input's time.
    """

    name: str
    run: Callable[[bytes], bool]
    seeds: tuple[bytes, ...]
    prepare: Callable[[], object] = lambda: None

    @property
    def slug(self) -> str:
        """The name as that of a file."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.name).strip("-")


def check_shown(shown: Iterable[str]) -> None:
    """Raises Leak where a text that people see holds a planted value."""
    for text in shown:
        if any(canary in text for canary in CANARIES):
            raise Leak
