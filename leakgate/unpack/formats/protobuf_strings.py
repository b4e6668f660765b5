"""
The strings of Protocol Buffers messages without their schema, each with the numbers of its fields; of maps
and of OpenTelemetry attributes with the key beside it.

Source: protobuf.dev, "Encoding"; opentelemetry/proto/common/v1 (KeyValue, AnyValue). Whether bytes are text
or a message is a guess: a wrong one costs a label, for the bytes are scanned as they stand as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap, GapReason
from leakgate.model.segment import Segment
from leakgate.unpack.formats.labelled_values import Path, Unread, Value, gathered
from leakgate.unpack.identify import HEAD

_SUFFIXES = (".pb", ".binpb", ".protobuf", ".otlp", ".pbf", ".pb.bin")
# Attributes that every OpenTelemetry resource has, near the beginning.
_OTLP = expression(rb"\n[\x0c-\x20](?:service\.name|telemetry\.sdk\.(?:name|language|version))\x12")
_OTLP_WITHIN = 4096
_LEAST_TEXT = 4
_DEEPEST = 32
_LOOKED_AT = 1000  # fields
_MOST_FIELDS = 4_000_000
_LARGEST_NUMBER = 4096  # of a field that is believed; schemas hardly go further
_CONTROL = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
_LABEL = expression(rb"[\w.$ /:@-]{1,80}")

# Field number, wire type, where the value begins and ends.
_Field = tuple[int, int, int, int]


class ProtobufStrings:
    """By name and a strict look at its first fields, or by the attributes of OpenTelemetry."""

    name = "protobuf"

    def matches(self, head: bytes, name: str) -> bool:
        if head[:1] == b"\n" and _OTLP.search(head, 0, _OTLP_WITHIN):
            return True
        return name.lower().endswith(_SUFFIXES) and _is_message(head)

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS."""
        yield from gathered(document, self.name, _Message(document.data).values())


def _is_message(head: bytes) -> bool:
    """Whether the beginning of a file is fields, of which the last may be cut."""
    whole = 0
    for number, _, _, end in islice(_fields(head, 0, 1 << 62), _LOOKED_AT):
        if number == 0:
            return False
        whole += end <= len(head)
    return whole > 0 or len(head) >= HEAD


class _Message:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = _MOST_FIELDS
        self._too_deep = False

    def values(self) -> Iterator[Value]:
        """Of one message, or of several with their lengths in front; of a cut one, what is there."""
        end = len(self._data)
        whole = self._is_message(0, end)
        parts = [] if whole else self._delimited()
        for nth, (start, stop) in enumerate(parts):
            yield from self._strings(start, stop, (nth,), "", 0)
        if not parts:
            yield from self._strings(0, end, (), "", 0)
            if not whole:
                raise Unread(GapReason.UNPARSED, "is cut, or no message to its end")
        if self._too_deep:
            raise Unread(GapReason.TOO_DEEP, f"nested deeper than {_DEEPEST} levels")

    def _delimited(self) -> list[tuple[int, int]]:
        """The messages of a file that is nothing but messages with their lengths in front."""
        at, found = 0, []
        while at < len(self._data):
            length, start = _varint(self._data, at)
            at = start + length
            if length and not self._is_message(start, at):
                return []
            found.append((start, at))
        return found

    def _strings(self, start: int, end: int, path: Path, label: str, depth: int) -> Iterator[Value]:
        fields = list(self._believed(start, end))
        key = self._key(fields)
        label = key or label
        for number, wire, at, stop in fields[1:] if key else fields:
            if wire != 2 or stop - at < _LEAST_TEXT or stop > len(self._data):
                continue
            inner = (*path, number)
            if self._is_text(at, stop):
                yield Value(label or f"field{number}", self._data[at:stop], at, inner)
            elif depth == _DEEPEST:
                self._too_deep = True
            elif self._is_message(at, stop):
                yield from self._strings(at, stop, inner, label, depth + 1)

    def _key(self, fields: list[_Field]) -> str:
        """The key of a pair, which is field 1 beside field 2 and nothing else."""
        if len(fields) != 2 or [number for number, *_ in fields] != [1, 2] or fields[0][1] != 2:
            return ""
        raw = self._data[fields[0][2] : fields[0][3]]
        return raw.decode("utf-8", "replace") if _LABEL.fullmatch(raw) else ""

    def _is_text(self, at: int, end: int) -> bool:
        """UTF-8 without controls; what begins like a message and is one to its end is none."""
        raw = self._data[at:end]
        if raw.translate(None, _CONTROL) != raw:
            return False
        if raw[0] in (0x0A, 0x12, 0x1A) and self._is_message(at, end):
            return False
        try:
            raw.decode()
        except UnicodeDecodeError:
            return False
        return True

    def _is_message(self, start: int, end: int) -> bool:
        if end > len(self._data):
            return False
        fields = list(self._believed(start, end))
        return bool(fields) and fields[-1][0] > 0

    def _believed(self, start: int, end: int) -> Iterator[_Field]:
        """The fields between two offsets; one of number 0 behind them where they are no message."""
        for field in _fields(self._data, start, end):
            self._left -= 1
            if self._left < 0:
                raise Unread(GapReason.TOO_MANY, f"has more than {_MOST_FIELDS} fields; split it")
            yield field


def _fields(data: bytes, at: int, end: int) -> Iterator[_Field]:
    """Fields up to `end`; the last has number 0 where there is none."""
    limit = min(end, len(data))
    while at < limit:
        tag, start = _varint(data, at)
        number, wire = tag >> 3, tag & 7
        if not 0 < number <= _LARGEST_NUMBER or wire not in (0, 1, 2, 5):
            yield 0, 0, at, at
            return
        if wire == 0:
            _, stop = _varint(data, start)
        elif wire == 2:
            length, start = _varint(data, start)
            stop = start + length
        else:
            stop = start + (8 if wire == 1 else 4)
        if stop > end:
            yield 0, 0, at, at
            return
        yield number, wire, start, stop
        at = stop


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first; what is cut off is zero."""
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
        shift += 7
    return value, at
