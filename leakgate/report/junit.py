"""
The JUnit XML report: a test case for each test that leaked, for each family of rules, and for coverage.

For the "tests" tab of Jenkins, GitLab, Azure and others: a test that leaked fails there under its own class
and name, what no test is known for under its artifact; a family passes when nothing of it blocks.
Shaped for the Jenkins xUnit schema (junit-10.xsd). Never carries a timestamp or a host name: the same
scan gives the same file but for its duration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

from leakgate.model.finding import Finding, Location
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Outcome, Verdict
from leakgate.report import phrases
from leakgate.report.arrangement import Family, decisions_of, families, gap_groups
from leakgate.report.junit_leaks import leaks
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, for_xml
from leakgate.report.waiver_lines import STATES, listed, waiver_line

if TYPE_CHECKING:
    from junit_xml import TestCase

# Test tabs load the whole file into memory, some into a browser.
_ENTRIES = 200
_LEAKS = 2_000


class JUnitReporter:
    """One document with one suite, `leakgate`."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        from junit_xml import TestSuite

        cases = [_family_case(family) for family in families(result, verdict)]
        cases += _leak_cases(decisions_of(verdict, Action.BLOCK))
        cases += _waiver_case(verdict)
        cases.append(_coverage_case(result, verdict, cases))
        suite = TestSuite("leakgate", cases, properties=_properties(result, verdict))
        out.write(_document(suite.build_xml_doc(), result.timing.seconds))


def _family_case(family: Family) -> TestCase:
    from junit_xml import TestCase

    category = family.category.value
    case = TestCase(
        for_xml(f"{family.name}: no {phrases.NOUNS[family.category]} in the artifacts", NAME_LIMIT),
        classname=for_xml(f"leakgate.{category}.{family.name}", NAME_LIMIT),
    )
    blocking = [one for one in family.decisions if one.action is Action.BLOCK]
    if blocking:
        told = phrases.plural(len(blocking), "finding blocks", "findings block")
        case.add_skipped_info(f"{told}: see the cases that fail, by test or artifact")
    others = [one for one in family.decisions if one.action is not Action.BLOCK]
    if others:
        case.stdout = _entries(others)
    return case


def _leak_cases(blocking: Sequence[Decision]) -> Iterator[TestCase]:
    """A test of the run under its own name; what no test is known for under its artifact and rule."""
    from junit_xml import TestCase

    found = leaks(blocking)
    for leak in found[:_LEAKS]:
        case = TestCase(for_xml(leak.name, NAME_LIMIT), classname=for_xml(leak.classname, PATH_LIMIT))
        told = _failure_message(leak.decisions), _entries(leak.decisions)
        case.add_failure_info(*told, failure_type="leakgate.blocked")
        yield case
    if len(found) > _LEAKS:
        case = TestCase(f"{len(found) - _LEAKS:,} more", classname="leakgate.leaks")
        case.add_failure_info("more tests and artifacts leak, see the JSON report", "", "leakgate.blocked")
        yield case


def _failure_message(blocking: Sequence[Decision]) -> str:
    first = blocking[0].finding
    what = f"{for_xml(first.rule.name, NAME_LIMIT)} {for_xml(first.masked, NAME_LIMIT)}"
    more = f" and {len(blocking) - 1:,} more" if len(blocking) > 1 else ""
    return f"{what} in {_place(first.location)}{more}"


def _entries(decisions: Sequence[Decision]) -> str:
    shown = "\n\n".join(_entry(decision) for decision in decisions[:_ENTRIES])
    more = len(decisions) - _ENTRIES
    return shown + (f"\n\n... and {more:,} more, see the JSON report" if more > 0 else "")


def _entry(decision: Decision) -> str:
    finding = decision.finding
    clause = f"waiver {decision.waiver}, {decision.clause}" if decision.waiver else decision.clause
    lines = [
        f"{decision.action.value}: {finding.rule.severity.value} {finding.rule.name} {finding.masked}",
        *(f"  {place}" for place in _places(finding)),
        f"  why: {finding.because} ({finding.confidence.value} confidence)",
        f"  decided by: {clause}",
        f"  data: {phrases.data_class(finding.rule)}",
    ]
    if finding.synthetic:
        lines.append(f"  known fake: {finding.synthetic}")
    if finding.rule.remediation:
        lines.append(f"  fix: {finding.rule.remediation}")
    lines.append(f"  id: {finding.fingerprint}")
    # The limit is generous, as a place carries a path and a test; each part was cut before.
    return "\n".join(for_xml(line, 4 * PATH_LIMIT) for line in lines)


def _places(finding: Finding) -> list[str]:
    lines = []
    for sighting in finding.sightings:
        test = f" (test {for_xml(sighting.test.id, NAME_LIMIT)})" if sighting.test else ""
        by = sighting.emitter
        written = f", {phrases.emitted(by)} {for_xml(phrases.written_by(by), PATH_LIMIT)}" if by else ""
        lines.append(f"at {_place(sighting.location)}{test}{written}")
    more = finding.occurrences - len(lines)
    return [*lines, f"and {phrases.plural(more, 'more place', 'more places')}"] if more > 0 else lines


def _place(at: Location) -> str:
    return for_xml(phrases.artifact_path(at.path, at.members), PATH_LIMIT) + phrases.position(at)


def _waiver_case(verdict: Verdict) -> Iterator[TestCase]:
    """What waivers let through and no longer let through; it never fails, as findings that block do."""
    from junit_xml import TestCase

    uses = listed(verdict)
    if uses:
        case = TestCase("waivers: what they speak of", classname="leakgate.waivers")
        lines = [f"{STATES[use.state]}: {waiver_line(use)}" for use in uses[:_ENTRIES]]
        case.stdout = "\n".join(for_xml(line, 4 * PATH_LIMIT) for line in lines)
        yield case


def _coverage_case(result: ScanResult, verdict: Verdict, others: list[TestCase]) -> TestCase:
    from junit_xml import TestCase

    case = TestCase("coverage: everything in scope was scanned", classname="leakgate.coverage")
    body = "\n".join(_gap_lines(verdict))
    actions = {decision.action for decision in verdict.gaps}
    if GapAction.BLOCK in actions:
        case.add_failure_info(_gap_message(verdict, GapAction.BLOCK), body, failure_type="leakgate.blocked")
    elif GapAction.INCOMPLETE in actions:
        case.add_error_info(
            _gap_message(verdict, GapAction.INCOMPLETE), body, error_type="leakgate.incomplete"
        )
    elif verdict.outcome is not Outcome.PASS and not any(one.is_failure() for one in others):
        # Fail closed: a verdict that is not a pass never makes a green file.
        case.add_error_info(_verdict_message(verdict), body, error_type=f"leakgate.{verdict.outcome.value}")
    told = case.is_failure() or case.is_error() or not body
    case.stdout = f"scanned {phrases.coverage(result.coverage)}" + ("" if told else f"\n{body}")
    return case


def _gap_message(verdict: Verdict, action: GapAction) -> str:
    chosen: list[GapDecision] = [one for one in verdict.gaps if one.action is action]
    first = chosen[0].gap
    more = f" and {len(chosen) - 1:,} more" if len(chosen) > 1 else ""
    return f"{phrases.GAP_WORDS[first.reason]}: {for_xml(phrases.gap_place(first), PATH_LIMIT)}{more}"


def _verdict_message(verdict: Verdict) -> str:
    reasons = " ".join(for_xml(reason) for reason in verdict.reasons[:5])
    return f"{phrases.headline_word(verdict)}: {reasons}" if reasons else phrases.headline_word(verdict)


def _gap_lines(verdict: Verdict) -> list[str]:
    lines = []
    for group in gap_groups(verdict):
        lines.append(f"{group.action.value}: {phrases.GAP_WORDS[group.reason]} ({len(group.decisions):,})")
        for decision in group.decisions[:_ENTRIES]:
            gap = decision.gap
            lines.append(f"  {for_xml(phrases.gap_place(gap), PATH_LIMIT)}: {for_xml(gap.detail)}")
        if len(group.decisions) > _ENTRIES:
            lines.append(f"  ... and {len(group.decisions) - _ENTRIES:,} more, see the JSON report")
    return lines


def _properties(result: ScanResult, verdict: Verdict) -> dict[str, str]:
    properties = {
        "leakgate.version": result.tool_version,
        "leakgate.outcome": verdict.outcome.value,
        "leakgate.policy": result.policy.name,
        "leakgate.policy.digest": result.policy.digest,
        "leakgate.rules.digest": result.rules_digest,
    }
    if result.ephemeral_key:
        properties["leakgate.fingerprints"] = "ephemeral"
    return {name: for_xml(value, NAME_LIMIT) for name, value in properties.items()}


def _document(suite: ElementTree.Element, seconds: float) -> str:
    """The suite in its root; what the Jenkins schema does not know (`disabled`) is taken out."""
    suite.attrib.pop("disabled", None)
    suite.set("time", f"{seconds:.3f}")
    counts = {name: suite.get(name, "0") for name in ("tests", "failures", "errors")}
    root = ElementTree.Element("testsuites", {"name": "leakgate", **counts, "time": f"{seconds:.3f}"})
    root.append(suite)
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
