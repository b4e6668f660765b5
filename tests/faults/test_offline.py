"""No scan uses the network unless it is asked to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.kit import tokens

# Python tells its audit hooks of every socket that connects, sends or looks up a name. One is bound: urllib3
# finds out on import whether there is IPv6.
_SCAN = """
import os, sys
told = []
def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
                 "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        told.append(event)
        raise OSError("no network here")
sys.addaudithook(hook)
from leakgate.cli.main import main
try:
    main(sys.argv[1:])
finally:
    sys.stderr.write("".join(told))
"""


def test_a_whole_scan_needs_no_network(tmp_path: Path, engine_cache: Path) -> None:
    """Secrets, personal data, names in prose, archives and reports, with sockets that refuse."""
    folder = tmp_path / "run"
    folder.mkdir()
    mail = "ottilie.brandwein@" + "brevkasten-nord.com"
    (folder / "a.log").write_text(
        f"token={tokens.github()}\ncontact: {mail}\n"
        "The order was placed by Ottilie Brandwein from Leeds yesterday.\n"
    )
    reports = [f"{name}={tmp_path / name}" for name in ("html", "sarif", "junit", "markdown")]
    words = [sys.executable, "-c", _SCAN, "scan", str(folder), "--policy", "strict", "--format", "json"]

    run = subprocess.run(
        [*words, *(word for report in reports for word in ("--report", report))],
        env={**os.environ, "LEAKGATE_CACHE_DIR": str(engine_cache)},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip

    found = {finding["entity"] for finding in json.loads(run.stdout)["findings"]}
    assert (1, "") == (run.returncode, run.stderr)
    assert found >= {"GITHUB_TOKEN", "EMAIL_ADDRESS"}
