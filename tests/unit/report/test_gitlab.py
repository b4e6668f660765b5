"""GitLab's reports have the shape that GitLab reads, whatever the findings hold."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from hypothesis import given

from leakgate.model.finding import Sighting
from leakgate.model.verdict import Action, GapAction
from leakgate.report.gitlab_code_quality import GitlabCodeQualityReporter
from leakgate.report.gitlab_secret_detection import GitlabSecretDetectionReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def secrets_of(judged):
    return json.loads(rendered(GitlabSecretDetectionReporter(WHEN), judged))


def quality_of(judged):
    return json.loads(rendered(GitlabCodeQualityReporter(), judged))


def check_secrets(document):
    """The constraints of schema 15.2.1 that we could break; source: GitLab's security report schemas."""
    time = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}"
    scan = document["scan"]
    assert ("15.2.1", "secret_detection") == (document["version"], scan["type"])
    assert re.fullmatch(time, scan["start_time"])
    assert re.fullmatch(time, scan["end_time"])
    assert scan["status"] in ("success", "failure")
    assert all(
        message["level"] in ("info", "warn", "fatal") and message["value"] for message in scan["messages"]
    )
    for entry in document["vulnerabilities"]:
        assert entry["id"]
        assert len(entry["name"]) <= 255
        assert len(entry["description"]) <= 1_048_576
        assert len(entry["solution"]) <= 7000
        assert entry["severity"] in ("Info", "Unknown", "Low", "Medium", "High", "Critical")
        assert entry["identifiers"]
        assert all(one["type"] and one["name"] and one["value"] for one in entry["identifiers"])
        assert entry["location"]["commit"]["sha"]
        assert entry["location"]["file"]


def check_quality(entries):
    """What GitLab demands of an entry; source: its documentation of Code Quality."""
    for entry in entries:
        assert entry["description"]
        assert entry["check_name"]
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert re.match(r"(?!\./|/).", entry["location"]["path"])
        assert entry["location"]["lines"]["begin"] >= 1


@given(HOSTILE)
def test_hostile_text_keeps_the_shape(text):
    judged = everywhere(text)

    check_secrets(secrets_of(judged))
    check_quality(quality_of(judged))


def test_only_what_blocks_or_warns_is_told():
    decisions = [kit.decision(action) for action in Action]

    assert 2 == len(secrets_of(kit.verdict(*decisions))["vulnerabilities"])
    assert 2 == len(quality_of(kit.verdict(*decisions)))


def test_the_times_of_the_scan():
    """It ended now and began as long before as it took."""
    scan = secrets_of(kit.verdict())["scan"]

    assert "2026-01-02T03:04:05" == scan["end_time"]
    assert scan["start_time"] <= scan["end_time"]


def test_a_gap_is_told_in_both():
    judged = kit.verdict(kit.gap_decision(GapAction.BLOCK))

    assert "fatal" == secrets_of(judged)["scan"]["messages"][0]["level"]
    assert "critical" == quality_of(judged)[0]["severity"]


def test_entries_of_different_artifacts_differ():
    """One value in two files is two entries to GitLab."""
    two = [
        kit.decision(Action.BLOCK, kit.finding(Sighting(kit.location(path)))) for path in ("a.log", "b.log")
    ]

    assert 2 == len({entry["fingerprint"] for entry in quality_of(kit.verdict(*two))})
