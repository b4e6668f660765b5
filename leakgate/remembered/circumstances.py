"""
What code decides the outcome of a scan: this program's own, and that of whatever is installed beside it.

Tells by content and by version, never by time: a fresh checkout of the same code is the same.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from pathlib import Path

_CODE = Path(__file__).parents[1]
_KNOWN_BY = (".dist-info", ".egg-info")


def code_digest(root: Path = _CODE) -> bytes:
    """SHA-256 over names and contents of every file of the program but compiled ones. Raises OSError."""
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = Path(folder, name)
            content = hashlib.sha256(path.read_bytes()).digest()
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + content)
    return digest.digest()


def installed() -> bytes:
    """The interpreter, the machine, and each installed distribution with its version."""
    found = {name for entry in sys.path for name in _distributions(entry)}
    return "\n".join((sys.version, platform.machine(), *sorted(found))).encode("utf-8", "surrogateescape")


def _distributions(entry: str) -> list[str]:
    try:
        with os.scandir(entry or ".") as inside:
            return [each.name for each in inside if each.name.endswith(_KNOWN_BY)]
    except OSError:
        return []
