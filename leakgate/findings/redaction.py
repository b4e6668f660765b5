"""Masks what detection finds inside short strings: names, pointers, test ids, gap details."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from leakgate.findings.overlap import resolve
from leakgate.findings.placed import placed
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Category, Match
from leakgate.model.expressions import expression
from leakgate.model.segment import RawText, Segment, SegmentKind

_MASK = "****"
_REMEMBERED = 50_000
# Archives give `/` for `\\`: an escape in a name then looks like the beginning of the value behind it.
_TURNED = expression(rb"/[nrtbf]\w{8}")
# In names nothing is decoded; an encoded sign, however often, parts what is before it from what is behind.
_PERCENT = expression(rb"%(?:25)*[0-9A-Fa-f]{2}")
Inspect = Callable[[Segment], Iterable[Match]]


class Redactor:
    """Remembers its answers: the same path is asked for each of its findings."""

    def __init__(self, inspect: Inspect) -> None:
        self._inspect = inspect
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """`text` with every value that detection takes for real replaced by a mask."""
        if text not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[text] = self._redacted(text)
        return self._known[text]

    def _redacted(self, text: str) -> str:
        data = text.encode("utf-8", "surrogatepass")
        data = self._masked(data, data)
        if _TURNED.search(data):
            data = self._masked(data, data.replace(b"/", b"\\"))
        if b"/@" in data:  # an attribute, as pointers write it
            data = self._masked(data, data.replace(b"/@", b"/ "))
        if _PERCENT.search(data):
            data = self._masked(data, _PERCENT.sub(lambda hit: b"=".ljust(len(hit[0])), data))
        return data.decode("utf-8", "replace")

    def _masked(self, shown: bytes, data: bytes) -> bytes:
        """`shown` without what is found in `data`, of the same length."""
        segment = Segment(RawText(Artifact("name"), data, "utf-8"), data, SegmentKind.LOG)
        found = resolve(placed(segment, self._inspect(segment)))
        out, position = [], 0
        for sighting in found:
            if sighting.match.synthetic is not None or not _sensitive(sighting.match):
                continue
            span = sighting.match.span
            out += [shown[position : span.start], _MASK.encode()]
            position = span.end
        return b"".join([*out, shown[position:]])


def _sensitive(match: Match) -> bool:
    return match.rule.category in (Category.SECRET, Category.PII)
