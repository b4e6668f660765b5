"""
The compiled database on disk: a private, checksummed file that is rebuilt whenever it is in doubt.

A cache that is damaged, foreign or writable by others is treated as absent, never trusted. Databases that
were installed with leakgate are trusted as its code is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

_MAGIC = b"leakgate-db/2\n"
_DIGEST = 32
INSTALLED = Path(__file__).with_name("databases")  # made where the project is built or installed


class DatabaseCache:
    """Holds blobs by key in one directory; every failure reads as a miss."""

    def __init__(self, directory: Path | None, installed: Path = INSTALLED) -> None:
        self._directory = directory
        self._installed = installed

    def load(self, key: str) -> bytes | None:
        """The blob that was installed or stored under `key`, or None."""
        name = f"{key}.hs"
        with contextlib.suppress(OSError):
            return _blob((self._installed / name).read_bytes())
        if self._directory is None or not _private(self._directory):
            return None
        with contextlib.suppress(OSError):
            return _blob(_read_own(self._directory / name))
        return None

    def store(self, key: str, blob: bytes) -> None:
        """Keeps `blob`, atomically; a directory that cannot be written keeps nothing."""
        if self._directory is None:
            return
        with contextlib.suppress(OSError):
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _private(self._directory):
                return
            handle, name = tempfile.mkstemp(dir=self._directory, suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(_MAGIC + hashlib.sha256(blob).digest() + blob)
                Path(name).replace(self._directory / f"{key}.hs")
            except OSError:
                Path(name).unlink(missing_ok=True)


def _read_own(path: Path) -> bytes:
    """The bytes of a regular file that nobody else can have written, whatever its folder is by now."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        return file.read() if stat.S_ISREG(status.st_mode) and _own(status) else b""


def _blob(raw: bytes) -> bytes | None:
    """What a file that is all there holds."""
    head = len(_MAGIC)
    blob = raw[head + _DIGEST :]
    if raw[:head] != _MAGIC or hashlib.sha256(blob).digest() != raw[head : head + _DIGEST]:
        return None
    return blob


def _private(directory: Path) -> bool:
    """Nobody but this user (or root, who baked an image) may have written here."""
    try:
        status = directory.stat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _own(status)


def _own(status: os.stat_result) -> bool:
    return not status.st_mode & 0o022 and status.st_uid in (os.geteuid(), 0)
