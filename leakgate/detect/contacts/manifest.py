"""
Whether a place in JSON is the author, maintainer or supplier of a package, by the object that it stands in.

The evidence is the object: beside the field are the keys that only a description of a package has. A record
of a person has none of them. Reads a bounded stretch around the place; never parses a document.
"""

from __future__ import annotations

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_REACH = 4096  # bytes to both sides
_DEEPEST = 4  # objects and arrays around the place that are looked at
_FIELDS = frozenset(
    b"author authors authoremail author_email author-email maintainer maintainers maintaineremail"
    b" maintainer_email packager publisher supplier originator contributors manufacturer vendor _npmuser"
    b" npmuser creators".split()
)
# Two of the first, or one of the second.
_COMMON = frozenset(
    b"name version description homepage license licenses repository url keywords type main".split()
)
_OF_PACKAGES = frozenset(
    b"purl bom-ref spdxid cpe cpes dependencies devdependencies peerdependencies versioninfo downloadlocation"
    b" _id dist packageurl srcname srcversion sourcerpm foundby metadatatype bomformat licenseconcluded"
    b" licensedeclared requires_dist requires_python architecture installedsize".split()
)
_KEY = expression(rb'\\?"([\w:@$ -]{1,40})\\?"\s*:')
_KEY_BEFORE = expression(rb'\\?"([\w-]{1,24})\\?"\s*:\s*(?:\\?"[^"\n]{0,200})?$')
_CLOSING = {0x7B: 0x7D, 0x5B: 0x5D}


def in_manifest(data: bytes, span: Span) -> bool:
    """Whether the value at `span` names who made the package that an object around it describes."""
    low, high = max(0, span.start - _REACH), min(len(data), span.end + _REACH)
    at, named = span.start, _is_field(data[low : span.start])
    for _ in range(_DEEPEST):
        opening = _opening(data, low, at)
        if opening is None:
            return False
        if data[opening] == 0x7B and named and _describes_a_package(data[opening:high]):
            return True
        at = opening
        named = named or _is_field(data[low:opening])
    return False


_SARIF_KEY = expression(rb'\\?"(?:name|fullName|organization|product)\\?"\s*:\s*\\?"[^"\n]{0,120}$')
_SARIF_OBJECT = expression(rb'\\?"tool\\?"\s*:\s*\{\s*\\?"driver\\?"\s*:\s*$')


def in_sarif_tool(data: bytes, span: Span) -> bool:
    """Whether the value at `span` is the name of the tool that wrote a SARIF document."""
    low = max(0, span.start - _REACH)
    if not _SARIF_KEY.search(data[max(low, span.start - 160) : span.start]):
        return False
    opening = _opening(data, low, span.start)
    return opening is not None and _SARIF_OBJECT.search(data[max(0, opening - 80) : opening]) is not None


def _is_field(before: bytes) -> bool:
    """Whether the last key before the place is one of those that name who made a package."""
    found = _KEY_BEFORE.search(before[-260:].rstrip(b" \t\r\n[{"))
    return found is not None and found[1].lower() in _FIELDS


def _opening(data: bytes, low: int, at: int) -> int | None:
    """Where the bracket is that stands open at `at`, or None; those in strings count, most are in pairs."""
    depth = 0
    for offset in range(at - 1, low - 1, -1):
        byte = data[offset]
        if byte in b"}]":
            depth += 1
        elif byte in b"{[":
            if depth == 0:
                return offset
            depth -= 1
    return None


def _describes_a_package(text: bytes) -> bool:
    keys = {key.lower() for key in _own_keys(text)}
    if b"name" not in keys and b"Name".lower() not in keys:
        return False
    return bool(keys & _OF_PACKAGES) or (b"version" in keys and len(keys & _COMMON) >= 3)


def _own_keys(text: bytes) -> list[bytes]:
    """The keys of the object that `text` begins with, without those of objects inside it."""
    depth, kept, start = 0, [], 0
    for offset, byte in enumerate(text):
        if byte in b"{[":
            if depth == 1:
                kept.append(text[start:offset])
            depth += 1
            start = offset + 1
        elif byte in b"}]":
            if depth == 1:
                kept.append(text[start:offset])
                break
            depth -= 1
            start = offset + 1
    else:
        if depth == 1:
            kept.append(text[start:])
    return _KEY.findall(b"\n".join(kept))
