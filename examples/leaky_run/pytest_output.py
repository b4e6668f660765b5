"""What pytest leaves: the coloured console log and the JUnit XML of the same run, with the same leaks."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from leaky_run.carriers import Document, Plant
from leaky_run.scenario import Scenario

_RED, _GREEN, _BOLD, _OFF = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"
_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Case:
    """One test case; it failed if it has an `error`."""

    module: str
    name: str
    seconds: float
    error: str = ""
    stdout: str = ""
    log: str = ""
    line: int = 1
    attachments: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"tests/{self.module}.py"


def documents(scenario: Scenario) -> tuple[Document, ...]:
    cases = _cases(scenario)
    plants = (
        Plant("GITHUB_TOKEN", scenario.github),
        Plant("STRIPE_KEY", scenario.stripe),
        Plant("URL_CREDENTIALS", scenario.database),
        Plant("EMAIL_ADDRESS", scenario.buyer.email),
    )
    made_up = Plant("EMAIL_ADDRESS", _SYNTHETIC_MAIL, synthetic=True)
    return (
        Document.of_text("console.log", _console(cases), *plants),
        Document.of_text("reports/junit.xml", _junit(cases), *plants, made_up),
    )


_SYNTHETIC_MAIL = "jane.doe@" + "example.com"


def _cases(scenario: Scenario) -> tuple[Case, ...]:
    return (
        Case("test_catalogue", "test_lists_articles", 0.021),
        Case("test_catalogue", "test_filters_by_price", 0.034, stdout="3 articles between 10.00 and 20.00"),
        Case(
            "test_accounts",
            "test_sign_up",
            0.210,
            stdout=f"signing up {_SYNTHETIC_MAIL}",
            line=5,
            attachments=("fixtures/accounts.csv",),
        ),
        Case(
            "test_checkout",
            "test_pays_by_card",
            1.873,
            error="AssertionError: assert 402 == 201",
            stdout=f"payment key {scenario.stripe}\nPOST /v1/orders -> 402\ncustomer {scenario.buyer.email}",
            log="ERROR    shop.payments:payments.py:18 card declined, order 70113",
            line=5,
            attachments=("network/checkout.har", "telemetry/traces.json"),
        ),
        Case(
            "test_checkout",
            "test_restores_cart",
            0.655,
            error="sqlalchemy.exc.OperationalError: server closed the connection unexpectedly",
            log=f"WARNING  shop.db:db.py:13 reconnecting to {scenario.database}",
            line=9,
            attachments=("logs/orders-api.log.gz",),
        ),
        Case(
            "test_release",
            "test_uploads_notes",
            0.412,
            error="requests.exceptions.HTTPError: 403 Client Error: rate limit exceeded",
            stdout=f"> GET /repos/shop/releases\n> Authorization: token {scenario.github}\n< 403 forbidden",
            line=5,
            attachments=("debug/.env",),
        ),
    )


def _console(cases: tuple[Case, ...]) -> str:
    failed = [case for case in cases if case.error]
    lines = [
        f"{_BOLD}{' test session starts ':=^{_WIDTH}}{_OFF}",
        "platform linux -- Python 3.11.9, pytest-8.2.2, pluggy-1.5.0",
        f"collected {len(cases)} items",
        "",
        *(_progress(case) for case in cases),
        "",
        f"{' FAILURES ':=^{_WIDTH}}",
    ]
    for case in failed:
        lines += _failure(case)
    lines.append(f"{' short test summary info ':=^{_WIDTH}}")
    lines += [f"{_RED}FAILED{_OFF} {case.file}::{_BOLD}{case.name}{_OFF} - {case.error}" for case in failed]
    lines.append(
        f"{_RED}{f' {len(failed)} failed, {len(cases) - len(failed)} passed in 3.21s ':=^{_WIDTH}}{_OFF}"
    )
    return "\n".join(lines) + "\n"


def _progress(case: Case) -> str:
    outcome = f"{_RED}FAILED{_OFF}" if case.error else f"{_GREEN}PASSED{_OFF}"
    return f"{case.file}::{case.name} {outcome}"


def _failure(case: Case) -> list[str]:
    lines = [
        f"{_RED}{_BOLD}{f' {case.name} ':_^{_WIDTH}}{_OFF}",
        "",
        f"{_BOLD}{_RED}E   {case.error}{_OFF}",
        "",
        f"{_BOLD}{_RED}{case.file}{_OFF}:{case.line}: {case.error.partition(':')[0]}",
    ]
    if case.stdout:
        lines += [f"{' Captured stdout call ':-^{_WIDTH}}", case.stdout]
    if case.log:
        # pytest colours the level of a log record, which puts escapes right next to the message.
        level, _, rest = case.log.partition(" ")
        lines += [f"{' Captured log call ':-^{_WIDTH}}", f"{_RED}{level}{_OFF} {rest}"]
    return lines


def _junit(cases: tuple[Case, ...]) -> str:
    failures = sum(bool(case.error) for case in cases)
    total = sum(case.seconds for case in cases)
    head = (
        f'<testsuite name="pytest" errors="0" failures="{failures}" skipped="0" tests="{len(cases)}" '
        f'time="{total:.3f}" timestamp="2026-03-04T09:30:11.402193" hostname="runner-7f9c">'
    )
    body = "\n".join(_junit_case(case) for case in cases)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n{head}\n{body}\n</testsuite>\n</testsuites>\n'
    )


def _junit_case(case: Case) -> str:
    where = f'file="{case.file}" line="{case.line}" time="{case.seconds:.3f}"'
    parts = [f'<testcase classname="tests.{case.module}" name="{case.name}" {where}>']
    if case.error:
        detail = escape(f"{case.file}:{case.line}: {case.error}")
        parts.append(f"<failure message={quoteattr(case.error)}>{detail}</failure>")
    # How GitLab and Jenkins know which files are a test's own.
    attached = [f"[[ATTACHMENT|{path}]]" for path in case.attachments]
    if output := "\n".join([*([case.stdout] if case.stdout else []), *attached]):
        parts.append(f"<system-out>{escape(output)}</system-out>")
    if case.log:
        parts.append(f"<system-err>{escape(case.log)}</system-err>")
    return "\n".join([*parts, "</testcase>"])
