"""`leakgate baseline`: the findings that were there when the gate was adopted."""

from __future__ import annotations

import secrets
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from leakgate.cli import baseline_import, scan_options
from leakgate.cli.baseline_file import (
    attributes,
    file_option,
    findings,
    policy_option,
    read,
    result_option,
    scanned,
    secret_key,
    waivers_option,
    write,
)
from leakgate.cli.gate import key_for
from leakgate.findings.fingerprint import Key
from leakgate.model.errors import UsageError
from leakgate.policy.accepting import worth_knowing
from leakgate.policy.baseline import Baseline


@click.group("baseline")
def command() -> None:
    """Know the findings of today apart from the new ones of tomorrow.

    The file holds a keyed fingerprint for each finding, no value and no place. Set LEAKGATE_KEY first.
    """


@command.command("create")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@result_option
@file_option
@waivers_option
@policy_option
@click.option(
    "--key-in-file",
    is_flag=True,
    help="Put a fresh key into the file, for forks that have no secrets: short values can then be guessed.",
)
@scan_options.choosing
def create(paths: tuple[str, ...], path: str, *, key_in_file: bool, **chosen: Any) -> int:
    """Scan and write a new baseline with whatever would block or warn."""
    if Path(path).exists():
        raise UsageError(f"{path} exists", hint="use `leakgate baseline update`, or remove it first")
    public = secrets.token_hex(32) if key_in_file else None
    key = Key.public(public) if public is not None else secret_key()
    empty = Baseline(key.check, MappingProxyType({}), public, path)
    verdict = scanned(paths, key, empty, chosen)
    filled = empty.with_entries(worth_knowing(verdict))
    write(filled)
    with_it = attributes(Path(path))
    click.echo(f"{path}: {findings(len(filled.entries))} known from now on; commit it, with {with_it}")
    if public is not None:
        click.echo(
            f"{path} holds its key: whoever reads it can try short or common values against it", err=True
        )
    return 0


@command.command("update")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@result_option
@file_option
@waivers_option
@policy_option
@scan_options.choosing
def update(paths: tuple[str, ...], path: str, **chosen: Any) -> int:
    """Scan and add what is new; what is known stays, whether it was seen or not."""
    old = read(path)
    verdict = scanned(paths, key_for(old), old, chosen)
    grown = old.with_entries([*worth_knowing(verdict), *old.entries.items()])
    write(grown)
    added = len(grown.entries) - len(old.entries)
    click.echo(f"{path}: {findings(added)} added, {findings(len(grown.entries))} known")
    return 0


@command.command("prune")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@result_option
@file_option
@waivers_option
@policy_option
@scan_options.choosing
def prune(paths: tuple[str, ...], path: str, **chosen: Any) -> int:
    """Scan and remove what is no longer found; scan all that a run leaves, or too much goes."""
    old = read(path)
    verdict = scanned(paths, key_for(old), old, chosen)
    if verdict.gaps:
        click.echo(
            f"{len(verdict.gaps)} items were not fully scanned; what is known of them goes too", err=True
        )
    seen = {decision.finding.fingerprint for decision in verdict.decisions}
    kept = old.with_entries(item for item in old.entries.items() if item[0] in seen)
    write(kept)
    gone = len(old.entries) - len(kept.entries)
    click.echo(f"{path}: {findings(gone)} removed, {findings(len(kept.entries))} known")
    return 0


@command.command("show")
@file_option
def show(path: str) -> int:
    """Print how many findings are known, by rule; needs no key."""
    baseline = read(path)
    kind = "in the file (public)" if baseline.public_key is not None else "LEAKGATE_KEY"
    click.echo(f"{path}: {findings(len(baseline.entries))}, key {kind}")
    for rule, number in sorted(
        Counter(baseline.entries.values()).items(), key=lambda item: (-item[1], item[0])
    ):
        click.echo(f"{number:7,}  {rule}")
    return 0


command.add_command(baseline_import.command)
