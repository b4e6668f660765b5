"""
Digests of files, so that the same bytes need not be scanned twice.

Says nothing of a file that changes while it is read; tells trouble with a file to nobody, as its scan does.
"""

from __future__ import annotations

import hashlib
import os
import stat

from leakgate.model.artifact import Unit
from leakgate.model.prints import Stamp
from leakgate.sources.content import FileContent

_CHUNK = 1 << 20


class FilePrints:
    """Of regular files; what came over standard input or from git is nowhere to be read again."""

    def stamp(self, unit: Unit) -> Stamp | None:
        content = unit.content
        if not isinstance(content, FileContent):
            return None
        try:
            return _stamp(os.stat(content.path, follow_symlinks=content.follow))  # noqa: PTH116 - no Path
        except OSError:
            return None

    def digest(self, unit: Unit, stamp: Stamp) -> bytes | None:
        content = unit.content
        if not isinstance(content, FileContent):
            return None
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if content.follow else os.O_NOFOLLOW)
        try:
            descriptor = os.open(content.path, flags)
        except OSError:
            return None
        try:
            return _digest(descriptor, stamp)
        except OSError:
            return None
        finally:
            os.close(descriptor)


def _digest(descriptor: int, stamp: Stamp) -> bytes | None:
    if _stamp(os.fstat(descriptor)) != stamp:
        return None
    digest = hashlib.sha256()
    read = 0
    while chunk := os.read(descriptor, _CHUNK):
        digest.update(chunk)
        read += len(chunk)
        if read > stamp.size:
            return None
    return digest.digest() if read == stamp.size and _stamp(os.fstat(descriptor)) == stamp else None


def _stamp(status: os.stat_result) -> Stamp | None:
    if not stat.S_ISREG(status.st_mode):
        return None
    return Stamp(status.st_size, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
