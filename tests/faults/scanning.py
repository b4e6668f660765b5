"""One scan of a folder by the real command, in a process whose memory is measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# A process counts the memory of whoever started it as its own, so a small one has to start it.
_MEASURED = (
    "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
)


@dataclass(frozen=True)
class Scan:
    """What was left of the one scan; `memory` is in MiB."""

    code: int
    errors: str
    memory: int
    document: dict[str, Any]
    page: str

    def about(self, name: str, key: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.document[key]
        if key == "findings":
            return [e for e in entries if any(place["path"].endswith("/" + name) for place in e["locations"])]
        return [entry for entry in entries if entry["path"].endswith("/" + name)]


def scanned(folder: Path, cache: Path, seconds: int) -> Scan:
    """All of `folder`; `page` is what the console report says. Never longer than `seconds`."""
    report, page = folder.parent / "report.json", folder.parent / "page.txt"
    words = [sys.executable, "-m", "leakgate", "scan", str(folder), "-q", "--jobs", "1"]
    words += ["--report", f"json={report}", "--report", f"console={page}", "--max-seconds", str(seconds)]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *words],
        env={**os.environ, "LEAKGATE_CACHE_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 60,
    )
    memory = int(done.stdout) // (1024 if sys.platform == "linux" else 1024 * 1024)
    document = json.loads(report.read_text(encoding="utf-8"))
    return Scan(done.returncode, done.stderr, memory, document, page.read_text(encoding="utf-8"))
