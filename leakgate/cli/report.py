"""`leakgate report`: other reports of a scan that is done."""

from __future__ import annotations

from pathlib import Path

import click

from leakgate.cli.outputs import parse_report, write_all
from leakgate.cli.results import expecting, load_expected
from leakgate.report.registry import REPORTERS


@click.group("report")
def command() -> None:
    """Work with the results of earlier scans."""


@command.command("convert")
@click.argument("result", metavar="RESULT.json")
@click.option(
    "--to", "chosen", required=True, type=click.Choice(list(REPORTERS)), help="The report to write."
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it; standard output if not given.",
)
@expecting
@click.option("-v", "--verbose", count=True, help="The console report lists more; twice: every place.")
def convert(
    *,
    result: str,
    chosen: str,
    output: Path | None,
    expected: str | None,
    max_age: str | None,
    verbose: int,
) -> int:
    """Write another report of a scan, from its JSON report.

    RESULT.json is what --report json=FILE wrote, or - for standard input. It is checked before anything
    is written: a file that is damaged, too new or contradicts itself is an error (exit code 2).
    The exit code is 0 where the report was written, whatever the verdict in it.
    """
    judged = load_expected(result, expected, max_age)
    if output is None:
        write_all(judged, (), chosen, quiet=False, verbose=verbose)
    else:
        write_all(judged, (parse_report(f"{chosen}={output}"),), "console", quiet=True, verbose=0)
    return 0
