"""A fixed number of inputs for every target; `python -m tests.fuzz` goes on from there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.campaign import Tally, alarmed, tried, try_one
from tests.fuzz.guided import is_available
from tests.fuzz.registry import chosen, targets
from tests.fuzz.seeds import seeds
from tests.fuzz.target import CANARIES, Leak, Target, Wrong, check_shown

INPUTS = 40
_NAMES = [target.name for target in targets()]


@pytest.fixture(autouse=True)
def _one_cache(engine_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are compiled once for all tests."""
    monkeypatch.setenv("LEAKGATE_CACHE_DIR", str(engine_cache))


@pytest.mark.parametrize("name", _NAMES)
def test_no_input_crashes_hangs_or_leaks(name: str) -> None:
    """Valid files, and what mutations make of them."""
    [target] = [target for target in targets() if target.name == name]

    tally = tried(target, max(INPUTS, len(target.seeds)) if "report:json" in name else INPUTS)

    assert ({}, 0) == (tally.failures, tally.failed)


def test_every_target_has_a_file_that_it_understands() -> None:
    """A new reader needs a seed, or mutations of noise are all that it gets."""
    assert [] == [target.name for target in targets() if not target.seeds]


@pytest.mark.parametrize("target", chosen("file:*"), ids=lambda target: target.name)
def test_a_file_that_people_keep_is_read(target: Target) -> None:
    """The first of its seeds is no error, or mutations of errors are all that the reader gets."""
    assert not target.run(target.seeds[0])


def test_planted_values_are_in_the_files() -> None:
    """As they stand, or packed: most are not packed."""
    plain = [seed for seed in seeds() if any(canary.encode() in seed.data for canary in CANARIES)]

    assert len(plain) > len(seeds()) / 2


@pytest.mark.parametrize(
    ("error", "counted"),
    [(ValueError, (1, 0, 0)), (Wrong, (1, 0, 0)), (Leak, (0, 0, 1)), (RecursionError, (1, 0, 0))],
)
def test_failures_are_counted(error: type[Exception], counted: tuple[int, int, int]) -> None:
    """A harness that counts nothing would always be content."""

    def fail(_data: bytes) -> bool:
        raise error

    tally = tried(Target("some", fail, (b"a",)), 1)

    assert counted == (tally.crashes, tally.hangs, tally.leaks)
    assert 1 == len(tally.failures)


def test_a_hang_is_ended_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the code takes every exception for trouble with one item."""

    def loop(_data: bytes) -> bool:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001 - as the boundary of a unit
                continue

    monkeypatch.setattr("tests.fuzz.campaign._CUT_OFF", 0.2)
    monkeypatch.setattr("tests.fuzz.campaign.HANG", 0.1)

    assert 1 == tried(Target("some", loop, (b"a",)), 1).hangs


def test_a_leak_is_seen() -> None:
    """Anywhere in a text."""
    with pytest.raises(Leak):
        check_shown(["fine", f"x{CANARIES[0]}y"])


def test_inputs_are_the_same_again() -> None:
    """A failure is named by target and number."""
    from tests.fuzz.mutation import mutated

    [target] = chosen("container:zip")

    assert mutated(target.seeds, 77, "a") == mutated(target.seeds, 77, "a")
    assert mutated(target.seeds, 77, "a") != mutated(target.seeds, 78, "a")


def _campaign(*words: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.fuzz", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_coverage_guides_where_it_can(tmp_path: Path) -> None:
    """What reaches new code is kept, by the kind of campaign that the command names."""
    if not is_available():
        pytest.skip("atheris has no release for this platform")

    done = _campaign("--only", "container:t*", "--count", "300", "--corpus", str(tmp_path))

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("Coverage guides the mutations (atheris).\ncontainer:tar ")
    assert len(list((tmp_path / "container-tar").iterdir())) > 3


def test_blind_mutations_need_nothing() -> None:
    """Where atheris is not, or not wanted, the command says so and goes on."""
    done = _campaign("--only", "text safety:for_j*", "--count", "50", "--blind")

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("Blind mutations: ")
    assert "      50 inputs" in done.stdout


def test_one_input_is_run_again(tmp_path: Path) -> None:
    """A file that failed is tried on the target that it failed on."""
    file = tmp_path / "input"
    file.write_bytes(b"version: 2")

    done = _campaign("--only", "file:policy", "--replay", str(file))

    assert (0, "file:policy: gave up\n") == (done.returncode, done.stdout)


def test_an_input_that_failed_is_kept(tmp_path: Path) -> None:
    """Once for each place, under a name that tells the target."""

    def fail(_data: bytes) -> bool:
        raise Wrong

    tally = Tally("some: one")
    with alarmed():
        for data in (b"a", b"b"):
            try_one(Target("some: one", fail, (b"a",)), data, tally, None, tmp_path)

    assert ["some-one-ca978112ca1b"] == [file.name for file in tmp_path.iterdir()]
