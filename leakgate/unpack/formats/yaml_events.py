"""
The scalars of YAML with their places, from the events of libyaml's parser; no node is ever built.

The parser sees ASCII of the same length in place of the document, so that its marks are byte offsets and
neither bytes that are no UTF-8 nor control characters stop it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leakgate.unpack.formats.json_labels import NAMES
from leakgate.unpack.formats.json_nodes import ONLY, Key, Node
from leakgate.unpack.formats.yaml_scalars import Scalar, text

DEEPEST = 200  # levels; libyaml takes time by the square of the depth
_NAMING = frozenset((*NAMES, b"kind"))
_LONGEST_KEY = 400
_COMPLEX = b"?"  # the key of a value whose key is no scalar
_BINARY = "tag:yaml.org,2002:binary"
_ASCII = bytes(byte if byte in b"\t\n\r" or 32 <= byte < 127 else 0x78 for byte in range(256))

# Container, key in it, where it stands, and whether it is tagged as Base64.
Value = tuple[Node, Key, Scalar, bool]


class TooDeep(Exception):
    """More than DEEPEST levels; what stood before has been yielded."""


def values(data: bytes) -> Iterator[Value]:
    """The scalars of all documents in `data` but their keys, as far as it is YAML. Raises TooDeep."""
    import yaml

    position = _Position(data)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(data.translate(_ASCII), Loader=loader):
            match event:
                case yaml.ScalarEvent():
                    if (value := position.scalar(event)) is not None:
                        yield value
                case yaml.CollectionStartEvent():
                    position.open(isinstance(event, yaml.SequenceStartEvent))
                case yaml.CollectionEndEvent():
                    position.close()
                case yaml.AliasEvent():
                    position.take()
    except yaml.YAMLError:
        return  # a template or a cut file: its text has been scanned, and its beginning been read


class _Position:
    """Which value comes next: its container and its key."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._node = Node(None, ONLY, array=True)
        self._keys: list[Key | None] = [None]

    def scalar(self, event: Any) -> Value | None:
        """The value that an event is; None for a key."""
        here = Scalar(event.start_mark.index, event.end_mark.index, event.style or "")
        node = self._node
        if not node.array and self._keys[-1] is None:
            self._keys[-1] = text(self._data, here._replace(end=min(here.end, here.start + _LONGEST_KEY)))[0]
            return None
        key = self.take()
        if key in _NAMING and isinstance(key, bytes):
            node.remember(key, self._data[here.start : here.end].strip(b"\"'"))
        return node, key, here, event.tag == _BINARY

    def take(self) -> Key:
        """The key of the value that comes now; one that is no scalar leads to a value too."""
        node = self._node
        if node.array:
            key: Key = node.count
            node.count += 1
            return ONLY if node.parent is None and key == 0 else key
        known = self._keys[-1]
        self._keys[-1] = _COMPLEX if known is None else None
        return _COMPLEX if known is None else known

    def open(self, array: bool) -> None:
        if self._node.depth >= DEEPEST:
            raise TooDeep
        self._node = Node(self._node, self.take(), array)
        self._keys.append(None)

    def close(self) -> None:
        if self._node.parent is not None:
            self._node = self._node.parent
            self._keys.pop()
