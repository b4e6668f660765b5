"""The benchmark's running of contenders: samples of whole processes, rounds, caches, limits."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.throughput.contenders import Cache, Contender, Reading, leakgate, masked, typed
from benchmarks.throughput.contest import beaten
from benchmarks.throughput.measure import Printed, measure
from benchmarks.throughput.peers import PEERS, NotInstalled, Peer, contenders, install
from benchmarks.throughput.record import Series
from benchmarks.throughput.rounds import Contest, compete, run
from benchmarks.throughput.workloads import FULL, Workload

LINUX = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")


def contender(*code: str, key: str = "tool", cache: Cache = Cache.WARM, staged: bool = False) -> Contender:
    command = (sys.executable, "-c", *code)
    return Contender(key, key, command, frozenset({0}), "TOOL_CACHE", cache, staged=staged)


def work(home: Path, *witnesses: str) -> Workload:
    target = home / "corpus"
    target.mkdir()
    return Workload("logs", "logs", target, witnesses)


def contest(home: Path, *, rounds: int = 1, patience: float = 30) -> Contest:
    return Contest(rounds, 30, patience, home)


def printed(home: Path) -> Printed:
    return Printed(home / "out", home / "errors")


def compared(those: list[Contender], home: Path, how: Contest) -> tuple[Series, ...]:
    return compete(those, work(home), how, {})


def test_exit_code_and_output_of_a_run(tmp_path: Path) -> None:
    """A run's exit code is told, and what it printed is kept."""
    command = (sys.executable, "-c", "print('said'); raise SystemExit(3)")

    taken = measure(command, tmp_path, os.environ, printed(tmp_path), limit=30)

    assert (3, True, "said\n") == (taken.code, taken.finished, (tmp_path / "out").read_text())


def test_run_over_the_limit_is_ended(tmp_path: Path) -> None:
    """And said not to have finished."""
    command = (sys.executable, "-c", "import time; time.sleep(30)")

    taken = measure(command, tmp_path, os.environ, printed(tmp_path), limit=0.2)

    assert (False, True) == (taken.finished, taken.wall < 20)


@LINUX
def test_memory_is_that_of_the_tree(tmp_path: Path) -> None:
    """Two processes that hold much at the same time hold it twice; the largest alone does not say so."""
    size = 40 << 20
    child = f"held = b'x' * {size}; import sys; sys.stdin.read()"
    parent = (
        f"import subprocess, sys, time; held = b'x' * {size}\n"
        f"p = subprocess.Popen([sys.executable, '-c', {child!r}], stdin=subprocess.PIPE)\n"
        "time.sleep(0.8); p.communicate()"
    )

    taken = measure((sys.executable, "-c", parent), tmp_path, os.environ, printed(tmp_path), limit=30)

    assert (True, True) == (taken.largest < 2 * size, taken.tree > 2 * size)


def test_every_contender_runs_in_every_round(tmp_path: Path) -> None:
    """Interleaved: one after the other, then all again."""
    diary = tmp_path / "diary"
    both = [contender(f"open({str(diary)!r}, 'a').write({key!r})", key=key) for key in "ab"]

    compared(both, tmp_path, contest(tmp_path, rounds=2))

    assert "abab" == diary.read_text()


def test_failed_contender_is_not_started_again(tmp_path: Path) -> None:
    """Its one sample tells."""
    [failed] = compared([contender("raise SystemExit(9)")], tmp_path, contest(tmp_path, rounds=3))

    assert ([9], False) == ([taken.code for taken in failed.samples], failed.good)


def test_contender_that_takes_long_runs_less_often(tmp_path: Path) -> None:
    """No round begins for who has used up the patience."""
    [slow] = compared(
        [contender("import time; time.sleep(0.4)")], tmp_path, contest(tmp_path, rounds=9, patience=0.6)
    )

    assert 2 >= len(slow.samples)


def test_crash_of_leakgate_is_no_result(tmp_path: Path) -> None:
    """Python's exit code for a crash is that of a blocked run, so the result is looked for."""
    crashed = Contender("a", "a", (sys.executable, "-c", "1 / 0"), frozenset({0, 1}), staged=True)

    assert not run(crashed, work(tmp_path), contest(tmp_path)).good


def test_output_shows_how_many_witnesses_were_seen(tmp_path: Path) -> None:
    """Of the leaks at the ends of the work, each counted once."""
    target = work(tmp_path, "one", "two", "three")

    assert 2 == run(contender("print('one two, one')"), target, contest(tmp_path)).seen


@pytest.mark.parametrize("reading", [typed, masked])
def test_kinds_are_counted_as_witnesses(reading: Reading) -> None:
    """Where the value is not printed; more findings than witnesses are no more seen."""
    output = b'{"type": "GitHub Token"}, {"rule": "github-pat"}' * 3

    assert [3, 2] == [reading(output, ("x",) * count) for count in (4, 2)]


def test_cold_cache_is_empty_in_every_round(tmp_path: Path) -> None:
    """What one cold run left, the next does not find."""
    script = "import os; os.mkdir(os.environ['TOOL_CACHE'] + '/left')"

    [done] = compared([contender(script, cache=Cache.COLD)], tmp_path, contest(tmp_path, rounds=2))

    assert [0, 0] == [taken.code for taken in done.samples]


def test_warm_cache_stays(tmp_path: Path) -> None:
    """What the first run left, the second finds."""
    script = "import os; os.mkdir(os.environ['TOOL_CACHE'] + '/left')"

    [done] = compared([contender(script)], tmp_path, contest(tmp_path, rounds=2))

    assert [0, 1] == [taken.code for taken in done.samples]


def test_own_settings_of_leakgate_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key or a cache of results of whoever measures would make it another scan."""
    monkeypatch.setenv("LEAKGATE_KEY", "k")
    target = work(tmp_path, "clean")
    tool = contender("import os; print('set' if 'LEAKGATE_KEY' in os.environ else 'clean')")

    assert run(tool, target, contest(tmp_path)).seen == 1


def test_who_was_ended_is_not_started_on_more(tmp_path: Path) -> None:
    """But on smaller work."""
    slow = {"tool": ("10 MB", 10)}

    assert ({"tool"}, set()) == (set(beaten(slow, 11)), set(beaten(slow, 9)))


def test_beaten_contender_says_why(tmp_path: Path) -> None:
    """It has no samples."""
    [left_out] = compete([contender("")], work(tmp_path), contest(tmp_path), {"tool": "too slow"})

    assert ((), "too slow") == (left_out.samples, left_out.skipped)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.key)
def test_peers_are_pinned(peer: Peer) -> None:
    """Every package of every peer has one version."""
    assert all("==" in package for package in peer.packages)


def test_peer_that_cannot_be_installed_is_told(tmp_path: Path) -> None:
    """So that the benchmark can say so and go on."""
    (tmp_path / "file").touch()

    with pytest.raises(NotInstalled):
        install(PEERS[0], tmp_path / "file")


def test_keys_are_unique(tmp_path: Path) -> None:
    """So are the names in the tables."""
    everyone = [*leakgate(tmp_path), *(each for peer in PEERS for each in contenders(peer, tmp_path))]

    assert len(everyone) == len({each.key for each in everyone}) == len({each.name for each in everyone})


def test_every_contender_has_work(tmp_path: Path) -> None:
    """What it names are workloads of the full benchmark."""
    everyone = [*leakgate(tmp_path), *(each for peer in PEERS for each in contenders(peer, tmp_path))]

    assert [] == [each.key for each in everyone if not any(map(each.takes_part, FULL))]
    assert set() == {name for each in everyone for name in each.works or ()} - set(FULL)
