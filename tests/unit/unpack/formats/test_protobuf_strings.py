"""Strings of protobuf messages are found without a schema."""

from __future__ import annotations

import random

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.protobuf_strings import ProtobufStrings
from tests.unit.unpack.formats.binary_fields_of import fields_of, gaps_of, items_of

PROTOBUF = ProtobufStrings()


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def _field(number: int, value: bytes | int) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _attribute(key: bytes, value: bytes) -> bytes:
    """OpenTelemetry's KeyValue with a string."""
    return _field(1, key) + _field(2, _field(1, value))


def _spans(*attributes: tuple[bytes, bytes]) -> bytes:
    resource = _field(1, _field(1, _attribute(b"service.name", b"some service")))
    span = _field(1, bytes(range(200, 216))) + b"".join(_field(9, _attribute(*each)) for each in attributes)
    return _field(1, resource + _field(2, _field(2, span + _field(7, 1 << 60))))


def test_attribute_has_its_key() -> None:
    """The label of a value is the key beside it, and its pointer the numbers of the fields."""
    found = {f.label: (f.value, f.raw, f.pointer) for f in fields_of(PROTOBUF, _spans((b"db.user", b"body")))}

    assert (b"body", b"body", "/1/2/2/9/2/1") == found["db.user"]


def test_key_is_no_value() -> None:
    """A key named `token` beside a value is not a token itself."""
    assert b"db.user" not in [field.value for field in fields_of(PROTOBUF, _spans((b"db.user", b"body")))]


def test_value_behind_a_length_that_is_a_letter_is_apart_from_it() -> None:
    """65 bytes have `A` before them, which the scan of printable strings takes for a part."""
    value = b"v" * 65

    assert value in [field.value for field in fields_of(PROTOBUF, _spans((b"some.key", value)))]


def test_entries_of_maps_have_their_keys() -> None:
    """A map is a list of messages with key and value."""
    message = _field(3, _field(1, b"X-Some-Header") + _field(2, b"some value"))

    assert ("X-Some-Header", b"some value") in [(f.label, f.value) for f in fields_of(PROTOBUF, message)]


def test_messages_with_their_lengths_are_read() -> None:
    """As a stream of several messages is written."""
    data = b"".join(_varint(len(each)) + each for each in (_field(2, b"first"), _field(2, b"second")))

    assert [("/0/2", b"first"), ("/1/2", b"second")] == [
        (f.pointer, f.value) for f in fields_of(PROTOBUF, data)
    ]


def test_traces_are_known_by_their_attributes() -> None:
    """Whatever the file is called."""
    assert PROTOBUF.matches(_spans((b"db.user", b"body")), "traces.bin")


def test_other_messages_are_known_by_name_and_look() -> None:
    """Neither is enough alone."""
    message = _field(3, b"some text") + _field(4, 7)

    assert [True, False, False] == [
        PROTOBUF.matches(message, "some.pb"),
        PROTOBUF.matches(message, "some.bin"),
        PROTOBUF.matches(b"just some text", "some.pb"),
    ]


def test_cut_message_is_read_as_far_as_it_goes() -> None:
    """What comes before the cut is read, and a gap says that there was more."""
    data = _field(2, b"first") + _field(2, b"second")[:-2]

    assert ([b"first"], [GapReason.UNPARSED]) == (
        [field.value for field in fields_of(PROTOBUF, data)],
        [gap.reason for gap in gaps_of(PROTOBUF, data)],
    )


def test_deep_nesting_ends() -> None:
    """Messages within messages are followed a bounded way, whatever they are."""
    data = b"some text"
    for _ in range(3000):
        data = _field(1, data)

    assert items_of(PROTOBUF, data)


def test_noise_does_not_stop_the_reading() -> None:
    """Random bytes cost values, never an exception."""
    data = _spans((b"db.user", b"body"), (b"db.name", b"another"))
    for seed in range(300):
        noise = random.Random(seed)
        broken = bytearray(data)
        broken[noise.randrange(len(data))] = noise.randrange(256)

        items_of(PROTOBUF, bytes(broken))
