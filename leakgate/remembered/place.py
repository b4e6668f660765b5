"""
Private places on disk: directories and files that nobody but this user can have written.

Refuses what is in doubt; never repairs the rights of what is there.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

KEY_BYTES = 32


class Unsafe(Exception):
    """A place that is not private, or not what it should be; the reason is a clause without a subject."""


def private_directory(path: Path) -> None:
    """Makes the directory, with the rights of its owner alone, if it is not there. Raises Unsafe, OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check(path.lstat(), stat.S_ISDIR)


def read_private(path: Path, limit: int) -> bytes:
    """The bytes of a private file. Raises Unsafe, also where there are over `limit` of them; OSError."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        _check(status, stat.S_ISREG)
        if status.st_size > limit:
            raise Unsafe(f"is larger than {limit} bytes")
        return file.read(limit)


def lasting_key(directory: Path) -> bytes:
    """32 random bytes of this user on this machine, made when first asked for. Raises Unsafe, OSError."""
    private_directory(directory)
    path = directory / "result-cache.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    key = read_private(path, KEY_BYTES)
    if len(key) != KEY_BYTES or path.stat().st_mode & 0o077:
        raise Unsafe("holds a key that is cut, or that others may read")
    return key


def _check(status: os.stat_result, is_kind: Callable[[int], bool]) -> None:
    if not is_kind(status.st_mode):
        raise Unsafe("is a link, or not what it should be")
    if status.st_uid != os.geteuid():
        raise Unsafe("belongs to somebody else")
    if status.st_mode & 0o022:
        raise Unsafe("can be written by others")
