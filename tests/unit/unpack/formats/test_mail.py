"""Messages: headers, parts, transfer encodings, mailboxes."""

from __future__ import annotations

import base64

import pytest

from leakgate.unpack.formats.mail import Mail
from leakgate.unpack.formats.registry import format_for
from tests.unit.unpack.formats.reading import fields, gaps, pairs, place

_HEAD = "From: a@example.org\nSubject: Your order\nMIME-Version: 1.0\n"
_WORDS = "the password is hunter2x, keep it"
_BASE64 = base64.b64encode(_WORDS.encode()).decode()
_CODED = "Content-Transfer-Encoding: base64\n\n" + _BASE64[:20] + "\n" + _BASE64[20:] + "\n"
_QUOTED = "Content-Transfer-Encoding: quoted-printable\n\nthe pass=\nword is h=75nter2x\n"
_LATIN = (
    "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nJos=E9\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X-Api-Key: hunter2x\n\nbody", ("X-Api-Key", " hunter2x")),
        ("X-Api-Key: hun\n ter2x\n\nbody", ("X-Api-Key", " hun ter2x")),
        ("To: =?utf-8?Q?J=C3=B3zef_K?=\n\nbody", ("To", " Józef K")),
        ("To: =?iso-8859-2?B?SvN6ZWY=?=\n\nbody", ("To", " Józef")),
        ("\nplain hunter2x\n", ("body", "\nplain hunter2x\n")),
        (_QUOTED, ("body", "\nthe password is hunter2x\n")),
        (_CODED, ("body", _WORDS)),
        (f'Content-Type: multipart/mixed; boundary="b"\n\n--b\n{_CODED}--b--\n', ("body", _WORDS)),
        (f"Content-Type: multipart/mixed; boundary=b\n\n--b\nX: y\n\none\n--b\n{_QUOTED}", ("X", " y")),
        (_LATIN, ("body", "\nJosé\n")),
    ],
)
def test_parts(text: str, expected: tuple[str, str]) -> None:
    """Headers are unfolded, bodies decoded."""
    assert expected in pairs(Mail(), _HEAD + text)


@pytest.mark.parametrize(
    ("text", "value", "raw"),
    [
        (_QUOTED, "hunter2x", "h=75nter2x"),
        (_QUOTED, "password", "pass=\nword"),
        (_CODED, "hunter2x", "IGh1bnRlcjJ4"),
    ],
)
def test_places(text: str, value: str, raw: str) -> None:
    """A value leads back to the characters that stand for it."""
    assert raw == place(Mail(), _HEAD + text, value, value)


def test_mailboxes() -> None:
    """Each message of a mailbox has its own number."""
    message = "From a@example.org Mon Jan  1 00:00:00 2024\n" + _HEAD + "\nbody\n\n"

    pointers = [read.pointer for read in fields(Mail(), message * 2) if read.label == "Subject"]

    assert ["/0/Subject", "/1/Subject"] == pointers


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"a: b\n" * 50_000,
        b"boundary=" * 20_000,
        b"".join(b"boundary=%d\n" % n for n in range(5000)) + b"--1\n" * 5000,
        b"Content-Transfer-Encoding: base64\n\n" + b"=A" * 50_000,
        b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * 100_000 + b" " * 100_000,
        b"Content-Type: text/plain; charset=nobody\nContent-Transfer-Encoding: base64\n\n/////w==",
        b"\xff\xfe: \x00\n",
    ],
)
def test_hostile_messages_are_bounded(text: bytes) -> None:
    """Boundaries and encodings without end cost time in proportion, and no error."""
    assert gaps(Mail(), _HEAD.encode() + text) == []


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Received: by x\nSubject: y\n\n", "a.eml", "mail"),
        (b"Received: by x\nSubject: y\nMessage-ID: <z>\n\n", "a", "mail"),
        (b"Subject: y\n", "a.log", None),
        (b"hello", "a.eml", None),
    ],
)
def test_what_is_mail(head: bytes, name: str, expected: str | None) -> None:
    """Headers decide, the name helps."""
    known = format_for(head, name)

    assert expected == (known.name if known is not None else None)
