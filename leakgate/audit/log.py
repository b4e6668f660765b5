"""
The audit log on disk: a file that only grows, and a head file beside it that says where it ends.

Never starts over: a log that is damaged stays as it is, and nothing is added to it.
"""

from __future__ import annotations

import errno
import fcntl
import io
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from leakgate.audit.chain import (
    FIRST,
    MAX_LINE,
    Broken,
    Chain,
    Head,
    canonical,
    checked,
    digest_of,
    mac_of,
    read_chain,
    sealed,
)
from leakgate.model.errors import ReportError, UsageError

_MOST_BYTES = 1 << 30


class AuditLog:
    """`key` signs records; None where there is no secret key."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self.path = path
        self._head_path = path.with_name(path.name + ".head")
        self._key = key

    def verified(self, expected: str | None = None) -> Head:
        """The head of a log that holds, and that has a record of the digest `expected`. Raises Broken."""
        with self._open("rb") as file:
            return self._verified(file, expected)

    def ready(self) -> None:
        """Raises UsageError unless records can be added to the log, or there is none yet."""
        try:
            if self.path.exists() or self._head_path.exists():
                self.verified()
        except Broken as exc:
            raise self._damaged(exc) from exc
        except OSError as exc:
            raise UsageError(
                f"the audit log {self.path} cannot be read ({exc.strerror})", hint="choose another place"
            ) from exc

    def append(self, fields: Mapping[str, Any]) -> Head:
        """Adds a record and returns the new head; it is on disk then. Raises UsageError or ReportError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._open("r+b", create=not self._head_path.exists()) as file:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX)
                return self._append(file, fields)
        except Broken as exc:
            raise self._damaged(exc) from exc
        except OSError as exc:
            raise ReportError(
                f"the audit log {self.path} cannot be written ({exc.strerror})", hint="choose another place"
            ) from exc

    def _append(self, file: IO[bytes], fields: Mapping[str, Any]) -> Head:
        fresh = file.seek(0, io.SEEK_END) == 0 and not self._head_path.exists()
        file.seek(0)
        if fresh:
            self._write_head(Head())
        head = self._verified(file, None)
        line = sealed(fields, head, self._key)
        file.seek(0, io.SEEK_END)
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
        after = Head(head.count + 1, digest_of(line))
        self._write_head(after)
        return after

    @contextmanager
    def _open(self, mode: str, *, create: bool = False) -> Iterator[IO[bytes]]:
        """Never through a symbolic link: whoever made it may want another file to grow. Raises Broken."""
        flags = (os.O_RDWR if "+" in mode else os.O_RDONLY) | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        try:
            handle = os.open(self.path, flags | (os.O_CREAT if create else 0), 0o600)
        except FileNotFoundError as exc:
            gone = self._head_path.exists()
            raise Broken(
                "its head file is there, but the log is gone" if gone else "there is no such file"
            ) from exc
        with os.fdopen(handle, mode) as file:
            _check_regular(handle)
            yield file

    def _verified(self, file: IO[bytes], expected: str | None) -> Head:
        if os.fstat(file.fileno()).st_size > _MOST_BYTES:
            raise Broken("it is too long to be checked: begin another one")
        chain = read_chain(file, self._key)
        told = self._read_head()
        if told is not None:
            _check_end(chain, told)
        elif expected is None:
            raise Broken("it has no head file beside it, so its end may have been cut")
        if expected is not None and expected not in chain.digests:
            raise Broken("no record has the digest that was kept: its end was cut, or it was changed")
        return chain.head

    def _read_head(self) -> Head | None:
        try:
            handle = os.open(self._head_path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            return None
        with os.fdopen(handle, "rb") as file:
            _check_regular(handle)
            line = file.read(MAX_LINE)
        record = checked(line, self._key, "its head file")
        count, digest = record.get("count"), record.get("head")
        if not isinstance(count, int) or not isinstance(digest, str) or count < 0:
            raise Broken("its head file was changed: it is not as leakgate writes it")
        return Head(count, digest)

    def _write_head(self, head: Head) -> None:
        record: dict[str, Any] = {"count": head.count, "head": head.digest}
        if self._key is not None:
            record["mac"] = mac_of(record, self._key)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".leakgate-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(canonical(record) + b"\n")
                out.flush()
                os.fsync(handle)
            Path(name).replace(self._head_path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _damaged(self, exc: Broken) -> UsageError:
        return UsageError(
            f"the audit log {self.path} is damaged: {exc.what}",
            hint="keep it as evidence, find out who changed it, and begin another file; nothing was added",
        )


def _check_regular(handle: int) -> None:
    """A device may have no end, and a pipe no writer. Raises OSError."""
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise OSError(errno.EINVAL, "not a regular file")


def _check_end(chain: Chain, told: Head) -> None:
    """A run that died between its record and the head file leaves one record more, and nothing one less."""
    if told.count > len(chain.digests):
        raise Broken(f"its end was cut: it has {len(chain.digests)} records, and had {told.count}")
    if len(chain.digests) - told.count > 1:
        raise Broken("records were added to it by something else than leakgate")
    if (FIRST, *chain.digests)[told.count] != told.digest:
        raise Broken("it is not the log that its head file belongs to: it was changed as a whole")
