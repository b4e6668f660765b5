"""The guide docs/adding-a-format.md does what it says: its code is run as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from leakgate.model.segment import Segment
from leakgate.unpack.formats import registry
from tests.carriers.document import Carrier
from tests.carriers.scanning import Bench
from tests.carriers.values import VALUES
from tests.kit.segments import segment

_GUIDE = Path(__file__).parents[2] / "docs" / "adding-a-format.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def guide() -> dict[str, Any]:
    """The names that the guide's code defines."""
    names: dict[str, Any] = {"__name__": "guide"}
    for block in _BLOCK.findall(_GUIDE.read_text(encoding="utf-8")):
        exec(compile(block, _GUIDE.name, "exec"), names)
    return names


def test_the_format_of_the_guide_reads_its_fields(guide: dict[str, Any]) -> None:
    """Labels are those that recognizers know, values stand as in the document."""
    document = segment(b"BEGIN:VCARD\r\nFN:Some One\r\nitem1.TEL;TYPE=home:12 34\r\nX-ID:7\r\nEND:VC")

    [found] = guide["VCard"]().read(document)

    assert isinstance(found, Segment)
    fields = {b"full_name: \x1fSome One\x1e", b"phone: \x1f12 34\x1e", b"X-ID: \x1f7\x1e"}
    assert fields <= set(found.data.split(b"\n"))


@pytest.mark.parametrize(
    ("head", "expected"),
    [(b"BEGIN:VCARD\r\nVERSION:4.0", True), (b"begin:vcard\n", True), (b"BEGIN:VCALENDAR\r\n", False)],
)
def test_the_format_of_the_guide_knows_its_own(guide: dict[str, Any], head: bytes, expected: bool) -> None:
    """By content: calendars look similar and are something else."""
    assert expected == guide["VCard"]().matches(head, "contacts.vcf")


def test_the_carrier_of_the_guide_finds_a_name(
    guide: dict[str, Any], bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once registered, the format gives a full name its label, and the name is found in its place."""
    person = tuple((value.name, "not a name") for value in VALUES if value.name != "person")
    carrier = Carrier("vCard", guide["contacts"], person)
    monkeypatch.setattr(registry, "FORMATS", (guide["VCard"](), *registry.FORMATS))

    [cell] = bench.cells(carrier)

    assert cell.trouble is None
