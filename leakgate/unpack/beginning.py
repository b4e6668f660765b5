"""The first bytes of an artifact and the encoding that they tell: looked at once, for all who ask."""

from __future__ import annotations

from typing import NamedTuple

from leakgate.model.artifact import Reader
from leakgate.unpack.encodings import Encoding, encoding_of
from leakgate.unpack.identify import HEAD


class Beginning(NamedTuple):
    """The first 64 KiB, or all; no encoding where they are binary."""

    head: bytes
    encoding: Encoding | None


def beginning_of(reader: Reader) -> Beginning:
    """Raises OSError."""
    head = reader.read(0, HEAD)
    return Beginning(head, encoding_of(head))
