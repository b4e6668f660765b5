"""What a file of foreign rules says, in one form; every rule is either taken or refused with a reason."""

from __future__ import annotations

from dataclasses import field

from leakgate.model.detection import Severity
from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """When a match is none. Any part that is there may hold, or with `all_of` every one must.

    Expressions are RE2. `target` is what `expressions` look at: `secret`, `match` or `line`.
    """

    expressions: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    stopwords: tuple[str, ...] = ()
    target: str = "secret"
    all_of: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackRule:
    """One foreign rule. `group` is the number or name of the value's group; 0 is the first that matched."""

    id: str
    name: str
    expression: str
    group: int | str = 0
    keywords: tuple[str, ...] = ()
    entropy: float = 0.0
    path: str = ""
    severity: Severity = Severity.HIGH
    allowances: tuple[Allowance, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule or setting of the file that is not taken over, and why."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one file. `allowances` hold for all of them; `disabled` are the tool's own rules."""

    origin: str
    rules: tuple[PackRule, ...]
    refused: tuple[Refused, ...] = ()
    allowances: tuple[Allowance, ...] = field(default=())
    disabled: tuple[str, ...] = ()
