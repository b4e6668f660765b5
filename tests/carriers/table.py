"""
The page docs/carriers.md, made of the matrix.

`python -m tests.carriers.table` writes it; a test compares it with what the matrix gives now.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.carriers.document import Carrier
from tests.carriers.known_gaps import KNOWN_GAPS
from tests.carriers.readers import READERS
from tests.carriers.registry import CARRIERS, GROUPS
from tests.carriers.scanning import Bench, Cell
from tests.carriers.values import VALUES

PAGE = Path(__file__).parents[2] / "docs" / "carriers.md"
_INTRODUCTION = """\
# Carriers

<!-- Written by `python -m tests.carriers.table`; do not edit. -->

What leakgate finds, by how it is wrapped. Every row is a carrier: a way in which text gets into what a test
run leaves behind. Into each one the suite plants {values} invented values between ordinary lines: {secrets}
secrets and {personal} pieces of personal data. A cell counts as found (●) when the default policy blocks or
warns of it under its own entity *and* the reported place is right: line, column and bytes in the original
file or archive member.
A circle (○) is a known gap, explained at the end; a dot (·) is a value that the carrier cannot hold.

No language model takes part: every value has a form or a label of its own.

**{found} of {total} cells are found ({share:.1f} %), in {carriers} carriers.**
"""

CellsOf = Callable[[str], tuple[Cell, ...]]


def page(cells_of: CellsOf) -> str:
    """The whole page in Markdown."""
    parts = [_introduction(cells_of), _legend()]
    for title, carriers in GROUPS:
        parts += [f"## {title}\n", "\n".join(_rows(carriers, cells_of)) + "\n"]
    parts += [
        "## Known gaps\n",
        "\n".join(_gaps()) + "\n",
        "## What does not go together\n",
        "\n".join(_unfit()) + "\n",
    ]
    return "\n".join([*parts, _FORMATS, "\n".join(_readers()) + "\n"])


def _introduction(cells_of: CellsOf) -> str:
    cells = [cell for carrier in CARRIERS for cell in cells_of(carrier.name)]
    found = sum(cell.trouble is None for cell in cells)
    personal = sum(value.personal for value in VALUES)
    return _INTRODUCTION.format(
        values=len(VALUES), secrets=len(VALUES) - personal, personal=personal, found=found, total=len(cells),
        share=100 * found / len(cells), carriers=len(CARRIERS),
    )  # fmt: skip


def _legend() -> str:
    return "Values, in the order of the marks: " + ", ".join(value.name for value in VALUES) + ".\n"


def _rows(carriers: tuple[Carrier, ...], cells_of: CellsOf) -> Iterator[str]:
    yield "| Carrier | Secrets | Personal data | Found |"
    yield "|---|---|---|---|"
    for carrier in carriers:
        cells = {cell.value: cell.trouble is None for cell in cells_of(carrier.name)}
        marks = {value.name: {True: "●", False: "○", None: "·"}[cells.get(value.name)] for value in VALUES}
        secrets = "".join(marks[value.name] for value in VALUES if not value.personal)
        personal = "".join(marks[value.name] for value in VALUES if value.personal)
        yield f"| {carrier.name} | {secrets} | {personal} | {sum(cells.values())}/{len(cells)} |"


def _gaps() -> Iterator[str]:
    reasons: dict[tuple[str, str], list[str]] = {}
    for (carrier, value), reason in KNOWN_GAPS.items():
        reasons.setdefault((carrier, reason), []).append(value)
    if not reasons:
        yield "None."
    for (carrier, reason), values in reasons.items():
        yield f"- **{carrier}** ({', '.join(values)}): {reason}."


def _unfit() -> Iterator[str]:
    for carrier in CARRIERS:
        reasons: dict[str, list[str]] = {}
        for value, reason in carrier.unfit:
            reasons.setdefault(reason, []).append(value)
        for reason, values in reasons.items():
            yield f"- {carrier.name}: {', '.join(values)} ({reason})"


_FORMATS = """\
## Readers

Containers, formats and decoders, in the order in which they are asked. What none of them knows is scanned as
text, or as the printable strings of a binary.
"""


def _readers() -> Iterator[str]:
    yield "| Kind | Reader | Module |"
    yield "|---|---|---|"
    for reader in READERS:
        yield f"| {reader.kind} | {reader.name} | `{reader.module}` |"


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        bench = Bench(Path(cache))
        cells = {carrier.name: bench.cells(carrier) for carrier in CARRIERS}
    PAGE.write_text(page(cells.__getitem__), encoding="utf-8")


if __name__ == "__main__":
    main()
