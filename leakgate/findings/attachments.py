"""
Files that a test left, as its report names them: attachments of JUnit, Allure and Playwright, and traces.

Gives a test to findings that have none. Never to a file that several tests claim, and never by a bare name
in another folder. Reads reports only; whether a claimed file exists is seen by its findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from leakgate.findings.attribution import Attribution
from leakgate.model.expressions import expression
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.records import dataclass
from leakgate.model.segment import Segment, SegmentKind, TestRef

_MOST = 20_000
_LONGEST = 600
# GitLab, Jenkins and Playwright's JUnit reporter.
_JUNIT = expression(rb"\[\[ATTACHMENT\|(?P<name>[^\]\n]{1,600})\]\]")
_JSON = expression(rb'"(?:path|source)"\s*:\s*"(?P<name>(?:[^"\\\n]|\\.){1,600})"')
_HEAD = 4096
_TRACE = b'"context-options"'  # the first event of a trace of Playwright


@dataclass(frozen=True, slots=True)
class Claim:
    """What lies at `name` was written by `test`; None for all that lies in the archive of the report."""

    path: str
    members: tuple[str, ...]
    name: str | None
    test: TestRef


def claims(segment: Segment) -> Iterator[Claim]:
    """What a report says of files; nothing for any other text."""
    text = segment.text
    if segment.kind is not SegmentKind.LOG or segment.decoded or text.encoding is None:
        return
    artifact = segment.artifact
    found = {Claim(artifact.path, artifact.members, name, test): None for name, test in _named(segment)}
    yield from found


def asks_for_archive(raw: bytes) -> bool:
    """Whether what `claims` finds in a text may depend on whether the text lies in an archive."""
    return _TRACE in raw


def settled(findings: Sequence[Finding], claimed: Iterable[Claim]) -> tuple[Finding, ...]:
    """The findings, with the test of each place that exactly one test claims and no test is known for."""
    by_name: dict[str, list[Claim]] = {}
    boxes: dict[tuple[str, tuple[str, ...]], set[TestRef]] = {}
    for claim in claimed:
        if claim.name is None:
            boxes.setdefault((claim.path, claim.members[:-1]), set()).add(claim.test)
        elif parts := _parts(claim.name):
            by_name.setdefault(parts[-1], []).append(claim)
    if not by_name and not boxes:
        return tuple(findings)
    return tuple(_settled(finding, by_name, boxes) for finding in findings)


def _settled(
    finding: Finding,
    by_name: dict[str, list[Claim]],
    boxes: dict[tuple[str, tuple[str, ...]], set[TestRef]],
) -> Finding:
    at = finding.location
    tests = {
        test for depth in range(len(at.members)) for test in boxes.get((at.path, at.members[:depth]), ())
    }
    tests = tests or _claiming(at, by_name)
    if len(tests) != 1:
        return finding
    [test] = tests
    return replace(finding, sightings=tuple(_with(seen, test) for seen in finding.sightings))


def _with(sighting: Sighting, test: TestRef) -> Sighting:
    return sighting if sighting.test is not None else replace(sighting, test=test)


def _claiming(at: Location, by_name: dict[str, list[Claim]]) -> set[TestRef]:
    """Tests that claim the file, or an archive that it lies in, by whatever depth."""
    found: set[TestRef] = set()
    for depth in range(len(at.members), -1, -1):
        path = "/".join((at.path, *at.members[:depth]))
        for claim in by_name.get(PurePosixPath(path).name, ()):
            if _means(claim, path):
                found.add(claim.test)
    return found


def _means(claim: Claim, path: str) -> bool:
    """A name relative to the report, to its end the path itself, or from another machine with its folder."""
    named, parts = _parts(claim.name or ""), PurePosixPath(path).parts
    beside = PurePosixPath("/".join((claim.path, *claim.members))).parts[:-1]
    if (*beside, *named) == parts:
        return True
    common = 0
    for mine, theirs in zip(reversed(named), reversed(parts), strict=False):
        if mine != theirs:
            break
        common += 1
    return common >= 2


def _named(segment: Segment) -> Iterator[tuple[str | None, TestRef]]:
    """Names with their tests; None for a trace, which is all of its archive."""
    raw, around = segment.text.raw, segment.text.around
    if raw.find(b"[[ATTACHMENT|") >= 0:
        tests = Attribution(raw)
        for hit in islice(_JUNIT.finditer(raw), _MOST):
            if (test := tests.test(hit.start())) is not None:
                yield _text(hit["name"]), test
    if raw.find(_TRACE, 0, _HEAD) >= 0 and segment.artifact.members:
        test = around.at(raw.find(_TRACE) + 1).test
        if test is not None:
            yield None, test
    elif raw.find(b'"attachments"') >= 0:
        yield from _attached(segment)


def _attached(segment: Segment) -> Iterator[tuple[str, TestRef]]:
    for hit in islice(_JSON.finditer(segment.text.raw), _MOST):
        known = segment.text.around.at(hit.start("name"))
        if known.test is not None and known.pointer is not None and "/attachments/" in known.pointer:
            yield _text(hit["name"]).replace("\\/", "/").replace("\\\\", "/"), known.test


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name, behind the last `..`: where that leads is not known."""
    parts: list[str] = []
    for part in name.replace("\\", "/").split("/"):
        if part == "..":
            parts.clear()
        elif part not in ("", "."):
            parts.append(part)
    return tuple(parts)


def _text(raw: bytes) -> str:
    return raw[:_LONGEST].decode("utf-8", "replace").strip()
