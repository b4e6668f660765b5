"""
Values that markup names in an attribute or in the element before: `<Attribute Name="k"><Value>v</Value>`,
`<entry key="k">v</entry>`, `<key>k</key><string>v</string>`.

For markup within logs and other texts; documents of markup are read as such. Never builds a tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.unpack.decoders.labelling import Labelling, Named

_VALUE_TAG = (
    rb"<(?:[\w.-]{1,40}:)?(?i:value|string|text|content|attributevalue|stringvalue|val|v|data)\b[^<>]{0,200}>"
)
_WORD = rb"[\w.:/\[\] -]{2,72}"
_KEY = rb"[\s\"'](?i:name|key|id|property|field|param)=\\{0,3}[\"']"
_NAMED = expression(
    rb"(?:"
    + _KEY
    + rb"(?P<attribute>"
    + _WORD
    + rb")\\{0,3}[\"'][^<>]{0,300}(?<!/)>(?:\s{0,40}"
    + _VALUE_TAG
    + rb")?|<(?:[\w.-]{1,40}:)?(?i:key|name)>\s{0,8}(?P<element>"
    + _WORD
    + rb"?)\s{0,8}</[\w.:-]{1,60}>\s{0,40}"
    + _VALUE_TAG
    + rb")(?P<value>\s{0,40}[^<\s][^<]{2,16384}+)<"
)


def find_named(data: bytes, suspects: Sequence[Suspect]) -> Iterator[Named]:
    done = 0
    for suspect in sorted(suspects, key=lambda suspect: suspect.window):
        at = max(done, suspect.window.start)
        for anchor in _ANCHOR.finditer(data, at, suspect.window.end):
            if anchor.start() < done:
                continue
            hit = _NAMED.match(data, anchor.start())
            if hit is None:
                continue
            start, done = hit.span("value")
            text = data[start:done]
            yield Named(
                hit["attribute"] or hit["element"], done - len(text.lstrip()), start + len(text.rstrip())
            )


_ATTRIBUTE = _KEY + _WORD + rb"\\{0,3}[\"'][^<>/]{0,300}>"
_ELEMENT = rb"<(?:[\w.-]{1,40}:)?(?i:key|name)>[\w.:/\[\] \n-]{2,72}</"
NAMED_MARKUP = Labelling(
    name="markup",
    patterns=(
        Pattern("decode/markup-attribute", _ATTRIBUTE, max_width=400),
        Pattern("decode/markup-element", _ELEMENT, max_width=128),
    ),
    find=find_named,
)
_ANCHOR = expression(_ATTRIBUTE + b"|" + _ELEMENT)
