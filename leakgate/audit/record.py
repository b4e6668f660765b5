"""
What is recorded of a run: who, what, when, by which policy and base, with which verdict and waivers.

Never holds a value, a mask or a name from inside an artifact.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from leakgate.model.acceptance import WaiverUse
from leakgate.model.records import dataclass
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Action, Verdict

FORMAT = "leakgate.audit/1"
_FINGERPRINTS = 50
_PATHS = 50
_TEXT = 500


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a run cannot know from its result; None where nothing says it. `time` is in UTC."""

    time: datetime
    actor: str
    commit: str | None
    run: str | None
    base: str | None
    paths: tuple[str, ...]


def record_of(result: ScanResult, verdict: Verdict, at: Circumstance) -> dict[str, Any]:
    """The fields of a record, as plain values."""
    return {
        "format": FORMAT,
        "time": at.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "actor": _text(at.actor),
        "commit": _optional(at.commit),
        "run": _optional(at.run),
        "base": _optional(at.base),
        "paths": [_text(path) for path in at.paths[:_PATHS]],
        "tool": {"version": result.tool_version, "rules_digest": result.rules_digest},
        "policy": {
            "name": _text(result.policy.name),
            "digest": result.policy.digest,
            "source": _text(result.policy.source),
        },
        "verdict": _verdict(verdict),
        "waivers": [_waiver(use) for use in verdict.waivers if use.covers],
        "scanned": {
            "artifacts": result.coverage.artifacts,
            "members": result.coverage.members,
            "bytes": result.coverage.bytes_scanned,
        },
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome.value,
        "exit_code": verdict.exit_code,
        "counts": {action.value: verdict.count(action) for action in Action},
        "known": sum(decision.known for decision in verdict.decisions),
        "gaps": dict(sorted(Counter(one.action.value for one in verdict.gaps).items())),
        "baseline": None if verdict.baseline is None else _text(verdict.baseline.source),
    }


def _waiver(use: WaiverUse) -> dict[str, Any]:
    return {
        "id": _text(use.id),
        "state": use.state.value,
        "waived": use.waived,
        "owner": _text(use.owner),
        "approver": _optional(use.approver),
        "expires": use.expires.isoformat(),
        "ticket": _optional(use.ticket),
        "fingerprints": list(use.fingerprints[:_FINGERPRINTS]),
    }


def _text(text: str) -> str:
    """Bounded and on one line; a record is read in terminals too."""
    return "".join(char if char.isprintable() else "?" for char in text[:_TEXT])


def _optional(text: str | None) -> str | None:
    return None if text is None else _text(text)
