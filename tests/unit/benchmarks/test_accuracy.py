"""The measures of accuracy: what counts as found, and how sure a share is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.accuracy.counting import Share
from benchmarks.accuracy.planted import score_planted
from benchmarks.accuracy.scanning import Judge, secrets_judge
from benchmarks.accuracy.snippets import score_snippets

_PASSWORD = "Vq8-kRtz" + "91.Lw"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return secrets_judge()


def test_bounds_are_wilsons() -> None:
    """50 of 50 is not certain: the lower bound is that of the published formula."""
    low, high = Share(50, 50).bounds

    assert (0.929, 1.0) == (round(low, 3), round(high, 3))


def test_examples_count_by_tool_and_label(tmp_path: Path, judge: Judge) -> None:
    """A positive that is raised is found; a negative that is not is none raised."""
    rows = [
        {"source": "a", "label": True, "text": f"password={_PASSWORD}", "secret": _PASSWORD},
        {"source": "b", "label": False, "text": "password=${DB_PASSWORD}", "secret": ""},
    ]
    path = tmp_path / "secrets.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    score = score_snippets(path, judge)

    assert (Share(1, 1), Share(0, 1), Share(1, 1)) == (score.found["a"], score.raised["b"], score.exact)
    assert {"template or variable": (0, 1)} == score.reasons


def test_planted_leaks_are_found_at_their_place(tmp_path: Path, judge: Judge) -> None:
    """The line and the columns of the leak decide; a decoy that is not raised is no error."""
    (tmp_path / "run.log").write_text(f"ok\npassword={_PASSWORD}\npassword=****\n", encoding="utf-8")
    leak = {"label": "positive", "cls": "secret", "type": "password", "line": 2, "col": 9, "end_col": 22}
    decoy = {"label": "decoy", "cls": "decoy", "type": "mask", "line": 3, "col": 9, "end_col": 13}
    labels = [{**label, "file": "run.log", "member": None} for label in (leak, decoy)]
    (tmp_path / "truth.jsonl").write_text(
        "".join(json.dumps(each) + "\n" for each in labels), encoding="utf-8"
    )

    score = score_planted(tmp_path, judge)

    assert (Share(1, 1), Share(0, 1)) == (score.found, score.decoys_raised)
    assert {"high": Share(1, 1)} == dict(score.confidence)
