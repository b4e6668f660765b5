"""
Colours and line breaking for the console, or the same text without them.

Never looks at the environment: whether there are colours, and how wide a line may be, is told.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from enum import StrEnum

from leakgate.model.detection import Severity
from leakgate.model.records import dataclass


class Style(StrEnum):
    """Parameters of ECMA-48 SGR."""

    BAD = "1;31"
    WARN = "33"
    GOOD = "1;32"
    BOLD = "1"
    DIM = "2"


_SEVERITIES = {
    Severity.CRITICAL: Style.BAD,
    Severity.HIGH: Style.BAD,
    Severity.MEDIUM: Style.WARN,
    Severity.LOW: Style.DIM,
    Severity.INFO: Style.DIM,
}
_LABEL = 6


@dataclass(frozen=True, slots=True)
class Paint:
    """`width` is in columns. Text given to it must be safe for a terminal already."""

    color: bool
    width: int

    def style(self, style: Style, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.color else text

    def severity(self, severity: Severity, text: str) -> str:
        return self.style(_SEVERITIES[severity], text)

    def field(self, label: str, value: str) -> str:
        """`value` behind its label, on one line however long: paths and ids are copied or clicked."""
        return f"    {self.style(Style.DIM, label.ljust(_LABEL))}{value}"

    def paragraph_field(self, label: str, value: str) -> Iterator[str]:
        """Running text behind its label, broken at blanks."""
        for number, line in enumerate(_broken(value, self.width - 4 - _LABEL, "")):
            yield self.field(label if number == 0 else "", line)

    def paragraph(self, value: str, lead: str = "") -> Iterator[str]:
        """Running text broken at blanks; the first line starts with `lead`, the others under it."""
        yield from _broken(value, self.width, lead)


def _broken(text: str, width: int, lead: str) -> list[str]:
    # A word that is longer than the line is a path or an id: better whole than pretty.
    return textwrap.wrap(
        text,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
