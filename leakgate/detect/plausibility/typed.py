"""
Values that somebody typed: sequences, alone or woven into each other, at an end of a token or all over it.

For values that machines make; people do choose passwords like these. Never says that a value is random.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from leakgate.model.expressions import expression

_SEQUENCE = "sequential characters"
_RUN = 6  # in order; one random value of 40 characters in a million has as many, one of hexadecimal in 10,000
_WOVEN = 7  # of the digits alone, or of the letters alone
_LONG, _LONGER = 80, 2  # of so many characters, a sequence is by chance in one of 1,000: it has to be longer
_SHORT_RUN = 4  # what a token that was typed over at one end has nowhere else
_REST = 16  # characters of a token that nobody typed
_FILLED = 32  # times the same character; not A and not 0, of which encoded zeros are made
_FILLER = expression(rb"([1-9B-Zb-z])\1{%d}" % (_FILLED - 1))
_LETTERS = expression(rb"[^a-z]")
_DIGITS = expression(rb"[^0-9]")
_STEADY = expression(rb"\x01+|\xff+")  # steps up, or down
# Machines write all digits in one case; the checksum of Ethereum's addresses does not, but they are public.
_MIXED_HEX = expression(rb"(?:0x)?(?=[0-9a-f]*[A-F])(?=[0-9A-F]*[a-f])[0-9a-fA-F]{24,}")
# Time-based, by a container's first network address: what generators of sample UUIDs on the web give.
_SAMPLE_UUID = expression(rb"(?i)[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-0242ac1[0-9a-f]{5}")


def why_typed(value: bytes) -> str | None:
    """Why no machine made `value`, of which nothing but a name says that it is a credential, or None."""
    plain = value.lower()
    longer = _LONGER if len(value) > _LONG else 0
    if any(size >= _RUN + longer for _, size in _runs(plain)):
        return _SEQUENCE
    digits = _DIGITS.sub(b"", plain).replace(b"90", b"9:")  # `890` goes on
    if any(size >= _WOVEN + longer for each in (digits, _LETTERS.sub(b"", plain)) for _, size in _runs(each)):
        return _SEQUENCE
    if _MIXED_HEX.fullmatch(value):
        return "hexadecimal digits of both cases"
    return why_typed_over(value)


def why_typed_over(body: bytes) -> str | None:
    """Why a token with the form of its issuer, without its prefix, was made unusable, or None."""
    if _FILLER.search(body):
        return "one character repeated"
    if _SAMPLE_UUID.fullmatch(body):
        return "sample identifier"
    runs = [run for run in _runs(body.lower()) if run[1] >= _SHORT_RUN]
    if len(runs) != 1 or len(body) - runs[0][1] < _REST:
        return None
    start, size = runs[0]
    at_an_end = start == 0 or start + size == len(body)
    return "an end typed over" if size >= _RUN and at_an_end else None


def _runs(plain: bytes) -> Iterator[tuple[int, int]]:
    """Start and length of each stretch in which the characters go up, or down, by one."""
    # NOTE: A step is a byte, for an expression to look at: five times as fast as grouping numbers.
    steps = bytes([after - before & 0xFF for before, after in pairwise(plain)])
    for stretch in _STEADY.finditer(steps):
        yield stretch.start(), stretch.end() - stretch.start() + 1
