"""
Which HTTP request a place belongs to, where lines around it say so: access logs, curl, VCR cassettes.

Gives the method and the path without its query; never a host, never a header.
"""

from __future__ import annotations

import re

from leakgate.model.expressions import expression

_NAMES = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_METHODS = rf"(?:{'|'.join(_NAMES)})"
_TARGET = r"(?:https?://[^\s/\"'?#]{1,260})?(?P<path>/[^\s\"'?#]{0,400})"
# In a log line a path stands right behind its method; in prose ("GET the /tmp file") it does not.
_REQUEST = expression(rf"(?<![\w-])(?P<method>{_METHODS})\s{{1,4}}[\"']?{_TARGET}")
_LINE = expression(rf"^(?P<mark>[<>*]? ?)(?P<method>{_METHODS}) {_TARGET}\S* HTTP/\d")
_OF_EXCHANGE = expression(r"^(?:[<>*](?: |$)|[A-Za-z][\w-]{0,60}: )")
_BARE_HEADER = expression(r"^[A-Za-z][\w-]{0,60}: ")
_CURL = expression(rf"^> (?P<method>{_METHODS}) {_TARGET}")
_LINES = 80
_LONGEST_LINE = 4096
_HEADER = 256  # bytes in which the name of a header, of at most 62 characters, has ended
_MARKS = (b"<", b">", b"*")
_NAMES_AS_BYTES = tuple(name.encode() for name in _NAMES)

_INTERACTION = expression(r"^ {0,4}- request:|^ {0,4}-\s*$\n\s+request:", re.MULTILINE)
_METHOD = expression(r"^ {2,8}(?:method): [\"']?(?P<method>\w{3,7})\b", re.MULTILINE)
_URI = expression(
    r"^ {2,8}(?:uri|url): [\"']?(?:https?://[^\s/\"'?#]{1,260})?(?P<path>/[^\s\"'?#]{0,400})?", re.MULTILINE
)


def may_be_said(data: bytes, start: int, at: int, end: int) -> bool:
    """Whether `data[start:end]` can say anything of a request that the place `at` in it is part of.

    Asked first, because what can say it is rare, and the text around a place takes long to decode.
    """
    if data.find(b"request:", start, end) >= 0:
        return True
    begins = data.rfind(b"\n", start, at) + 1 or start
    limit = min(end, begins + _LONGEST_LINE)  # `request_of` reads no further
    ends = data.find(b"\n", at, limit)
    line = data[begins : ends if ends >= 0 else limit]
    return line[:1] in _MARKS or b": " in line[:_HEADER] or any(name in line for name in _NAMES_AS_BYTES)


def request_of(text: str, offset: int) -> str | None:
    """Method and path of the request that what stands at `offset` of a stretch of output is part of."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)][:_LONGEST_LINE]
    own = _last(line, offset - start)
    if own is not None:
        return own
    return _in_exchange(text, start, line) or _in_cassette(text, offset)


def _last(line: str, offset: int) -> str | None:
    """The last request before a place of its line, else the first behind it."""
    if not any(name in line for name in _NAMES):  # literals first, as below
        return None
    hits = list(_REQUEST.finditer(line))
    before = [hit for hit in hits if hit.start() <= offset]
    chosen = before[-1] if before else (hits[0] if hits else None)
    return _said(chosen) if chosen is not None else None


def _in_exchange(text: str, start: int, line: str) -> str | None:
    """The request line above the headers that a line is one of, bare or marked as curl does."""
    marked = line[:1] in ("<", ">", "*")
    if not marked and not _BARE_HEADER.match(line):
        return None
    for above in reversed(text[:start].rsplit("\n", _LINES)[-_LINES:]):
        hit = (_CURL if marked else _LINE).match(above[:_LONGEST_LINE])
        if hit is not None:
            return _said(hit)
        if above and not (above[0] in "<>*" if marked else _BARE_HEADER.match(above)):
            return None
    return None


def _in_cassette(text: str, offset: int) -> str | None:
    """The request of a VCR interaction; its method and address may stand behind its body."""
    if "request:" not in text:  # a literal is found forty times as fast as an expression fails
        return None
    begins = [hit.start() for hit in _INTERACTION.finditer(text)]
    start = max((at for at in begins if at <= offset), default=None)
    if start is None:
        return None
    end = min((at for at in begins if at > offset), default=len(text))
    method, uri = _METHOD.search(text, start, end), _URI.search(text, start, end)
    if method is None or uri is None:
        return None
    return f"{method['method'].upper()} {uri['path'] or '/'}"


def _said(hit: re.Match[str]) -> str:
    return f"{hit['method']} {hit['path']}"
