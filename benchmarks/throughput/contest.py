"""
One whole benchmark: makes each workload when its turn comes, lets all compete on it, and removes it.

Decides who takes part in what; measures nothing itself.
"""

from __future__ import annotations

import compileall
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import leakgate

from . import peers
from .contenders import WITHOUT_NLP, Contender
from .contenders import leakgate as variants
from .measure import pin_to_one_core
from .record import Record, Series, Work
from .rounds import Contest, compete, warm_up
from .workloads import MEGABYTE, Ground, Workload, maker

_BIG = 500 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Settings:
    """`contenders` are beginnings of keys, None for all; `peers` is where they are installed, None for none.

    `limit` and `patience` are those of a contest.
    """

    works: tuple[str, ...]
    contenders: tuple[str, ...] | None
    corpus: Path | None
    tree: Path | None
    seed: int
    rounds: int
    big_rounds: int
    limit: float
    patience: float
    peers: Path | None
    one_core: bool


def held(settings: Settings, scratch: Path) -> Iterator[Record]:
    """What is known before and after each work; in `scratch`, which is left with caches in it."""
    load = os.getloadavg()[0]
    everyone = _contenders(settings, scratch)
    pinned = settings.one_core and pin_to_one_core()
    # As an installer leaves it: no start compiles modules.
    compileall.compile_dir(Path(leakgate.__file__).parent, quiet=1)
    ground = Ground(settings.corpus, settings.tree, settings.seed, scratch)
    warm_up(everyone, Contest(1, settings.limit, settings.patience, scratch))
    conditions = _conditions(ground, settings, pinned=pinned)
    known = Record(conditions, {each.key: each.name for each in everyone}, (), (), load)
    yield known
    for work, series in _competitions(settings, everyone, ground):
        known = replace(known, works=(*known.works, work), series=(*known.series, *series))
        yield known


def _contenders(settings: Settings, scratch: Path) -> tuple[Contender, ...]:
    policy = scratch / "policy.yaml"
    policy.write_text(WITHOUT_NLP)
    everyone = list(variants(policy))
    for peer in peers.PEERS:
        if settings.peers is not None and _wanted(peer.key, settings):
            everyone += _installed(peer, settings.peers)
    return tuple(each for each in everyone if _wanted(each.key, settings))


def _installed(peer: peers.Peer, home: Path) -> tuple[Contender, ...]:
    """None of it where it cannot be; the others are measured all the same."""
    sys.stderr.write(f"{peer.key} {peer.version}: installing it, unless it is there\n")
    try:
        return peers.install(peer, home)
    except peers.NotInstalled:
        sys.stderr.write(f"{peer.key} {peer.version}: cannot be installed, left out\n")
        return ()


def _wanted(key: str, settings: Settings) -> bool:
    return settings.contenders is None or key.startswith(settings.contenders)


def _competitions(
    settings: Settings, everyone: Sequence[Contender], ground: Ground
) -> Iterator[tuple[Work, tuple[Series, ...]]]:
    slow: dict[str, tuple[str, int]] = {}
    for key in settings.works:
        if key == "corpus" and ground.corpus is None:
            continue
        those = [each for each in everyone if each.takes_part(key)]
        make = maker(key)
        assert make is not None, "settings hold workloads that there are"
        workload = make(ground)
        os.sync()  # nobody is measured while the disk still writes
        work = workload.described()
        rounds = min(settings.rounds, settings.big_rounds) if work.size >= _BIG else settings.rounds
        contest = Contest(rounds, settings.limit, settings.patience, ground.scratch)
        series = compete(those, workload, contest, beaten(slow, work.size))
        slow |= {
            each.contender: (work.title, work.size)
            for each in series
            if any(not sample.finished for sample in each.samples)
        }
        _remove(workload, ground)
        yield work, series


def beaten(slow: dict[str, tuple[str, int]], size: int) -> dict[str, str]:
    """Who was ended on a work that is not bigger is not started on this one; why, by their keys."""
    return {key: f"not run: not done with {title}" for key, (title, least) in slow.items() if least <= size}


def _remove(workload: Workload, ground: Ground) -> None:
    if workload.target.is_relative_to(ground.scratch):
        shutil.rmtree(workload.target)


def _conditions(ground: Ground, settings: Settings, *, pinned: bool) -> dict[str, str]:
    return {
        "leakgate": leakgate.__version__,
        "logs": _logs(ground),
        "cores": "one" if pinned else str(os.cpu_count()),
        "processor": _processor(),
        "Python": platform.python_version(),
        "rounds": f"{settings.rounds}, {min(settings.rounds, settings.big_rounds)} from 500 MB on",
        "limit": f"{settings.limit:g} s",
    }


def _logs(ground: Ground) -> str:
    if ground.corpus is None:
        return "generated"
    size = sum(len(text.content) for text in ground.texts)
    return f"real, {size / MEGABYTE:.0f} MB, {len(ground.texts)} kinds"


def _processor() -> str:
    """As Linux calls it, else the architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
