"""What becomes of files of each format."""

from __future__ import annotations

import pytest

from tests.formats.table import FORMATS, NO_TEXT, PAGE, READ, Format, fate, page, scanned


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_each_format_is_read_or_told_or_holds_no_text(known: Format) -> None:
    """A token in it is found, or a gap says what was not read, or its structure says there is no text."""
    outcome = scanned(known.make())

    assert known.fate == fate(outcome)
    if known.fate in (READ, NO_TEXT):
        assert [] == [gap for gap in outcome.gaps if gap.reason != "opaque"]


def test_the_page_of_formats_is_what_a_scan_gives() -> None:
    """`docs/formats.md` is the output of `python -m tests.formats.table`, of sixty formats at least."""
    assert page() == PAGE.read_text(encoding="utf-8")
    assert len(FORMATS) >= 60
