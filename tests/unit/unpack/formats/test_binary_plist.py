"""Binary property lists give their strings with the keys of their dictionaries."""

from __future__ import annotations

import plistlib
import random

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.binary_plist import BinaryPlist
from tests.unit.unpack.formats.binary_fields_of import fields_of, gaps_of, items_of, texts_of

PLIST = BinaryPlist()


def _written(tree: dict[str, object]) -> bytes:
    return plistlib.dumps(tree, fmt=plistlib.FMT_BINARY)


TREE: dict[str, object] = {
    "at": 7,
    "notes": ["note one", "note two"],
    "who": {"login": "some body", "city": "Münster"},
}


def test_strings_have_their_keys() -> None:
    """Those in a list have the list's; those beyond ASCII are UTF-16 in the file."""
    fields = fields_of(PLIST, _written(TREE))

    assert [
        ("/notes/0", "notes", "note one"),
        ("/notes/1", "notes", "note two"),
        ("/who/city", "city", "Münster"),
        ("/who/login", "login", "some body"),
    ] == sorted((field.pointer, field.label, field.value.decode()) for field in fields)


def test_values_lead_to_their_bytes() -> None:
    """Also those of two bytes a character."""
    raws = {field.label: field.raw for field in fields_of(PLIST, _written(TREE))}

    assert (b"some body", "Münster".encode("utf-16-be")) == (raws["login"], raws["city"])


def test_data_that_is_text_is_read() -> None:
    """As keychains and caches hold it."""
    assert [b"a text that was kept as data"] == [
        text.data for text in texts_of(PLIST, _written({"blob": b"a text that was kept as data"}))
    ]


def test_a_cut_list_is_a_gap() -> None:
    """Where objects stand is said at the end."""
    for length in range(8, len(_written(TREE))):
        assert [GapReason.UNPARSED] == [gap.reason for gap in gaps_of(PLIST, _written(TREE)[:length])]


def test_a_container_within_itself_is_read_once() -> None:
    """One dictionary whose only value is the dictionary."""
    body = b"bplist00" + b"\xd1\x01\x00" + b"\x54self"
    table = bytes((8, 11))
    trailer = bytes(6) + b"\x01\x01" + (2).to_bytes(8) + (0).to_bytes(8) + len(body).to_bytes(8)

    assert [] == items_of(PLIST, body + table + trailer)


def test_noise_does_not_stop_the_reading() -> None:
    """Changed bytes cost values, never an exception."""
    for seed in range(400):
        broken = bytearray(_written(TREE))
        broken[random.Random(seed).randrange(len(broken))] = seed % 256

        items_of(PLIST, bytes(broken))
