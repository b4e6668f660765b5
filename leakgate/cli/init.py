"""`leakgate init`: the first files of a repository."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from leakgate.cli.checkout import create_in, folder_for
from leakgate.model.errors import ReportError, UsageError
from leakgate.report.text_safety import for_terminal
from leakgate.starter.plan import Planned, next_steps, planned
from leakgate.starter.survey import Survey, survey


@click.command("init")
@click.argument(
    "directory",
    default=".",
    type=click.Path(path_type=Path),
    metavar="[DIRECTORY]",
)
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def command(directory: Path, *, yes: bool, dry_run: bool) -> int:
    """Look at a repository and write a policy and a CI step for it.

    Nothing that is there is overwritten. On a terminal it asks before it writes, unless --yes is given.
    """
    if not directory.is_dir():
        raise UsageError(f"{str(directory)!a} is no folder", hint="name the root of the repository")
    found = survey(directory)
    files = planned(directory.resolve().name, found)
    _tell(found)
    missing = [one for one in files if not os.path.lexists(directory / one.path)]
    for one in files:
        if one not in missing:
            click.echo(f"kept    {one.path}  (it is there already)")
    if dry_run:
        for one in missing:
            click.echo(f"would write {one.path}  ({one.purpose})\n\n{one.text}")
        return 0
    if missing and not yes and sys.stdin.isatty():
        click.confirm(f"Write {', '.join(one.path for one in missing)}?", default=True, abort=True)
    for one in missing:
        _write(directory, one)
        click.echo(f"wrote   {one.path}  ({one.purpose})")
    click.echo("\nNext:")
    for number, step in enumerate(next_steps(found), 1):
        click.echo(f"  {number}. {step}")
    return 0


def _tell(found: Survey) -> None:
    services = [
        *(["GitHub Actions"] if found.github else []),
        *(["GitLab CI"] if found.gitlab else []),
        *found.others,
    ]
    click.echo(f"CI:      {', '.join(services) or 'none that is known'}")
    click.echo(f"tests:   {', '.join(one.name for one in found.runners) or 'none that is known'}")
    click.echo(
        f"leave:   {for_terminal(', '.join(found.places)) or 'nothing that is known; out is assumed'}\n"
    )


def _write(directory: Path, file: Planned) -> None:
    """A new file only, and only inside the directory, whatever links are there. Raises LeakgateError."""
    target = directory / file.path
    try:
        with folder_for(target, root=directory) as folder:
            create_in(folder, target.name, file.text.encode())
    except FileExistsError as exc:
        raise UsageError(f"{file.path} is there already", hint="nothing was overwritten") from exc
    except OSError as exc:
        raise ReportError(
            f"{file.path} cannot be written ({exc.strerror})", hint="check the folder and its permissions"
        ) from exc
