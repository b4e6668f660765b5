"""No scan uses the network unless it is asked to."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from leakgate.report.registry import REPORTERS
from tests.faults.kit import LINES
from tests.kit import tokens

# Python tells its audit hooks of every socket that connects, sends or looks up a name; forked processes
# inherit them. One is bound: urllib3 finds out on import whether there is IPv6.
_SCAN = """
import os, sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
                 "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        os.write(2, event.encode())
        raise OSError("no network here")
sys.addaudithook(hook)
from leakgate.cli.main import main
main(sys.argv[1:])
"""
_FOUND = {"GITHUB_TOKEN", "EMAIL_ADDRESS"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Secrets, personal data, names in prose, an archive, and enough for several processes."""
    folder = tmp_path / "run"
    folder.mkdir()
    mail = "ottilie.brandwein@" + "brevkasten-nord.com"
    text = (
        f"token={tokens.github()}\ncontact: {mail}\n"
        "The order was placed by Ottilie Brandwein from Leeds yesterday.\n"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.log", text + "the same in an archive\n")
    (folder / "a.log").write_text(text)
    (folder / "a.zip").write_bytes(packed.getvalue())
    (folder / "big.log").write_bytes(LINES * 200_000)
    return folder


def _scan(begin: Sequence[str], folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    files = [f"{name}={folder.parent / name}" for name in REPORTERS]
    words = ["scan", str(folder), "--policy", "strict", "--format", "json", "--jobs", "2"]
    return subprocess.run(
        [*begin, *words, *(word for file in files for word in ("--report", file))],
        env={**os.environ, "LEAKGATE_CACHE_DIR": str(cache)},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


def _entities(run: subprocess.CompletedProcess[str]) -> set[str]:
    return {finding["entity"] for finding in json.loads(run.stdout)["findings"]}


def test_a_whole_scan_needs_no_network(folder: Path, engine_cache: Path) -> None:
    """With sockets that refuse, in every process and for every report."""
    run = _scan([sys.executable, "-c", _SCAN], folder, engine_cache)

    assert (1, "") == (run.returncode, run.stderr)
    assert _entities(run) >= _FOUND


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
def test_a_scan_without_a_network_answers_alike(folder: Path, engine_cache: Path) -> None:
    """Not even a loopback device is there."""
    alone = ["unshare", "--net", "--map-root-user"]
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("networks may not be taken away here")

    run = _scan([*alone, sys.executable, "-m", "leakgate"], folder, engine_cache)

    assert (1, "") == (run.returncode, run.stderr)
    assert _entities(run) >= _FOUND
