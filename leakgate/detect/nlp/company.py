"""
Whether a name stands in one record with something else that identifies its bearer.

A record is the line, or what is near in a long one. Looks at forms only: whether a number is a card is judged
by whoever reports cards.
"""

from __future__ import annotations

from leakgate.detect.adapters.specimens import why_synthetic
from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_REACH = 240  # bytes to both sides
_MAIL = expression(
    rb"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.[A-Za-z][\w-]{1,62}"
)  # no `package@1.2.3`
_DIGIT = expression(rb"\d")
_IDENTIFIER = expression(  # each has a digit
    rb"\+\d{1,3}[ ()./-]{0,3}\d[\d ()./-]{6,16}\d(?!\d)"  # a phone number with its country
    rb"|(?i:phone|tel|mobile|telefon|call me at)\b[^\w\n]{1,8}\(?\d[\d ()./-]{6,16}\d"
    rb"|(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"  # a social security number
    rb"|(?<![\w-])[3-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\w-])"  # a card
    rb"|(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"  # an IBAN
    rb"|(?i:born|birth ?date|date of birth|\bdob|geboren)\b[^\n]{0,12}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
    rb"|(?i:account|policy|patient|member|passport|licen[cs]e)(?i: (?:no|number|id))?\.?[ :#=]{1,3}\d{6,}"
    rb"|(?i:\b(?:lives? at|living at|address is|ship(?:ped)? to|deliver(?:ed)? to)\b)[^\n]{0,24}\d"
)


def in_company(data: bytes, span: Span) -> bool:
    """Whether an identifier of a person stands in the record of `span`; made-up ones do not count."""
    start, end = _record(data, span)
    around = data[start : span.start] + b"\n" + data[span.end : end]
    if _DIGIT.search(around) and _IDENTIFIER.search(around):
        return True
    if b"@" not in around:
        return False
    mails = (found[0].decode("ascii", "replace") for found in _MAIL.finditer(around))
    return any(why_synthetic("EMAIL_ADDRESS", mail) is None for mail in mails)


def _record(data: bytes, span: Span) -> tuple[int, int]:
    low, high = max(0, span.start - _REACH), min(len(data), span.end + _REACH)
    start = data.rfind(b"\n", low, span.start) + 1 or low
    end = data.find(b"\n", span.end, high)
    return start, end if end >= 0 else high
