"""
Leaks as test cases: the test that leaked under its own class and name, anything else under its artifact.

Only says which case a finding fails and what it is called; never writes XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.model.records import dataclass
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Decision
from leakgate.report.phrases import artifact_path

_SEPARATORS = ("::", " > ", " › ")
_NO_CLASS = "leakgate.test"


@dataclass(frozen=True, slots=True)
class Leak:
    """A case that fails, by class and name, and what it leaked."""

    classname: str
    name: str
    decisions: tuple[Decision, ...]


def leaks(blocking: Sequence[Decision]) -> tuple[Leak, ...]:
    """Each finding under every test that wrote it, else under its artifact and rule; tests come first."""
    tests: dict[tuple[str, str], list[Decision]] = {}
    artifacts: dict[tuple[str, str], list[Decision]] = {}
    for decision in blocking:
        names = dict.fromkeys(map(names_of, _tests(decision)))
        for key in names:
            tests.setdefault(key, []).append(decision)
        if not names:
            at = decision.finding.location
            key = artifact_path(at.path, at.members), decision.finding.rule.name
            artifacts.setdefault(key, []).append(decision)
    return tuple(Leak(*key, tuple(group)) for key, group in (*tests.items(), *artifacts.items()))


def names_of(test: TestRef) -> tuple[str, str]:
    """Class and name as the runner's own JUnit report has them, so that services see one test."""
    if test.file and (titles := re.fullmatch(rf"{re.escape(test.file)}(?::\d+)* [>›] (.+)", test.id)):
        return test.file, titles[1].replace(" > ", " › ")
    plain, bracket, parameters = test.id.partition("[")
    for separator in _SEPARATORS:
        owner, found, name = plain.rpartition(separator)
        if found and owner and name:
            return _dotted(owner), name + bracket + parameters
    return _dotted(test.file) if test.file else _NO_CLASS, test.id


def _dotted(owner: str) -> str:
    """pytest's node id `tests/test_a.py::TestB` is the class `tests.test_a.TestB`."""
    hit = re.fullmatch(r"([^:]+)\.py(?:::(.+))?", owner)
    if hit is None:
        return owner
    module = hit[1].strip("./").replace("/", ".")
    return f"{module}.{hit[2].replace('::', '.')}" if hit[2] else module


def _tests(decision: Decision) -> Iterator[TestRef]:
    return (seen.test for seen in decision.finding.sightings if seen.test is not None)
