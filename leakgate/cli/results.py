"""Results of earlier scans, from a file or standard input; never more than a reader can hold."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any, TypeVar

import click

from leakgate.cli.run_identity import check_expected
from leakgate.model.detection import Rule
from leakgate.model.errors import ResultError
from leakgate.report.json_parse import MAX_BYTES
from leakgate.report.json_read import read_result
from leakgate.wiring import Judged, all_rules

F = TypeVar("F", bound=Callable[..., Any])

_EXPECTED = click.option(
    "--expect-commit",
    "expected",
    metavar="SHA",
    help="Refuse a result of another commit, or of none that is known.",
)
_MAX_AGE = click.option("--max-age", metavar="TIME", help="Refuse an older result; such as 30m, 12h or 2d.")
# For a rule that this leakgate does not have, such as one of a file of foreign rules.
_ADVICE = "Replace the value where it was issued if it was real, and keep it out of what the tests write."


def expecting(command: F) -> F:
    """Adds the options that say of which run a result has to be."""
    for option in (_MAX_AGE, _EXPECTED):
        command = option(command)
    return command


def load_expected(path: str, commit: str | None, max_age: str | None) -> Judged:
    """The same as `load_result`, if it is of that commit and not older. Raises ResultError, UsageError."""
    judged = load_result(path)
    check_expected(judged, commit, max_age)
    return judged


def load_result(path: str) -> Judged:
    """The scan that wrote `path` (`-` is standard input). Raises ResultError."""
    try:
        raw = _bytes_of(path)
    except OSError as exc:
        raise ResultError(
            f"the result file {path} cannot be read ({exc.strerror})",
            hint="name the file that `leakgate scan --report json=FILE` wrote",
        ) from exc
    return Judged(*read_result(raw))


def with_own_advice(judged: Judged) -> Judged:
    """The same findings with names, advice and references of this installation's rules.

    A result may come from a job that runs foreign code, as for a fork. What is shown where people trust the
    gate must not tell them to log in somewhere else.
    """
    own = {rule.id: rule for rule in all_rules()}
    rules = {rule.id: _advised(rule, own.get(rule.id)) for rule in judged.result.rules}
    findings = tuple(replace(found, rule=rules[found.rule.id]) for found in judged.result.findings)
    decisions = tuple(
        replace(decision, finding=finding)
        for decision, finding in zip(judged.verdict.decisions, findings, strict=True)
    )
    result = replace(judged.result, rules=tuple(rules.values()), findings=findings)
    return Judged(result, replace(judged.verdict, decisions=decisions))


def _advised(given: Rule, own: Rule | None) -> Rule:
    if own is None:
        return replace(given, remediation=_ADVICE, reference="", cwe="")
    return replace(
        given,
        name=own.name,
        remediation=own.remediation,
        reference=own.reference,
        cwe=own.cwe,
        provider=own.provider,
    )


def _bytes_of(path: str) -> bytes:
    """One byte beyond the limit is enough to see that it was passed. Raises OSError."""
    if path == "-":
        stream: IO[bytes] = sys.stdin.buffer
        return stream.read(MAX_BYTES + 1)
    with open(path, "rb") as file:  # noqa: PTH123 - a pipe is as good as a file
        return file.read(MAX_BYTES + 1)
