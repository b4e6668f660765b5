"""
Makes more of a text than there is: copies that differ from it, and from each other, in nearly every line.

The same text and copy give the same bytes. Numbers of three digits or more, seconds and hexadecimal ids
change, and two letters within the last long word of a line; years, hours and short numbers stay, so that a
time stamp remains one, and so does what may be encoded. What a tool remembers of a line helps it little
with the next copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_STEP = 40503  # of Knuth's multiplicative hashing, 16 bits: neighbouring lines get far apart
_LONG = 6  # letters of a word that is changed: shorter ones would turn into other words
_ENCODED = 60  # bytes of a run that is left alone, less than a line of base64
_COPY = 7919  # a prime, so that no line of one copy is moved like its neighbour of the next


@dataclass(frozen=True, slots=True)
class _Places:
    """Offsets that vary, the line of each, and the alphabet in which they do."""

    at: Any
    line: Any
    first: int
    width: int


class Variable:
    """A text whose places to vary are looked for once; a copy costs little then."""

    def __init__(self, text: bytes) -> None:
        import numpy as np

        self._raw = np.frombuffer(text, dtype=np.uint8)
        self._places = tuple(_places(self._raw)) if text else ()

    def copy(self, number: int) -> bytes:
        """The text itself for 0, else one of its length. A number keeps its first digit."""
        import numpy as np

        if number == 0 or not self._places:
            return bytes(self._raw.tobytes())
        varied = self._raw.copy()
        for places in self._places:
            key = (places.line + np.uint32(number * _COPY)) * np.uint32(_STEP)
            key = ((key >> np.uint32(9)) + places.at.astype(np.uint32) % 3) % np.uint32(places.width - 1)
            moved = (self._raw[places.at] - places.first + key + 1) % places.width + places.first
            varied[places.at] = moved
        return bytes(varied.tobytes())


def _places(raw: Any) -> tuple[_Places, ...]:
    import numpy as np

    digits = (raw >= ord("0")) & (raw <= ord("9"))
    line = np.cumsum(raw == ord("\n"), dtype=np.uint32)
    kept = np.zeros(len(raw), dtype=bool)
    kept[_offsets(*_encoded(raw, digits))] = True
    identity = _offsets(*_identities(raw, digits))
    identity = identity[~kept[identity]]
    kept[identity] = True
    numbers = _numbers(raw, digits)
    figures = np.concatenate((numbers[~kept[numbers]], identity[digits[identity]]))
    letters = identity[~digits[identity]]
    words = _words(raw, line)
    words = words[~kept[words]]
    return (
        _Places(figures, line[figures], ord("0"), 10),
        _Places(letters, line[letters], ord("a"), 6),
        _Places(words, line[words], ord("a"), 26),
    )


def _encoded(raw: Any, digits: Any) -> tuple[Any, Any]:
    """Runs that may be base64 of a whole archive, which would be damaged."""
    folded = raw | 0x20
    letters = (folded >= ord("a")) & (folded <= ord("z"))
    starts, ends = _runs(letters | digits | (raw == ord("+")) | (raw == ord("/")))
    long = ends - starts >= _ENCODED
    return starts[long], ends[long]


def _numbers(raw: Any, digits: Any) -> Any:
    """All digits but the first of long numbers that are no year, and the last one of seconds."""
    import numpy as np

    starts, ends = _runs(digits)
    wide = (ends - starts >= 3) & ~_years(raw, starts, ends)
    pairs = starts[(ends - starts == 2) & (starts >= 4)]
    colons = (raw[pairs - 4] == ord(":")) & (raw[pairs - 1] == ord(":"))
    seconds = pairs[colons & digits[pairs - 3] & digits[pairs - 2]] + 1
    return np.concatenate((_offsets(starts[wide] + 1, ends[wide]), seconds))


def _years(raw: Any, starts: Any, ends: Any) -> Any:
    import numpy as np

    second = raw[np.minimum(starts + 1, len(raw) - 1)]
    century = ((raw[starts] == ord("1")) & (second == ord("9"))) | (
        (raw[starts] == ord("2")) & (second == ord("0"))
    )
    return (ends - starts == 4) & century


def _identities(raw: Any, digits: Any) -> tuple[Any, Any]:
    """Runs of eight or more hexadecimal digits, of both digits and letters."""
    import numpy as np

    starts, ends = _runs(digits | ((raw >= ord("a")) & (raw <= ord("f"))))
    long = ends - starts >= 8
    starts, ends = starts[long], ends[long]
    counted = np.concatenate(([0], np.cumsum(digits, dtype=np.int64)))
    shown = counted[ends] - counted[starts]
    mixed = (shown > 0) & (shown < ends - starts)
    return starts[mixed], ends[mixed]


def _words(raw: Any, line: Any) -> Any:
    """Two letters within the last word in lower case of each line that is long enough."""
    import numpy as np

    starts, ends = _runs((raw >= ord("a")) & (raw <= ord("z")))
    long = ends - starts >= _LONG
    starts, ends = starts[long], ends[long]
    last = np.ones(len(starts), dtype=bool)
    last[:-1] = line[starts[1:]] != line[starts[:-1]]
    middle = (starts[last] + ends[last]) // 2
    return np.concatenate((middle, middle - 1))


def _runs(mask: Any) -> tuple[Any, Any]:
    """Where runs of true begin and end."""
    import numpy as np

    edges = np.flatnonzero(np.diff(mask.view(np.int8), prepend=np.int8(0), append=np.int8(0)))
    return edges[::2], edges[1::2]


def _offsets(starts: Any, ends: Any) -> Any:
    """All offsets of all runs, in order."""
    import numpy as np

    lengths = ends - starts
    total = int(lengths.sum())
    jumps = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) if total else 0
    return np.arange(total) + jumps
