"""Text: encodings, slices, and where each slice begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import Limits
from leakgate.model.segment import Origin, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.readers import HeldBytes
from leakgate.unpack.text import slices
from leakgate.unpack.transcode import Transcoded

ARTIFACT = Artifact("out/x.log")
SMALL = Limits(slice_bytes=256, slice_overlap=32)
WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
SAMPLE = "12:00 name=J\u00fcrgen \u4e2d\u6587 \U0001f600 end\n" * 4


class Changing:
    """A reader whose file has another size than when it was opened."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data = data
        self.size = size

    def read(self, offset: int, length: int) -> bytes:
        return self._data[offset : offset + length]


class Failing(Changing):
    """A reader that fails from `offset` on."""

    def read(self, offset: int, length: int) -> bytes:
        if offset + length > len(self._data):
            raise OSError("disk")
        return super().read(offset, length)


def segments(data: bytes, limits: Limits = SMALL) -> list[Segment]:
    items = list(slices(HeldBytes(data), ARTIFACT, limits))
    assert not [item for item in items if isinstance(item, Gap)]
    return [item for item in items if isinstance(item, Segment)]


def reasons(items) -> list[GapReason]:
    return [item.reason for item in items if isinstance(item, Gap)]


def test_empty_file_is_nothing():
    """No bytes, no segment, no gap."""
    assert [] == list(slices(HeldBytes(b""), ARTIFACT, SMALL))


def test_plain_text_is_one_segment_of_the_bytes_as_they_are():
    """Text in UTF-8 is not copied or changed."""
    data = b"one\ntwo\n"

    [segment] = segments(data)

    assert (data, data, "utf-8", Origin(), SegmentKind.LOG) == (
        segment.data,
        segment.text.raw,
        segment.text.encoding,
        segment.text.origin,
        segment.kind,
    )


def test_utf8_mark_is_not_part_of_the_text():
    """Columns of the first line do not count the mark, offsets do."""
    [segment] = segments(b"\xef\xbb\xbfone\n")

    assert (b"one\n", Origin(offset=3)) == (segment.data, segment.text.origin)


@pytest.mark.parametrize("mark", [True, False], ids=["mark", "no mark"])
@pytest.mark.parametrize("codec", WIDE)
def test_wide_encodings(codec, mark):
    """UTF-16 and UTF-32 are scanned as UTF-8 and every character leads back to its own bytes."""
    raw = (("\ufeff" if mark else "") + SAMPLE).encode(codec)

    [segment] = segments(raw, Limits())

    assert SAMPLE == segment.data.decode()
    at = segment.data.index("\U0001f600".encode())
    span = segment.trail.to_raw(Span(at, at + 4))
    begin = span.start + segment.text.origin.offset
    assert "\U0001f600" == raw[begin : begin + span.width].decode(codec)


@pytest.mark.parametrize(
    "data",
    [
        "Umlaut in Latin-1: f\u00fcr\n".encode("latin-1") * 9,
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440\n".encode("cp1251") * 9,
        b"line with a NUL \0 inside, and more text behind it so that it is rare\n" * 3,
        b"PATH=/usr/bin\0HOME=/home/ci\0LANGUAGE=C.UTF-8\0SHELL=/bin/bash\0",
        b"\x1b[31mred\x1b[0m \x07\x08\x08 plain\n",
    ],
    ids=["latin-1", "cp1251", "nul", "environ", "terminal"],
)
def test_odd_text_is_text(data):
    """Invalid UTF-8, some NULs and terminal controls do not make a binary."""
    assert ["utf-8"] == list({segment.text.encoding for segment in segments(data, Limits())})


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x7fELF" + bytes(500) + b"symbol_name"])
def test_binary_is_not_text(data):
    """A binary has strings and no lines."""
    assert {(None, SegmentKind.BLOB)} == {(s.text.encoding, s.kind) for s in segments(data, Limits())}


def test_utf16_appended_to_utf8_is_found():
    """What PowerShell appends in UTF-16 to a log in UTF-8 is scanned as well."""
    raw = b"plain line of text\n" * 20 + "appended secret\r\n".encode("utf-16-le")

    _, wide = segments(raw, Limits())

    at = wide.data.index(b"secret")
    assert "secret".encode("utf-16-le")[:-1] == raw[slice(*_bounds(wide.trail.to_raw(Span(at, at + 6))))]


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _glued(found: list[Segment]) -> bytes:
    whole = b""
    for segment in found:
        offset = segment.text.origin.offset - found[0].text.origin.offset
        assert offset <= len(whole)
        assert whole[offset:] == segment.text.raw[: len(whole) - offset]
        whole = whole[:offset] + segment.text.raw
    return whole


@given(st.lists(st.text("ab \u00fc\u4e2d\U0001f600\n", max_size=400), min_size=1, max_size=8))
def test_slices_cover_the_text_and_know_where_they_begin(parts):
    """Slices overlap, leave nothing out, and tell line and column of their first character."""
    text = "x" + "".join(parts)
    raw = text.encode()

    found = segments(raw)

    assert raw == _glued(found)
    for segment in found:
        origin = segment.text.origin
        before = raw[: origin.offset].decode()
        assert before.count("\n") + 1 == origin.line
        assert len(before) - (before.rfind("\n") + 1) + 1 == origin.column


@given(st.text("ab \u00fc\u4e2d\U0001f600\n", min_size=300, max_size=900), st.sampled_from(WIDE))
def test_wide_slices_know_where_they_begin(text, codec):
    """The same holds for UTF-16 and UTF-32: no unit, pair or character is cut."""
    raw = ("\ufeff" + text).encode(codec)
    mark = len("\ufeff".encode(codec))

    found = segments(raw)

    assert raw[mark:] == _glued(found)
    for segment in found:
        origin = segment.text.origin
        before = raw[mark : origin.offset].decode(codec)
        assert before.count("\n") + 1 == origin.line
        assert len(before) - (before.rfind("\n") + 1) + 1 == origin.column


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80), st.sampled_from(WIDE))
def test_transcoding_map_is_exact(text, first, second, codec):
    """Every span of characters leads to the bytes of the same characters."""
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    data = text.encode()

    span = Transcoded(data, codec).to_parent(Span(len(text[:start].encode()), len(text[:end].encode())))

    assert text[start:end].encode(codec) == text.encode(codec)[span.start : span.end]


def test_transcoding_map_is_exact_far_inside():
    """Behind many checkpoints, too."""
    text = "\u00fc\U0001f600a" * 20_000
    at = len(text[:50_000].encode())

    span = Transcoded(text.encode(), "utf-16-le").to_parent(Span(at, at + len(text[50_000].encode())))

    assert text[50_000] == text.encode("utf-16-le")[span.start : span.end].decode("utf-16-le")


def test_lone_surrogates_keep_the_map_exact():
    """Half a pair is one unit and one `?`."""
    raw = "\ufeffab".encode("utf-16-le") + b"\x00\xd8" + "secret\n".encode("utf-16-le")

    [segment] = segments(raw)

    at = segment.data.index(b"secret")
    span = segment.trail.to_raw(Span(at, at + 6))
    assert "secret" == segment.text.raw[span.start : span.end].decode("utf-16-le")


@pytest.mark.parametrize("between", [b"", b"\n", b"odd\n\n", b"even\n\n"])
@pytest.mark.parametrize("later", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_behind_single_bytes_is_found(codec, later, between):
    """Wherever it stands, and in whichever byte order."""
    raw = ("\ufeff" + "first line\n" * 30).encode(codec) + between + "a secret\n".encode(later) * 30

    assert any(b"a secret" in segment.data for segment in segments(raw, Limits()))


def test_shrunken_file_is_a_gap():
    """What ended earlier than when it was opened changed under the scan."""
    items = list(slices(Changing(b"x" * 600, 900), ARTIFACT, SMALL))

    assert [GapReason.CHANGED] == reasons(items)


def test_grown_file_is_read_to_its_new_end():
    """What was appended during the scan is scanned."""
    items = list(slices(Changing(b"x" * 900, 100), ARTIFACT, SMALL))

    assert (900, []) == (items[-1].text.origin.offset + len(items[-1].data), reasons(items))


def test_failing_read_is_a_gap_behind_what_could_be_read():
    """An I/O error in the middle keeps the slices before it."""
    items = list(slices(Failing(b"x" * 66_000, 70_000), ARTIFACT, SMALL))

    assert (True, [GapReason.UNREADABLE]) == (len(items) > 9, reasons(items))


@pytest.mark.parametrize("size", [1001, 5000])
def test_too_large_file_is_scanned_up_to_the_limit(size):
    """The beginning is scanned, the rest is told."""
    limits = Limits(slice_bytes=256, slice_overlap=32, max_artifact_bytes=1000)

    items = list(slices(HeldBytes(b"x" * size), ARTIFACT, limits))

    last = items[-2]
    assert (1000, [GapReason.TOO_LARGE]) == (last.text.origin.offset + len(last.data), reasons(items))


def test_file_as_large_as_the_limit_is_whole():
    """The limit itself is still allowed."""
    assert [] == reasons(slices(HeldBytes(b"x" * 1000), ARTIFACT, Limits(max_artifact_bytes=1000)))


def test_a_binary_with_wide_strings_is_no_wide_text() -> None:
    """A dump of memory is read byte by byte, or its narrow strings would be lost."""
    noise = b"\x12\xe3\x91\x9c" * 8
    raw = noise + "a wide string, as programs keep them".encode("utf-16-le") + noise

    assert {(None, SegmentKind.BLOB)} == {(s.text.encoding, s.kind) for s in segments(raw, Limits())}
