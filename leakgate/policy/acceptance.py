"""
What a policy says about acceptance: how long waivers live, who may approve them, what nothing accepts.

Never judges; `judging` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leakgate.model.records import dataclass
from leakgate.policy.clauses import When

MAX_WAIVER_DAYS = 180
ANNOUNCE_DAYS = 14


@dataclass(frozen=True, slots=True)
class AcceptanceRules:
    """`approvers` are names as waivers write them; with `codeowners`, those of the waiver file count too.

    `inline_marks`: marks of other scanners in committed source count. `test_scopes`: waivers may be scoped to
    a test, whose name whatever runs can write.
    Findings for which `never_waived` or `never_baselined` holds are not accepted that way.
    """

    max_waiver_days: int = MAX_WAIVER_DAYS
    announce_days: int = ANNOUNCE_DAYS
    approvers: tuple[str, ...] = ()
    codeowners: bool = False
    self_approval: bool = False
    inline_marks: bool = False
    test_scopes: bool = True
    never_waived: When | None = None
    never_baselined: When | None = None

    def as_written(self) -> dict[str, Any]:
        """In the words of the file; conditions that are not set are left out."""
        conditions = {"never_waived": self.never_waived, "never_baselined": self.never_baselined}
        return {
            "max_waiver_days": self.max_waiver_days,
            "announce_days": self.announce_days,
            "approvers": sorted(self.approvers),
            "codeowners": self.codeowners,
            "self_approval": self.self_approval,
            "inline_marks": self.inline_marks,
            "test_scopes": self.test_scopes,
            **{name: when.as_written() for name, when in conditions.items() if when is not None},
        }


def rules_from(settings: Mapping[str, Any], when: Callable[[dict[str, Any]], When]) -> AcceptanceRules:
    """From the values under `acceptance`; `when` makes conditions of what was read."""
    given = dict(settings)
    for name in ("never_waived", "never_baselined"):
        if name in given:
            given[name] = when(given[name])
    return AcceptanceRules(**given)
