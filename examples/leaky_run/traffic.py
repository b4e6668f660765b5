"""What a browser test records: a HAR of the checkout, and a Playwright trace with its own network log."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from leaky_run.carriers import Archive, Document, Plant
from leaky_run.people import Customer
from leaky_run.scenario import Scenario

_BASE = "https://shop.staging.internal"
_STARTED = "2026-03-04T09:30:12.114Z"


def har(scenario: Scenario) -> Document:
    """HAR 1.2; the profile's body is base64, as browsers write what they do not take for text."""
    profile = json.dumps({"profile": _personal(scenario.others[0]), "newsletter": False}).encode()
    encoded = base64.b64encode(profile).decode()
    entries = [
        _entry("GET", "/", 200, [], {"mimeType": "text/html", "text": "<!doctype html><title>Shop</title>"}),
        _entry(
            "POST", "/api/orders", 201, _signed_in(scenario), _json_body({"order": 70113, "state": "paid"})
        ),
        _entry(
            "GET",
            "/api/me",
            200,
            _signed_in(scenario),
            {"mimeType": "application/octet-stream"} | _encoded(encoded),
        ),
    ]
    entries[1]["request"]["postData"] = _json_body(
        {"customer": _personal(scenario.buyer), "items": [{"sku": "A-1"}]}
    )
    log = {"version": "1.2", "creator": {"name": "Playwright", "version": "1.44.0"}, "entries": entries}
    return Document.of_text(
        "network/checkout.har",
        json.dumps({"log": log}, indent=2) + "\n",
        *_sign_in_plants(scenario),
        # The buyer's data is JSON inside a JSON string: its values stand as they are, its quotes escaped.
        *_planted(scenario.buyer),
        *_planted(scenario.others[0], carrier=encoded),
    )


def trace(scenario: Scenario) -> Archive:
    """trace.trace and trace.network are JSON lines; bodies lie in resources/ under their SHA-1."""
    customer = scenario.others[1]
    body = json.dumps({"customer": _personal(customer)}).encode()
    digest = hashlib.sha1(body, usedforsecurity=False).hexdigest()
    content = {"mimeType": "application/json", "_sha1": f"{digest}.json"}
    exchange = _entry("GET", "/api/me", 200, _signed_in(scenario), content)
    return Archive(
        "test-results/checkout-pays-by-card-chromium/trace.zip",
        (
            Document.of_text(
                "trace.trace",
                _json_lines(_actions(scenario.slack, customer.card)),
                Plant("SLACK_TOKEN", scenario.slack),
                Plant("CREDIT_CARD", customer.card),
            ),
            Document.of_text(
                "trace.network",
                _json_lines([{"type": "resource-snapshot", "snapshot": exchange}]),
                *_sign_in_plants(scenario),
            ),
            Document.of_text(f"resources/{digest}.json", body.decode(), *_planted(customer)),
        ),
    )


def _actions(bot: str, card: str) -> list[dict[str, Any]]:
    title = "e2e/checkout.spec.ts:13 › pays by card"
    field = {"selector": "internal:label='Card number'", "value": card}
    return [
        {"version": 6, "type": "context-options", "browserName": "chromium", "title": title},
        {"type": "before", "callId": "call@6", "apiName": "page.goto", "params": {"url": f"{_BASE}/cart"}},
        {"type": "before", "callId": "call@8", "apiName": "locator.fill", "params": field},
        {"type": "console", "messageType": "log", "text": f"chat bot {bot} ready"},
        {"type": "after", "callId": "call@8", "endTime": 1841.2},
    ]


def _sign_in_plants(scenario: Scenario) -> tuple[Plant, ...]:
    return (
        Plant("JWT", scenario.jwt),
        Plant("EMAIL_ADDRESS", scenario.buyer.email, carrier=scenario.jwt),
        Plant("SESSION_COOKIE", scenario.session),
    )


def _planted(customer: Customer, carrier: str | None = None) -> tuple[Plant, ...]:
    return (
        Plant("PERSON", customer.name, carrier=carrier),
        Plant("EMAIL_ADDRESS", customer.email, carrier=carrier),
        Plant("PHONE_NUMBER", customer.phone, carrier=carrier),
        Plant("IBAN_CODE", customer.iban, carrier=carrier),
        Plant("CREDIT_CARD", customer.card, carrier=carrier),
    )


def _personal(customer: Customer) -> dict[str, str]:
    return {
        "full_name": customer.name,
        "email": customer.email,
        "phone": customer.phone,
        "iban": customer.iban,
        "card_number": customer.card,
    }


def _signed_in(scenario: Scenario) -> list[dict[str, str]]:
    return [
        {"name": "Authorization", "value": f"Bearer {scenario.jwt}"},
        {"name": "Cookie", "value": f"theme=dark; sessionid={scenario.session}"},
    ]


def _entry(
    method: str, path: str, status: int, headers: list[dict[str, str]], content: dict[str, Any]
) -> dict[str, Any]:
    plain = [
        {"name": "Accept", "value": "*/*"},
        {"name": "User-Agent", "value": "Mozilla/5.0 (X11; Linux x86_64)"},
    ]
    return {
        "startedDateTime": _STARTED,
        "time": 12.4,
        "request": {
            "method": method,
            "url": _BASE + path,
            "httpVersion": "HTTP/1.1",
            "headers": plain + headers,
        },
        "response": {"status": status, "statusText": "", "headers": plain[:1], "content": content},
        "timings": {"send": 0.1, "wait": 11.9, "receive": 0.4},
    }


def _json_body(body: dict[str, Any]) -> dict[str, Any]:
    return {"mimeType": "application/json", "text": json.dumps(body)}


def _encoded(text: str) -> dict[str, str]:
    return {"encoding": "base64", "text": text}


def _json_lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)
