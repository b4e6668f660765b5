"""Whatever a name, a title or a line of a log holds, no report says it in a way that anything obeys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from leakgate.report.registry import REPORTERS
from tests.unit.report.hostile import HOSTILE, NASTY, everywhere, rendered

EVERY_REPORT = pytest.mark.parametrize("name", REPORTERS)

# What nobody sees, or what changes how the rest is seen: controls, bidi, zero width, tags.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
COMMAND = re.compile(r"^\s*::\S|##(\[|vso\[|teamcity\[)", re.MULTILINE | re.IGNORECASE)
# The report that is made of commands: these, one on each line, and no other.
MEANT = re.compile(r"^::(error|warning|notice|debug)\b", re.MULTILINE)
HUGE = 5_000_000


def written(name: str, text: str) -> str:
    return rendered(REPORTERS[name](), everywhere(text))


@EVERY_REPORT
@settings(max_examples=40)
@given(text=HOSTILE)
def test_what_cannot_be_seen_is_not_written(name, text):
    """No report holds a control, bidi or zero-width character, or half of one."""
    out = written(name, text)

    assert None is UNSEEN.search(out)
    assert out.encode("utf-8")


@EVERY_REPORT
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_runner_finds_a_command(name, text):
    """A report that is printed to the log of a CI server does nothing there."""
    out = written(name, text)

    assert None is COMMAND.search(MEANT.sub("told", out) if name == "github-annotations" else out)


@EVERY_REPORT
def test_a_title_of_five_megabytes_is_cut(name):
    """It does not make a report of five megabytes, and the report says that something is missing."""
    out = written(name, "A" * HUGE)

    assert len(out) < HUGE // 2
    assert "characters cut" in out or "A" * 40 not in out
