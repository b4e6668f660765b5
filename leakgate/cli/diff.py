"""`leakgate diff`: what changed between two scans."""

from __future__ import annotations

import sys

import click

from leakgate.cli.results import load_result
from leakgate.model.errors import UsageError
from leakgate.report.difference_texts import WRITERS
from leakgate.report.differences import compare


@click.command("diff")
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option(
    "--format",
    "chosen",
    type=click.Choice(list(WRITERS)),
    default="console",
    show_default=True,
    help="What goes to standard output.",
)
@click.option(
    "--exit-code", "telling", is_flag=True, help="Exit with 1 where something is worse than before."
)
def command(old: str, new: str, chosen: str, *, telling: bool) -> int:
    """Say what is new, gone, elsewhere or decided otherwise between two results.

    OLD.json and NEW.json are what --report json=FILE wrote; one of them may be - for standard input. Both
    scans need the same LEAKGATE_KEY, or their fingerprints cannot be compared (exit code 2). The exit code
    is 0, whatever changed; with --exit-code it is 1 where something is new and not let through, or is
    decided more strictly.
    """
    if old == new == "-":
        raise UsageError("only one of the two can be standard input", hint="name a file for the other")
    one, two = load_result(old), load_result(new)
    comparison = compare((one.result, one.verdict), (two.result, two.verdict))
    WRITERS[chosen](comparison, sys.stdout)
    return int(telling and comparison.is_worse)
