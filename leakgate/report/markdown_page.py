"""
A Markdown page that fits: sections give their rows, the page takes as many as there is room for.

Never cuts inside a row: what does not fit is counted in a closing line, and every section is closed.
"""

from __future__ import annotations

from collections.abc import Sequence

from leakgate.model.records import dataclass

# Room for the closing line of a section: "... and 1,000,000 more, see the JSON report".
_MARK_ROOM = 80


@dataclass(frozen=True, slots=True)
class Section:
    """Lines before and after, and the rows between, of which any tail may be left out.

    The lower `rank` the sooner it gets room; `total` counts all rows, also those that were never built.
    """

    rank: int
    head: str
    rows: Sequence[str]
    tail: str = ""
    total: int = 0

    def render(self, shown: int) -> str:
        more = max(self.total, len(self.rows)) - shown
        mark = f"\n\n... and {more:,} more, see the JSON report" if more > 0 else ""
        return "\n".join((self.head, *self.rows[:shown])) + mark + self.tail

    def fixed_size(self) -> int:
        return byte_size(self.head) + byte_size(self.tail) + _MARK_ROOM


def page(sections: Sequence[Section], limit: int) -> str:
    """The sections in their order, in less than `limit` bytes of UTF-8 (so also characters).

    `limit` must leave room for every head and tail; rows share what is left by rank.
    """
    separators = 2 * len(sections) + 1
    room = limit - separators - sum(section.fixed_size() for section in sections)
    shown: dict[int, int] = {}
    for index in sorted(range(len(sections)), key=lambda index: sections[index].rank):
        shown[index], room = _fitting(sections[index].rows, room)
    return "\n\n".join(section.render(shown[index]) for index, section in enumerate(sections)) + "\n"


def byte_size(text: str) -> int:
    """Bytes in UTF-8: no service counts more than that."""
    return len(text.encode("utf-8"))


def _fitting(rows: Sequence[str], room: int) -> tuple[int, int]:
    for count, row in enumerate(rows):
        needed = byte_size(row) + 1
        if needed > room:
            return count, room
        room -= needed
    return len(rows), room
