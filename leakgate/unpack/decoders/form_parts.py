"""
Parts of forms (`multipart/form-data`), wherever they were logged or recorded: each under its own name.

Source: RFC 7578, 4.2. Never needs the boundary to be announced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.unpack.decoders.labelling import Labelling, Named

_LONGEST_VALUE = 64 * 1024
_PART = expression(
    rb"(?i:form-data); ?(?i:name)=\"?(?P<name>[^\";\r\n]{1,72}+)[^\r\n]{0,400}+\r?\n"
    rb"(?:[ \t]*[\w-]{1,40}+:[^\r\n]{0,400}+\r?\n){0,8}[ \t]*\r?\n"
)
_BOUNDARY = expression(rb"\r?\n[ \t]*--(?!---(?:BEGIN|END) )")


def find_parts(data: bytes, suspects: Sequence[Suspect]) -> Iterator[Named]:
    done = 0
    for suspect in sorted(suspects, key=lambda suspect: suspect.window):
        for hit in _ANCHOR.finditer(data, max(done, suspect.window.start), suspect.window.end):
            part = _PART.match(data, hit.start())
            if part is None or hit.start() < done:
                continue
            done = _end(data, part.end())
            yield Named(part["name"], part.end(), done)


def _end(data: bytes, start: int) -> int:
    """At the next boundary, or with the line where there is none near."""
    boundary = _BOUNDARY.search(data, start, start + _LONGEST_VALUE)
    if boundary is not None:
        return boundary.start()
    newline = data.find(b"\n", start, start + _LONGEST_VALUE)
    return newline if newline >= 0 else min(len(data), start + _LONGEST_VALUE)


FORM_PARTS = Labelling(
    name="form-part",
    patterns=(Pattern("decode/form-part", rb"(?i:form-data); ?(?i:name)=", max_width=32),),
    find=find_parts,
)
_ANCHOR = expression(FORM_PARTS.patterns[0].expression)
