"""
Which service, span, HTTP request and line of source a value of a JSON document comes from.

Knows recorded traffic by its shape, whatever tool wrote it (HAR, VCR, WireMock, Pact, Playwright), and traces
of OpenTelemetry, Jaeger and Zipkin. Never reads values; the reader remembers members for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.segment import Emitter
from leakgate.unpack.formats.json_nodes import Node

# Attributes of OpenTelemetry's semantic conventions, old and new, that say who wrote a record.
_SERVICE = b"service.name"
_METHODS = (b"http.request.method", b"http.method")
_TARGETS = (b"url.path", b"http.target", b"http.route", b"url.full", b"http.url")
_FILES = (b"code.file.path", b"code.filepath")
_LINES = (b"code.line.number", b"code.lineno")
_ATTRIBUTES = frozenset((_SERVICE, *_METHODS, *_TARGETS, *_FILES, *_LINES))
_OTLP = expression(rb'"resource(?:Spans|Logs|Metrics|_spans|_logs)"')

_REQUESTS = (b"url", b"uri", b"urlPath", b"path")
_TRAFFIC = (b"method", *_REQUESTS, b"request.method", *(b"request." + name for name in _REQUESTS))
_OTLP_NAMES = (b"name", b"key", b"stringValue", b"intValue", b"string_value", b"int_value")
_ZIPKIN_NAMES = (b"name", b"serviceName", b"localEndpoint.serviceName")
_JAEGER_NAMES = (b"operationName", b"serviceName", b"processID", b"key", b"value")
_METHOD = expression(r"[A-Za-z]{3,7}")
_PATH = expression(r"(?:[a-z][a-z0-9+.-]{0,15}://[^/?#]{0,260})?(?P<path>/[^?#\s]{0,400})?", re.IGNORECASE)


def names(head: bytes) -> tuple[bytes, ...]:
    """The members that the reader must remember in the document that begins with `head`."""
    if _OTLP.search(head):
        return (*_TRAFFIC, *_OTLP_NAMES)
    if b'"localEndpoint"' in head:
        return (*_TRAFFIC, *_ZIPKIN_NAMES)
    if b'"operationName"' in head and b'"spans"' in head:
        return (*_TRAFFIC, *_JAEGER_NAMES)
    return _TRAFFIC if b'"method"' in head else ()


def noted(node: Node, key: bytes, raw: bytes) -> None:
    """Passes on what a member says of a record further up; called for every member that is remembered."""
    if key == b"serviceName" and (process := node.key) and (processes := node.parent) is not None:
        if processes.key == b"processes" and processes.parent is not None and isinstance(process, bytes):
            processes.parent.remember(b"@" + process, raw)
        return
    if key in (b"stringValue", b"intValue", b"string_value", b"int_value"):
        attribute = node.parent
    elif key == b"value":
        attribute = node
    else:
        return
    if attribute is None or attribute.named is None:
        return
    name = attribute.named.get(b"key", b"")
    record = attribute.up(2)
    if name in _ATTRIBUTES and record is not None:
        owner = record.parent if record.key == b"resource" and record.parent is not None else record
        owner.remember(b"@" + name, raw)


def emitter_of(node: Node) -> Emitter | None:
    """What the containers of a value say, the innermost first; None where they say nothing."""
    around = list(_upwards(node))
    file = _first(around, _FILES)
    line = _first(around, _LINES) if file is not None else None
    found = Emitter(
        file=file,
        line=int(line) if line is not None and line.isdigit() and len(line) < 8 else None,
        service=_first(around, (_SERVICE,)) or next(filter(None, map(_process, around)), None),
        span=next(filter(None, map(_span, around)), None),
        request=next(filter(None, map(_request, around)), None),
    )
    return found if found != Emitter() else None


def _upwards(node: Node) -> Iterator[Node]:
    at: Node | None = node
    while at is not None:
        if at.named is not None:
            yield at
        at = at.parent


def _first(around: list[Node], attributes: tuple[bytes, ...]) -> str | None:
    said = (node.text(b"@" + name) for node in around for name in attributes)
    return next(filter(None, said), None)


def _span(node: Node) -> str | None:
    """The name of a record that is a span: an element of `spans`, or one with its own endpoint (Zipkin)."""
    if node.parent is not None and node.parent.key == b"spans":
        return node.text(b"operationName") or node.text(b"name")
    return node.text(b"name") if node.text(b"localEndpoint.serviceName") else None


def _process(node: Node) -> str | None:
    """The service of a Zipkin span, or of a Jaeger span by its process, which its trace knows."""
    if (own := node.text(b"localEndpoint.serviceName")) is not None:
        return own
    trace = node.up(2)
    process = node.named.get(b"processID") if node.named is not None else None
    return trace.text(b"@" + process) if trace is not None and process is not None else None


def _request(node: Node) -> str | None:
    for prefix in (b"", b"request."):
        method = node.text(prefix + b"method")
        target = next(filter(None, (node.text(prefix + name) for name in _REQUESTS)), None)
        if method is not None and target is not None and (said := _said(method, target)) is not None:
            return said
    method, target = _first([node], _METHODS), _first([node], _TARGETS)
    return _said(method, target) if method is not None and target is not None else None


def _said(method: str, target: str) -> str | None:
    hit = _PATH.match(target)
    if _METHOD.fullmatch(method) is None or hit is None or not hit[0]:
        return None
    return f"{method.upper()} {hit['path'] or '/'}"
