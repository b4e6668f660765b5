"""`leakgate policy test`: cases that a policy must satisfy."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import click

from leakgate import wiring
from leakgate.cli.files import read_bytes
from leakgate.cli.gate import policy_named
from leakgate.model.errors import PolicyError, UsageError
from leakgate.policy.case_file import CaseFile, read_cases
from leakgate.policy.case_run import run_case
from leakgate.policy.nodes import MAX_BYTES
from leakgate.policy.policy import Policy
from leakgate.policy.shipped import NAMES
from leakgate.policy.vocabulary import check_words


@click.command("test")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--policy", metavar="NAME|FILE", help="Test this policy instead of the one that the files name."
)
def command(files: tuple[str, ...], policy: str | None) -> int:
    """Judge made-up findings and compare with what the files expect; exit with 1 where it differs.

    FILE is YAML with `version: 1`, `policy:` and `cases:`, each with findings, gaps and what must follow.
    """
    rules = wiring.all_rules()
    failed = total = 0
    for file in files:
        read = _read(file)
        judging = _policy(read, file, policy)
        check_words(judging, rules)
        for case in read.cases:
            total += 1
            misses = run_case(case, judging, rules)
            failed += bool(misses)
            if misses:
                click.echo(f"FAILED {file}:{case.line}: {case.name}")
                click.echo("\n".join(f"  {miss}" for miss in misses))
    click.echo(f"{total} {'case' if total == 1 else 'cases'}, {failed} failed")
    return 1 if failed else 0


def _read(file: str) -> CaseFile:
    raw = read_bytes(Path(file), MAX_BYTES)
    if raw is None:
        raise UsageError(f"there is no file {file!a}", hint="name the file with the cases")
    try:
        return read_cases(raw.decode("utf-8-sig"), file)
    except UnicodeDecodeError as exc:
        raise PolicyError(f"{file}: not valid UTF-8", hint="save the file as UTF-8") from exc


def _policy(read: CaseFile, file: str, given: str | None) -> Policy:
    """What is tested; a file that the cases name is relative to them."""
    if given is not None:
        return policy_named(given)
    if read.policy is None:
        raise PolicyError(f"{file}: no key 'policy'", hint="add `policy:`, or use --policy")
    if read.policy in NAMES or read.policy.startswith("git:"):
        return policy_named(read.policy)
    return policy_named(os.path.normpath(PurePath(file).parent / read.policy))
