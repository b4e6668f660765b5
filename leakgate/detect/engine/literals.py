"""
Where do any of these byte strings end? One pass, for strings that must never reach a disk.

Knows no cache and shows no string in an error: what is looked for here is secret itself.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from typing import Any

from leakgate.model.errors import RuleError


class Literals:
    """Compiled at construction, on Hyperscan where it imports and on `re` elsewhere."""

    def __init__(self, values: Sequence[bytes]) -> None:
        wanted = tuple(dict.fromkeys(values))
        self._database = _compiled(wanted) if _has_hyperscan() else None
        self._expression = None if self._database else _expression(wanted)

    def ends(self, data: bytes) -> tuple[int, ...]:
        """The ends of all occurrences, overlapping ones too, ascending and each once."""
        found: set[int] = set()
        if self._database is not None:
            self._database.scan(
                data, match_event_handler=lambda _n, _start, end, _flags, _ctx: found.add(end)
            )
        elif self._expression is not None:
            for at in self._expression.finditer(data):
                found.update(at.start() + len(group) for group in at.groups() if group)
        return tuple(sorted(found))


def _has_hyperscan() -> bool:
    return importlib.util.find_spec("hyperscan") is not None


def _compiled(values: Sequence[bytes]) -> Any:
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    try:
        database.compile(
            expressions=[_escaped(value) for value in values],
            ids=list(range(len(values))),
            elements=len(values),
            flags=[0] * len(values),
        )
    except hyperscan.HyperscanError:
        # The library's own message could quote what it was given.
        raise RuleError(
            "the engine does not take the known values", hint="leave out the longest, or look for fewer"
        ) from None
    return database


def _escaped(value: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in value)


def _expression(values: Sequence[bytes]) -> re.Pattern[bytes]:
    """Each length has a group of its own: at one place several lengths may end."""
    by_length: dict[int, list[bytes]] = {}
    for value in values:
        by_length.setdefault(len(value), []).append(re.escape(value))
    groups = [b"(?=(" + b"|".join(same) + b"))?" for same in by_length.values()]
    starts = b"[" + b"".join(sorted({_escaped(value[:1]) for value in values})) + b"]"
    return re.compile(b"(?=" + starts + b")" + b"".join(groups), re.DOTALL)
