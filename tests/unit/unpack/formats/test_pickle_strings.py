"""Strings of pickles and of numpy's arrays are found, and nothing is unpickled."""

from __future__ import annotations

import io
import pickle
import random

import pytest

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.numpy_array import NumpyArray
from leakgate.unpack.formats.pickle_strings import PickleStrings
from tests.unit.unpack.formats.binary_fields_of import fields_of, gaps_of, items_of

PICKLE, NUMPY = PickleStrings(), NumpyArray()
TREE = [
    {"login": "some body", "at": 7},
    {"login": "another", "notes": ["note one", b"note two"]},
    ("v" * 65,),
]


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_strings_have_their_keys(protocol: int) -> None:
    """Also keys that a pickle names but once and refers to later."""
    fields = fields_of(PICKLE, pickle.dumps(TREE, protocol))

    found = {(field.label, field.value) for field in fields}
    assert {
        ("login", b"some body"),
        ("login", b"another"),
        ("text", b"note one"),
        ("text", b"v" * 65),
    } <= found
    assert all(field.raw == field.value for field in fields)


def test_nothing_is_called() -> None:
    """A pickle that would run something when it is loaded is only read."""

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return exec, ("raise SystemExit('ran')",)

    data = pickle.dumps(Trap())

    assert [b"raise SystemExit('ran')"] == [f.value for f in fields_of(PICKLE, data) if f.label == "text"][
        -1:
    ]


def test_several_pickles_in_one_file_are_read() -> None:
    """As a log of objects is written."""
    assert [b"first", b"second"] == [
        field.value for field in fields_of(PICKLE, pickle.dumps("first") + pickle.dumps("second"))
    ]


def test_cut_pickle_is_read_as_far_as_it_goes() -> None:
    """Every beginning is read, and a gap says that there was more."""
    data = pickle.dumps(TREE)

    for length in range(12, len(data)):
        assert [GapReason.UNPARSED] == [gap.reason for gap in gaps_of(PICKLE, data[:length])]


def test_noise_does_not_stop_the_reading() -> None:
    """Changed bytes cost values, never an exception."""
    data = pickle.dumps(TREE)
    for seed in range(500):
        broken = bytearray(data)
        broken[random.Random(seed).randrange(2, len(data))] = seed % 256

        items_of(PICKLE, bytes(broken))


@pytest.mark.parametrize("order", ["<", ">"])
def test_arrays_of_text_are_read(order: str) -> None:
    """Which are UTF-32, each text at its own place."""
    np = pytest.importorskip("numpy")
    out = io.BytesIO()
    np.save(out, np.array(["some body", "größe"], dtype=f"{order}U12"))

    assert [(b"some body", "/0"), ("größe".encode(), "/1")] == [
        (field.value, field.pointer) for field in fields_of(NUMPY, out.getvalue())
    ]


def test_arrays_of_objects_are_read() -> None:
    """Which are pickles behind a header."""
    np = pytest.importorskip("numpy")
    out = io.BytesIO()
    np.save(out, np.array([{"login": "some body"}], dtype=object), allow_pickle=True)

    assert ("login", b"some body") in [(f.label, f.value) for f in fields_of(NUMPY, out.getvalue())]
