"""
Full sentences that say why a verdict is what it is.

Never decides. Names come from scanned input: they are shortened and stripped of control characters, and
reports must still neutralise them for their target.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from leakgate.model.gap import Gap, GapReason
from leakgate.model.verdict import Action, Decision, GapAction, GapDecision, Outcome

_NAMED = 3  # gaps of one reason that are named; the others are counted
_WHY = {
    GapReason.UNREADABLE: "it could not be read",
    GapReason.DENIED: "permission to read it was denied",
    GapReason.VANISHED: "it was gone before it was read",
    GapReason.CHANGED: "it changed during the scan",
    GapReason.NOT_A_FILE: "it is not a file",
    GapReason.OUTSIDE_ROOT: "it leads out of the scanned folder",
    GapReason.TOO_LARGE: "it is over a size limit",
    GapReason.TOO_DEEP: "it is nested too deep",
    GapReason.TOO_MANY: "it holds too many members or matches",
    GapReason.BOMB: "it unpacks to suspiciously much",
    GapReason.ENCRYPTED: "it is encrypted",
    GapReason.MALFORMED: "it is damaged or not what it claims to be",
    GapReason.UNSUPPORTED: "its format is not supported",
    GapReason.UNPARSED: "it was scanned as bytes, for its reader gave up",
    GapReason.OPAQUE: "parts of it look encrypted or packed",
    GapReason.RECOGNIZER_FAILED: "a recognizer failed on it",
    GapReason.UNGUARDABLE: "a known value cannot be looked for",
    GapReason.MODEL_MISSING: "the language model that the policy asks for is missing",
    GapReason.TIME_LIMIT: "the time limit was over",
    GapReason.MEMORY_LIMIT: "it took too much memory",
    GapReason.INTERRUPTED: "the run was interrupted",
    GapReason.NOTHING_SCANNED: "nothing was there to be scanned",
}
_CONSEQUENCE = {
    GapAction.BLOCK: "which blocks",
    GapAction.INCOMPLETE: "which leaves the scan incomplete",
    GapAction.WARN: "which the policy accepts with a warning",
    GapAction.ALLOWED: "which the policy accepts",
}


def reasons_for(
    outcome: Outcome, decisions: Sequence[Decision], gaps: Sequence[GapDecision], *, interrupted: bool
) -> tuple[str, ...]:
    """What led to the outcome, the gravest first; what a pass lets through where it passed."""
    reasons = [*_blocked(decisions), *_gaps(gaps, GapAction.BLOCK), *_gaps(gaps, GapAction.INCOMPLETE)]
    if interrupted and not any(one.gap.reason is GapReason.INTERRUPTED for one in gaps):
        reasons.append("The run was interrupted before everything was scanned.")
    if outcome is Outcome.PASS:
        reasons += [_summary(decisions), *_accepted(gaps)]
    return tuple(reasons)


def _blocked(decisions: Sequence[Decision]) -> Iterator[str]:
    by_clause = Counter(one.clause for one in decisions if one.action is Action.BLOCK)
    for clause, number in sorted(by_clause.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{_counted(number, 'finding')} {'is' if number == 1 else 'are'} blocked by {clause}."


def _gaps(gaps: Sequence[GapDecision], action: GapAction) -> Iterator[str]:
    chosen = [one.gap for one in gaps if one.action is action]
    for reason in GapReason:
        same = sorted(gap for gap in chosen if gap.reason is reason)
        for gap in same[:_NAMED]:
            yield _sentence(gap, action)
        if len(same) > _NAMED:
            yield f"{len(same) - _NAMED} more were not fully scanned ({reason}), {_CONSEQUENCE[action]}."


def _sentence(gap: Gap, action: GapAction) -> str:
    clause = f"coverage/{gap.reason}"
    if gap.reason is GapReason.NOTHING_SCANNED:
        return f"Nothing was scanned, {_CONSEQUENCE[action]} ({clause})."
    if gap.reason is GapReason.INTERRUPTED:
        return f"The run was interrupted, {_CONSEQUENCE[action]} ({clause})."
    return f"{_name(gap)} was not fully scanned: {_WHY[gap.reason]}, {_CONSEQUENCE[action]} ({clause})."


def _name(gap: Gap) -> str:
    whole = "!/".join((gap.path, *gap.members))
    safe = "".join(char if char.isprintable() else "?" for char in whole[-400:])
    return safe if len(safe) <= 120 else f"...{safe[-117:]}"


def _summary(decisions: Sequence[Decision]) -> str:
    if not decisions:
        return "Nothing was found."
    counts = Counter(one.action for one in decisions)
    told = ", ".join(f"{counts[action]} {_PAST[action]}" for action in Action if counts[action])
    return f"No finding is blocked: {told}."


_PAST = {
    Action.BLOCK: "blocked",
    Action.WARN: "warned about",
    Action.WAIVED: "waived",
    Action.BASELINED: "in the baseline",
    Action.ALLOWED: "allowed",
}


def _accepted(gaps: Sequence[GapDecision]) -> Iterator[str]:
    for action in (GapAction.WARN, GapAction.ALLOWED):
        number = sum(one.action is action for one in gaps)
        if number:
            were = "was" if number == 1 else "were"
            yield f"{_counted(number, 'item')} {were} not fully scanned, {_CONSEQUENCE[action]}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
