"""
The values of JSON documents with their places, in one pass of one expression over the bytes.

Reads what is cut, several documents in a row, and lines of JSON. Never recurses, never builds a tree,
never raises for what it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from leakgate.unpack.formats.json_nodes import ONLY, Key, Node
from leakgate.unpack.formats.json_syntax import CLOSES, OPENS, SCALAR, TOKEN

# Container, key in it, and where the value stands without its quotes.
Value = tuple[Node, Key, int, int]
# Its number, counted from 0, and where it starts and ends.
Line = tuple[int, int, int]
# Hears of each member that is remembered: its container, its key, and the value as it stands.
Note = Callable[[Node, bytes, bytes], None]
DEEPEST = 512  # levels; deeper ones are hostile, and every level costs a pointer its time
_SHORTEST = 4  # bytes of a value that could mean something
_MENDED = 4  # levels of missing brackets; without a bound, stray ones took time for every level
_BATCH = 8192  # values
# A name may follow its value (`{"value": …, "key": …}`): the last ones wait for the next batch.
_KEPT_BACK = 64


class TooDeep(Exception):
    """More than DEEPEST levels; what stood before has been yielded."""


def documents(
    data: bytes, rows: Iterable[Line] | None, names: Collection[bytes], note: Note | None = None
) -> Iterator[list[Value]]:
    """Batches of the strings, and integers of six digits or more, of the documents in `data`.

    `rows` are the lines that are one document each, None for documents that follow each other.
    Members called one of `names` are remembered at their container. Raises TooDeep.
    """
    root = Node(None, ONLY, array=True)
    reader = _Reader(data, root, frozenset(names), note)
    try:
        if rows is None:
            yield from reader.read(0, len(data))
        else:
            for root.count, start, end in rows:
                yield from reader.read(start, end, lines=True)
    except TooDeep:
        yield reader.values
        raise
    if reader.values:
        yield reader.values


class _Reader:
    def __init__(self, data: bytes, root: Node, names: frozenset[bytes], note: Note | None) -> None:
        self._data = data
        self._root = root
        self._names = names
        self._note = note
        self.values: list[Value] = []

    def read(  # noqa: C901, PLR0912 - one loop: a call for each token would take as long as all else
        self, start: int, end: int, lines: bool = False
    ) -> Iterator[list[Value]]:
        """The documents between `start` and `end`; their keys below the root are ONLY or their number."""
        node, data, names, root, values = self._root, self._data, self._names, self._root, self.values
        inside, is_array = False, True  # of `node`: whether its own key is wanted, and what it is
        for hit in TOKEN.finditer(data, start, end):
            which = hit.lastindex
            key: Key
            if which is None or which == 1:  # a comment
                continue
            if which == CLOSES:
                above = node.parent
                if above is not None and is_array is (hit[CLOSES] == b"]"):
                    node = above
                else:
                    node = _closed(node, not is_array)
                inside, is_array = node.key in names, node.array
                continue
            if is_array:
                key = node.count
                node.count += 1
                if not key and node is root and not lines:
                    key = ONLY
            else:
                key = hit[1] or b""
            if which == OPENS:
                is_array = hit[OPENS] == b"["
                node, inside = _opened(node, key, is_array), key in names
                continue
            if inside or key in names:
                self._remember(node, key, *hit.span(which))
            if which != SCALAR:
                at, to = hit.span(which)
                if to - at >= _SHORTEST:
                    values.append((node, key, at, to))
                    if len(values) >= _BATCH:
                        yield values[:-_KEPT_BACK]
                        del values[:-_KEPT_BACK]

    def _remember(self, node: Node, key: Key, at: int, to: int) -> None:
        """Also for the container around: `a.b` where that is wanted, and the elements of a path of titles."""
        around = node.parent
        if isinstance(key, bytes):
            if key in self._names:
                node.remember(key, self._data[at:to])
            if around is not None and isinstance(node.key, bytes):
                dotted = node.key + b"." + key
                if dotted in self._names:
                    around.remember(dotted, self._data[at:to])
            if self._note is not None:
                self._note(node, key, self._data[at:to])
        elif around is not None and isinstance(node.key, bytes):
            around.extend(node.key, self._data[at:to])


def _opened(node: Node, key: Key, array: bool) -> Node:
    if node.depth >= DEEPEST:
        raise TooDeep
    child = Node(node, key, array)
    if node.first is None:
        node.first = child
    return child


def _closed(node: Node, array: bool) -> Node:
    """The container around the nearest one that the bracket fits; a stray bracket closes nothing."""
    at = node
    for _ in range(_MENDED):
        if at.parent is None:
            break
        if at.array is array:
            return at.parent
        at = at.parent
    return node
