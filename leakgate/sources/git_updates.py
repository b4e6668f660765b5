"""
What `git push` is about to do, in the words in which it tells its pre-push hook.

One line for each ref: local ref, local object, remote ref, remote object (githooks(5)). Hashes are SHA-1 or
SHA-256; zeros stand for a ref that is not there.
"""

from __future__ import annotations

from leakgate.model.errors import UsageError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_HASH = expression(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Update:
    """One ref. `local` is None where it is deleted, `remote` None where it is new.

    `names` are what it is called here and there.
    """

    local: str | None
    remote: str | None
    names: tuple[str, ...] = ()


def parse_updates(told: bytes) -> tuple[Update, ...]:
    """Raises UsageError for lines that git does not write: what is not understood is not let through."""
    lines = [line for line in told.decode("utf-8", "surrogateescape").split("\n") if line.strip()]
    return tuple(_update(line.split(" "), number) for number, line in enumerate(lines, 1))


def _update(words: list[str], number: int) -> Update:
    if len(words) != 4 or not (_HASH.fullmatch(words[1]) and _HASH.fullmatch(words[3])):
        raise UsageError(
            f"line {number} of standard input is not what git tells a pre-push hook",
            hint="let git call this command: `leakgate hook install`",
        )
    return Update(_known(words[1]), _known(words[3]), (words[0], words[2]))


def _known(name: str) -> str | None:
    return name if name.strip("0") else None
