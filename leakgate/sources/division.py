"""Units to be shared out among processes: how big they are, and whether another process can open them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leakgate.model.artifact import Artifact, Reader, Unit
from leakgate.model.part import Part
from leakgate.sources.content import FileContent
from leakgate.sources.deep import status

Divide = Callable[[Reader, Artifact], Iterator[Part]]


class FileDivision:
    """Files can be opened anywhere; what came over standard input is here alone."""

    def __init__(self, divide: Divide) -> None:
        self._divide = divide

    def weight(self, unit: Unit) -> int | None:
        if not isinstance(unit.content, FileContent):
            return None
        try:
            return status(unit.content.path, follow=True).st_size
        except OSError:
            return 0  # whoever opens it will tell

    def parts(self, unit: Unit) -> Iterator[Part]:
        """Where reading fails, the parts so far: the scan of the last one meets the same trouble."""
        try:
            with unit.content.open() as reader:
                yield from self._divide(reader, unit.artifact)
        except OSError:
            return
