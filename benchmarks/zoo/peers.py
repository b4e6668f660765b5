"""
Other scanners on the runs of a zoo: clean runs they raise something in, planted secrets they show.

Those that the benchmark of speed installs, started the same way. Personal data is none of their business.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.throughput.contenders import Cache, Contender
from benchmarks.throughput.peers import PEERS, NotInstalled, install

from .presence import Run
from .running import CLEAN, LEAKY, Places, read_truth
from .tool import Tool

NAMES = ("gitleaks", "betterleaks", "kingfisher")
PERSONAL = frozenset({"email", "phone", "iban", "card"})
_LIMIT = 300.0  # seconds for one run


@dataclass(slots=True)
class PeerScore:
    """`loud` of the clean runs have a finding; `found` of `written` planted secrets are in its output."""

    name: str
    runs: int = 0
    loud: int = 0
    written: int = 0
    found: int = 0
    reason: str | None = None


def scores(names: Sequence[str], tools: Sequence[Tool], places: Places) -> tuple[PeerScore, ...]:
    """One for each peer; what cannot be installed says so."""
    return tuple(_score(name, tools, places) for name in names)


def _score(name: str, tools: Sequence[Tool], places: Places) -> PeerScore:
    result = PeerScore(name)
    peer = next(peer for peer in PEERS if peer.key == name)
    try:
        started = [one for one in install(peer, places.root / "peers") if one.cache is Cache.WARM]
    except NotInstalled:
        result.reason = "could not be installed"
        return result
    for home in (places.run(tool.name) for tool in tools if places.is_made(tool.name)):
        _, quiet = _output(started[0], home / CLEAN)
        result.runs += 1
        result.loud += not quiet
        shown, _ = _output(started[0], home / LEAKY)
        run = Run(home / LEAKY)
        for values in _secrets(home):
            if run.holding(*values):
                result.written += 1
                result.found += any(value.encode() in shown for value in values)
    return result


def _secrets(home: Path) -> Iterable[tuple[str, ...]]:
    truth = read_truth(home / "truth.jsonl")
    return ((leak.value, *leak.forms) for leak in truth if leak.kind not in PERSONAL)


def _output(contender: Contender, path: Path) -> tuple[bytes, bool]:
    """What it prints, and whether it found nothing: all three say so by their exit code."""
    done = subprocess.run(
        contender.arguments(str(path)),
        capture_output=True,
        check=False,
        timeout=_LIMIT,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode not in contender.codes:
        raise RuntimeError(f"{contender.key} ended with {done.returncode}")
    return done.stdout, done.returncode == 0
