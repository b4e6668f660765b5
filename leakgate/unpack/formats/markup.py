"""
Tokens of XML and HTML: one expression over bytes, which takes whatever is not markup for text.

Reads malformed and cut documents as far as they go. Knows nothing of what elements mean, builds no tree,
resolves nothing: a declaration is skipped, a reference to an entity is left as it stands.
"""

from __future__ import annotations

import re

from leakgate.model.expressions import expression

_NAME = rb"[A-Za-z_:\x80-\xff][\w:.\-\x80-\xff]*+"
# Possessive throughout: a quote that never closes costs one look, not one for every way to split it. Of all
# tags begun before a byte at most three are still open there: outside quotes, in single or in double ones.
_INSIDE = rb"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+"
_COMMON = (
    rb"|</(?P<close>" + _NAME + rb")[^<>]*+>"
    rb"|<!\[CDATA\[(?P<cdata>[^\]]*+(?:\](?!\]>)[^\]]*+)*+)(?:\]\]>)?"
    rb"|<!--(?P<comment>[^-]*+(?:-(?!->)[^-]*+)*+)(?:-->)?"
    rb"|<\?(?P<instruction>[^?]*+(?:\?(?!>)[^?]*+)*+)(?:\?>)?"
    rb"|<!(?P<declaration>[A-Za-z][^<>\[]*+)>?"
)
_OPEN = rb"<(?P<name>" + _NAME + rb")(?P<inside>" + _INSIDE + rb")>"
XML = expression(_OPEN + _COMMON)
# What stands in these elements is no markup, whatever it looks like.
HTML = expression(
    rb"<(?P<verbatim>script|style|textarea|title|xmp)(?P<verbatim_inside>(?:[\s/]" + _INSIDE + rb")?)>"
    rb"(?P<body>[^<]*+(?:<(?!/(?P=verbatim))[^<]*+)*+)(?:</[^<>]*+>?)?|" + _OPEN + _COMMON,
    re.IGNORECASE,
)
# A name begins where nothing of one stands before it: long ones without a value took time by their square.
_NAMED = rb"(?<![^\s=<>\"'/])([^\s=<>\"'/]++)\s*+=\s*+"
_ATTRIBUTE = expression(_NAMED + rb"(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>=]++))")
# Counts, flags, durations and times, of which coverage reports hold millions: the raw scan has seen them.
_DULL = rb"(?:[-\w.:,%]{0,4}|\d*\.\d+|false|\d{4}-\d\d-\d\d[T ][\d:.+\-Z]*)"
_TELLING = expression(rb"=\s*+(?:\"(?!" + _DULL + rb"\")|'(?!" + _DULL + rb"')|[^\s\"'])")
_ONE_DULL = expression(_DULL)
# The same attributes as `_ATTRIBUTE` finds; of quoted values those alone that are not dull are in a group.
_SAYING = expression(
    _NAMED
    + rb"(?:\"(?:(?:"
    + _DULL
    + rb"|[^\"]{0,2})\"|([^\"]*+)\")|'(?:(?:"
    + _DULL
    + rb"|[^']{0,2})'|([^']*+)')"
    rb"|([^\s\"'<>=]++))"
)


# The name of an attribute, and its value's place in the document, references not yet replaced.
Attribute = tuple[bytes, tuple[int, int]]
# The name of an attribute, and its value: in double quotes, in single ones, without.
Said = tuple[bytes, bytes, bytes, bytes]


def attributes(data: bytes, start: int, end: int) -> list[Attribute]:
    """The attributes in `data[start:end]`, the inside of a tag, in order."""
    found = ((hit[1], hit.span(hit.lastindex or 0)) for hit in _ATTRIBUTE.finditer(data[start:end]))
    return [(name, (start + begins, start + ends)) for name, (begins, ends) in found]


def values(data: bytes, start: int, end: int) -> list[Said]:
    """What each of `attributes` says; nothing where what stands in quotes is dull."""
    return _SAYING.findall(data[start:end])


def telling(data: bytes, start: int, end: int) -> bool:
    """Whether any attribute in `data[start:end]` says more than a number or a flag."""
    return _TELLING.search(data, start, end) is not None


def is_dull(value: bytes) -> bool:
    """Whether a value is a short number, a flag or a time."""
    return len(value) < 3 or _ONE_DULL.fullmatch(value) is not None
