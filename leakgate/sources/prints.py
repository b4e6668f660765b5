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
from leakgate.sources.deep import opened, status

_CHUNK = 1 << 20


class FilePrints:
    """Of regular files; what came over standard input or from git is nowhere to be read again."""

    def stamp(self, unit: Unit) -> Stamp | None:
        content = unit.content
        if not isinstance(content, FileContent):
            return None
        try:
            return stamp_of(status(content.path, follow=content.follow))
        except OSError:
            return None

    def digest(self, unit: Unit, stamp: Stamp) -> bytes | None:
        content = unit.content
        if not isinstance(content, FileContent):
            return None
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if content.follow else os.O_NOFOLLOW)
        try:
            descriptor = opened(content.path, flags)
        except OSError:
            return None
        try:
            return _digest(descriptor, stamp)
        except OSError:
            return None
        finally:
            os.close(descriptor)


def _digest(descriptor: int, stamp: Stamp) -> bytes | None:
    if stamp_of(os.fstat(descriptor)) != stamp:
        return None
    digest = hashlib.sha256()
    read = 0
    while chunk := os.read(descriptor, _CHUNK):
        digest.update(chunk)
        read += len(chunk)
        if read > stamp.size:
            return None
    return digest.digest() if read == stamp.size and stamp_of(os.fstat(descriptor)) == stamp else None


def stamp_of(found: os.stat_result) -> Stamp | None:
    """None for what is no regular file."""
    if not stat.S_ISREG(found.st_mode):
        return None
    return Stamp(found.st_size, found.st_dev, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)
