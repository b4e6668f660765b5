"""Files that reports name as a test's own."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leakgate.findings.attachments import Claim, claims, settled
from leakgate.model.artifact import Artifact
from leakgate.model.finding import Finding
from leakgate.model.segment import RawText, Segment, SegmentKind, TestRef
from leakgate.unpack.formats.json_around import JsonAround
from tests.kit import results as kit

PAYS = TestRef("tests.a::pays")


def report(text: str, path: str = "out/report.xml", *members: str) -> Segment:
    raw = RawText(Artifact(path, members), text.encode(), "utf-8", around=JsonAround(text.encode()))
    return Segment(raw, raw.raw, SegmentKind.LOG)


def said(segment: Segment) -> list[tuple[str | None, str]]:
    return [(claim.name, claim.test.id) for claim in claims(segment)]


def found(path: str, *members: str, test: TestRef | None = None) -> Finding:
    return kit.finding(kit.Sighting(kit.location(path, *members), test))


def test_junit_attachments_belong_to_their_case() -> None:
    """As GitLab, Jenkins and Playwright write them; outside of a case they are nobody's."""
    text = (
        '<testsuite>\n<testcase classname="tests.a" name="pays">\n'
        "<system-out>[[ATTACHMENT|../results/trace.zip]]</system-out>\n</testcase>\n"
        "<system-out>[[ATTACHMENT|other.zip]]</system-out>\n</testsuite>"
    )

    assert [("../results/trace.zip", "tests.a::pays")] == said(report(text))


def test_allure_attachments_belong_to_their_result() -> None:
    """Also those of its steps."""
    text = json.dumps(
        {
            "uuid": "1",
            "fullName": "tests.a.pays",
            "historyId": "2",
            "attachments": [{"name": "log", "source": "1-attachment.txt"}],
            "steps": [{"name": "opens", "attachments": [{"name": "page", "source": "2-attachment.html"}]}],
            "parameters": [{"name": "path", "path": "x"}],
        }
    )

    assert [("1-attachment.txt", "tests.a.pays"), ("2-attachment.html", "tests.a.pays")] == said(report(text))


def test_playwright_attachments_belong_to_their_spec() -> None:
    """With the paths of the machine that ran it."""
    tests = [{"results": [{"attachments": [{"name": "trace", "path": "/w/test-results/a/trace.zip"}]}]}]
    text = json.dumps({"suites": [{"title": "a.spec.ts", "specs": [{"title": "pays", "tests": tests}]}]})

    assert [("/w/test-results/a/trace.zip", "a.spec.ts > pays")] == said(report(text))


def test_a_trace_claims_its_archive() -> None:
    """The first line of a trace names the test that all of its archive is of."""
    text = json.dumps({"type": "context-options", "title": "a.spec.ts:3 › pays"}) + "\n"

    assert [(None, "a.spec.ts:3 › pays")] == said(report(text, "trace.zip", "0-trace.trace"))
    assert not said(report(text, "0-trace.trace"))


def test_other_texts_claim_nothing() -> None:
    """Neither logs nor other JSON."""
    assert not said(report("POST [[ATTACHMENT|x.zip]]\n"))
    assert not said(report(json.dumps({"attachments": [{"path": "x.zip"}]})))


@pytest.mark.parametrize(
    ("name", "path", "members"),
    [
        ("results/trace.zip", "out/results/trace.zip", ("trace.network",)),
        ("../results/trace.zip", "out/results/trace.zip", ()),
        ("/home/runner/work/results/trace.zip", "dl/results/trace.zip", ()),
        ("C:\\w\\results\\trace.zip", "dl/results/trace.zip", ()),
        ("1-attachment.txt", "out/1-attachment.txt", ()),
        ("trace.zip", "out/trace.zip", ("0-trace.trace",)),
    ],
)
def test_a_claimed_file_gets_its_test(name: str, path: str, members: tuple[str, ...]) -> None:
    """By a path relative to the report, or by its last folder and name."""
    [seen] = settled([found(path, *members)], [Claim("out/report.xml", (), name, PAYS)])

    assert PAYS == seen.test


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("trace.zip", "other/trace.zip"),
        ("a/trace.zip", "out/b/trace.zip"),
        ("..", "out/report.xml"),
        ("", "out"),
    ],
)
def test_other_files_get_none(name: str, path: str) -> None:
    """A bare name in another folder, or another folder, is another file."""
    [seen] = settled([found(path)], [Claim("out/report.xml", (), name, PAYS)])

    assert seen.test is None


def test_a_file_of_two_tests_is_of_none() -> None:
    """A shared log says nothing of who leaked."""
    both = [Claim("out/r.xml", (), "a/log.txt", test) for test in (PAYS, replace(PAYS, id="other"))]

    [seen] = settled([found("out/a/log.txt")], both)

    assert seen.test is None


def test_what_a_place_says_itself_goes_first() -> None:
    """An attachment that names its own test keeps it."""
    own = TestRef("own")

    [seen] = settled([found("out/a/log.txt", test=own)], [Claim("out/r.xml", (), "a/log.txt", PAYS)])

    assert own == seen.test


def test_all_of_an_archive_is_of_its_trace() -> None:
    """Members beside the trace and archives in them, not the archive next to it."""
    seen = settled(
        [found("t.zip", "x.network"), found("t.zip", "r.zip", "a"), found("u.zip", "x.network")],
        [Claim("t.zip", ("0-trace.trace",), None, PAYS)],
    )

    assert [PAYS, PAYS, None] == [one.test for one in seen]
