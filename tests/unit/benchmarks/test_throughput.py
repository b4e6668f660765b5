"""The benchmark's parts: a corpus that can be made again, samples of whole processes, tables."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from benchmarks.throughput.contenders import Cache, Contender
from benchmarks.throughput.corpus import write_corpus, write_small_files
from benchmarks.throughput.measure import Sample, measure
from benchmarks.throughput.rounds import Contest, Series, compete, size_of
from benchmarks.throughput.table import as_json, markdown
from benchmarks.throughput.templates import KINDS

SIZE = 100_000


def contender(*code: str, name: str = "tool") -> Contender:
    return Contender(name, (sys.executable, "-c", *code), frozenset({0}))


def series(*samples: Sample, gaps: int = 0) -> Series:
    return Series(contender(""), "logs", 20_000_000, samples, {"detect": 1.5}, gaps)


def sample(cpu: float, *, code: int = 0, finished: bool = True) -> Sample:
    return Sample(cpu + 1, cpu, 30 << 20, code, finished)


def cells(text: str, row: str) -> list[str]:
    [line] = [line for line in text.splitlines() if line.startswith(f"| {row}") and "detect" not in line][:1]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_corpus_has_the_wanted_size(tmp_path: Path) -> None:
    """To the byte, over all kinds of logs."""
    write_corpus(tmp_path, SIZE, seed=1)

    assert (SIZE, set(KINDS)) == (size_of(tmp_path), {path.name for path in tmp_path.iterdir()})


def test_corpus_can_be_made_again(tmp_path: Path) -> None:
    """The same seed gives the same bytes, another one others."""
    made = [write_corpus(tmp_path / str(n), SIZE, seed) for n, seed in enumerate((1, 1, 2))]
    first, again, other = ((path / "server.log").read_bytes() for path in made)

    assert (True, False) == (first == again, first == other)


def test_corpus_fills_every_field(tmp_path: Path) -> None:
    """No placeholder of a template is left in a line."""
    write_corpus(tmp_path, SIZE, seed=1)

    assert b"{word}" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_exit_code_and_output_of_a_run(tmp_path: Path) -> None:
    """A run's exit code is told, and what it printed is kept."""
    command = (sys.executable, "-c", "print('said'); raise SystemExit(3)")

    taken = measure(command, tmp_path, os.environ, tmp_path / "out", limit=30)

    assert (3, True, "said\n") == (taken.code, taken.finished, (tmp_path / "out").read_text())


def test_run_over_the_limit_is_ended(tmp_path: Path) -> None:
    """And said not to have finished."""
    command = (sys.executable, "-c", "import time; time.sleep(30)")

    taken = measure(command, tmp_path, os.environ, None, limit=0.2)

    assert (False, True) == (taken.finished, taken.wall < 20)


def test_every_contender_runs_in_every_round(tmp_path: Path) -> None:
    """Interleaved: one after the other, then all again."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    diary = tmp_path / "diary"
    script = f"import sys; open({str(diary)!r}, 'a').write(sys.argv[1])"
    both = [Contender(name, (sys.executable, "-c", script, name), frozenset({0})) for name in "ab"]

    compete(both, corpus, "logs", Contest(rounds=2, limit=30, scratch=tmp_path))

    assert "abab" == diary.read_text()


def test_failed_contender_is_not_started_again(tmp_path: Path) -> None:
    """Its one sample tells."""
    (tmp_path / "a.log").write_text("x")

    [failed] = compete([contender("raise SystemExit(9)")], tmp_path, "logs", Contest(3, 30, tmp_path))

    assert [9] == [taken.code for taken in failed.samples]


def test_cold_cache_is_empty_in_every_round(tmp_path: Path) -> None:
    """What one cold run left, the next does not find."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    script = "import os; os.mkdir(os.environ['LEAKGATE_CACHE_DIR'])"
    cold = Contender("cold", (sys.executable, "-c", script), frozenset({0}), Cache.COLD)

    [done] = compete([cold], corpus, "logs", Contest(2, 30, tmp_path))

    assert [0, 0] == [taken.code for taken in done.samples]


def test_table_has_medians() -> None:
    """Of the rounds, with the speed for each second of the processor."""
    text = markdown([series(sample(2.0), sample(9.0), sample(4.0))])

    assert ["tool", "4.00", "5.00", "5.0", "30"] == cells(text, "tool")


def test_table_has_no_figures_of_a_failed_run() -> None:
    """It says what happened instead."""
    text = markdown([series(sample(2.0), sample(2.0, code=7))])

    assert ["tool", "failed (7)", "", "", ""] == cells(text, "tool")


def test_table_tells_of_gaps() -> None:
    """A scan that left something out is not taken for a fast one."""
    assert "tool (2 gaps)" == cells(markdown([series(sample(1.0), gaps=2)]), "tool")[0]


def test_table_has_stages() -> None:
    """In a table of their own."""
    assert "| seconds of | detect |" in markdown([series(sample(1.0))])


def test_json_has_every_sample() -> None:
    """Not only the median."""
    document = json.loads(as_json([series(sample(1.0), sample(2.0))], {"cores": "one core"}))

    assert [1.0, 2.0] == [taken["cpu"] for taken in document["series"][0]["samples"]]


def test_small_files_are_many_and_small(tmp_path: Path) -> None:
    """As many as were asked for, 100 to a folder, each within its bounds."""
    write_small_files(tmp_path, 250, seed=1)

    sizes = [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()]

    assert (250, 3) == (len(sizes), len(list(tmp_path.iterdir())))
    assert 2_000 <= min(sizes) <= max(sizes) < 20_000
