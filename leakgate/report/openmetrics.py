"""
The OpenMetrics report: what a run found, let through and missed, as numbers to be charted over time.

Follows OpenMetrics 1.0. Labels hold words of rules and policies, never names from artifacts nor fingerprints:
the number of series stays small whatever was scanned. Carries no timestamp; whoever collects it knows when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import IO

from leakgate.model.acceptance import WaiverState
from leakgate.model.data_class import data_class_of
from leakgate.model.records import dataclass
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, GapAction, Outcome, Verdict
from leakgate.report.text_safety import NAME_LIMIT, visible

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A metric: `samples` are labels and values; a suffix goes behind the name of each."""

    name: str
    kind: str
    help: str
    samples: tuple[tuple[Labels, float], ...]
    unit: str = ""
    suffix: str = ""


class OpenMetricsReporter:
    """One exposition, ended by `# EOF`."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        for family in families(result, verdict):
            out.writelines(f"{line}\n" for line in _lines(family))
        out.write("# EOF\n")


def families(result: ScanResult, verdict: Verdict) -> tuple[Family, ...]:
    """Every metric there is, also those without samples."""
    return (*_findings(verdict), *_coverage(result, verdict), *_accepted(verdict), *_run(result))


def _findings(verdict: Verdict) -> Iterator[Family]:
    outcomes = {outcome.value: outcome is verdict.outcome for outcome in Outcome}
    yield Family(
        "leakgate_verdict",
        "stateset",
        "Verdict of the run.",
        tuple(((("leakgate_verdict", word),), int(holds)) for word, holds in outcomes.items()),
    )
    yield _single("leakgate_exit_code", "Exit code of the run.", verdict.exit_code)
    yield Family(
        "leakgate_findings",
        "gauge",
        "Findings: a value of a rule in an artifact each.",
        _counted(_finding_labels(decision) for decision in verdict.decisions),
    )
    yield Family(
        "leakgate_decisions",
        "gauge",
        "Findings by what was decided; every decision, also where there is none of it.",
        tuple(((("action", action.value),), verdict.count(action)) for action in Action),
    )
    yield Family(
        "leakgate_occurrences",
        "gauge",
        "Places at which the findings stand.",
        _summed((_decided(one), one.finding.occurrences) for one in verdict.decisions),
    )


def _coverage(result: ScanResult, verdict: Verdict) -> Iterator[Family]:
    yield Family(
        "leakgate_gaps",
        "gauge",
        "What was in scope and not, or not fully, looked at.",
        _counted((("reason", one.gap.reason.value), ("action", one.action.value)) for one in verdict.gaps),
    )
    yield Family(
        "leakgate_gap_decisions",
        "gauge",
        "Gaps by what was decided; every decision, also where there is none of it.",
        tuple(
            ((("action", action.value),), sum(one.action is action for one in verdict.gaps))
            for action in GapAction
        ),
    )
    seen = result.coverage
    yield _single("leakgate_artifacts", "Artifacts that were scanned.", seen.artifacts)
    yield _single("leakgate_cached_artifacts", "Those that an earlier run scanned.", seen.from_cache)
    yield _single("leakgate_members", "Members of archives that were scanned.", seen.members)
    yield _single("leakgate_skipped", "What include and exclude left out.", seen.skipped)
    yield _single("leakgate_scanned_bytes", "Raw bytes that were scanned.", seen.bytes_scanned, "bytes")
    yield _single("leakgate_decoded_bytes", "Decoded bytes that were scanned.", seen.bytes_decoded, "bytes")


def _accepted(verdict: Verdict) -> Iterator[Family]:
    states = Counter(use.state for use in verdict.waivers)
    yield Family(
        "leakgate_waivers",
        "gauge",
        "Waivers of the waiver file by state.",
        tuple(((("state", state.value),), states[state]) for state in WaiverState),
    )
    yield Family(
        "leakgate_waived_findings",
        "gauge",
        "Findings that each waiver let through.",
        tuple(((("waiver", use.id),), use.waived) for use in verdict.waivers),
    )
    yield Family(
        "leakgate_waiver_end_timestamp_seconds",
        "gauge",
        "When each waiver ends, in Unix time.",
        tuple(((("waiver", use.id),), _end_of(use.expires)) for use in verdict.waivers),
        unit="seconds",
    )
    if verdict.baseline is not None:
        entries, seen = verdict.baseline.entries, verdict.baseline.seen
        yield _single("leakgate_baseline_entries", "Findings that the baseline holds.", entries)
        yield _single("leakgate_baseline_seen", "Different ones of them in this run.", seen)


def _run(result: ScanResult) -> Iterator[Family]:
    timing = result.timing
    yield _single("leakgate_duration_seconds", "Time of the whole run.", timing.seconds, "seconds")
    yield Family(
        "leakgate_stage_duration_seconds",
        "gauge",
        "Time by stage.",
        tuple(((("stage", stage),), seconds) for stage, seconds in timing.stages.items()),
        unit="seconds",
    )
    labels = (
        ("version", result.tool_version),
        ("policy", result.policy.name),
        ("policy_digest", result.policy.digest),
        ("rules_digest", result.rules_digest),
    )
    yield Family("leakgate_run", "info", "What judged the run.", ((labels, 1),), suffix="_info")


def _finding_labels(decision: Decision) -> Labels:
    rule = decision.finding.rule
    return (
        ("category", rule.category.value),
        ("data_class", data_class_of(rule).data_class.value),
        ("entity", rule.entity),
        ("severity", rule.severity.value),
        *_decided(decision),
    )


def _decided(decision: Decision) -> Labels:
    return (("action", decision.action.value), ("known", "true" if decision.known else "false"))


def _counted(all_labels: Iterable[Labels]) -> tuple[tuple[Labels, float], ...]:
    return tuple(sorted(Counter(all_labels).items()))


def _summed(numbers: Iterable[tuple[Labels, int]]) -> tuple[tuple[Labels, float], ...]:
    sums: Counter[Labels] = Counter()
    for labels, number in numbers:
        sums[labels] += number
    return tuple(sorted(sums.items()))


def _single(name: str, help_text: str, value: float, unit: str = "") -> Family:
    return Family(name, "gauge", help_text, (((), value),), unit)


def _end_of(day: date) -> float:
    """The first second on which a waiver with that last day holds no more (UTC)."""
    return (datetime.combine(day, time(), UTC) + timedelta(days=1)).timestamp()


def _lines(family: Family) -> Iterator[str]:
    yield f"# TYPE {family.name} {family.kind}"
    if family.unit:
        yield f"# UNIT {family.name} {family.unit}"
    yield f"# HELP {family.name} {family.help}"
    for labels, value in family.samples:
        yield f"{family.name}{family.suffix}{written(dict(labels))} {number(value)}"


def written(labels: Mapping[str, str]) -> str:
    """In braces; nothing where there are none."""
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items()) + "}"


def _escaped(text: str) -> str:
    """One visible line; backslash and quote as the format wants them."""
    return visible(text, NAME_LIMIT).replace("\\", "\\\\").replace('"', '\\"')


def number(value: float) -> str:
    """Without an exponent or trailing zeros."""
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")
