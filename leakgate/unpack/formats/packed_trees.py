"""
The walk over binary relatives of JSON: strings, with the key of the map that they stand in.

Readers of formats say what one item is; nothing is built from it. Bounded in depth, linear in bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto

from leakgate.model.gap import GapReason
from leakgate.model.records import dataclass
from leakgate.unpack.formats.labelled_values import Path, Unread, Value

_DEEPEST = 200
_LEAST_TEXT = 4
_LONGEST_KEY = 80
CUT = Unread(GapReason.UNPARSED, "is cut or damaged; what came before was read")


class Kind(Enum):
    TEXT = auto()  # bytes `start` to `end`
    BYTES = auto()
    MAP = auto()  # of `count` pairs, or up to an END
    LIST = auto()
    END = auto()
    OTHER = auto()
    MARK = auto()  # belongs to the item that follows


@dataclass(frozen=True, slots=True)
class Item:
    """One item; what follows it, or its first part, stands at `following`."""

    kind: Kind
    following: int
    start: int = 0
    end: int = 0
    count: int | None = 0


@dataclass(slots=True)
class _Frame:
    is_map: bool
    left: int | None
    path: Path
    label: str
    key: str | None = None
    nth: int = 0


ItemAt = Callable[[bytes, int], Item]


def walked(data: bytes, item_at: ItemAt, at: int) -> Iterator[Value]:
    """The texts of all items that stand one behind the other. Raises Unread where they end early."""
    frames = [_Frame(False, None, (), "")]
    while at < len(data) or len(frames) > 1:
        if at >= len(data):
            raise CUT
        item = item_at(data, at)
        at = item.following
        if item.end > len(data):
            raise CUT
        if item.kind is Kind.MARK:
            continue
        yield from _taken(data, item, frames)
        while len(frames) > 1 and frames[-1].left == 0 and frames[-1].key is None:
            frames.pop()


def _taken(data: bytes, item: Item, frames: list[_Frame]) -> Iterator[Value]:
    frame = frames[-1]
    if item.kind is Kind.END:
        if len(frames) > 1:
            frames.pop()
        return
    if frame.is_map and frame.key is None:
        _begin_pair(data, item, frames)
        return
    step: str | int = frame.nth if frame.key is None else frame.key
    label = frame.key or frame.label
    frame.nth += 1
    frame.key = None
    if not frame.is_map and frame.left is not None:
        frame.left -= 1
    path = (*frame.path, step) if len(frames) > 1 else ((step,) if frame.nth > 1 else ())
    if item.kind is Kind.TEXT and item.end - item.start >= _LEAST_TEXT:
        yield Value(label or "text", data[item.start : item.end], item.start, path)
    elif item.kind in (Kind.MAP, Kind.LIST):
        if len(frames) > _DEEPEST:
            raise Unread(GapReason.TOO_DEEP, f"nested deeper than {_DEEPEST} levels")
        frames.append(_Frame(item.kind is Kind.MAP, item.count, path, label))


def _begin_pair(data: bytes, item: Item, frames: list[_Frame]) -> None:
    """Takes the key of the next pair; keys that are no short text are known by their number."""
    frame = frames[-1]
    if frame.left is not None:
        frame.left -= 1
    named = item.kind in (Kind.TEXT, Kind.BYTES) and 0 < item.end - item.start <= _LONGEST_KEY
    frame.key = data[item.start : item.end].decode("utf-8", "replace") if named else f"{frame.nth}"
    if item.kind in (Kind.MAP, Kind.LIST) and item.count != 0:
        frames.append(_Frame(item.kind is Kind.MAP, item.count, frame.path, ""))
