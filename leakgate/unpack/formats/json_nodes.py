"""
Where a value of a JSON document stands: its containers, and the few members of theirs that name things.

Never holds a document: a node is kept only as long as a value below it is.
"""

from __future__ import annotations

from leakgate.unpack.formats.json_strings import unescaped

Key = bytes | int
ONLY = -1  # the key of the one document of a file
_LONGEST_POINTER = 600
_LONGEST_NAME = 400


class Node:
    """An object or array; `named` has the members that a reader asked to remember, as they stand."""

    __slots__ = ("array", "count", "depth", "first", "key", "named", "parent")

    def __init__(self, parent: Node | None, key: Key, array: bool) -> None:
        self.parent = parent
        self.key = key
        self.array = array
        self.count = 0  # of the elements of an array so far
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.named: dict[bytes, bytes] | None = None
        self.first: Node | None = None

    def remember(self, key: bytes, raw: bytes) -> None:
        """The first member of a name counts; what is too long to be a name is none."""
        if self.named is None:
            self.named = {}
        if len(raw) <= _LONGEST_NAME:
            self.named.setdefault(key, raw)

    def extend(self, key: bytes, raw: bytes) -> None:
        """One more element of an array that is a name in parts."""
        known = self.named.get(key) if self.named is not None else None
        if known is None:
            self.remember(key, raw)
        elif self.named is not None and len(known) + len(raw) <= _LONGEST_NAME:
            self.named[key] = known + b" > " + raw

    def text(self, key: bytes) -> str | None:
        """A remembered member, None where there is none or it is empty."""
        raw = self.named.get(key) if self.named is not None else None
        return unescaped(raw).decode("utf-8", "replace") if raw else None

    def number(self, key: bytes) -> int | None:
        raw = self.named.get(key, b"") if self.named is not None else b""
        return int(raw) if raw.isdigit() and len(raw) < 10 else None

    def up(self, levels: int) -> Node | None:
        """The container `levels` above this one."""
        node: Node | None = self
        for _ in range(levels):
            node = node.parent if node is not None else None
        return node


def pointer(node: Node, key: Key) -> str:
    """RFC 6901. In lines of JSON the first token is the line, counted from 0."""
    parts: list[str] = []
    at: Node | None = node
    while at is not None:
        parts.append(_token(key))
        key = at.key
        at = at.parent
    text = "".join(reversed(parts))
    return text if len(text) <= _LONGEST_POINTER else text[:_LONGEST_POINTER] + "…"


def _token(key: Key) -> str:
    if isinstance(key, int):
        return f"/{key}" if key >= 0 else ""  # ONLY, or the root itself
    name = unescaped(key).decode("utf-8", "replace")
    return "/" + name.replace("~", "~0").replace("/", "~1")
