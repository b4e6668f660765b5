"""
Words and numbers that several reports share, as plain text.

What comes back may hold scanned text as it is: the report passes it through `text_safety` for its target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from leakgate.model.data_class import data_class_of
from leakgate.model.detection import Category, Rule
from leakgate.model.finding import Location
from leakgate.model.gap import Gap, GapReason
from leakgate.model.result import Coverage, ScanResult, Timing
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, Decision, GapAction, Outcome, Verdict

EPHEMERAL_KEY = (
    "Fingerprints hold for this run only, as no key was set: set LEAKGATE_KEY before you refer to them."
)

WHOLE_RUN = "the whole run"

NOUNS = {
    Category.SECRET: "secrets",
    Category.PII: "personal data",
    Category.HYGIENE: "hygiene problems",
}

GAP_WORDS = {
    GapReason.UNREADABLE: "could not be read",
    GapReason.DENIED: "permission denied",
    GapReason.VANISHED: "gone before it was read",
    GapReason.CHANGED: "changed during the scan",
    GapReason.NOT_A_FILE: "not a regular file",
    GapReason.OUTSIDE_ROOT: "link that leaves the scanned folder",
    GapReason.TOO_LARGE: "over the size limit",
    GapReason.TOO_DEEP: "nested too deeply",
    GapReason.TOO_MANY: "over a count limit",
    GapReason.BOMB: "suspected decompression bomb",
    GapReason.ENCRYPTED: "encrypted",
    GapReason.MALFORMED: "damaged or truncated",
    GapReason.UNSUPPORTED: "format not supported",
    GapReason.UNPARSED: "document that was scanned as bytes",
    GapReason.OPAQUE: "looks encrypted or packed",
    GapReason.RECOGNIZER_FAILED: "a recognizer failed",
    GapReason.UNGUARDABLE: "known value that cannot be looked for",
    GapReason.MODEL_MISSING: "language model not installed",
    GapReason.TIME_LIMIT: "out of time",
    GapReason.MEMORY_LIMIT: "out of memory",
    GapReason.INTERRUPTED: "interrupted",
    GapReason.NOTHING_SCANNED: "nothing was scanned",
}


def headline_word(verdict: Verdict) -> str:
    """One word for the verdict."""
    if verdict.interrupted:
        return "INTERRUPTED"
    match verdict.outcome:
        case Outcome.BLOCK:
            return "BLOCKED"
        case Outcome.PASS:
            return "PASSED"
        case Outcome.INCOMPLETE:
            return "INCOMPLETE"
        case _:
            assert_never(verdict.outcome)


def headline(result: ScanResult, verdict: Verdict) -> str:
    """What happened, in half a sentence; holds no scanned text."""
    blocking_gaps = sum(decision.action is GapAction.BLOCK for decision in verdict.gaps)
    found = [
        plural(verdict.count(Action.BLOCK), "finding blocks", "findings block"),
        plural(blocking_gaps, "gap in coverage blocks", "gaps in coverage block"),
        plural(verdict.count(Action.WARN), "warning", "warnings"),
        plural(len(verdict.gaps) - blocking_gaps, "other gap", "other gaps")
        if blocking_gaps
        else plural(len(verdict.gaps), "gap in coverage", "gaps in coverage"),
    ]
    told = [words for words in found if not words.startswith("0 ")]
    if told:
        return ", ".join(told)
    kept = len(verdict.decisions)
    if kept:
        return f"nothing blocks, {plural(kept, 'finding was', 'findings were')} let through by the policy"
    return f"nothing found in {plural(result.coverage.artifacts, 'artifact', 'artifacts')}"


def artifact_path(path: str, members: Sequence[str]) -> str:
    """`path!/member!/member`, as a person would look for it."""
    return "!/".join((path, *members))


def position(location: Location) -> str:
    """`:line:column`, or where there are no lines `@byte`."""
    if location.line is None:
        return f"@{location.byte_start}"
    return f":{location.line}" if location.column is None else f":{location.line}:{location.column}"


def gap_place(gap: Gap) -> str:
    """Which artifact was not looked at."""
    return WHOLE_RUN if is_of_whole_run(gap) else artifact_path(gap.path, gap.members)


def is_of_whole_run(gap: Gap) -> bool:
    """True for a gap that no artifact can be named for, such as an interrupt."""
    return not gap.members and gap.path in ("", "(run)")


def data_class(rule: Rule) -> str:
    """The class of data that a rule finds, and the clauses that speak of it."""
    found = data_class_of(rule)
    clauses = f" ({', '.join(found.regulations)})" if found.regulations else ""
    return found.data_class.value + clauses


def source_of_test(test: TestRef) -> str:
    """`file:line` of the test where its report says so, else nothing."""
    if test.file is None:
        return ""
    return test.file if test.line is None else f"{test.file}:{test.line}"


def written_by(emitter: Emitter) -> str:
    """The line of source, service, span and request, as far as they are known; at least one is."""
    parts = []
    if emitter.file is not None:
        parts.append(emitter.file if emitter.line is None else f"{emitter.file}:{emitter.line}")
    named = (("service", emitter.service), ("span", emitter.span), ("request", emitter.request))
    return ", ".join([*parts, *(f"{what} {name}" for what, name in named if name)])


def emitted(emitter: Emitter) -> str:
    """How an emitter and a place hang together; `written_by` says what it is."""
    return "part of" if emitter.file is None else "written by"


def next_steps(verdict: Verdict) -> tuple[str, ...]:
    """What whoever reads the report should do, most urgent first; holds no scanned text."""
    steps = []
    if any(_is_real_secret(decision) for decision in verdict.decisions):
        steps.append(
            "revoke or rotate every real credential listed, as whoever can read these artifacts may have it;"
            " then stop the test from writing it, delete the artifacts, and run again."
        )
    elif verdict.count(Action.BLOCK):
        steps.append(
            "replace what blocks by made-up values in the tests, or mask it where it is written;"
            " delete the artifacts, and run again."
        )
    if any(decision.action in (GapAction.BLOCK, GapAction.INCOMPLETE) for decision in verdict.gaps):
        steps.append(
            "mend what could not be scanned, or keep it out of the artifacts; what nobody looked at may leak."
        )
    return tuple(steps)


def _is_real_secret(decision: Decision) -> bool:
    rule = decision.finding.rule
    return decision.action is Action.BLOCK and rule.category is Category.SECRET


def coverage(seen: Coverage) -> str:
    """How much was looked at."""
    parts = [plural(seen.artifacts, "artifact", "artifacts")]
    if seen.members:
        parts.append(plural(seen.members, "archive member", "archive members"))
    parts.append(size(seen.bytes_scanned))
    if seen.bytes_decoded:
        parts.append(f"{size(seen.bytes_decoded)} decoded")
    if seen.skipped:
        parts.append(f"{seen.skipped:,} skipped")
    if seen.from_cache:
        parts.append(f"{seen.from_cache:,} from the result cache")
    if seen.pictures:
        parts.append(f"pictures and videos: {seen.pictures:,}, pixels are not read")
    return ", ".join(parts)


def timing(spent: Timing) -> str:
    """Seconds in all and by stage."""
    stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in spent.stages.items())
    return f"{spent.seconds:.2f} s" + (f" ({stages})" if stages else "")


def size(count: int) -> str:
    """Bytes with a binary unit."""
    if count < 1024:
        return f"{count} B"
    amount, unit = float(count), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.1f} {unit}"


def plural(count: int, one: str, many: str) -> str:
    """`1 file`, `1,000 files`."""
    return f"{count:,} {one if count == 1 else many}"
