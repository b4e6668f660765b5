"""
The strings of pickles, with the keys of their dicts. Nothing is unpickled.

Source: the opcode table of the standard library's `pickletools`. Keeps a stack of strings and of what is
none, so that keys and values find each other; whatever a pickle would call or import is never looked up.
"""

from __future__ import annotations

import pickletools
from collections.abc import Iterator

from leakgate.model.gap import Gap
from leakgate.model.records import dataclass
from leakgate.model.segment import Segment
from leakgate.unpack.formats.labelled_values import Value, gathered
from leakgate.unpack.formats.packed_trees import CUT

_PROTOCOLS = (b"\x80\2", b"\x80\3", b"\x80\4", b"\x80\5")
_LEAST_TEXT = 4
_LONGEST_KEY = 80
_MOST_HELD = 1_000_000  # entries of stack and memo
_WIDTHS = {
    pickletools.TAKEN_FROM_ARGUMENT1: 1,
    pickletools.TAKEN_FROM_ARGUMENT4: 4,
    pickletools.TAKEN_FROM_ARGUMENT4U: 4,
    pickletools.TAKEN_FROM_ARGUMENT8U: 8,
}
_CODES = {ord(code.code): code for code in pickletools.opcodes}
_TEXTS = frozenset(
    code.name
    for code in pickletools.opcodes
    if code.name.endswith(("UNICODE", "UNICODE8", "STRING", "BINBYTES", "BINBYTES8"))
)
_PUTS = ("MEMOIZE", "PUT", "BINPUT", "LONG_BINPUT")
_GETS = ("GET", "BINGET", "LONG_BINGET")
_LINES = 2  # lines of the arguments of GLOBAL and INST


@dataclass(frozen=True, slots=True)
class _Text:
    start: int
    end: int


_Entry = _Text | str | None  # a string; "(" for a mark; None for all else


class PickleStrings:
    """Protocols 2 to 5 by their first bytes; older ones are text with quotes, which is scanned as such."""

    name = "pickle"

    def matches(self, head: bytes, name: str) -> bool:
        return head.startswith(_PROTOCOLS) and len(head) > 3 and head[2] in _CODES

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS."""
        yield from gathered(document, self.name, strings(document.data, 0))


def strings(data: bytes, at: int) -> Iterator[Value]:
    """The strings of the pickles from `at` on. Raises Unread for damage."""
    return _Machine(data).values(at)


class _Machine:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stack: list[_Entry] = []
        self._memo: dict[int, _Entry] = {}
        self._nth = 0

    def values(self, at: int) -> Iterator[Value]:
        """Every string but keys, when the pickle is done with it."""
        data = self._data
        while at < len(data):
            code = _CODES.get(data[at])
            if code is None:
                raise CUT
            start, end, following = _argument(data, at + 1, code)
            if following > len(data):
                raise CUT
            yield from self._step(code, start, end)
            at = following
        if self._stack:
            yield from self._popped(len(self._stack))
            raise CUT

    def _step(self, code: pickletools.OpcodeInfo, start: int, end: int) -> Iterator[Value]:
        name, stack = code.name, self._stack
        if name in _TEXTS:
            stack.append(_Text(start, end))
        elif name == "MARK":
            stack.append("(")
        elif name in _PUTS:
            if stack and len(self._memo) < _MOST_HELD:
                place = len(self._memo) if name == "MEMOIZE" else self._number(code, start, end)
                self._memo[place] = stack[-1]
        elif name in _GETS:
            stack.append(self._memo.get(self._number(code, start, end)))
        else:
            yield from self._taking(code)
        if len(stack) > _MOST_HELD:
            yield from self._popped(len(stack))

    def _taking(self, code: pickletools.OpcodeInfo) -> Iterator[Value]:
        name = code.name
        if name in ("SETITEM", "SETITEMS", "DICT"):
            yield from self._pairs(2 if name == "SETITEM" else self._above_mark())
            self._stack += [None] if name == "DICT" else []
        elif name == "STOP":
            yield from self._popped(len(self._stack))
        else:
            yield from self._others(code)

    def _others(self, code: pickletools.OpcodeInfo) -> Iterator[Value]:
        """Takes from the stack and puts on it as many entries as the opcode does."""
        before, after = code.stack_before, code.stack_after
        marked = pickletools.markobject in before
        if marked:
            yield from self._popped(self._above_mark())
            before = before[: before.index(pickletools.markobject)]
        kept = code.name in ("APPEND", "APPENDS", "ADDITEMS", "BUILD")
        yield from self._popped(len(before) - (1 if kept else 0))
        self._stack += [None] * (len(after) - (1 if kept else 0))

    def _above_mark(self) -> int:
        """How many entries stand above the last mark, which is taken out."""
        stack = self._stack
        for nth in range(len(stack) - 1, -1, -1):
            if stack[nth] == "(":
                del stack[nth]
                return len(stack) - nth
        return len(stack)

    def _pairs(self, count: int) -> Iterator[Value]:
        entries = self._taken(count)
        for key, value in zip(entries[::2], entries[1::2], strict=False):
            label = ""
            if isinstance(key, _Text) and key.end - key.start <= _LONGEST_KEY:
                label = self._data[key.start : key.end].decode("utf-8", "replace")
            yield from self._value(value, label)

    def _popped(self, count: int) -> Iterator[Value]:
        for entry in self._taken(count):
            yield from self._value(entry, "")

    def _taken(self, count: int) -> list[_Entry]:
        if count <= 0:
            return []
        entries = self._stack[-count:]
        del self._stack[-count:]
        return entries

    def _value(self, entry: _Entry, label: str) -> Iterator[Value]:
        if isinstance(entry, _Text) and entry.end - entry.start >= _LEAST_TEXT:
            self._nth += 1
            path = (self._nth, label) if label else (self._nth,)
            yield Value(label or "text", self._data[entry.start : entry.end], entry.start, path)

    def _number(self, code: pickletools.OpcodeInfo, start: int, end: int) -> int:
        raw = self._data[start:end]
        if code.arg is not None and code.arg.n == pickletools.UP_TO_NEWLINE:
            return int(raw) if raw.isdigit() and len(raw) < 10 else -1
        return int.from_bytes(raw, "little")


def _argument(data: bytes, at: int, code: pickletools.OpcodeInfo) -> tuple[int, int, int]:
    """Where the argument begins and ends, and where the next opcode stands. Raises Unread."""
    if code.arg is None:
        return at, at, at
    width = code.arg.n
    if width == pickletools.UP_TO_NEWLINE:
        end = at - 1
        for _ in range(_LINES if code.name in ("GLOBAL", "INST") else 1):
            end = data.find(b"\n", end + 1)
            if end < 0:
                raise CUT
        return at, end, end + 1
    if width >= 0:
        return at, at + width, at + width
    start = at + _WIDTHS[width]
    end = start + int.from_bytes(data[at:start], "little")
    return start, end, end
