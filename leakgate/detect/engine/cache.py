"""
Compiled databases on disk: those that were installed with leakgate, and signed ones of its own.

What the account that scans could have written is believed only with the signature of a key that is a secret:
tests run under the same account, and a database that finds nothing would pass everything. Without such a key
nothing is kept, and what is not installed is compiled anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import stat
import tempfile
from pathlib import Path
from typing import Protocol

_MAGIC = b"leakgate-db/2\n"
_SIGNED = b"leakgate-db/2 signed\n"
_DIGEST = 32
INSTALLED = Path(__file__).with_name("databases")  # made where the project is built or installed


class Databases(Protocol):
    """Holds blobs by name; every failure reads as a miss."""

    def load(self, key: str) -> bytes | None: ...

    def store(self, key: str, blob: bytes) -> None: ...


class DatabaseCache:
    """Installed databases, then those in `directory` that are signed with `key`, a secret.

    Without a key `directory` is neither read nor written.
    """

    def __init__(
        self, directory: Path | None, installed: Path = INSTALLED, *, key: bytes | None = None
    ) -> None:
        self._directory = directory if key else None
        self._key = key or b""
        self._installed = Installation(installed)

    def load(self, key: str) -> bytes | None:
        """The blob that was installed or stored under `key`, or None."""
        found = self._installed.load(key)
        if found is not None or self._directory is None or not _private(self._directory):
            return found
        with contextlib.suppress(OSError):
            raw = _read_own(self._directory / f"{key}.hs")
            head = len(_SIGNED) + _DIGEST
            if hmac.compare_digest(raw[:head], self._signed(key, raw[head:])):
                return raw[head:]
        return None

    def store(self, key: str, blob: bytes) -> None:
        """Keeps `blob`, atomically; a directory that cannot be written keeps nothing."""
        if self._directory is None:
            return
        with contextlib.suppress(OSError):
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _private(self._directory):
                _replace(self._directory / f"{key}.hs", self._signed(key, blob) + blob)

    def _signed(self, key: str, blob: bytes) -> bytes:
        """What stands before `blob`. Its name is signed too: one database is not taken for another."""
        return _SIGNED + hmac.new(self._key, f"{key}\0".encode() + blob, hashlib.sha256).digest()


class Installation:
    """The folder of an installation, trusted as its code is: checksums tell damage, not a forgery."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str) -> bytes | None:
        with contextlib.suppress(OSError):
            raw = (self._folder / f"{key}.hs").read_bytes()
            head = len(_MAGIC) + _DIGEST
            if raw[:head] == _MAGIC + hashlib.sha256(raw[head:]).digest():
                return raw[head:]
        return None

    def store(self, key: str, blob: bytes) -> None:
        """Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        _replace(self._folder / f"{key}.hs", _MAGIC + hashlib.sha256(blob).digest() + blob)


def _replace(path: Path, content: bytes) -> None:
    """Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _read_own(path: Path) -> bytes:
    """The bytes of a regular file that nobody else can have written, whatever its folder is by now."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        return file.read() if stat.S_ISREG(status.st_mode) and _own(status) else b""


def _private(directory: Path) -> bool:
    """A folder, not a link to one, in which nobody but this user (or root) may have written."""
    try:
        status = directory.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _own(status)


def _own(status: os.stat_result) -> bool:
    return not status.st_mode & 0o022 and status.st_uid in (os.geteuid(), 0)
