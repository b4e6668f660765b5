"""What providers answer and what follows, against a server on the loopback that answers as they do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from leakgate.detect.rules.load import shipped_rules
from leakgate.model.detection import Match, Severity
from leakgate.model.errors import UsageError
from leakgate.model.secret import Secret
from leakgate.verify.asking import Host
from leakgate.verify.aws import signed
from leakgate.verify.liveness import Credential, State, Verification, Verifier
from leakgate.verify.registry import ADDRESSES, verifiers
from tests.kit.segments import match

VALUE = b"value-" + b"x" * 20
Asked = list[tuple[str, str, dict[str, str], bytes]]


@contextmanager
def provider(*answers: tuple[int, object, dict[str, str]], wait: float = 0.0) -> Iterator[tuple[str, Asked]]:
    """Gives the answers in turn, the last one for ever; remembers what was asked."""
    asked: Asked = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            """Quiet."""

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked.append((self.command, self.path, dict(self.headers), body))
            status, said, headers = left.pop(0) if len(left) > 1 else left[0]
            time.sleep(wait)
            raw = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(raw)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = _serve

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_words: object) -> None:
            """Whoever asked may have gone; that is the point of some tests."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def verifier_of(name: str, url: str) -> Verifier:
    number = list(ADDRESSES).index(name)
    return verifiers({name: url}, pause=0.0)[number]


def ask(name: str, *answers: tuple[int, object, dict[str, str]]) -> tuple[State, str, Asked]:
    with provider(*answers) as (url, asked):
        verifier = verifier_of(name, url)
        rule = min(verifier.rules)
        beside = (("AWS_SECRET_ACCESS_KEY", Secret(b"s" * 40)),)
        entity = "AWS_ACCESS_KEY_ID" if name == "aws" else "X"
        answer = verifier.ask(Credential(rule, entity, Secret(VALUE), beside))
    return answer.state, answer.told, asked


@pytest.mark.parametrize(
    ("name", "status", "body", "state"),
    [
        ("github", 200, {"resources": {}, "rate": {}}, State.LIVE),
        ("github", 401, {"message": "Bad credentials"}, State.DEAD),
        ("github", 403, {"message": "no"}, State.UNKNOWN),
        ("gitlab", 200, {"id": 1}, State.LIVE),
        ("gitlab", 403, {"error": "insufficient_scope"}, State.LIVE),
        ("gitlab", 403, {"message": "blocked"}, State.UNKNOWN),
        ("gitlab", 401, {}, State.DEAD),
        ("slack", 200, {"ok": True}, State.LIVE),
        ("slack", 200, {"ok": False, "error": "invalid_auth"}, State.DEAD),
        ("slack", 200, {"ok": False, "error": "ratelimited"}, State.UNKNOWN),
        ("slack", 200, b"<html>", State.UNKNOWN),
        ("stripe", 200, {}, State.LIVE),
        ("stripe", 403, {}, State.LIVE),
        ("stripe", 401, {}, State.DEAD),
        ("npm", 200, {"username": "x"}, State.LIVE),
        ("npm", 401, {}, State.DEAD),
        ("npm", 302, {}, State.UNKNOWN),
        ("pypi", 400, b"missing file", State.LIVE),
        ("pypi", 403, b"", State.DEAD),
        ("aws", 200, b"<xml/>", State.LIVE),
        ("aws", 403, b"<Error><Code>InvalidClientTokenId</Code></Error>", State.DEAD),
        ("aws", 403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>", State.UNKNOWN),
        ("aws", 403, b"<xml/>", State.UNKNOWN),
        ("aws", 500, b"", State.UNKNOWN),
    ],
)
def test_what_an_answer_means(name: str, status: int, body: object, state: State) -> None:
    found, told, asked = ask(name, (status, body, {}))

    assert (state, 1) == (found, len(asked))
    assert VALUE.decode() not in told


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name != "github"])
def test_a_rate_limit_is_waited_for_once(name: str) -> None:
    _state, _told, asked = ask(name, (429, {}, {"Retry-After": "0"}), (429, {}, {"Retry-After": "0"}))

    assert 2 == len(asked)


def test_a_long_rate_limit_is_not_waited_for() -> None:
    state, told, asked = ask("npm", (429, {}, {"Retry-After": "3600"}))

    assert (State.UNKNOWN, 1) == (state, len(asked))
    assert "limits the rate" in told


def test_a_redirect_does_not_take_the_value_elsewhere() -> None:
    with provider((200, {"username": "x"}, {})) as (elsewhere, seen):
        state, _told, _asked = ask("npm", (302, {}, {"Location": elsewhere + "/-/whoami"}))

    assert (State.UNKNOWN, []) == (state, seen)


def test_a_slow_or_silent_provider_is_unknown() -> None:
    with provider((200, {}, {}), wait=0.6) as (url, _asked):
        host = Host(url, pause=0.0, timeout=0.2)
        answer = host.ask("/", {}, host.usual)

    assert (State.UNKNOWN, True) == (answer.state, "could not be reached" in answer.told)
    assert State.UNKNOWN is host.ask("/", {}, host.usual).state


@pytest.mark.parametrize("url", ["http://example.com", "ftp://127.0.0.2", "example.com"])
def test_only_https_is_asked(url: str) -> None:
    with pytest.raises(UsageError):
        Host(url)


@pytest.mark.parametrize("name", list(ADDRESSES))
@pytest.mark.parametrize(
    ("status", "headers"),
    [(200, {"Content-Encoding": "gzip"}), (301, {"Location": "http://127.0.0.2:9/x"}), (200, {})],
    ids=["no gzip", "redirect", "no JSON"],
)
def test_an_answer_that_makes_no_sense_is_not_dead(name: str, status: int, headers: dict[str, str]) -> None:
    """And never an error that ends the run."""
    state, told, _asked = ask(name, (status, b"\x1f\x8b{broken", headers))

    assert State.DEAD is not state
    assert VALUE.decode() not in told


def test_the_signature_is_the_one_of_the_official_library() -> None:
    """botocore 1.44 gives this signature for the same key, body and second."""
    headers = signed("AKID", b"secret", "sts.amazonaws.com", datetime(2026, 11, 22, 23, 56, 9, tzinfo=UTC))

    assert "20261122T235609Z" == headers["X-Amz-Date"]
    assert headers["Authorization"].endswith(
        "Credential=AKID/20261122/us-east-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
        "Signature=0d861f2aadc150422cdc2c4822c10b6870427698f0bc04b0f1889c3178d54b2c"
    )


def test_a_key_without_its_secret_is_not_asked_about() -> None:
    with provider((200, b"", {})) as (url, asked):
        answer = verifier_of("aws", url).ask(
            Credential("aws-access-key-id", "AWS_ACCESS_KEY_ID", Secret(VALUE))
        )

    assert (State.UNKNOWN, []) == (answer.state, asked)


def test_every_rule_that_is_asked_about_exists() -> None:
    known = {spec.rule.id for spec in shipped_rules()}

    assert set() == {rule for verifier in verifiers() for rule in verifier.rules} - known


def npm_match(synthetic: str | None = None) -> Match:
    rule = next(spec.rule for spec in shipped_rules() if spec.rule.id == "npm-legacy-token")
    return match(0, "n" * 36, rule, synthetic=synthetic)


def test_what_is_live_is_critical_and_says_so() -> None:
    from dataclasses import replace

    weak = npm_match()
    weak = replace(weak, rule=replace(weak.rule, severity=Severity.LOW))
    with provider((200, {}, {})) as (url, _asked):
        (verified,) = Verification([verifier_of("npm", url)])([weak])

    assert Severity.CRITICAL is verified.rule.severity
    assert verified.because.endswith("live: " + url.removeprefix("http://") + " accepts it")


def test_what_is_dead_stays_what_it_was() -> None:
    with provider((401, {}, {})) as (url, _asked):
        (verified,) = Verification([verifier_of("npm", url)])([npm_match()])

    assert npm_match().rule == verified.rule
    assert "dead: " in verified.because


def test_a_value_is_asked_about_once() -> None:
    with provider((200, {}, {})) as (url, asked):
        verification = Verification([verifier_of("npm", url)])
        verification([npm_match()])
        verification([npm_match()])

    assert 1 == len(asked)


def test_a_known_fake_is_not_asked_about() -> None:
    with provider((200, {}, {})) as (url, asked):
        Verification([verifier_of("npm", url)])([npm_match("a sample")])

    assert [] == asked


def test_questions_are_counted() -> None:
    with provider((200, {}, {})) as (url, asked):
        (verified,) = Verification([verifier_of("npm", url)], most=0)([npm_match()])

    assert ([], True) == (asked, "limit of questions" in verified.because)
