"""
What a short text means in another writing: escapes, percent, hexadecimal, base64, wide letters.

Each reading leads back to places of the text. Bounded: a few times the length of the text, whatever it holds.
"""

from __future__ import annotations

import base64
import html
import unicodedata
from collections.abc import Iterator, Sequence

from leakgate.findings.pieces import is_unseen
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_DEEPEST = 3
_ROOM = 24  # characters of all readings, for each of the text
_ESCAPE = expression(
    r"(?:%[0-9A-Fa-f]{2})+|(?:\\x[0-9A-Fa-f]{2})+|(?:=[0-9A-F]{2})+"
    r"|\\u\{[0-9A-Fa-f]{1,6}\}|(?:\\u[0-9A-Fa-f]{4})+|\\U[0-9A-Fa-f]{8}"
    r"|&#[0-9]{1,7};?|&#[xX][0-9A-Fa-f]{1,6};?|&[A-Za-z]{2,8};|\\[0-7]{3}|\\[^\w\s]"
)
_HEX = expression(r"[0-9A-Fa-f]{16,}")
_BASE64 = expression(r"[A-Za-z0-9+/_-]{11,}")
_READABLE = expression(rb"(?:[ -~]\x00*){8}")  # of what was not encoded at all, one in fifty has that
_URL_SAFE = bytes.maketrans(b"-_", b"+/")


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` as read; character `i` comes from `starts[i]` to `ends[i]` of what was given.

    `is_text` is False for what decoding makes of something that may not be encoded: words in it say nothing.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    is_text: bool = True

    def bare(self) -> Reading:
        """Its letters and digits alone."""
        kept = [i for i, char in enumerate(self.text) if char.isalnum()]
        return self._only(kept)

    def without(self, sign: str) -> Reading:
        return self._only([i for i, char in enumerate(self.text) if char != sign])

    def _only(self, kept: Sequence[int]) -> Reading:
        text = "".join(self.text[i] for i in kept)
        starts, ends = [self.starts[i] for i in kept], [self.ends[i] for i in kept]
        return Reading(text, starts, ends, self.is_text)


def readings(text: str) -> Iterator[Reading]:
    """The text as it stands first, then what decoding makes of it, level by level."""
    room = _ROOM * len(text) + 4096
    level = [_seen(text)]
    for _ in range(_DEEPEST + 1):
        following: list[Reading] = []
        for reading in level:
            room -= len(reading.text)
            if room < 0:
                return
            yield reading
            following += _decoded(reading)
        level = following


def _seen(text: str) -> Reading:
    if text.isascii() and text.isprintable():
        return Reading(text, range(len(text)), range(1, len(text) + 1))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        for normal in char if char.isascii() else unicodedata.normalize("NFKC", char):
            if not is_unseen(normal):
                out.append(normal)
                starts.append(at)
                ends.append(at + 1)
    return Reading("".join(out), starts, ends)


def _decoded(reading: Reading) -> Iterator[Reading]:
    if _ESCAPE.search(reading.text):
        yield _unescaped(reading)
    bare = reading.bare()
    for hit in _HEX.finditer(bare.text):
        for lead in (0, 1):
            yield from _from_hex(bare, hit.start() + lead, hit.end())
    yield from _from_all_base64(reading)
    if "/" in reading.text and not reading.text.islower():
        yield from _from_all_base64(reading.without("/"))


def _unescaped(reading: Reading) -> Reading:
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(first: int, last: int) -> None:
        out.append(reading.text[first:last])
        starts.extend(reading.starts[first:last])
        ends.extend(reading.ends[first:last])

    position = 0
    for hit in _ESCAPE.finditer(reading.text):
        copy(position, hit.start())
        position = hit.end()
        for char, first, last in _signs(hit[0]):
            if not is_unseen(char):
                out.append(char)
                starts.append(reading.starts[hit.start() + first])
                ends.append(reading.ends[hit.start() + last - 1])
    copy(position, len(reading.text))
    return Reading("".join(out), starts, ends, reading.is_text)


def _signs(escape: str) -> Iterator[tuple[str, int, int]]:
    """Characters of one escape, or of a row of them, each with its place in it."""
    size = {"%": 3, "=": 3}.get(escape[0]) or (4 if escape.startswith("\\x") else 0)
    if size:
        digits = "".join(escape[at + size - 2 : at + size] for at in range(0, len(escape), size))
        at = 0
        for char in bytes.fromhex(digits).decode("utf-8", "surrogateescape"):
            width = 1 if "\udc80" <= char <= "\udcff" else len(char.encode("utf-8"))
            yield char, at * size, (at + width) * size
            at += width
    elif escape.startswith("\\u") and escape[2] != "{":
        for at in range(0, len(escape), 6):
            yield chr(int(escape[at + 2 : at + 6], 16)), at, at + 6
    else:
        for char in _sign(escape):
            yield char, 0, len(escape)


def _sign(escape: str) -> str:
    if escape[0] == "&":
        return html.unescape(escape if escape.endswith(";") else f"{escape};")
    if escape[1] in "uU":
        number = int(escape[2:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else ""
    return chr(int(escape[1:], 8)) if escape[1].isdigit() else escape[1:]


def _from_hex(bare: Reading, first: int, end: int) -> Iterator[Reading]:
    raw = bytes.fromhex(bare.text[first : end - (end - first) % 2])
    if _is_readable(raw):
        yield _read(bare, raw, first, 2, 1)


def _from_all_base64(reading: Reading) -> Iterator[Reading]:
    for hit in _BASE64.finditer(reading.text):
        run = hit[0]
        if run.islower():
            continue  # words: encoded text has capital letters
        for lead in range(4):
            size = len(run) - lead
            body = run[lead : len(run) - (size % 4 == 1)].encode().translate(_URL_SAFE)
            if len(body) >= 8:
                raw = base64.b64decode(body + b"=" * (-len(body) % 4))
                if not _is_readable(raw):
                    continue
                yield _read(reading, raw, hit.start() + lead, 4, 3)


def _is_readable(raw: bytes) -> bool:
    """Whether there may be a value in what something decodes to."""
    if _READABLE.search(raw):
        return True
    try:
        return raw.decode("utf-8").isprintable()
    except UnicodeDecodeError:
        return False


def _read(reading: Reading, raw: bytes, first: int, signs: int, held: int) -> Reading:
    """Bytes, `held` of them written with `signs` characters from `first` on, without NUL and the like."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = len(reading.text) - 1
    at, is_text = 0, True
    for char in raw.decode("utf-8", "surrogateescape"):
        is_byte = "\udc80" <= char <= "\udcff"
        after = at + (1 if is_byte else len(char.encode("utf-8")))
        if char.isprintable():
            out.append(char)
            starts.append(reading.starts[first + at * signs // held])
            ends.append(reading.ends[min(last, first + (after * signs - 1) // held)])
        elif char != "\0":
            is_text = False
        at = after
    return Reading("".join(out), starts, ends, is_text and reading.is_text)
