"""
What tells one kind of JSON artifact from another, and what it knows of its tests.

Never reads values: every kind is read by the same reader.
"""

from __future__ import annotations

from collections.abc import Callable

from leakgate.model.records import dataclass
from leakgate.model.segment import TestRef
from leakgate.unpack.formats.json_nodes import Node

Keys = frozenset[bytes]


def no_test(node: Node) -> TestRef | None:
    """Of artifacts that say nothing of tests."""
    return None


@dataclass(frozen=True, slots=True)
class JsonKind:
    """`matches` gets the keys that the beginning of a document has, and that beginning.

    `test` says which test a container is the record of, if it is one; `names` are the members that it
    wants remembered. Where `text` is set, every document has a part of a test's output under that key:
    only these are read, and put together test by test.
    """

    name: str
    matches: Callable[[Keys, bytes], bool]
    names: tuple[bytes, ...] = ()
    test: Callable[[Node], TestRef | None] = no_test
    text: bytes | None = None

    def test_of(self, node: Node) -> TestRef | None:
        """The test of the innermost container that is the record of one."""
        at: Node | None = node
        while at is not None:
            if (test := self.test(at)) is not None:
                return test
            at = at.parent
        return None


ANY_JSON = JsonKind("JSON document", lambda keys, head: True)
