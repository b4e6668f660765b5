"""The judge of the zoo: what counts as written, as found, as the right test and the right line."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.zoo import leaks, page
from benchmarks.zoo.__main__ import main
from benchmarks.zoo.presence import Run
from benchmarks.zoo.running import Places, Planted, make, read_truth
from benchmarks.zoo.scoring import _KEY, Judged, Score, compare, judge, read, score
from benchmarks.zoo.tool import Tool
from leakgate.findings.fingerprint import Key, keyed

_TOOL = Tool("sample", "Python", "unittest", "python3 -m unittest -v")
_VALUE = leaks.opaque(Random(3)).value
_SOURCE = (("test_checkout.py", 24),)


def _planted(test: str | None = "prints the receipt", value: str = _VALUE) -> Planted:
    return Planted("opaque-token", value, (), test, "standard output", "ZOO_STDOUT", _SOURCE)


def _finding(value: str = _VALUE, test: str | None = None, line: int | None = None) -> dict[str, Any]:
    place = {
        "path": "leaky/console.log",
        "members": ["a.zip"],
        "byte_start": 0,
        "byte_end": 4,
        "test": {"id": test} if test else None,
        "emitter": {"file": "tests/test_checkout.py", "line": line} if line else None,
    }
    print_ = keyed(Key.of(_KEY), "any-rule", value.encode())
    return {"fingerprint": print_, "rule": "any-rule", "locations": [place], "decision": {"action": "block"}}


def _home(tmp_path: Path, content: bytes) -> Path:
    (tmp_path / "leaky").mkdir(exist_ok=True)
    (tmp_path / "leaky" / "console.log").write_bytes(content)
    return tmp_path


def _compared(home: Path, *findings: dict[str, Any], planted: Planted | None = None) -> Score:
    result = Score(_TOOL)
    compare(result, findings, [planted or _planted()], home)
    return result


def test_a_finding_of_the_value_counts(tmp_path: Path) -> None:
    """The fingerprint of the planted value is the leak; that of another value is not."""
    home = _home(tmp_path, f"token={_VALUE}".encode())

    assert 1 == _compared(home, _finding()).found
    missed = _compared(home, _finding("another value"))
    assert (1, 0, ["opaque-token (standard output) in console.log"]) == (
        missed.written,
        missed.found,
        missed.missed,
    )


def test_a_finding_on_the_bytes_of_the_value_counts(tmp_path: Path) -> None:
    """Whatever its fingerprint is, a finding that lies on the value in a file has found it."""
    home = _home(tmp_path, f"token={_VALUE}".encode())
    finding = _finding("another value")
    finding["locations"][0] |= {"members": [], "byte_start": 6, "byte_end": 6 + len(_VALUE)}

    assert 1 == _compared(home, finding).found


def test_a_leak_is_to_be_found_in_each_file_that_holds_it(tmp_path: Path) -> None:
    """A leak that is found in one file and not in another is found, and missed in the other."""
    home = _home(tmp_path, f"token={_VALUE}".encode())
    (home / "leaky" / "report.html").write_text(_VALUE, encoding="utf-8")

    result = _compared(home, _finding())

    assert (1, 2, 1) == (result.found, result.files, result.seen)
    assert ["opaque-token (standard output) in report.html"] == result.missed


def test_what_a_tool_does_not_write_is_not_missed(tmp_path: Path) -> None:
    """A planted value that is nowhere in the run is planted, but not written."""
    result = _compared(_home(tmp_path, b"nothing"))

    assert (1, 0, []) == (result.planted, result.written, result.missed)


@pytest.mark.parametrize(
    ("named", "right", "wrong"),
    [
        ("tests/test_checkout.py::test_prints_the_receipt", 1, 0),
        ("shop.CheckoutTest#printsTheReceipt", 1, 0),
        ("tests/test_checkout.py::test_refuses_the_card", 0, 1),
        ("test_checkout.py", 0, 0),
        (None, 0, 0),
    ],
)
def test_the_test_that_wrote_it_is_right(tmp_path: Path, named: str | None, right: int, wrong: int) -> None:
    """Names are compared without case and signs; that of another test is wrong, none is neither."""
    result = _compared(_home(tmp_path, b""), _finding(test=named))

    assert (1, right, wrong) == (result.tested, result.right_test, result.wrong_test)


@pytest.mark.parametrize(("line", "right", "wrong"), [(24, 1, 0), (25, 0, 1), (None, 0, 0)])
def test_the_line_that_wrote_it_is_right(tmp_path: Path, line: int | None, right: int, wrong: int) -> None:
    """A finding that names another line of source is wrong, one that names none is neither."""
    result = _compared(_home(tmp_path, b""), _finding(line=line))

    assert (1, right, wrong) == (result.sourced, result.right_line, result.wrong_line)


def test_a_value_is_seen_in_an_archive_in_base64_in_a_page(tmp_path: Path) -> None:
    """What Playwright's report does to results hides nothing from the list of what was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "report.json", json.dumps({"text": f"{_VALUE} and more" * 20, "rest": list(range(99))})
        )
    page_ = b"<script>window.report='" + base64.b64encode(packed.getvalue()) + b"'</script>"

    run = Run(_home(tmp_path, page_) / "leaky")

    assert {"console.log"} == run.holding(_VALUE)
    assert set() == run.holding("another value")


def test_gaps_that_the_policy_lets_through_do_not_count() -> None:
    """Blocks, warnings and gaps are those of the verdict; what is allowed is none."""
    gaps = {"block": 0, "incomplete": 1, "warn": 2, "allowed": 4}
    findings = [{"decision": {"action": "allow"}}, _finding()]
    result = {"verdict": {"counts": {"block": 1, "warn": 0}, "gap_counts": gaps}, "findings": findings}

    assert Judged(1, (findings[1],), 1, 0, 3) == read(result, 1)


def test_a_suite_is_run_judged_and_compared(tmp_path: Path) -> None:
    """Both runs of a real suite are made, its leaks listed with test and line, and found in what it wrote."""
    places = Places(tmp_path)

    assert make(_TOOL, places) is None
    truth = read_truth(places.run("sample") / "truth.jsonl")
    result = score(_TOOL, places)

    assert {("test_checkout.py", 24)} == {
        at for leak in truth if leak.variable == "ZOO_STDOUT" for at in leak.source
    }
    assert result.clean == judge(places.run("sample"), "clean", places.work("sample", "clean"))
    assert result.planted == len(truth) >= result.written >= result.found > result.written // 2


def test_a_run_that_is_not_as_it_should_be_is_said(tmp_path: Path) -> None:
    """A clean run that fails is no clean run: the reason stands in place of figures."""
    tool = Tool("sample", "Python", "unittest", "echo no; exit 3")

    reason = make(tool, Places(tmp_path))

    assert reason == score(tool, Places(tmp_path)).reason
    assert "exit code 3" in str(reason)


def test_a_tool_that_is_not_to_be_had_is_listed(tmp_path: Path) -> None:
    """The table says what was not run, and why."""
    text = page.table([Score(_TOOL, reason="no command bats")])

    assert "- sample: no command bats" in text


def test_the_table_goes_between_its_marks(tmp_path: Path) -> None:
    """What stands around the marks stays; a page without them is not written."""
    path = tmp_path / "page.md"
    path.write_text(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n", encoding="utf-8")
    result = Score(
        _TOOL, clean=Judged(0, (), 0, 1, 2), written=9, found=8, files=11, seen=10, tested=5, right_test=4
    )

    page.write(path, page.table([result]))

    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{page.BEGIN}\n")
    assert text.endswith(f"{page.END}\nafter\n")
    assert "| sample | as installed | 0 | 0 | 1 | 2 | 8 of 9 | 10 of 11 | 4 of 5 | - |" in text
    path.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        page.write(path, "")


def test_an_unknown_tool_is_an_error() -> None:
    """A name that no tool has ends the command with a message."""
    with pytest.raises(SystemExit, match="no tool is called nothing"):
        main(["list", "--only", "nothing"])
