"""
Values that a sentence tells: `my card 4111…`, `born 15th June 1991`, `lives at 12 Tanners Row`.

A word announces the value, no separator does. Knows nothing of what values mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.detect.labelled.syntax import Labelled
from leakgate.model.expressions import expression
from leakgate.model.spans import Span

REACH = 220  # bytes
_MONTHS = rb"(?:jan|feb|m[a\xc3]|apr|ma|ju|aug|sep|o[ck]t|nov|de[cz]|ene|f\xc3|avr|ao|abr|ago)"
CARD_ANCHOR = rb"(?i:card|karte|tarjeta|carte|carta)[^\n\d=:\"']{1,24}\d{4}[ -]?\d{4}"
BIRTH_ANCHOR = rb"(?i:born|birthday|geboren|nacid[oa]|birth)(?: \w{1,4}){0,2} (?i:\d|" + _MONTHS + rb")"
HOME_ANCHOR = (
    rb"(?i:\b(?:li(?:ves?|ved|ving)|resid(?:es?|ing)|located|moved|meet \w{2,3}|arrived|stop|corner|off"
    rb"|address|are|lette?r|statement|sent|this|one) (?:at|in|to|of|with|is|on)) [^\n]{0,30}\d"
)
_CARD = expression(
    rb"(?i:card|karte|tarjeta|carte|carta)(?: (?i:number|num|no\.?|nummer|n\.))?(?: (?i:is|was))?[ #]{1,3}"
    rb"(?P<value>\d(?:[ -]?\d){11,18})(?![\w-])"
)
_BIRTH = expression(
    rb"(?i:born|birthday|geboren|nacid[oa]|birth)(?: (?i:on|in|the|is|was|am|el|le|den|op|of)){0,2} "
    rb"(?P<value>(?:\d{1,2}(?:st|nd|rd|th)?|(?i:" + _MONTHS + rb"))[^\n\"<>]{4,24}?(?:19|20)\d\d"
    rb"|(?:19|20)\d\d-\d\d-\d\d|\d\d?[/.]\d\d?[/.](?:19|20)\d\d)"
)
_HOME = expression(
    rb"(?i:\b(?:(?:li(?:ves?|ved|ving)|resid(?:es?|ing)|located|arrived|stop|meet (?:me|you|us)|off)"
    rb" (?:at|in|on)|(?:moved|sent|return|delivered|send (?:it|this|them|one|a new one)) to"
    rb"|address(?:es)?(?: of [^\n]{2,30}?)? (?:is|to|with)|the corner of))[ :]{1,3}"
    rb"(?P<value>(?:the corner of )?[^\s\"<>{}][^\"<>{}?!]{7,120}?)"
    rb"(?=[\"<>{}?!]|\.(?:\s|$)|\n\n|$| (?:for|last|in case|after|before|because|please|when|thanks"
    rb"|and I|as)\b)"
)
_NAMES = {"card": "card number", "birth": "date of birth", "home": "residence"}


def values_told(data: bytes, window: Span, kind: str) -> Iterator[Labelled]:
    """What sentences of that `kind` (`card`, `birth`, `home`) announce, under the name of such a field."""
    expression = {"card": _CARD, "birth": _BIRTH, "home": _HOME}[kind]
    for hit in expression.finditer(data, window.start, window.end):
        value = Span(*hit.span("value"))
        yield Labelled(_NAMES[kind], Span(hit.start(), value.start), value, quoted=True)
