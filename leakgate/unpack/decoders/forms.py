"""
Values of queries and forms (`a=x+y&b=%7A`), where `+` is a space.

Source: the URL standard, application/x-www-form-urlencoded. A `+` outside a pair of such a form stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.detection import Pattern
from leakgate.model.expressions import expression
from leakgate.model.spans import Span
from leakgate.unpack.decoders.rewriting import Replacement, Rewriting

_VALUE = rb"[A-Za-z0-9%._~*+\[\]/:@,!-]*"
_FORM = expression(
    rb"(?P<query>[?&])?\b[\w.\[\]%-]{1,64}="
    + _VALUE
    + rb"(?P<more>(?:&(?:amp;)?[\w.\[\]%-]{1,64}="
    + _VALUE
    + rb")*)"
)
_ESCAPE = expression(rb"\+|%([0-9A-Fa-f]{2})")


def find_form_escapes(data: bytes, region: Span) -> Iterator[Replacement]:
    """`+` and `%xx` within forms; nothing where a form has no `+`, for then its escapes are ordinary ones."""
    for form in _FORM.finditer(data, region.start, region.end):
        if b"+" not in form[0] or not (form["query"] or form["more"]):
            continue
        for found in _ESCAPE.finditer(data, form.start(), form.end()):
            text = bytes((int(found[1], 16),)) if found[1] else b" "
            yield Replacement(found.start(), found.end(), text, "url")


FORMS = Rewriting(
    name="forms",
    patterns=(
        Pattern(
            "decode/form-query", rb"[?&][\w.\[\]-]{1,40}=[A-Za-z0-9%._~-]{1,64}\+[A-Za-z0-9%]", max_width=110
        ),
        Pattern(
            "decode/form-body", rb"=[A-Za-z0-9%._~-]{1,64}\+[A-Za-z0-9%._~+-]{0,64}&[A-Za-z_]", max_width=140
        ),
    ),
    replacements=find_form_escapes,
)
