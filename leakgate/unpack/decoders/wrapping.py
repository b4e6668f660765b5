"""
Where an encoded value goes on: the pieces of one that is wrapped over several lines.

Lines may be indented, quoted or prefixed by a logger. Never decodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leakgate.model.spans import Span

_LONGEST_LINE = 4096
_LONGEST_LEAD = 160
_LEAST_FIRST = 16  # characters on the first line: shorter ones are not broken
_FLAT_WIDTHS = (60, 64, 76)  # RFC 7468, RFC 2045, and what `fold` users like
_MARGIN = b" \t\r\"'`,;|>#*+\\"
_BEHIND = bytes(set(_MARGIN) - set(b"+"))
_DIGITS = bytes.maketrans(b"123456789abcdef", b"0" * 15)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters of an encoding, and those that pad its end."""

    characters: bytes
    padding: bytes = b""

    def start(self, data: bytes, at: int) -> int:
        """Where the run of characters around `at` begins."""
        while at:
            low = max(0, at - _LONGEST_LINE)
            kept = len(data[low:at].rstrip(self.characters))
            at = low + kept
            if kept:
                break
        return at

    def end(self, data: bytes, at: int) -> int:
        """Where the run of characters around `at` ends, without padding."""
        step = _LONGEST_LINE
        while at < len(data):
            block = data[at : at + step]
            left = len(block.lstrip(self.characters))
            at += len(block) - left
            if left:
                break
            step = min(step * 2, 1 << 20)
        return at


def pieces(data: bytes, first: Span, alphabet: Alphabet) -> list[Span]:
    """`first` and the pieces of the same value on the lines after it."""
    found = [first]
    if first.width < _LEAST_FIRST:
        return found
    if first.width in _FLAT_WIDTHS and data.startswith(b" ", first.end):
        return [first, *_flattened(data, first, alphabet)]
    low = max(0, first.start - _LONGEST_LEAD)
    lead = shape(data[max(low, data.rfind(b"\n", low, first.start) + 1) : first.start])
    width = 0  # of the second line, which the later ones have as well
    at = first.end
    while (end := _line_end(data, at)) is not None:
        piece = _piece(data, end, lead, alphabet)
        if piece is None or (width and piece.width > width):
            break
        found.append(piece)
        if width and piece.width < width:
            break
        width = width or piece.width
        at = piece.end
    return found


def _flattened(data: bytes, first: Span, alphabet: Alphabet) -> Iterator[Span]:
    """Lines of one width whose breaks became blanks, and the shorter last one."""
    at = first.end
    while data.startswith(b" ", at):
        piece = Span(at + 1, alphabet.end(data, at + 1))
        if not 0 < piece.width <= first.width:
            return
        yield piece
        at = piece.end
        if piece.width < first.width:
            return


def _line_end(data: bytes, at: int) -> int | None:
    """Start of the next line, if nothing of weight stands between."""
    newline = data.find(b"\n", at, at + 8)
    if newline < 0 or data[at:newline].strip(_MARGIN):
        return None
    return newline + 1


def _piece(data: bytes, start: int, lead: bytes, alphabet: Alphabet) -> Span | None:
    """The run that ends the line at `start`, if what stands before it is margin or the logger's prefix."""
    newline = data.find(b"\n", start, start + _LONGEST_LINE)
    line = data[start : newline if newline >= 0 else start + _LONGEST_LINE]
    body = _without_margin(line).rstrip(alphabet.padding)
    head = body.rstrip(alphabet.characters)
    if len(body) == len(head) or len(head) > _LONGEST_LEAD:
        return None
    if head.strip(_MARGIN) and not lead.startswith(shape(head)):
        return None
    return Span(start + len(head), start + len(body))


def _without_margin(line: bytes) -> bytes:
    """`+` is a digit of base64 too: it belongs to the margin where it joins literals of a program."""
    bare = line.rstrip(_BEHIND)
    joins = bare.endswith(b"+") and bare[-2:-1] in (b" ", b"\t", b'"', b"'", b"`")
    return bare[:-1].rstrip(_BEHIND) if joins else bare


def shape(prefix: bytes) -> bytes:
    """A prefix with its numbers levelled: two time stamps of one logger look the same."""
    return prefix.translate(_DIGITS)
