"""What a file of foreign rules says, in one form; every rule is either taken or refused with a reason."""

from __future__ import annotations

from dataclasses import field

from leakgate.model.detection import Severity
from leakgate.model.expressions import expression
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


# Words of letters with few digits: what rules are called, and no token.
_RULE_NAME = expression(r"[a-z]{1,20}\d{0,3}(?:[-_.](?:[a-z]{1,20}\d{0,3}|\d{1,3})){0,8}|\([a-z ]{1,20}\)")
_KEY_NAME = expression(r"[A-Za-z]{1,10}(?:[-_]?[A-Za-z]{1,10}){0,2}")


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule or setting of the file that is not taken over, and why; `why` quotes nothing of the file."""

    id: str
    why: str

    @property
    def shown_id(self) -> str:
        """The id where it is a name that rules have; a file given by mistake may hold anything."""
        return self.id if _RULE_NAME.fullmatch(self.id) else "(a rule of another name)"


def shown_key(key: str) -> str:
    """A key of a rule in quotes, where it is a word as keys are; else only that it is unknown."""
    return f"{key!r}" if _KEY_NAME.fullmatch(key) else "of an unknown name"


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one file. `allowances` hold for all of them; `disabled` are the tool's own rules."""

    origin: str
    rules: tuple[PackRule, ...]
    refused: tuple[Refused, ...] = ()
    allowances: tuple[Allowance, ...] = field(default=())
    disabled: tuple[str, ...] = ()
