"""Where reports go: standard output, and files that appear whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from leakgate.cli.environment import colored, width
from leakgate.model.errors import ReportError, UsageError
from leakgate.model.result import Reporter
from leakgate.report.registry import REPORTERS
from leakgate.wiring import Judged


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One `--report FORMAT=FILE`."""

    format: str
    path: Path


def parse_report(text: str) -> ReportFile:
    """Raises UsageError for an unknown format or a missing file name."""
    name, equals, path = text.partition("=")
    if not equals or not path:
        raise UsageError(
            f"--report {text!r} names no file", hint="write --report FORMAT=FILE, for example junit=leaks.xml"
        )
    if name not in REPORTERS:
        raise UsageError(f"unknown report format {name!r}", hint=f"there are {', '.join(REPORTERS)}")
    target = Path(path)
    if target.is_dir():
        raise UsageError(f"--report {text!r}: {path} is a directory", hint="name a file in it")
    return ReportFile(name, target)


def write_all(judged: Judged, files: Sequence[ReportFile], chosen: str, *, quiet: bool, verbose: int) -> None:
    """Report files first, then the chosen format on standard output. Raises ReportError."""
    for report in files:
        _write(judged, report)
    if quiet and chosen == "console":
        return
    _reporter(chosen, sys.stdout, verbose).render(judged.result, judged.verdict, sys.stdout)
    sys.stdout.flush()


def _reporter(name: str, out: IO[str], verbose: int) -> Reporter:
    if name != "console":
        return REPORTERS[name]()
    from leakgate.report.console import ConsoleReporter

    return ConsoleReporter(color=colored(out), width=width(), verbose=verbose)


def _write(judged: Judged, report: ReportFile) -> None:
    """Private until complete, then renamed into place."""
    try:
        report.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=report.path.parent, prefix=f".{report.path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                REPORTERS[report.format]().render(judged.result, judged.verdict, out)
            Path(name).replace(report.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as exc:
        raise ReportError(
            f"the {report.format} report cannot be written to {report.path} ({exc.strerror})",
            hint="choose another place with --report FORMAT=FILE",
        ) from exc
