"""Which service, span and request a value of a document comes from. `V` is the value that was found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leakgate.model.segment import Emitter
from tests.unit.unpack.formats.json_fields_of import fields_of

V = "the value in question"


def _attributes(**values: str) -> list[dict[str, Any]]:
    return [{"key": key.replace("_", "."), "value": {"stringValue": value}} for key, value in values.items()]


def _otlp(records: str, scope: str, record: dict[str, Any]) -> dict[str, Any]:
    return {
        records: [
            {
                "resource": {"attributes": _attributes(service_name="orders")},
                scope: [{"scope": {"name": "otel"}, "logRecords" if "Log" in scope else "spans": [record]}],
            },
            {"resource": {"attributes": _attributes(service_name="other")}},
        ]
    }


_SPAN = {
    "spanId": "1",
    "name": "POST /orders",
    "attributes": [
        *_attributes(http_request_method="POST", url_path="/orders/7", code_filepath="/app/pay.py"),
        *_attributes(db_statement=V),
        {"key": "code.lineno", "value": {"intValue": "41"}},
    ],
}
_RECORD = {"attributes": _attributes(code_file_path="pay.go"), "body": {"stringValue": V}}
_REQUEST = {
    "method": "post",
    "url": "https://shop.test/api/orders?token=x#y",
    "headers": [{"name": "A", "value": V}],
}
_FIRST, _LAST = (
    {"request": _REQUEST},
    {"response": {"content": {"text": V}}, "request": {**_REQUEST, "headers": []}},
)

DOCUMENTS = {
    "otlp span": (
        _otlp("resourceSpans", "scopeSpans", _SPAN),
        Emitter("/app/pay.py", 41, "orders", "POST /orders", "POST /orders/7"),
    ),
    "otlp log": (_otlp("resourceLogs", "scopeLogs", _RECORD), Emitter("pay.go", None, "orders")),
    "jaeger": (
        {
            "data": [
                {
                    "spans": [
                        {
                            "operationName": "pay",
                            "processID": "p2",
                            "tags": [
                                {"key": "http.method", "value": "GET"},
                                {"key": "http.url", "value": "http://a/b?c"},
                                {"key": "x", "value": V},
                            ],
                        }
                    ],
                    "processes": {"p1": {"serviceName": "web"}, "p2": {"serviceName": "orders"}},
                }
            ]
        },
        Emitter(service="orders", span="pay", request="GET /b"),
    ),
    "zipkin": (
        [{"name": "web"}, {"name": "pay", "tags": {"x": V}, "localEndpoint": {"serviceName": "orders"}}],
        Emitter(service="orders", span="pay"),
    ),
    "har request": ({"log": {"entries": [{}, _FIRST]}}, Emitter(request="POST /api/orders")),
    "har response": ({"log": {"entries": [{"request": {}}, _LAST]}}, Emitter(request="POST /api/orders")),
    "vcr": (
        {"http_interactions": [{"request": {"method": "GET", "uri": "http://a", "body": V}}]},
        Emitter(request="GET /"),
    ),
    "wiremock": (
        {"mappings": [{"request": {"method": "GET", "urlPath": "/a"}, "response": {"body": V}}]},
        Emitter(request="GET /a"),
    ),
    "no traffic": ({"method": "transfer money", "url": "/a", "note": V}, None),
    "other requests": ({"a": {"request": {"method": "GET", "url": "/a"}}, "note": V}, None),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_values_come_from_what_is_around_them(kind: str) -> None:
    """The containers of a value say whose it is, also behind it; siblings of theirs do not."""
    document, emitter = DOCUMENTS[kind]

    [found] = [
        field.context.emitter for field in fields_of(json.dumps(document)) if field.value == V.encode()
    ]

    assert found == emitter
