"""Where reports go: standard output, and files that appear whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from leakgate.cli.checkout import folder_for, refuse_links, replace_in, root_of
from leakgate.cli.environment import colored, width
from leakgate.cli.streams import forsake_output
from leakgate.model.errors import ReportError, UsageError
from leakgate.model.records import dataclass
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
    refuse_links(target)
    return ReportFile(name, target)


def write_all(judged: Judged, files: Sequence[ReportFile], chosen: str, *, quiet: bool, verbose: int) -> None:
    """Report files first, then the chosen format on standard output, each whatever becomes of the others.

    Raises the first ReportError.
    """
    failed: ReportError | None = None
    try:
        write_files(judged, files)
    except ReportError as exc:
        failed = exc
    if not (quiet and chosen == "console"):
        _to_standard_output(judged, chosen, verbose)
    if failed is not None:
        raise failed


def write_files(judged: Judged, files: Sequence[ReportFile], *, plain: bool = False) -> None:
    """Each whatever becomes of the others; `plain` leaves out devices, pipes and our own streams.

    Raises the first ReportError.
    """
    errors: list[ReportError] = []
    for report in files:
        try:
            _write(judged, report, plain=plain)
        except ReportError as exc:
            errors.append(exc)
    if errors:
        raise errors[0]


def _to_standard_output(judged: Judged, chosen: str, verbose: int) -> None:
    if sys.stdout is None:
        raise ReportError(
            "standard output is closed", hint="open it, or use --quiet and --report FORMAT=FILE"
        )
    reporter = _reporter(chosen, sys.stdout, verbose)
    try:
        _show(sys.stdout, lambda out: reporter.render(judged.result, judged.verdict, out))
    except OSError as exc:
        raise ReportError(
            f"the {chosen} report cannot be written to standard output ({exc.strerror})",
            hint="let its reader read to the end, or use --quiet and --report FORMAT=FILE",
        ) from exc


def _show(stream: IO[str], render: Callable[[IO[str]], None]) -> None:
    """On a standard stream. Raises OSError."""
    try:
        render(stream)
        stream.flush()
    except OSError:
        if stream is sys.stdout:
            forsake_output()
        raise


def _reporter(name: str, out: IO[str], verbose: int) -> Reporter:
    if name != "console":
        return REPORTERS[name]()
    from leakgate.report.console import ConsoleReporter

    return ConsoleReporter(color=colored(out), width=width(), verbose=verbose)


def _write(judged: Judged, report: ReportFile, *, plain: bool) -> None:
    def render(out: IO[str]) -> None:
        REPORTERS[report.format]().render(judged.result, judged.verdict, out)
        out.flush()

    try:
        refuse_links(report.path)
        found = _status(report.path)
        if found is None or (stat.S_ISREG(found.st_mode) and _stream_at(found) is None):
            # Outside of a repository a link stays one: whoever made it wants the report behind it.
            inside = root_of(report.path) is not None
            _replace(report.path if inside else Path(os.path.realpath(report.path)), found, render)
        elif not plain:
            _pour(report.path, found, render)
    except UsageError as exc:
        raise ReportError(f"the {report.format} report is not written: {exc.message}", hint=exc.hint) from exc
    except OSError as exc:
        raise ReportError(
            f"the {report.format} report cannot be written to {report.path} ({exc.strerror})",
            hint="choose another place with --report FORMAT=FILE",
        ) from exc


def _status(path: Path) -> os.stat_result | None:
    """Of what the links lead to; None where nothing is there yet. Raises OSError."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _stream_at(found: os.stat_result) -> IO[str] | None:
    """Our own standard stream, where that is what was named: `/dev/stdout`, or the file it goes to."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and os.path.samestat(found, os.fstat(stream.fileno())):
                return stream
        except (OSError, ValueError):
            continue  # a stream without a descriptor is nobody's file
    return None


def _pour(path: Path, found: os.stat_result, render: Callable[[IO[str]], None]) -> None:
    """Into a device or pipe, which must stay what it is. Raises OSError, also for a pipe nobody reads."""
    stream = _stream_at(found)
    if stream is not None:
        _show(stream, render)
        return
    # Opening a pipe for writing would wait for its reader for ever.
    descriptor = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
        render(out)


def _replace(path: Path, found: os.stat_result | None, render: Callable[[IO[str]], None]) -> None:
    """Private until complete, then renamed into place, as readable as what it replaces.

    A new one is never writable by others, whatever the umask: who may change a report may change a verdict.
    """
    mode = stat.S_IMODE(found.st_mode) if found else 0o644 & ~_umask()

    def write(out: IO[bytes]) -> None:
        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
        render(text)
        text.detach()

    with folder_for(path) as folder:
        replace_in(folder, path.name, write, mode)


def _umask() -> int:
    """The system tells only by being told."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
