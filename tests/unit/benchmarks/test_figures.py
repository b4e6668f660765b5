"""What the benchmark computes from its samples: spreads, targets, tables, the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from benchmarks.throughput.figures import Spread, Step, spread, steps
from benchmarks.throughput.page import BEGIN, END, replaced
from benchmarks.throughput.record import Record, Sample, Series, Work, as_json, from_json
from benchmarks.throughput.tables import markdown
from benchmarks.throughput.targets import Target, growth, targets

MB = 1_000_000


def sample(wall: float, *, cpu: float = 1.0, tree: int = 30 * MB, good: bool = True) -> Sample:
    return Sample(wall, cpu, tree, tree, 0 if good else 7, True, good, 1)


def series(contender: str, work: str, *samples: Sample, gaps: int = 0) -> Series:
    return Series(contender, work, samples, {"detect": 1.5}, gaps)


def record(*those: Series, sizes: Mapping[str, int] | None = None) -> Record:
    keys = dict.fromkeys(each.work for each in those)
    works = tuple(
        Work(key, key, (sizes or {}).get(key, 20 * MB), 1, _scale(key), witnesses=2) for key in keys
    )
    return Record({"cores": "2"}, {each.contender: each.contender for each in those}, works, those)


def _scale(key: str) -> int | None:
    return int(key.removeprefix("clean-")) if key.startswith("clean-") else None


def target(known: Record, title: str) -> Target:
    [found] = [each for each in targets(known) if title in each.title]
    return found


def cells(text: str, row: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith(f"| {row}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_spread_of_values() -> None:
    """The median lies between the least and the greatest."""
    assert Spread(4, 2, 9, 3) == spread([9, 2, 4])


def test_spread_of_nothing() -> None:
    """Is none."""
    assert spread([]) is None


def test_steps_leave_start_up_out() -> None:
    """A constant in front changes no rate."""
    assert (Step(1, 10, 0.5), Step(10, 100, 0.5)) == steps([(1, 2.5), (10, 7.0), (100, 52.0)])


def test_growth_is_of_a_later_step_by_an_earlier() -> None:
    """Getting cheaper is no growth."""
    rates = [tuple(Step(0, 1, rate) for rate in each) for each in ((1.0, 0.5, 0.6), (2.0, 3.0))]

    assert [pytest.approx(1.2), 1.5] == [growth(each) for each in rates]


def test_growth_is_unknown_where_noise_is_greater() -> None:
    """More in less time says nothing of scaling."""
    assert growth((Step(1, 10, -0.1), Step(10, 100, 1.0))) is None


def test_target_beside_a_peer_is_of_medians() -> None:
    """Of the same record."""
    known = record(
        series("leakgate-secrets", "clean-100", sample(1), sample(9), sample(3)),
        series("kingfisher", "clean-100", sample(2), sample(2), sample(8)),
    )

    found = target(known, "secrets only, 100 MB: wall time by that of kingfisher")

    assert (1.5, False, 1.5) == (found.value, found.reached, found.share)


def test_target_of_a_failed_run_is_not_measured() -> None:
    """It is neither reached nor not."""
    known = record(
        series("leakgate-secrets", "clean-100", sample(1), sample(1, good=False)),
        series("kingfisher", "clean-100", sample(2)),
    )

    found = target(known, "secrets only, 100 MB: wall time by that of kingfisher")

    assert (None, None) == (found.value, found.reached)


def test_presidio_is_compared_without_its_start_up() -> None:
    """And leakgate with it."""
    known = record(
        series("leakgate-default", "corpus", sample(5, cpu=10)),
        series("presidio", "sample", sample(20, cpu=22)),
        series("presidio", "start", sample(2, cpu=2)),
        sizes={"corpus": 100 * MB, "sample": 2 * MB, "start": 0},
    )

    assert [20.0, 180.0] == [
        target(known, title).value for title in ("real logs: speed", "speed of naive Presidio")
    ]


def test_memory_target_is_of_the_worst_big_work() -> None:
    """Many files or one."""
    known = record(
        series("leakgate-plain", "clean-1000", sample(1, tree=300 * MB)),
        series("leakgate-plain", "one-1000", sample(1, tree=400 * MB)),
    )

    found = target(known, "default without NLP: peak memory")

    assert (400.0, False) == (found.value, found.reached)


def test_least_target_is_reached_above_its_bound() -> None:
    """A speed wants to be high."""
    assert [True, False] == [Target("", 10, "", value, "", least=True).reached for value in (11, 9)]


def test_table_has_medians_and_spreads() -> None:
    """Of wall time, processor time and memory, with megabytes for each second."""
    text = markdown(record(series("tool", "logs", sample(2, cpu=4), sample(4, cpu=6), sample(9, cpu=5))))

    row = ["tool", "4.00", "2.00–9.00", "5.00", "4.00–6.00", "5", "30", "30–30", "3", "1 of 2"]
    assert row == cells(text, "tool")


def test_table_has_no_figures_of_a_failed_run() -> None:
    """It says what happened instead."""
    assert "failed (7)" == cells(markdown(record(series("tool", "logs", sample(2, good=False)))), "tool")[1]


def test_table_tells_of_gaps() -> None:
    """A scan that left something out is not taken for a fast one."""
    text = markdown(record(series("tool", "logs", sample(1), gaps=2)))

    assert "tool (2 gaps)" == cells(text, "tool")[0]


def test_busy_machine_is_said() -> None:
    """Before any figure."""
    known = record(series("tool", "logs", sample(1)))

    assert [True, False] == [
        "had other work" in markdown(replace(known, load=load)).split("### Targets")[0] for load in (3.0, 0.1)
    ]


def test_stages_have_a_table() -> None:
    """Of all that tell of them, and are warm."""
    text = markdown(
        record(series("leakgate-a", "logs", sample(1)), series("leakgate-cold", "logs", sample(1)))
    )

    assert ["logs: leakgate-a"] == [
        line.split("|")[1].strip() for line in text.splitlines() if "| 1.50 |" in line
    ]


def test_record_is_read_back() -> None:
    """Tables of a file are those of the run."""
    known = record(series("tool", "clean-1", sample(1), sample(2)))

    assert known == from_json(as_json(known))


def test_other_documents_are_refused() -> None:
    """An error, not an empty table."""
    with pytest.raises(ValueError, match="not a leakgate"):
        from_json("{}")


def test_page_keeps_what_stands_outside_of_the_markers() -> None:
    """Only the generated part is replaced."""
    page = f"# Title\n\nprose\n\n{BEGIN}\nold\n{END}\n\nmore\n"

    assert f"# Title\n\nprose\n\n{BEGIN}\n\nnew\n\n{END}\n\nmore\n" == replaced(page, "new\n")


def test_page_is_the_same_after_the_same_text() -> None:
    """Writing it twice changes nothing."""
    page = f"a\n{BEGIN}\n{END}\nb\n"

    assert replaced(page, "new") == replaced(replaced(page, "new"), "new")


@pytest.mark.parametrize("page", ["", BEGIN, f"{END}\n{BEGIN}", f"{BEGIN}{END}{BEGIN}", f"{BEGIN}{END}{END}"])
def test_page_without_its_markers_is_an_error(page: str) -> None:
    """Nothing is written at a guess."""
    with pytest.raises(ValueError, match="the page needs"):
        replaced(page, "new")
