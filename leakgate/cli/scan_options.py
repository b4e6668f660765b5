"""
The options of `leakgate scan`, in the groups in which `--help` shows them.

Declares them and their types; what an option means is decided where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from leakgate.model.detection import Category
from leakgate.model.records import dataclass
from leakgate.report.registry import REPORTERS

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen; one field for each option, by the name that click gives it."""

    policy: str | None
    stage: str | None
    categories: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    stdin_name: str | None
    source_root: Path | None
    jobs: int | None
    max_seconds: int | None
    max_memory: int | None
    result_cache: Path | None
    known_values_env: tuple[str, ...]
    packs: tuple[Path, ...]
    verify: bool
    known_values_files: tuple[Path, ...]
    baseline: str | None
    waivers: str | None
    base_ref: str | None
    no_config: bool
    audit_log: Path | None
    chosen: str
    reports: tuple[str, ...]
    quiet: bool
    verbose: int


def _group(*options: Callable[[F], F]) -> Callable[[F], F]:
    """All options as one decorator, in the order given."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


no_config: Callable[[F], F] = click.option(
    "--no-config",
    is_flag=True,
    help="Take nothing from .leakgate unless an option names it.",
)

judging: Callable[[F], F] = _group(
    click.option(
        "--policy",
        metavar="NAME|FILE",
        help="default, strict, advisory, a file, or git:REF:PATH. Without: .leakgate/policy.yaml, if there.",
    ),
    click.option(
        "--stage",
        metavar="NAME",
        help="Judge as the policy does at this stage; none: by its common clauses alone.",
    ),
    click.option(
        "--category",
        "categories",
        multiple=True,
        type=click.Choice([c.value for c in Category]),
        help="Look for this category only; repeatable.",
    ),
)

choosing: Callable[[F], F] = _group(
    click.option("--include", multiple=True, metavar="GLOB", help="Scan only files that match; repeatable."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files that match; repeatable."),
    click.option(
        "--name", "stdin_name", metavar="NAME", help="What to call standard input (PATH is -) in reports."
    ),
    click.option(
        "--source-root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIRECTORY",
        help="The checkout that was tested: findings name the line of source that wrote them.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Scan big runs with at most N processes; by default one for each processor.",
    ),
    click.option(
        "--max-seconds",
        type=click.IntRange(min=1),
        metavar="N",
        help="Stop scanning after N seconds, if the policy allows more; what is not reached is a gap.",
    ),
    click.option(
        "--max-memory",
        type=click.IntRange(min=64),
        metavar="MIB",
        help="Memory of each process, if the policy allows more; what needs more is a gap (Linux).",
    ),
    click.option(
        "--result-cache",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIRECTORY",
        help="Scan nothing that an earlier run scanned in the same way, as this private directory remembers.",
    ),
)

knowing: Callable[[F], F] = _group(
    click.option(
        "--rules",
        "packs",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Also look for the rules of a gitleaks, betterleaks or Trivy file; repeatable.",
    ),
    click.option("--verify", is_flag=True, help="Ask providers whether credentials work: uses the network."),
    click.option(
        "--known-values-env",
        multiple=True,
        metavar="NAME|PREFIX,...",
        help="Variables whose values must not occur anywhere, by name or beginning; repeatable.",
    ),
    click.option(
        "--known-values-file",
        "known_values_files",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Secrets that must not occur anywhere: toJSON(secrets), dotenv, or lines; repeatable.",
    ),
)

accepting: Callable[[F], F] = _group(
    click.option(
        "--baseline",
        metavar="FILE",
        help="Findings that are known; `leakgate baseline create` makes the file. Or git:REF:PATH.",
    ),
    click.option(
        "--waivers",
        metavar="FILE",
        help="Findings that are accepted for a time; `leakgate waive` adds to it. Or git:REF:PATH.",
    ),
    click.option(
        "--base-ref",
        metavar="REF",
        help="Read all that judges from this commit, and report changes of the gate since.",
    ),
    no_config,
    click.option(
        "--audit-log",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Add a record of this run to a log that shows whether it was tampered with.",
    ),
)

reporting: Callable[[F], F] = _group(
    click.option(
        "--format",
        "chosen",
        type=click.Choice(list(REPORTERS)),
        default="console",
        show_default=True,
        help="What goes to standard output.",
    ),
    click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=FILE",
        help="Also write a report to a file; repeatable.",
    ),
    click.option(
        "-q", "--quiet", is_flag=True, help="No console report and no progress; the exit code tells."
    ),
    click.option("-v", "--verbose", count=True, help="Also list what was let through; twice: every place."),
)
