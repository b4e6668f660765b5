"""
What the HTML report can be filtered by, numbered: no scanned text has to be compared in a script.

Numbers depend on the order of the findings alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from leakgate.model.finding import Finding
from leakgate.model.records import dataclass
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Action, Decision
from leakgate.report.junit_leaks import names_of
from leakgate.report.phrases import artifact_path

NO_TEST = "none"


@dataclass(frozen=True, slots=True)
class Index:
    """Artifacts, entities and tests of the findings shown, each with its number."""

    artifacts: dict[str, int]
    entities: dict[str, int]
    tests: dict[str, int]

    @classmethod
    def of(cls, decisions: Sequence[Decision]) -> Index:
        findings = [decision.finding for decision in decisions]
        return cls(
            _numbered(artifact_of(finding) for finding in findings),
            _numbered(finding.rule.entity for finding in findings),
            _numbered(title_of(test) for finding in findings for test in tests_of(finding)),
        )

    def tests_attribute(self, finding: Finding) -> str:
        """Numbers of the tests that wrote it, separated by blanks."""
        numbers = [str(self.tests[title_of(test)]) for test in tests_of(finding)]
        return " ".join(numbers) if numbers else NO_TEST


def artifact_of(finding: Finding) -> str:
    return artifact_path(finding.location.path, finding.location.members)


def tests_of(finding: Finding) -> tuple[TestRef, ...]:
    """The tests that are known to have written it, each once however a runner spells it."""
    known = {title_of(seen.test): seen.test for seen in finding.sightings if seen.test is not None}
    return tuple(known.values())


def title_of(test: TestRef) -> str:
    """One name for a test: a console log and a JUnit report of the same run spell it differently."""
    owner, name = names_of(test)
    return test.id if name == test.id else f"{owner}::{name}"


def leaking_tests(decisions: Iterable[Decision]) -> tuple[tuple[str, int, int], ...]:
    """Tests with their blocking findings and warnings, the worst first."""
    counts: dict[str, Counter[Action]] = {}
    for decision in decisions:
        for test in tests_of(decision.finding):
            counts.setdefault(title_of(test), Counter())[decision.action] += 1
    told = ((test, count[Action.BLOCK], count[Action.WARN]) for test, count in counts.items())
    leaking = (entry for entry in told if entry[1] or entry[2])
    return tuple(sorted(leaking, key=lambda entry: (-entry[1], -entry[2], entry[0])))


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
