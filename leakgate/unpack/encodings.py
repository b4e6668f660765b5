"""Whether bytes are text, and in which encoding, by a look at their beginning; never by name."""

from __future__ import annotations

import codecs

from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` is Python's name for it, `width` the bytes of its smallest unit, `bom` those of its mark."""

    codec: str
    width: int = 1
    bom: int = 0

    @property
    def newline(self) -> bytes:
        return "\n".encode(self.codec)

    def decode(self, raw: bytes) -> str:
        """One character for each one of `raw`; surrogates that stand alone stay, a cut unit is left out."""
        if self.width == 1:
            return raw.decode("utf-8", "replace")
        whole = raw[: len(raw) - len(raw) % self.width]
        return whole.decode(self.codec, "surrogatepass" if self.width == 2 else "replace")


_BLANKS = dict.fromkeys((*range(7, 14), 0x1B, 0x2028, 0x2029), " ")
UTF8 = Encoding("utf-8")
_BOMS = (
    (codecs.BOM_UTF8, Encoding("utf-8", 1, 3)),
    (codecs.BOM_UTF32_LE, Encoding("utf-32-le", 4, 4)),
    (codecs.BOM_UTF32_BE, Encoding("utf-32-be", 4, 4)),
    (codecs.BOM_UTF16_LE, Encoding("utf-16-le", 2, 2)),
    (codecs.BOM_UTF16_BE, Encoding("utf-16-be", 2, 2)),
)
# All but the controls that no text has: tab, line ends, form feed, bell, backspace and ESC may occur.
_TEXT_BYTES = bytes({7, 8, 9, 10, 11, 12, 13, 27} | (set(range(0x20, 0x100)) - {0x7F}))


def encoding_of(head: bytes) -> Encoding | None:
    """The encoding of the text that begins with `head` (64 KiB, or all), or None where it is binary."""
    for bom, encoding in _BOMS:
        if head.startswith(bom) and _plausible(head[len(bom) :], encoding):
            return encoding
    if b"\0" in head and (wide := _wide_by_zeros(head)) is not None:
        return wide
    return UTF8 if _mostly_text(head) else None


def _mostly_text(head: bytes) -> bool:
    """Few controls; a few more where the rest is UTF-8, as in lists that are separated by NUL.

    Compressed or encrypted bytes have 10% of them.
    """
    controls = len(head.translate(None, _TEXT_BYTES))
    if controls * 100 <= len(head):
        return True
    return controls * 12 <= len(head) and head.decode("utf-8", "replace").count("\ufffd") * 100 <= len(head)


def _wide_by_zeros(head: bytes) -> Encoding | None:
    """UTF-32 or UTF-16 without a mark: the zeros of Latin letters, digits and spaces stand on one side."""
    if len(head) < 8:
        return None
    zeros = [head[at::4].count(0) / (len(head[at::4]) or 1) for at in range(4)]
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    guesses = (
        (zeros[3] > 0.99 and zeros[2] > 0.9 and zeros[0] < 0.1, Encoding("utf-32-le", 4)),
        (zeros[0] > 0.99 and zeros[1] > 0.9 and zeros[3] < 0.1, Encoding("utf-32-be", 4)),
        (odd > 0.15 and even * 10 < odd, Encoding("utf-16-le", 2)),
        (even > 0.15 and odd * 10 < even, Encoding("utf-16-be", 2)),
    )
    fitting = (encoding for fits, encoding in guesses if fits)
    fitting = (encoding for encoding in fitting if _plausible(head, encoding))
    return next((encoding for encoding in fitting if _has_characters(head, encoding)), None)


def _has_characters(head: bytes, encoding: Encoding) -> bool:
    """Whether hardly any code point is unassigned or private; pairs of bytes of a binary often are."""
    text = encoding.decode(head)
    return sum(not char.isprintable() for char in text.translate(_BLANKS)) * 25 <= len(text)


def _plausible(head: bytes, encoding: Encoding) -> bool:
    text = encoding.decode(head)
    derived = text.encode("utf-8", "replace")
    controls = len(derived.translate(None, _TEXT_BYTES))
    return (controls + text.count("\ufffd")) * 50 <= max(len(text), 1)
