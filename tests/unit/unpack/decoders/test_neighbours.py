"""Encoded values that stand one below the other are values of their own."""

from __future__ import annotations

import base64
import json
import zlib

import pytest

from leakgate.unpack.decoders.base64_runs import Base64
from leakgate.unpack.decoders.byte_lists import ByteLists
from leakgate.unpack.decoders.doubled_quotes import DOUBLED_QUOTES
from leakgate.unpack.decoders.quoted_printable import QUOTED_PRINTABLE
from leakgate.unpack.decoders.wrapped import WRAPPED
from tests.unit.unpack.decoders.unfolding import children, raw_of

FIRST = json.dumps({"user": "ann", "note": "the first of two"}).encode()
SECOND = json.dumps({"user": "bob", "note": "the second of two, longer than it"}).encode()


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def _deflated(raw: bytes) -> bytes:
    return zlib.compress(raw)[2:-4]


def _dump(raw: bytes) -> str:
    rows = (raw[at : at + 16] for at in range(0, len(raw), 16))
    return "".join(f"{16 * number:08x}  {row.hex(' '):<47}  |..|\n" for number, row in enumerate(rows))


@pytest.mark.parametrize("pack", [bytes, zlib.compress, _deflated], ids=["plain", "zlib", "deflate"])
@pytest.mark.parametrize(("one", "two"), [(FIRST, SECOND), (SECOND, FIRST)], ids=["growing", "shrinking"])
def test_two_unpadded_lines_are_two_values(pack: type[bytes], one: bytes, two: bytes) -> None:
    """The next line under the same prefix hides neither value."""
    found = children(Base64(), f"payload: {_b64(pack(one))}\npayload: {_b64(pack(two))}\n")

    assert all(any(value in child.data for child in found) for value in (one, two))


def test_two_logins_are_two_values() -> None:
    """A line that names its own scheme begins a value."""
    one, two = b"deploy-bot:first-one", b"deploy-bot:second"
    found = children(Base64(), f"> Authorization: Basic {_b64(one)}\n> Authorization: Basic {_b64(two)}\n")

    assert [one, two] == [child.data.removeprefix(b"Authorization: Basic ") for child in found]


def test_two_dumps_are_two_values() -> None:
    """A dump below another is read as well, though few lines lie between them."""
    found = children(ByteLists(), f"body:\n{_dump(FIRST)}\nend\nbody:\n{_dump(SECOND)}end\n")

    assert [FIRST, SECOND] == [child.data for child in found]


def test_padding_is_no_soft_break() -> None:
    """A `=` at the end of a line that is too long for quoted-printable joins nothing."""
    text = f"payload: {'QUJD' * 20}QQ=\nnext line\n"

    assert [] == children(QUOTED_PRINTABLE, text)


def test_a_doubled_quote_opens_a_literal() -> None:
    """SQL inside a string of SQL: the quote behind the sign of equality is one quote."""
    [child] = children(DOUBLED_QUOTES, "EXECUTE 'UPDATE t SET note = ''some words'' WHERE id = 4'")

    assert b"EXECUTE 'UPDATE t SET note = 'some words' WHERE id = 4'" == child.data


def test_a_url_goes_on_in_the_next_line() -> None:
    """The rest of a broken URL may hold a port and a path."""
    [child] = children(WRAPPED, "URL=postgres://app:abc1\ndef2@db.internal:5432/orders\nnext\n")

    assert b"postgres://app:abc1def2@db.internal:5432/orders" in child.data


def test_a_hanging_indent_stands_for_the_prefix() -> None:
    """Below a full line, an indent as wide as the logger's prefix is taken out."""
    lead = "INFO     " + "x" * 50
    [child] = children(WRAPPED, f"{lead} token=abc123\n         def456\nINFO     next\n")

    assert b"token=abc123def456" in child.data
    assert b"abc123\n         def456" == raw_of(child, "abc123def456")
