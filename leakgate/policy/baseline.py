"""
The baseline: findings that were there when the gate was adopted, one keyed fingerprint a line.

Holds no value, no place and no date; `git blame` knows who added which line and when. Reads strictly: a file
of another key, of a newer version or with a cut line is an error, or everything in it would be "new".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from leakgate.model.errors import PolicyError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

VERSION = 1
MAX_BYTES = 16 << 20

_FIRST = expression(r"leakgate-baseline ([0-9]{1,9})")
_CHECK = expression(r"key-check ([0-9a-f]{32})")
_KEY = expression(r"public-key ([0-9a-f]{64})")
_ENTRY = expression(r"(lg1:[0-9a-f]{32}) ([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)")
_PREAMBLE = (
    "# Known findings: keyed fingerprint and rule, sorted; no values, no places.",
    "# Written by `leakgate baseline`. In a merge conflict, keep the lines of both sides.",
)
_PUBLIC = "# The key below is public: whoever has this file can try values against it."


@dataclass(frozen=True, slots=True)
class Baseline:
    """`entries` are rule ids by fingerprint; `public_key` is the key itself, where the file holds it."""

    key_check: str
    entries: Mapping[str, str]
    public_key: str | None = None
    source: str = ""

    def __contains__(self, fingerprint: str) -> bool:
        return fingerprint in self.entries

    def with_entries(self, entries: Iterable[tuple[str, str]]) -> Baseline:
        """The same file with other entries."""
        return Baseline(self.key_check, MappingProxyType(dict(entries)), self.public_key, self.source)

    def check_key(self, key_check: str) -> None:
        """Raises PolicyError unless fingerprints under the key of that check can be compared with these."""
        if key_check == self.key_check:
            return
        hint = "set LEAKGATE_KEY to the key under which it was made, or make it anew"
        if self.public_key is not None:
            hint = "unset LEAKGATE_KEY, so that the key in the file is used, or make the baseline anew"
        raise PolicyError(f"{self.source}: a baseline of another key", hint=hint)


def read_baseline(raw: bytes, source: str) -> Baseline:
    """The baseline in `raw`, which `source` names in messages. Raises PolicyError."""
    lines = _lines(raw, source)
    checks: set[str] = set()
    keys: set[str] = set()
    entries: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        if found := _ENTRY.fullmatch(line):
            entries[found[1]] = found[2]
        elif found := _CHECK.fullmatch(line):
            checks.add(found[1])
        elif found := _KEY.fullmatch(line):
            keys.add(found[1])
        else:
            raise _unreadable(line, f"{source}:{number}")
    if len(checks) != 1 or len(keys) > 1:
        raise PolicyError(
            f"{source}: no single key check; this is no whole baseline, or two of different keys",
            hint="take the file of one side, then run `leakgate baseline update`",
        )
    return Baseline(checks.pop(), MappingProxyType(entries), keys.pop() if keys else None, source)


def written(baseline: Baseline) -> str:
    """The file as text, sorted: the same entries are the same bytes."""
    head = [f"leakgate-baseline {VERSION}", *_PREAMBLE]
    if baseline.public_key is not None:
        head += [_PUBLIC, f"public-key {baseline.public_key}"]
    head.append(f"key-check {baseline.key_check}")
    lines = [f"{fingerprint} {rule}" for fingerprint, rule in sorted(baseline.entries.items())]
    return "\n".join([*head, *lines]) + "\n"


def _lines(raw: bytes, source: str) -> list[str]:
    if len(raw) > MAX_BYTES:
        raise PolicyError(f"{source}: over {MAX_BYTES} bytes", hint="is this a baseline of leakgate?")
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError as exc:
        raise PolicyError(f"{source}: not a baseline", hint="is this a baseline of leakgate?") from exc
    lines = text.replace("\r\n", "\n").split("\n")
    first = _FIRST.fullmatch(lines[0])
    if first is None:
        raise PolicyError(
            f"{source}:1: not a baseline",
            hint="make one with `leakgate baseline create`, or restore this one",
        )
    if int(first[1]) != VERSION:
        raise PolicyError(
            f"{source}: a baseline of another version; this leakgate reads version {VERSION}",
            hint="upgrade leakgate, or make the baseline anew",
        )
    if lines[-1]:
        raise PolicyError(
            f"{source}:{len(lines)}: the last line is cut", hint="restore the file from version control"
        )
    return lines[:-1]


def _unreadable(line: str, where: str) -> PolicyError:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return PolicyError(
            f"{where}: an unresolved merge conflict",
            hint="keep the lines of both sides and remove the marks, or set `merge=union` in .gitattributes",
        )
    return PolicyError(
        f"{where}: neither a fingerprint with its rule nor a comment; the line is cut or damaged",
        hint="restore the file from version control, or run `leakgate baseline create` again",
    )
