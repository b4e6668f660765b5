"""MessagePack, CBOR and BSON give their strings with the keys of their maps."""

from __future__ import annotations

import random

import pytest

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.base import Format
from leakgate.unpack.formats.bson_values import BsonValues
from leakgate.unpack.formats.cbor_values import CborValues
from leakgate.unpack.formats.msgpack_values import MsgpackValues
from tests.unit.unpack.formats.binary_fields_of import fields_of, gaps_of, items_of

MSGPACK, CBOR, BSON = MsgpackValues(), CborValues(), BsonValues()
LONG = b"v" * 65  # whose length is the letter A


def _msgpack(value: object) -> bytes:
    match value:
        case dict():
            return bytes([0x80 | len(value)]) + b"".join(_msgpack(k) + _msgpack(v) for k, v in value.items())
        case list():
            return b"\xdc" + len(value).to_bytes(2, "big") + b"".join(map(_msgpack, value))
        case bytes():
            return (bytes([0xA0 | len(value)]) if len(value) < 32 else bytes([0xD9, len(value)])) + value
        case _:
            return b"\xcd\x01\x02"


def _cbor(value: object) -> bytes:
    match value:
        case dict():
            return bytes([0xA0 | len(value)]) + b"".join(_cbor(k) + _cbor(v) for k, v in value.items())
        case list():
            return b"\x9f" + b"".join(map(_cbor, value)) + b"\xff"
        case bytes():
            return (bytes([0x60 | len(value)]) if len(value) < 24 else bytes([0x78, len(value)])) + value
        case _:
            return b"\xc1\x1a\x01\x02\x03\x04"


def _bson(value: dict[bytes, object]) -> bytes:
    body = b"".join(_element(name, each) for name, each in value.items())
    return (len(body) + 5).to_bytes(4, "little") + body + b"\0"


def _element(name: bytes, value: object) -> bytes:
    match value:
        case dict():
            return b"\x03" + name + b"\0" + _bson(value)
        case list():
            return b"\x04" + name + b"\0" + _bson({b"%d" % nth: each for nth, each in enumerate(value)})
        case bytes():
            return b"\x02" + name + b"\0" + (len(value) + 1).to_bytes(4, "little") + value + b"\0"
        case _:
            return b"\x10" + name + b"\0" + bytes(4)


TREE: dict[bytes, object] = {
    b"at": 7,
    b"who": {b"login": b"some body"},
    b"notes": [b"note one", LONG],
    b"z": b"last",
}
WRITTEN = [(MSGPACK, _msgpack(TREE)), (CBOR, _cbor(TREE)), (BSON, _bson(TREE))]


@pytest.mark.parametrize(("known", "data"), WRITTEN)
def test_strings_have_their_keys(known: Format, data: bytes) -> None:
    """Those in a list have the list's; each leads to its own bytes."""
    fields = fields_of(known, data)

    assert [("login", b"some body"), ("notes", b"note one"), ("notes", LONG), ("z", b"last")] == [
        (field.label, field.value) for field in fields
    ]
    assert all(field.raw == field.value for field in fields)
    assert ["who/login", "notes/0", "notes/1", "z"] == [
        (field.pointer or "").removeprefix("/0").removeprefix("/") for field in fields
    ]


@pytest.mark.parametrize(("known", "data"), WRITTEN)
def test_documents_one_behind_the_other_are_read(known: Format, data: bytes) -> None:
    """As logs and dumps have them."""
    assert 8 == len(fields_of(known, data * 2))


@pytest.mark.parametrize(("known", "data"), WRITTEN)
def test_cut_documents_are_read_as_far_as_they_go(known: Format, data: bytes) -> None:
    """Every beginning gives what it has, and a gap."""
    for length in range(1, len(data)):
        assert len(gaps_of(known, data[:length])) <= 1

    assert (b"some body", [GapReason.UNPARSED]) == (
        fields_of(known, data[:-3])[0].value,
        [gap.reason for gap in gaps_of(known, data[:-3])],
    )


@pytest.mark.parametrize(("known", "data"), WRITTEN)
def test_noise_does_not_stop_the_reading(known: Format, data: bytes) -> None:
    """Changed bytes cost values, never an exception."""
    for seed in range(300):
        broken = bytearray(data)
        broken[random.Random(seed).randrange(len(data))] = seed % 256

        items_of(known, bytes(broken))


@pytest.mark.parametrize(
    ("known", "data"), [(MSGPACK, b"\x91" * 5000), (CBOR, b"\x81" * 5000), (CBOR, b"\x9f" * 5000)]
)
def test_deep_nesting_is_a_gap(known: Format, data: bytes) -> None:
    """A list in a list in a list is followed a bounded way."""
    assert [GapReason.TOO_DEEP] == [gap.reason for gap in gaps_of(known, data)]


@pytest.mark.parametrize(
    ("known", "data", "name", "is_it"),
    [
        (MSGPACK, _msgpack(TREE), "some.msgpack", True),
        (MSGPACK, _msgpack(TREE), "some.bin", False),
        (CBOR, b"\xd9\xd9\xf7" + _cbor(TREE), "some.bin", True),
        (CBOR, _cbor(TREE), "some.cbor", True),
        (CBOR, b"", "some.cbor", False),
        (BSON, _bson(TREE) * 3, "some.bson", True),
        (BSON, _bson(TREE), "some.bin", True),
        (BSON, b"just some text that is long enough", "some.bson", False),
    ],
)
def test_formats_are_known(known: Format, data: bytes, name: str, is_it: bool) -> None:
    """By a mark or a length where they have one, else by name."""
    assert is_it == known.matches(data, name)
