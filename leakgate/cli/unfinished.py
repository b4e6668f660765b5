"""
What stands in every report until its scan has ended: that it did not.

A run that is killed, or stops at an error, leaves that behind, and never the pass of a run before it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from leakgate import __version__
from leakgate.cli.outputs import ReportFile, write_files
from leakgate.cli.run_identity import stopped
from leakgate.model.errors import ReportError, UsageError
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage, PolicyIdentity, RunIdentity, ScanResult, Timing
from leakgate.model.verdict import GapAction, GapDecision, Outcome, Verdict
from leakgate.wiring import Judged

_WHY = "The run did not end: it was killed, or stopped at an error; nothing is known of what it found."
_GAP = Gap("(run)", (), Stage.RUN, GapReason.INTERRUPTED, "the run did not end; scan again")


def leave_unfinished(files: Sequence[ReportFile], policy: str, run: RunIdentity) -> None:
    """Where a report cannot be written, the end of the run says so."""
    for report in files:
        with suppress(ReportError):
            write_files(unfinished(policy, run), [report], plain=True)


@contextmanager
def telling_interrupts(files: Sequence[ReportFile], policy: str, run: RunIdentity) -> Iterator[None]:
    """Who is told to stop before there is a judgement says so in the reports, with the exit code."""
    try:
        yield
    except KeyboardInterrupt:
        with suppress(ReportError):
            write_files(stopped(unfinished(policy, run)), files, plain=True)
        raise


def unfinished(policy: str, run: RunIdentity) -> Judged:
    """Incomplete, whatever the policy says of gaps; `policy` is what was asked for."""
    result = ScanResult(
        findings=(),
        gaps=(_GAP,),
        coverage=Coverage(),
        timing=Timing(0.0),
        rules=(),
        rules_digest="",
        policy=PolicyIdentity(policy, "", policy),
        tool_version=__version__,
        ephemeral_key=True,
        run=run,
    )
    gaps = (GapDecision(_GAP, GapAction.INCOMPLETE, "implicit/unfinished"),)
    return Judged(result, Verdict(Outcome.INCOMPLETE, (), gaps, (_WHY,)))


def check_apart(paths: Sequence[str], files: Sequence[ReportFile]) -> None:
    """Raises UsageError where a report would take the place of what is to be scanned."""
    scanned = {os.path.realpath(path) for path in paths if path != "-"}
    for report in files:
        if os.path.realpath(report.path) in scanned:
            raise UsageError(
                f"--report {report.format}={report.path} would take the place of what is to be scanned",
                hint="write the report to another file",
            )
