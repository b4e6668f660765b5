"""`leakgate scan`."""

from __future__ import annotations

import sys

import click

from leakgate import wiring
from leakgate.cli import environment
from leakgate.cli.outputs import parse_report, write_all
from leakgate.findings.fingerprint import Key
from leakgate.model.detection import Category
from leakgate.model.errors import UsageError
from leakgate.policy.load import load_policy
from leakgate.report.progress import Progress
from leakgate.report.registry import REPORTERS


@click.command("scan")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--policy",
    default="default",
    metavar="NAME|FILE",
    show_default=True,
    help="default, strict, advisory, or a policy file.",
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    type=click.Choice([c.value for c in Category]),
    help="Look for this category only; repeatable.",
)
@click.option(
    "--format",
    "chosen",
    type=click.Choice(list(REPORTERS)),
    default="console",
    show_default=True,
    help="What goes to standard output.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Also write a report to a file; repeatable.",
)
@click.option("--include", multiple=True, metavar="GLOB", help="Scan only files that match; repeatable.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files that match; repeatable.")
@click.option(
    "--name", "stdin_name", metavar="NAME", help="What to call standard input (PATH is -) in reports."
)
@click.option("-q", "--quiet", is_flag=True, help="No console report and no progress; the exit code tells.")
@click.option("-v", "--verbose", count=True, help="Also list what was let through; twice: every place.")
def command(
    *,
    paths: tuple[str, ...],
    policy: str,
    categories: tuple[str, ...],
    chosen: str,
    reports: tuple[str, ...],
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    stdin_name: str | None,
    quiet: bool,
    verbose: int,
) -> int:
    """Scan files, directories, archives or standard input and judge what is found by a policy.

    PATH is a file, a directory (everything below it), a glob, an archive, or - for standard input.
    """
    if not paths:
        raise UsageError(
            "no path to scan",
            hint="name the folder that the test run left, for example `leakgate scan build`",
        )
    files = [parse_report(report) for report in reports]
    loaded = load_policy(policy)
    selection = loaded.detect.narrowed(map(Category, categories)) if categories else loaded.detect
    settings = wiring.Settings(
        paths=paths,
        policy=loaded,
        selection=selection,
        key=Key.of(environment.fingerprint_key()),
        cache_directory=environment.cache_directory(),
        include=include,
        exclude=exclude,
        stdin_name=stdin_name,
    )
    progress = Progress(sys.stderr, enabled=not quiet and sys.stderr.isatty())
    try:
        judged = wiring.scan(
            settings, sys.stdin.buffer, lambda path, done: progress.advance(path, done, None)
        )
    finally:
        progress.finish()
    write_all(judged, files, chosen, quiet=quiet, verbose=verbose)
    return judged.verdict.exit_code
