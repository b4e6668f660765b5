"""Bytes that were printed one by one, and where each of them stands."""

from __future__ import annotations

from array import array


class Octets:
    """Values and places; arrays, for a dump has many."""

    __slots__ = ("ends", "starts", "values")

    def __init__(self) -> None:
        self.values = bytearray()
        self.starts = array("Q")
        self.ends = array("Q")

    def add(self, value: int, place: tuple[int, int]) -> None:
        self.values.append(value)
        self.starts.append(place[0])
        self.ends.append(place[1])

    def behind(self, first: int) -> Octets:
        """Those from number `first` on."""
        if not first:
            return self
        rest = Octets()
        rest.values, rest.starts, rest.ends = self.values[first:], self.starts[first:], self.ends[first:]
        return rest
