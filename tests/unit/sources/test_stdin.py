"""Standard input: a name, a limit, and streams that break."""

from __future__ import annotations

import io
import os

from leakgate.model.gap import GapReason
from leakgate.sources.content import DescriptorContent
from leakgate.sources.paths import open_sources


def test_dash_is_standard_input(look):
    """`-` yields one artifact with what was piped."""
    seen = look("-", stdin=b"piped")

    assert (["stdin"], b"piped") == (seen.paths, seen.text("stdin"))


def test_name_is_shown(look):
    """A display name makes reports point to where the bytes came from."""
    assert ["logs/app.log"] == look("-", stdin=b"x", name="logs/app.log").paths


def test_dash_twice_is_read_once(look):
    """Standard input can be read once only, so it is one artifact."""
    assert ["stdin"] == look("-", "-", stdin=b"x").paths


def test_dash_among_paths_keeps_its_place(look, plant):
    """Arguments are scanned in their order."""
    plant("a", "b")

    assert ["b", "stdin", "a"] == look("b", "-", "a", stdin=b"x").paths


def test_empty_input_is_an_artifact(look):
    """Nothing piped is something looked at, with zero bytes."""
    assert b"" == look("-").text("stdin")


def test_input_over_the_limit_is_scanned_up_to_it(look):
    """The first bytes are scanned and the rest is a gap."""
    seen = look("-", stdin=b"0123456789", max_bytes=4)

    assert b"0123" == seen.text("stdin")
    assert [("stdin", GapReason.TOO_LARGE)] == seen.reasons


def test_input_of_exactly_the_limit_leaves_no_gap(look):
    """The limit is the largest size that is allowed."""
    assert [] == look("-", stdin=b"0123", max_bytes=4).reasons


class _Broken(io.RawIOBase):
    def __init__(self) -> None:
        self._parts = [b"before"]

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._parts:
            raise OSError(5, "broken")
        return self._parts.pop()


def test_input_that_breaks_is_scanned_up_to_there():
    """A stream that fails leaves a gap, and what came before it is scanned."""
    source = open_sources(["-"], stdin=_Broken())

    unit, gap = source.units()

    with unit.content.open() as reader:
        assert b"before" == reader.read(0, 99)
    assert GapReason.UNREADABLE == gap.reason


def test_a_redirected_file_is_read_where_it_stands(tmp_path):
    """A file need not be held in memory; what was read of it before is not scanned."""
    (tmp_path / "a.log").write_bytes(b"0123456789")
    with (tmp_path / "a.log").open("rb") as stream:
        stream.read(4)
        [unit] = open_sources(["-"], stdin=stream).units()

        with unit.content.open() as reader:
            assert (6, b"456789", b"78") == (reader.size, reader.read(0, 99), reader.read(3, 2))


def test_a_long_pipe_is_not_held_in_memory(monkeypatch):
    """Beyond some size it is in a file without a name, with the same bytes."""
    monkeypatch.setattr("leakgate.sources.stdin._IN_MEMORY", 5)
    monkeypatch.setattr("leakgate.sources.stdin._CHUNK", 3)
    [unit] = open_sources(["-"], stdin=io.BytesIO(b"0123456789")).units()

    with unit.content.open() as reader:
        assert (10, b"0123456789") == (reader.size, reader.read(0, 99))
    assert isinstance(unit.content, DescriptorContent)
    assert 0 == os.fstat(unit.content.descriptor).st_nlink
    os.close(unit.content.descriptor)
