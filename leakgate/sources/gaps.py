"""Gaps that sources leave; details name the system's words and a remedy, never content."""

from __future__ import annotations

import os

from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.refusal import reason_of

_STOP = "scan once the test run has stopped writing"


def unreadable(path: str, exc: OSError) -> Gap:
    why = os.strerror(exc.errno) if exc.errno else "input/output error"
    return _gap(path, reason_of(exc), f"the system refuses: {why}; check permissions and who writes here")


def dangling(path: str) -> Gap:
    return _gap(path, GapReason.NOT_A_FILE, "symbolic link to nothing; remove it or exclude it")


def loop(path: str) -> Gap:
    return _gap(path, GapReason.OUTSIDE_ROOT, "symbolic link that leads to itself; remove it or exclude it")


def leaves_root(path: str) -> Gap:
    return _gap(
        path,
        GapReason.OUTSIDE_ROOT,
        "symbolic link out of the scanned directories; name its target as an argument, or exclude it",
    )


def not_a_file(path: str, kind: str) -> Gap:
    return _gap(path, GapReason.NOT_A_FILE, f"a {kind}, not a file; pipe its content to `leakgate scan -`")


def input_too_large(path: str, limit: int) -> Gap:
    return _gap(
        path,
        GapReason.TOO_LARGE,
        f"standard input is longer than {limit} bytes and was scanned up to there; scan it as a file",
    )


def grown(path: str) -> Gap:
    return _gap(path, GapReason.CHANGED, f"was written while it was scanned; {_STOP}")


def appeared(path: str) -> Gap:
    return _gap(path, GapReason.CHANGED, f"is new since the folder was listed, and was not scanned; {_STOP}")


def removed(path: str) -> Gap:
    return _gap(path, GapReason.CHANGED, f"was removed during the scan; {_STOP}")


def _gap(path: str, reason: GapReason, detail: str) -> Gap:
    return Gap(path, (), Stage.SOURCE, reason, detail)
