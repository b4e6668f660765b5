"""A reader that crashes, loops or lies about sizes takes nothing down."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from leakgate.model.gap import GapReason
from leakgate.unpack.formats import apart as module
from leakgate.unpack.formats.apart import Row, apart
from leakgate.unpack.formats.labelled_values import Unread
from tests.kit.processes import children

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


def _then(what: object = None) -> Iterator[Row]:
    yield ["a", 1]
    yield ["\udc80\n", None]
    if callable(what):
        what()


def test_rows_come_back_as_they_were() -> None:
    """Line breaks and surrogates too."""
    assert [["a", 1], ["\udc80\n", None]] == list(apart(_then))


def test_rows_before_a_crash_are_kept() -> None:
    """The crash is trouble behind them, with the signal."""
    rows = apart(lambda: _then(os.abort))

    assert ["a", 1] == next(rows)
    assert ["\udc80\n", None] == next(rows)
    with pytest.raises(Unread) as caught:
        next(rows)

    assert (GapReason.MALFORMED, True) == (caught.value.reason, f"({-signal.SIGABRT})" in caught.value.detail)


def test_an_exception_elsewhere_is_trouble_here() -> None:
    """Its words, which may quote the file, stay there."""

    def fail() -> None:
        raise ValueError("quoted")

    with pytest.raises(Unread) as caught:
        list(apart(lambda: _then(fail)))

    assert "quoted" not in caught.value.detail


def test_endless_reading_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is on time of the processor."""

    def loop() -> None:
        while True:
            pass

    monkeypatch.setattr(module, "_MOST_TIME", 1)

    with pytest.raises(Unread):
        list(apart(lambda: _then(loop)))


def test_memory_has_a_bound() -> None:
    """A size that a file claims is not taken from the machine."""

    def swallow() -> None:
        bytearray(8 << 30)

    with pytest.raises(Unread):
        list(apart(lambda: _then(swallow)))


def test_what_nobody_reads_on_is_ended() -> None:
    """No process is left behind."""

    def endless() -> Iterator[Row]:
        while True:
            yield ["row"]

    before = children()
    rows = apart(endless)
    assert ["row"] == next(rows)
    rows.close()  # type: ignore[attr-defined]

    assert set() == children() - before
