"""
One finding on the console: in full, or in one line.

Every piece that comes from scanned input goes through `for_terminal` here.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.finding import Finding, Location
from leakgate.model.records import dataclass
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Decision
from leakgate.report import phrases
from leakgate.report.paint import Paint, Style
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, for_terminal


@dataclass(frozen=True, slots=True)
class EntryWriter:
    """`every_place` shows all known places and tests of a finding instead of the first."""

    paint: Paint
    every_place: bool

    def full(self, decision: Decision) -> Iterator[str]:
        """What, where, which test, why and how to fix: the lines of one finding."""
        finding = decision.finding
        severity = finding.rule.severity
        word = self.paint.severity(severity, severity.value.upper())
        yield f"  {word}  {self.paint.style(Style.BOLD, _name(finding.rule.name))}  {_name(finding.masked)}"
        yield from self._labelled("at", self._places(finding))
        yield from self._labelled("test", self._tests(finding))
        yield from self._labelled("from", self._emitters(finding))
        why = f"{finding.because} ({finding.confidence.value} confidence); blocked by {decision.clause}"
        yield from self.paint.paragraph_field("why", for_terminal(why))
        if finding.rule.remediation:
            yield from self.paint.paragraph_field("fix", for_terminal(finding.rule.remediation))
        if self.every_place:
            yield from self.paint.paragraph_field("data", phrases.data_class(finding.rule))
        yield self.paint.field("id", self.paint.style(Style.DIM, _name(finding.fingerprint)))

    def line(self, decision: Decision) -> str:
        """One finding in one line, the place first."""
        finding = decision.finding
        severity = self.paint.severity(finding.rule.severity, finding.rule.severity.value.ljust(8))
        times = f" x{finding.occurrences:,}" if finding.occurrences > 1 else ""
        fake = f": {finding.synthetic}" if finding.synthetic and not decision.waiver else ""
        clause = self.paint.style(Style.DIM, f"[{_name(decision.waiver or decision.clause + fake)}]")
        what = f"{_name(finding.rule.name)} {_name(finding.masked)}{times}"
        return f"  {severity} {safe_place(finding.location)}  {what}  {clause}"

    def _labelled(self, label: str, values: list[str]) -> Iterator[str]:
        for number, value in enumerate(values):
            yield self.paint.field(label if number == 0 else "", value)

    def _places(self, finding: Finding) -> list[str]:
        shown = finding.sightings if self.every_place else finding.sightings[:1]
        lines = [safe_place(seen.location) + _inside(seen.location) for seen in shown]
        return _with_rest(lines, finding.occurrences - len(shown), "more place", "more places")

    def _tests(self, finding: Finding) -> list[str]:
        tests = list(dict.fromkeys(seen.test for seen in finding.sightings if seen.test is not None))
        shown = tests if self.every_place else tests[:1]
        return _with_rest([_test(test) for test in shown], len(tests) - len(shown), "more test", "more tests")

    def _emitters(self, finding: Finding) -> list[str]:
        known = [seen.emitter for seen in finding.sightings if seen.emitter is not None]
        written = list(dict.fromkeys(known))
        shown = written if self.every_place else written[:1]
        lines = [f"{phrases.emitted(by)} {for_terminal(phrases.written_by(by), PATH_LIMIT)}" for by in shown]
        return _with_rest(lines, len(written) - len(shown), "more", "more")


def safe_place(location: Location) -> str:
    """`path!/member:line:column`, as terminals and editors make it clickable."""
    path = phrases.artifact_path(location.path, location.members)
    return for_terminal(path, PATH_LIMIT) + phrases.position(location)


def _with_rest(lines: list[str], more: int, one: str, many: str) -> list[str]:
    if lines and more > 0:
        lines[-1] += f"  (and {phrases.plural(more, one, many)})"
    return lines


def _inside(location: Location) -> str:
    parts = [f"in {_name(location.pointer)}"] if location.pointer else []
    if location.decoded:
        parts.append(f"decoded from {' in '.join(_name(name) for name in reversed(location.decoded))}")
    return f"  ({', '.join(parts)})" if parts else ""


def _test(test: TestRef) -> str:
    source = phrases.source_of_test(test)
    return _name(test.id) + (f"  ({_name(source)})" if source else "")


def _name(text: str) -> str:
    return for_terminal(text, NAME_LIMIT)
