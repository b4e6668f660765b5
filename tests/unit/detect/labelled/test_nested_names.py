"""Names that follow each other without a blank, each in the value of the one before it."""

from __future__ import annotations

import re

from leakgate.detect.labelled.names import Vocabulary
from leakgate.detect.labelled.syntax import Labelled, values

_VOCABULARY = Vocabulary({"token": True, "password": True})


def _read(text: bytes) -> list[Labelled]:
    ends = [hit.end() for hit in re.finditer(rb"(?i)(?:token|password)[=:]", text)]
    return list(values(text, ends, _VOCABULARY))


def test_a_chain_of_names_is_read_in_linear_time():
    """What is judged of a chain grows with its length, not by the square of it."""
    short, long = (
        sum(found.value.end - found.value.start for found in _read(b"A_TOKEN=gA_" * n)) for n in (500, 2000)
    )

    assert long - short < 1500 * 120


def test_the_value_at_the_end_of_a_chain_is_read_to_its_end():
    """However many names stand before it, the last one has its whole value."""
    value = b"Kx9mQ2vT7wLd4RzB" * 3

    *_, last = _read(b"A_TOKEN=gA_" * 300 + b"password=" + value + b" and more")

    assert last.value.end - last.value.start == len(value)


def test_the_value_within_a_chain_is_read_to_the_next_name():
    """A value between names of a chain loses at most what follows the next separator."""
    value = b"Kx9mQ2vT7wLd4RzB"
    text = b"A_TOKEN=gA_" * 300 + b".password=" + value + b".TOKEN=x" + b"A_TOKEN=gA_" * 300

    start = text.index(value)

    assert any(found.value.start == start and found.value.end >= start + len(value) for found in _read(text))


def test_a_row_of_names_without_values_is_passed_over():
    """Where not four bytes stand between a name and the next, nothing is read but the last."""
    value = b"Kx9mQ2vT7wLd4RzB"

    found = _read(b"token=" * 5000 + value)

    assert (True, len(value)) == (len(found) < 200, found[-1].value.end - found[-1].value.start)
