"""What changed between two results."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from leakgate.model.errors import UsageError
from leakgate.model.finding import Sighting
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Decision, Verdict
from leakgate.report.difference_texts import WRITERS
from leakgate.report.differences import Change, Comparison, compare
from tests.kit.results import decision, finding, location, result, verdict

HOSTILE = "a|b\x1b[31m\n::error::x`"


def _of(*decisions: Decision, key: str | None = "c0ffee") -> tuple[ScanResult, Verdict]:
    judged = verdict(*decisions)
    return replace(result(judged), key_check=key, ephemeral_key=key is None), judged


def _compared(old: list[Decision], new: list[Decision]) -> Comparison:
    return compare(_of(*old), _of(*new))


def _at(path: str, action: Action = Action.BLOCK, clause: str = "c", *, value: str = "lg1:1") -> Decision:
    found = finding(Sighting(location(path)), fingerprint=value)
    return decision(action, found, clause=clause)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ([], [_at("a")], (Change.NEW,)),
        ([_at("a")], [], (Change.GONE,)),
        ([_at("a")], [_at("b")], (Change.MOVED,)),
        ([_at("a")], [_at("a"), _at("b")], (Change.MOVED,)),
        ([_at("a")], [_at("a", Action.WARN)], (Change.DECISION,)),
        ([_at("a")], [_at("a", clause="d")], (Change.DECISION,)),
        ([_at("a")], [_at("b", Action.WARN)], (Change.DECISION, Change.MOVED)),
    ],
    ids=["new", "gone", "moved", "also-there", "action", "clause", "both"],
)
def test_changes(old: list[Decision], new: list[Decision], changes: tuple[Change, ...]):
    """Each kind of change is told."""
    [difference] = _compared(old, new).differences

    assert changes == difference.changes


def test_nothing_changed():
    """A value that moved within its file is the same as before."""
    moved = replace(_at("a"), finding=finding(Sighting(location("a", line=99)), fingerprint="lg1:1"))

    compared = _compared([_at("a")], [moved])

    assert ((), 1) == (compared.differences, compared.same)


@pytest.mark.parametrize(
    ("old", "new", "worse"),
    [
        ([], [_at("a")], True),
        ([], [_at("a", Action.ALLOWED)], False),
        ([_at("a", Action.WARN)], [_at("a")], True),
        ([_at("a")], [_at("a", Action.WAIVED)], False),
        ([_at("a")], [], False),
    ],
)
def test_worse(old: list[Decision], new: list[Decision], worse: bool):
    """Worse is what is new and not let through, or decided more strictly."""
    assert worse is _compared(old, new).is_worse


@pytest.mark.parametrize(("one", "other"), [(None, "k"), ("k", None), (None, None), ("k", "l")])
def test_keys(one: str | None, other: str | None):
    """Fingerprints of different keys, or of none, are never compared."""
    with pytest.raises(UsageError):
        compare(_of(_at("a"), key=one), _of(_at("a"), key=other))


@pytest.mark.parametrize("name", WRITERS)
def test_hostile_names(name: str):
    """A file name cannot command a runner, end a row or colour a terminal."""
    out = io.StringIO()

    WRITERS[name](_compared([], [_at(HOSTILE)]), out)

    assert "\x1b" not in out.getvalue()
    assert not any(line.lstrip().startswith("::") for line in out.getvalue().splitlines())


def test_json():
    """Programs get counts, and both sides of each change."""
    out = io.StringIO()

    WRITERS["json"](_compared([_at("a")], [_at("a", Action.WARN)]), out)
    document = json.loads(out.getvalue())

    assert ("leakgate.diff/1", 1) == (document["schema"], document["counts"]["decision"])
    assert ["block", "warn"] == [document["findings"][0][side]["action"] for side in ("old", "new")]
