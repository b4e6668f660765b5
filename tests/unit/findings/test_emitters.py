"""Which request and service an output belongs to. `@` stands for the finding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.findings.fingerprint import Key
from leakgate.findings.placed import placed
from leakgate.findings.requests_said import may_be_said, request_of
from leakgate.findings.seal import Sealer
from leakgate.findings.services_said import service_of
from leakgate.model.segment import Emitter
from tests.kit.segments import match, segment

_RUBY = (
    "---\nhttp_interactions:\n- request:\n    method: get\n    uri: https://a.test/first?x=1\n"
    "    body:\n      string: ''\n"
    "  response:\n    body:\n      string: {first}\n"
    "- request:\n    body: {body}\n    headers:\n      Accept: []\n    method: POST\n    uri: https://a.test/second\n"
    "  response:\n    body:\n      string: {second}\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("GET /a/b", '10.0.0.1 - - [01/Jan/2026] "GET /a/b?token=@ HTTP/1.1" 200 12'),
        ("POST /a", "INFO POST https://shop.test/a?x=1 with @"),
        ("GET /", "send: b'GET / HTTP/1.1\\r\\nAuthorization: @"),
        ("POST /a", "> POST /a HTTP/1.1\n> Host: x\n> Authorization: @\n"),
        ("POST /a", "> POST /a HTTP/1.1\n> Host: x\n>\n< HTTP/1.1 200 OK\n< Set-Cookie: @\n"),
        ("POST /a", "POST /a HTTP/1.1\nHost: x\nAuthorization: @\n"),
        ("GET /first", _RUBY.format(first="@", body="x", second="x")),
        ("POST /second", _RUBY.format(first="x", body="@", second="x")),
        ("POST /second", _RUBY.format(first="x", body="x", second="@")),
        (None, "we GET the token @"),
        (None, "GET /a HTTP/1.1\nother line\ntoken: @\n"),
        (None, "> POST /a HTTP/1.1\nplain\n> @\n"),
        (None, "@"),
    ],
)
def test_requests(expected: str | None, text: str) -> None:
    """Method and path, without host and query; nothing where another line stands between."""
    assert expected == request_of(text, text.index("@"))


@pytest.mark.parametrize(
    ("expected", "line"),
    [
        ("orders-api", '{"service.name":"orders-api","message":"@"}'),
        ("orders-api", '{"service":{"version":"1","name":"orders-api"},"message":"@"}'),
        ("orders-api", '{"service": "orders-api", "message": "@"}'),
        ("orders-api", '{"log":"{\\"service\\":\\"orders-api\\",\\"msg\\":\\"@\\"}"}'),
        (None, "service: orders-api @"),
        (None, '{"name":"orders-api","message":"@"}'),
    ],
)
def test_services(expected: str | None, line: str) -> None:
    """The field of ECS, OpenTelemetry and Datadog."""
    assert expected == service_of(line)


@given(text=st.text(), offset=st.integers(0, 50))
def test_any_text(text: str, offset: int) -> None:
    """No text raises anything."""
    request_of(text, min(offset, len(text)))
    service_of(text)


def test_names_of_an_emitter_lose_the_values_they_hold() -> None:
    """A token in a path is masked like anywhere else."""
    text = "GET /users/hidden/keys abc"
    sealer = Sealer(Key.of("a key"), lambda name: name.replace("hidden", "****"))

    [finding] = sealer.seal(placed(segment(text), [match(text.index("abc"), "abc")]))

    assert Emitter(request="GET /users/****/keys") == finding.emitter


@given(
    st.lists(
        st.sampled_from(
            ["GET /a HTTP/1.1", "> POST /b HTTP/1.1", "Host: x", "* y", "plain", "- request:", "value",
             "é: x", "    method: PUT", "    uri: http://h/c", "PATCH /d", ""]
        ),
        max_size=9,
    ),
    st.integers(0, 60),
)  # fmt: skip
def test_what_says_nothing_of_a_request_is_told_beforehand(lines: list[str], offset: int) -> None:
    """Where the quick look sees nothing that could name a request, the thorough one names none."""
    text = "\n".join(lines)
    data = text.encode()
    at = min(offset, len(data))

    if not may_be_said(data, 0, at, len(data)):
        assert request_of(text, len(data[:at].decode("utf-8", "replace"))) is None
