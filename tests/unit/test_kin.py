"""Names of one kin are read alike: the promise on which the reuse of results rests."""

from __future__ import annotations

import random

import pytest

from leakgate.detect.adapters.detect_secrets import detect_secrets_recognizers
from leakgate.model.kin import ending
from leakgate.unpack.formats.registry import FORMATS

_PARTS = """
    xml trx yaml yml html json csv jtl pb bin PB BIN eml bson cbor mpk config env ini log gz 1 a
""".split()  # noqa: SIM905 - a name for each line is a page of them
_HEADS = (
    *(b"", b"<a>1</a>", b"{}", b"a,b\n1,2\n", b"a: 1\n", b"\x82\xa1a\x01", b"\x0a\x03abc", b"plain text"),
    *(b"Subject: a\nFrom: b\n\nc", b"<html></html>", b"\xd9\xd9\xf7\x01", b"From a@b Thu\nSubject: x\n"),
    b"\x16\0\0\0\x02a\0\x02\0\0\0b\0\0",
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.JSON", ".JSON"),
        ("a/b.c/trace.pb.bin", ".pb.bin"),
        ("a.b/none", ""),
        (".env", ".env"),
        ("x.tar.gz.old", ".gz.old"),
        ("", ""),
    ],
)
def test_the_ending_of_a_name(name: str, expected: str) -> None:
    """The last two parts that begin with a dot."""
    assert expected == ending(name)


def _names() -> list[str]:
    chance = random.Random(7)
    stems = ("", "a", "x/y", "pb", "b.c/d", "xml")
    return [
        chance.choice(stems) + "".join(f".{chance.choice(_PARTS)}" for _ in range(chance.randrange(4)))
        for _ in range(400)
    ]


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_readers_ask_for_no_more_of_a_name_than_its_ending(known: object) -> None:
    """With the name or with its ending alone, a reader takes or refuses the same bytes."""
    for name in _names():
        for head in _HEADS:
            assert known.matches(head, name) == known.matches(head, f"x{ending(name)}")  # type: ignore[attr-defined]


def test_recognizers_ask_for_no_more_of_a_name_than_its_ending() -> None:
    """Those of detect-secrets that look at configuration only."""
    sources = [source for one in detect_secrets_recognizers() for source in one._sources.values()]  # type: ignore[attr-defined]

    assert any(source.wants_configuration for source in sources)
    for name in _names():
        for source in sources:
            assert source.is_for(name) == source.is_for(f"x{ending(name)}")
