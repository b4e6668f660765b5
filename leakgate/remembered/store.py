"""
Records by name in one signed file; what is damaged, foreign or too large is told, and read as nothing.

A record is believed only with the signature of whoever holds the key. Names are keyed as well, so that
nobody can look up by name whether some bytes were scanned. Never raises; trouble is in `notes`.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from leakgate.remembered.place import Unsafe, private_directory, read_private

_MAGIC = b"leakgate-results/1\n"
_MAC = 64  # hexadecimal digits
_FILE = "results.lgr"
_NAME = 64  # hexadecimal digits
MOST_BYTES = 64 << 20
_DAY = 86_400
_TRIES, _PAUSE = 20, 0.05  # to get the lock that another run has while it writes, seconds

_FOREIGN = "was not written with this key, or was changed since; nothing in it is believed"


class ResultStore:
    """Open from the beginning of a run to `close`, which writes what is new. One line is one record."""

    def __init__(self, directory: Path, key: bytes, *, most_bytes: int = MOST_BYTES, day: int = 0) -> None:
        self._directory = directory
        self._key = key
        self._most = most_bytes
        self._day = day or int(time.time()) // _DAY
        self._usable = False
        self._used: dict[bytes, bytes] = {}
        self.notes: list[str] = []
        self._known: dict[bytes, bytes] = {}
        try:
            private_directory(directory)
            self._usable = True
        except (Unsafe, OSError) as exc:
            self._note(_why(exc))
        if self._usable:
            self._known = self._read()

    def name(self, *parts: bytes) -> bytes:
        """The name of what is known of `parts`: it tells nothing of them to who has not the key."""
        told = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        return hmac.new(self._key, b"name\0" + told, hashlib.sha256).hexdigest().encode()

    def get(self, name: bytes) -> bytes | None:
        """The record; None where there is none."""
        line = self._used.get(name) or self._known.get(name)
        if line is None:
            return None
        day, _, record = line.partition(b" ")
        if name not in self._used and day != b"%d" % self._day:
            self._used[name] = b"%d %s" % (self._day, record)
        return record

    def put(self, name: bytes, record: bytes) -> None:
        """Remembers a record without line breaks, in the place of an older one."""
        if self._usable and b"\n" not in record and len(record) < self._most // 8:
            self._used[name] = b"%d %s" % (self._day, record)

    def close(self) -> None:
        """Writes what is new beside what others wrote meanwhile; the oldest goes where it is too much."""
        if not self._usable or not self._used:
            return
        try:
            with self._locked() as alone:
                if alone:
                    self._write({**self._read(again=True), **self._used})
                else:
                    self._note("is being written by another run; what this one learned is not kept")
        except (Unsafe, OSError) as exc:
            self._note(f"cannot be written ({_why(exc)}); what this run learned is not kept")

    def _read(self, *, again: bool = False) -> dict[bytes, bytes]:
        try:
            raw = read_private(self._directory / _FILE, self._most + self._most // 8)
        except FileNotFoundError:
            return {}
        except (Unsafe, OSError) as exc:
            if not again:
                self._note(_why(exc))
            return {}
        head = len(_MAGIC) + _MAC + 1
        told, body = raw[len(_MAGIC) : head], raw[head:]
        if raw[: len(_MAGIC)] != _MAGIC or not hmac.compare_digest(told, self._mac(body) + b"\n"):
            if not again:
                self._note(_FOREIGN)
            return {}
        return {line[:_NAME]: line[_NAME + 1 :] for line in body.split(b"\n") if line}

    def _write(self, records: dict[bytes, bytes]) -> None:
        """Alone: what others left half written is nobody's."""
        for left in self._directory.glob("*.tmp"):
            left.unlink()
        body = b"".join(self._kept(records))
        handle, name = tempfile.mkstemp(dir=self._directory, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_MAGIC + self._mac(body) + b"\n")
                out.write(body)
            Path(name).replace(self._directory / _FILE)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise

    def _kept(self, records: dict[bytes, bytes]) -> Iterator[bytes]:
        """The newest that there is room for."""
        left = self._most
        newest = sorted(records.items(), key=lambda item: _day_of(item[1]), reverse=True)
        for name, line in newest:
            left -= _NAME + len(line) + 2
            if left < 0:
                return
            yield b"%s %s\n" % (name, line)

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._key, _MAGIC + body, hashlib.sha256).hexdigest().encode()

    @contextmanager
    def _locked(self) -> Iterator[bool]:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(self._directory / "lock", flags, 0o600)
        try:
            yield any(_lock(descriptor) for _ in range(_TRIES))
        finally:
            os.close(descriptor)  # and with it the lock

    def _note(self, why: str) -> None:
        self.notes.append(f"the result cache {why}")


def _day_of(line: bytes) -> int:
    day = line.partition(b" ")[0]
    return int(day) if day.isdigit() else 0


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(_PAUSE)
        return False
    return True


def _why(exc: Unsafe | OSError) -> str:
    """The clause of ours, or the system's word."""
    if isinstance(exc, Unsafe):
        return str(exc)
    return f"cannot be used ({exc.strerror or type(exc).__name__})"
