"""`leakgate baseline import`: what another scanner was told to ignore, as far as it is found here."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from leakgate.cli import scan_options
from leakgate.cli.baseline_file import (
    file_option,
    policy_option,
    read_or_new,
    scanned,
    waivers_option,
    write,
)
from leakgate.cli.files import read_bytes
from leakgate.cli.gate import key_for
from leakgate.findings.hashed import HashedValues
from leakgate.model.errors import UsageError
from leakgate.model.finding import Finding
from leakgate.policy.accepting import worth_knowing
from leakgate.policy.foreign_baselines import Ignored, read_detect_secrets, read_gitleaksignore

_LARGEST = 64 << 20
_READERS = {"gitleaksignore": read_gitleaksignore, "detect-secrets": read_detect_secrets}


@click.command("import")
@click.argument("file", metavar="FILE")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--from", "kind", required=True, type=click.Choice(list(_READERS)), help="Whose list FILE is.")
@file_option
@waivers_option
@policy_option
@scan_options.choosing
def command(file: str, paths: tuple[str, ...], path: str, *, kind: str, **chosen: Any) -> int:
    """Scan, and add those findings to the baseline that another scanner was told to ignore.

    A list of gitleaks names files and lines, one of detect-secrets hashes of values. What of it is not
    found in PATH is counted and not taken over: there is nothing that a fingerprint could be made of.
    """
    ignored = _read(file, kind)
    old = read_or_new(path)
    key = key_for(old)
    hashed = HashedValues(key, ignored.hashes)
    verdict = scanned(paths, key, old, chosen, look=hashed)
    places: set[tuple[str, int]] = set()
    taken = []
    wanted = dict(worth_knowing(verdict))
    for decision in verdict.decisions:
        finding = decision.finding
        at = _places(finding, ignored.places)
        places |= at
        if finding.fingerprint in wanted and (at or finding.fingerprint in hashed.fingerprints):
            taken.append((finding.fingerprint, finding.rule.id))
    grown = old.with_entries([*taken, *old.entries.items()])
    write(grown)
    added = len(grown.entries) - len(old.entries)
    missing = len(ignored) - len(places) - len(hashed.seen)
    click.echo(f"{path}: {added:,} added; {missing:,} of {len(ignored):,} entries were not found")
    return 0


def _read(file: str, kind: str) -> Ignored:
    raw = read_bytes(Path(file), _LARGEST)
    if raw is None:
        raise UsageError(f"there is no file {file}", hint="name the list of the other scanner")
    return _READERS[kind](raw.decode("utf-8-sig", "replace"), file)


def _places(finding: Finding, ignored: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Entries for a place of the finding; their paths are relative to some folder above."""
    found = set()
    for sighting in finding.sightings:
        at = sighting.location
        for path, line in ignored:
            if at.line == line and not at.members and f"/{at.path}".endswith(f"/{path.removeprefix('./')}"):
                found.add((path, line))
    return found
