"""
A chain of records: each line of JSON holds the SHA-256 of the line before it, and with a key its own HMAC.

Never touches files. Without the key whoever can write the whole log can write another one; with it, only its
end can be cut unseen, and that shows against a head that was kept elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any

from leakgate.model.records import dataclass

FIRST = "0" * 64  # what the first record calls the one before it
MAX_LINE = 1 << 20


class Broken(Exception):
    """What is wrong with a log, in words for people; holds nothing of it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many records, and the SHA-256 of the last line in hexadecimal digits."""

    count: int = 0
    digest: str = FIRST


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain that holds: its head, and the digests of all its records."""

    digests: tuple[str, ...]

    @property
    def head(self) -> Head:
        return Head(len(self.digests), self.digests[-1] if self.digests else FIRST)


def sealed(fields: Mapping[str, Any], head: Head, key: bytes | None) -> bytes:
    """The line that follows `head`, with its line break."""
    record = {**fields, "seq": head.count + 1, "prev": head.digest}
    if key is not None:
        record["mac"] = mac_of(record, key)
    return canonical(record) + b"\n"


def read_chain(lines: Iterable[bytes], key: bytes | None) -> Chain:
    """The chain of all lines, which keep their line breaks. Raises Broken at the first that does not fit."""
    digests: list[str] = []
    for number, line in enumerate(lines, 1):
        before = digests[-1] if digests else FIRST
        _check(line, number, before, key)
        digests.append(digest_of(line))
    return Chain(tuple(digests))


def digest_of(line: bytes) -> str:
    """Of a line without its line break."""
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()


def canonical(record: Mapping[str, Any]) -> bytes:
    """One spelling for one record: sorted keys, no blanks, ASCII."""
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def checked(line: bytes, key: bytes | None, where: str) -> dict[str, Any]:
    """The record in a line that is whole, canonical and, with a key, signed with it. Raises Broken."""
    if not line.endswith(b"\n"):
        raise Broken(f"{where} is cut")
    try:
        record = json.loads(line) if len(line) <= MAX_LINE else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or canonical(record) + b"\n" != line:
        raise Broken(f"{where} was changed: it is not as leakgate writes it")
    mac = record.get("mac")
    if key is None and mac is not None:
        raise Broken(f"{where} is signed, and there is no key to check it: set LEAKGATE_KEY")
    if key is not None and mac is None:
        raise Broken(f"{where} is not signed: it was written without the key, or changed")
    signed = str(mac).encode("utf-8", "replace")  # of text, `compare_digest` takes ASCII only
    if key is not None and not hmac.compare_digest(signed, mac_of(record, key).encode()):
        raise Broken(f"{where} was changed, or signed with another key")
    return record


def _check(line: bytes, number: int, before: str, key: bytes | None) -> None:
    record = checked(line, key, f"record {number}")
    if record.get("seq") != number or record.get("prev") != before:
        raise Broken(
            f"record {number} does not follow the one before it: one was cut, changed, added or moved"
        )


def mac_of(record: Mapping[str, Any], key: bytes) -> str:
    body = canonical({name: value for name, value in record.items() if name != "mac"})
    return hmac.new(key, body, hashlib.sha256).hexdigest()
