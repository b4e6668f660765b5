"""`leakgate explain`: what a finding or rule is about, what to do now, and how to prevent it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from leakgate import wiring
from leakgate.cli.policy_explain import matching
from leakgate.cli.results import load_result
from leakgate.model.detection import Rule
from leakgate.model.errors import UsageError
from leakgate.model.expressions import expression
from leakgate.model.finding import Finding
from leakgate.model.verdict import Decision
from leakgate.policy.carriers import carriers_of
from leakgate.report import phrases
from leakgate.report.advice import Framework, advice_for, frameworks, frameworks_of
from leakgate.report.console_entry import safe_place
from leakgate.report.text_safety import for_terminal

_FINGERPRINT = expression(r"lg1:[0-9a-f]{1,32}|[0-9a-f]{8,32}")
_MOST = 5  # findings of one rule that are shown
_WIDTH = 100
_NAMES = [one.id for one in frameworks()]


@click.command("explain")
@click.argument("what", metavar="FINGERPRINT|RULE")
@click.option(
    "--result", metavar="RESULT.json", help="The JSON report that the finding is in; - is standard input."
)
@click.option(
    "--framework",
    "named",
    multiple=True,
    type=click.Choice(_NAMES),
    help="Show how to mask there, whatever the finding tells; repeatable.",
)
def command(what: str, result: str | None, named: tuple[str, ...]) -> int:
    """Say what a finding is, why it fired, how to revoke and rotate it, and how to prevent the next one.

    For a FINGERPRINT, --result says where it was found, and the places tell which frameworks wrote it. A RULE
    is one of `leakgate rules list`.
    """
    found = _found(what, result)
    rule = found[0].finding.rule if found else _rule(what)
    chosen = _chosen(named, [one.finding for one in found])
    click.echo("\n".join([*_about(rule), *_why(found), *_now(rule), *_prevention(chosen)]))
    return 0


def _found(what: str, result: str | None) -> Sequence[Decision]:
    """The findings that are meant; none where a rule is meant and no result was given."""
    is_fingerprint = _FINGERPRINT.fullmatch(what) is not None
    if result is None:
        if is_fingerprint:
            raise UsageError(
                "a fingerprint alone says nothing", hint="add --result RESULT.json, the report that it is in"
            )
        return ()
    decisions = load_result(result).verdict.decisions
    if is_fingerprint:
        return matching(decisions, what)
    return [one for one in decisions if one.finding.rule.id == what]


def _rule(name: str) -> Rule:
    known = {rule.id: rule for rule in wiring.all_rules()}
    if name not in known:
        raise UsageError(
            f"no rule {for_terminal(name, 80)!a}",
            hint="`leakgate rules list` names them all; a fingerprint begins with lg1:",
        )
    return known[name]


def _chosen(named: Sequence[str], findings: Sequence[Finding]) -> tuple[Framework, ...]:
    if named:
        return tuple(one for one in frameworks() if one.id in named)
    told = {one.id for finding in findings for one in frameworks_of(finding, _carriers(finding))}
    return tuple(one for one in frameworks() if one.id in told or one.told_by.get("always"))


def _carriers(finding: Finding) -> frozenset[str]:
    return frozenset(word for seen in finding.sightings for word in carriers_of(seen.location))


def _about(rule: Rule) -> Iterator[str]:
    provider = f", issued by {rule.provider}" if rule.provider else ""
    yield f"{for_terminal(rule.name)} ({for_terminal(rule.id)}{for_terminal(provider)})"
    yield from _paragraph(advice_for(rule).what)
    yield f"  {rule.category.value}, severity {rule.severity.value}; {phrases.data_class(rule)}"


def _why(found: Sequence[Decision]) -> Iterator[str]:
    if found:
        yield "\nWhy it fired"
    for decision in found[:_MOST]:
        finding = decision.finding
        yield f"  {for_terminal(finding.masked)}  {for_terminal(finding.fingerprint)}"
        yield f"    at {safe_place(finding.location)}"
        if finding.test is not None:
            yield f"    written by the test {for_terminal(finding.test.id)}"
        if finding.emitter is not None:
            yield f"    from {for_terminal(phrases.written_by(finding.emitter))}"
        yield f"    because {for_terminal(finding.because)} ({finding.confidence.value} confidence)"
        if finding.synthetic is not None:
            yield f"    known to be fake: {for_terminal(finding.synthetic)}"
        yield f"    decided: {decision.action.value} by {for_terminal(decision.waiver or decision.clause)}"
    if len(found) > _MOST:
        yield f"  and {len(found) - _MOST} more"


def _now(rule: Rule) -> Iterator[str]:
    yield "\nWhat to do now"
    steps = advice_for(rule).steps
    own = (for_terminal(rule.remediation, 1000),) if rule.remediation else ()
    for number, step in enumerate((*own, *steps), 1):
        yield from _paragraph(step, f"  {number}. ")
    if rule.reference:
        yield f"  See {for_terminal(rule.reference)}"


def _prevention(chosen: Sequence[Framework]) -> Iterator[str]:
    yield "\nHow to prevent it at the source"
    for one in chosen:
        yield f"\n  {one.title}"
        yield from _paragraph(one.about, "    ")
        yield from textwrap.indent(one.code, "      ").splitlines()
        if one.more:
            yield from _paragraph(one.more, "    ")
    others = ", ".join(name for name in _NAMES if name not in {one.id for one in chosen})
    if others:
        yield ""
        yield from _paragraph(f"Also with --framework: {others}.")


def _paragraph(text: str, lead: str = "  ") -> Iterator[str]:
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False
    )
