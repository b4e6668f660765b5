"""Recorded traffic: HAR, cassettes, stubs, contracts, collections, traces of browsers and services."""

from __future__ import annotations

import base64
import json
import urllib.parse
from collections.abc import Callable
from typing import Any

from tests.carriers.document import Carrier, Document, Make, Page, located
from tests.carriers.logs import ONE_LINE
from tests.carriers.values import Value

Json = Any  # what json.dumps takes


def json_text(text: str) -> str:
    return json.dumps(text)[1:-1]


def json_document(
    name: str,
    entry: Callable[[Value], Json],
    whole: Callable[[list[Json]], Json],
    form: Callable[[Value], str] = lambda value: json_text(value.text),
    indent: int | None = 2,
) -> Make:
    """A JSON artifact with one entry for each value, in which the value takes `form`."""

    def make(values: tuple[Value, ...]) -> Document:
        text = json.dumps(whole([entry(value) for value in values]), indent=indent)
        return located(name, text, [(value, form(value)) for value in values])

    return make


def json_lines(name: str, entry: Callable[[Value], Json]) -> Make:
    """A file with one compact JSON object a line."""

    def make(values: tuple[Value, ...]) -> Document:
        lines = [
            {"level": 30, "msg": "listening", "port": 8080},
            *map(entry, values),
            {"level": 30, "msg": "bye"},
        ]
        text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
        return located(name, text, [(value, json_text(value.text)) for value in values])

    return make


def _har(part: Callable[[Value], Json], form: Callable[[Value], str] | None = None) -> Make:
    def entry(value: Value) -> Json:
        return {"startedDateTime": "2026-03-01T12:00:00.000Z", "time": 12, **part(value)}

    def whole(entries: list[Json]) -> Json:
        return {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": entries}}

    return json_document("trace.har", entry, whole, form or (lambda value: json_text(value.text)))


def _request(**parts: Json) -> Json:
    return {"request": {"method": "POST", "url": "https://shop.northby.internal/api", "headers": [], **parts}}


def _header(value: Value) -> Json:
    return _request(headers=[{"name": "accept", "value": "*/*"}, {"name": value.label, "value": value.text}])


def _cookie(value: Value) -> Json:
    return _request(cookies=[{"name": value.label, "value": value.text, "httpOnly": False}])


def _query(value: Value) -> Json:
    return _request(queryString=[{"name": "page", "value": "2"}, {"name": value.label, "value": value.text}])


def _query_url(value: Value) -> Json:
    return _request(url=f"https://shop.northby.internal/api?page=2&{value.label}={_quoted(value)}")


def _quoted(value: Value) -> str:
    return urllib.parse.quote(value.text, safe="")


def _post(value: Value) -> Json:
    text = json.dumps({"id": 4, value.label: value.text})
    return _request(postData={"mimeType": "application/json", "text": text})


def _twice_text(value: Value) -> str:
    return json_text(json_text(value.text))


def _body(value: Value) -> str:
    return base64.b64encode(json.dumps({"id": 4, value.label: value.text}).encode()).decode()


def _response(value: Value) -> Json:
    content = {"size": 90, "mimeType": "application/json", "text": _body(value), "encoding": "base64"}
    return {"response": {"status": 200, "headers": [], "content": content}}


def _network(value: Value) -> Json:
    """A line of the network log inside a Playwright trace."""
    request = {
        "method": "GET",
        "url": "https://shop.northby.internal/",
        "headers": [{"name": "accept", "value": "*/*"}, {"name": value.label, "value": value.text}],
    }
    return {"type": "resource-snapshot", "snapshot": {"pageref": "page@1", "request": request}}


def _cassette_head(page: Page, number: int) -> None:
    page.add(f"- request:\n    method: POST\n    uri: https://shop.northby.internal/{number}\n")


def _cassette(values: tuple[Value, ...]) -> Document:
    """VCR.py: a body is a quoted string, a header is a list."""
    page = Page().add("interactions:\n")
    for number, value in enumerate(values):
        _cassette_head(page, number)
        page.add('    body: \'{"id": 4, "' + value.label + '": "')
        page.put(value, json_text(value.text)).add("\"}'\n    headers:\n      Accept:\n      - '*/*'\n")
        page.add("  response:\n    status: {code: 200, message: OK}\n    body: {string: ok}\n")
    return page.add("version: 1\n").document("cassette.yaml")


def _binary_cassette(values: tuple[Value, ...]) -> Document:
    """VCR.py writes bytes that are no text as YAML's `!!binary`."""
    page = Page().add("interactions:\n")
    for number, value in enumerate(values):
        _cassette_head(page, number)
        page.add(
            "    body: null\n  response:\n    status: {code: 200, message: OK}\n"
            "    body:\n      string: !!binary |\n"
        )
        start = page.size
        rows = base64.encodebytes(json.dumps({"id": 4, value.label: value.text}).encode()).decode().split()
        page.add("".join(f"        {row}\n" for row in rows)).mark(value, start)
    return page.add("version: 1\n").document("cassette.yaml")


def _mapping(value: Value) -> Json:
    return {
        "request": {"method": "POST", "urlPath": "/api", "headers": {value.label: {"equalTo": value.text}}},
        "response": {"status": 200, "jsonBody": {"ok": True}},
    }


def _interaction(value: Value) -> Json:
    return {
        "description": "a request for an order",
        "request": {"method": "POST", "path": "/api", "body": {value.label: value.text}},
        "response": {"status": 200},
    }


def _pact(entries: list[Json]) -> Json:
    return {
        "consumer": {"name": "web"},
        "provider": {"name": "api"},
        "interactions": entries,
        "metadata": {"pactSpecification": {"version": "2.0.0"}},
    }


def _variable(value: Value) -> Json:
    return {"key": value.label, "value": value.text, "enabled": True}


def _item(value: Value) -> Json:
    raw = json.dumps({"id": 4, value.label: value.text})
    return {"name": "create", "request": {"method": "POST", "body": {"mode": "raw", "raw": raw}}}


def _collection(items: list[Json]) -> Json:
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return {"info": {"name": "shop", "schema": schema}, "item": items}


def _otlp(entries: list[Json]) -> Json:
    spans = [{"traceId": "5b8efff798038103d269b633813fc60c", "name": "GET", "attributes": entries}]
    return {"resourceSpans": [{"resource": {}, "scopeSpans": [{"scope": {}, "spans": spans}]}]}


def _jaeger(entries: list[Json]) -> Json:
    return {"data": [{"traceID": "5b8efff7", "spans": [{"operationName": "GET", "tags": entries}]}]}


def _zipkin(entries: list[Json]) -> Json:
    return [{"traceId": "5b8efff798038103", "name": "get", "tags": entry} for entry in entries]


CARRIERS: tuple[Carrier, ...] = (
    Carrier("HAR header", _har(_header), ONE_LINE),
    Carrier("HAR cookie", _har(_cookie), ONE_LINE),
    Carrier("HAR query string", _har(_query)),
    Carrier("HAR URL", _har(_query_url, _quoted)),
    Carrier("HAR post data", _har(_post, _twice_text)),
    Carrier("HAR base64 body", _har(_response, _body)),
    Carrier("Playwright trace.network", json_lines("trace.network", _network), ONE_LINE),
    Carrier("VCR cassette, string", _cassette),
    Carrier("VCR cassette, binary", _binary_cassette),
    Carrier(
        "WireMock mapping",
        json_document("mappings.json", _mapping, lambda all_: {"mappings": all_}),
        ONE_LINE,
    ),
    Carrier("Pact contract", json_document("web-api.json", _interaction, _pact)),
    Carrier(
        "Postman collection", json_document("shop.postman_collection.json", _item, _collection, _twice_text)
    ),
    Carrier(
        "Postman environment",
        json_document("env.json", _variable, lambda all_: {"name": "ci", "values": all_}),
    ),
    Carrier(
        "OTLP attributes",
        json_document("otlp.json", lambda v: {"key": v.label, "value": {"stringValue": v.text}}, _otlp),
    ),
    Carrier(
        "Jaeger tags",
        json_document("jaeger.json", lambda v: {"key": v.label, "type": "string", "value": v.text}, _jaeger),
    ),
    Carrier("Zipkin tags", json_document("zipkin.json", lambda v: {v.label: v.text}, _zipkin, indent=None)),
)
