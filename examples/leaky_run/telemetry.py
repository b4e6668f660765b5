"""OTLP/JSON spans of the service under test, with the attributes that instrumentation records unasked."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from leaky_run.carriers import Document, Plant
from leaky_run.scenario import Scenario


def spans(scenario: Scenario) -> Document:
    """Attribute names follow the OpenTelemetry semantic conventions 1.24."""
    trace = hashlib.sha256(scenario.run_id.encode()).hexdigest()[:32]
    database = {
        "db.system": "postgresql",
        "db.connection_string": scenario.database,
        "db.statement": "SELECT id, state FROM orders WHERE customer_id = $1",
    }
    request = {
        "http.request.method": "POST",
        "url.path": "/api/orders",
        "http.request.header.authorization": f"Bearer {scenario.jwt}",
        "http.request.header.x_api_key": scenario.stripe,
        "enduser.id": scenario.buyer.email,
    }
    cache = {"db.system": "redis", "db.connection_string": scenario.cache}
    made = [
        _span(trace, 1, "POST /api/orders", request),
        _span(trace, 2, "SELECT orders", database),
        _span(trace, 3, "GET", cache),
    ]
    resource = {
        "attributes": _attributes({"service.name": "orders-api", "service.version": scenario.commit[:12]})
    }
    document = {
        "resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": {"name": "otel"}, "spans": made}]}]
    }
    return Document.of_text(
        "telemetry/traces.json",
        json.dumps(document, indent=1) + "\n",
        Plant("URL_CREDENTIALS", scenario.database),
        Plant("URL_CREDENTIALS", scenario.cache),
        Plant("JWT", scenario.jwt),
        Plant("EMAIL_ADDRESS", scenario.buyer.email, carrier=scenario.jwt),
        Plant("STRIPE_KEY", scenario.stripe),
        Plant("EMAIL_ADDRESS", scenario.buyer.email),
    )


def _span(trace: str, number: int, name: str, attributes: dict[str, str]) -> dict[str, Any]:
    start = 1_772_616_612_114_000_000 + number * 1_000_000  # nanoseconds since 1970, as strings in OTLP/JSON
    return {
        "traceId": trace,
        "spanId": f"{trace[:15]}{number}",
        "name": name,
        "kind": 3,
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + 900_000),
        "attributes": _attributes(attributes),
    }


def _attributes(values: dict[str, str]) -> list[dict[str, Any]]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in values.items()]
