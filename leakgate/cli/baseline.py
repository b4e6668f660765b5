"""`leakgate baseline`: the findings that were there when the gate was adopted."""

from __future__ import annotations

import secrets
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import click

from leakgate import wiring
from leakgate.cli import environment, scan_options
from leakgate.cli.files import read_bytes, replace_file
from leakgate.cli.gate import BASELINE, WAIVERS, key_for, read_waiver_file
from leakgate.findings.fingerprint import Key
from leakgate.model.errors import UsageError
from leakgate.model.verdict import Outcome, Verdict
from leakgate.policy.accepting import Accepted, worth_knowing
from leakgate.policy.baseline import MAX_BYTES, Baseline, read_baseline, written
from leakgate.policy.load import load_policy

# A key of so many characters, drawn at random, cannot be found by trying; a word can.
_KEY_CHARACTERS = 16
_ATTRIBUTES = "merge=union"
F = TypeVar("F", bound=Callable[..., Any])

_file: Callable[[F], F] = click.option(
    "--baseline", "path", default=BASELINE, metavar="FILE", show_default=True, help="The file."
)
_waivers: Callable[[F], F] = click.option(
    "--waivers", metavar="FILE", help=f"What they speak of is never added. Default: {WAIVERS}, if there."
)
_policy: Callable[[F], F] = click.option(
    "--policy", default="default", metavar="NAME|FILE", show_default=True, help="What counts as a finding."
)


@click.group("baseline")
def command() -> None:
    """Know the findings of today apart from the new ones of tomorrow.

    The file holds a keyed fingerprint for each finding, no value and no place. Set LEAKGATE_KEY first.
    """


@command.command("create")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_file
@_waivers
@_policy
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
    key = Key.public(public) if public is not None else _secret_key()
    empty = Baseline(key.check, MappingProxyType({}), public, path)
    verdict = _scanned(paths, key, empty, chosen)
    filled = empty.with_entries(worth_knowing(verdict))
    _write(filled)
    attributes = _attributes(Path(path))
    click.echo(f"{path}: {_findings(len(filled.entries))} known from now on; commit it, with {attributes}")
    if public is not None:
        click.echo(
            f"{path} holds its key: whoever reads it can try short or common values against it", err=True
        )
    return 0


@command.command("update")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_file
@_waivers
@_policy
@scan_options.choosing
def update(paths: tuple[str, ...], path: str, **chosen: Any) -> int:
    """Scan and add what is new; what is known stays, whether it was seen or not."""
    old = _read(path)
    verdict = _scanned(paths, key_for(old), old, chosen)
    grown = old.with_entries([*worth_knowing(verdict), *old.entries.items()])
    _write(grown)
    added = len(grown.entries) - len(old.entries)
    click.echo(f"{path}: {_findings(added)} added, {_findings(len(grown.entries))} known")
    return 0


@command.command("prune")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_file
@_waivers
@_policy
@scan_options.choosing
def prune(paths: tuple[str, ...], path: str, **chosen: Any) -> int:
    """Scan and remove what is no longer found; scan all that a run leaves, or too much goes."""
    old = _read(path)
    verdict = _scanned(paths, key_for(old), old, chosen)
    if verdict.gaps:
        click.echo(
            f"{len(verdict.gaps)} items were not fully scanned; what is known of them goes too", err=True
        )
    seen = {decision.finding.fingerprint for decision in verdict.decisions}
    kept = old.with_entries(item for item in old.entries.items() if item[0] in seen)
    _write(kept)
    gone = len(old.entries) - len(kept.entries)
    click.echo(f"{path}: {_findings(gone)} removed, {_findings(len(kept.entries))} known")
    return 0


@command.command("show")
@_file
def show(path: str) -> int:
    """Print how many findings are known, by rule; needs no key."""
    baseline = _read(path)
    kind = "in the file (public)" if baseline.public_key is not None else "LEAKGATE_KEY"
    click.echo(f"{path}: {_findings(len(baseline.entries))}, key {kind}")
    for rule, number in sorted(
        Counter(baseline.entries.values()).items(), key=lambda item: (-item[1], item[0])
    ):
        click.echo(f"{number:7,}  {rule}")
    return 0


def _secret_key() -> Key:
    """Raises UsageError without a key, and for one that could be guessed."""
    given = environment.fingerprint_key()
    hint = (
        "make one with `openssl rand -hex 32`, keep it among the secrets of your CI, and set LEAKGATE_KEY"
        " to it here and there; for public projects see --key-in-file"
    )
    if given is None:
        raise UsageError("a baseline needs a key, or its fingerprints hold for one run only", hint=hint)
    if len(given) < _KEY_CHARACTERS:
        raise UsageError(
            f"LEAKGATE_KEY has fewer than {_KEY_CHARACTERS} characters: it can be guessed", hint=hint
        )
    return Key.of(given)


def _scanned(paths: tuple[str, ...], key: Key, baseline: Baseline, chosen: dict[str, Any]) -> Verdict:
    """The verdict of a whole scan. Raises UsageError where it is not whole."""
    policy = load_policy(chosen["policy"])
    waivers = read_waiver_file(chosen["waivers"])
    today: date = environment.today()
    settings = wiring.Settings(
        paths=paths,
        policy=policy,
        selection=policy.detect,
        key=key,
        cache_directory=environment.cache_directory(),
        include=chosen["include"],
        exclude=chosen["exclude"],
        stdin_name=chosen["stdin_name"],
        source_root=chosen["source_root"],
        jobs=chosen["jobs"] or environment.processors(),
        accepted=Accepted(waivers, baseline, today=today),
    )
    verdict = wiring.scan(settings, sys.stdin.buffer, lambda _path, _done: None).verdict
    if verdict.interrupted or verdict.outcome is Outcome.INCOMPLETE:
        raise UsageError(
            f"the scan is incomplete; {baseline.source} was left as it is", hint=verdict.reasons[0]
        )
    return verdict


def _read(path: str) -> Baseline:
    raw = read_bytes(Path(path), MAX_BYTES)
    if raw is None:
        raise UsageError(f"there is no file {path}", hint="`leakgate baseline create` makes one")
    return read_baseline(raw, path)


def _write(baseline: Baseline) -> None:
    replace_file(Path(baseline.source), written(baseline))


def _attributes(path: Path) -> str:
    """Tells git to keep the lines of both sides in a merge; a file beside it, so that it moves along."""
    attributes = path.parent / ".gitattributes"
    wanted = f"{path.name} {_ATTRIBUTES}"
    present = (read_bytes(attributes, MAX_BYTES) or b"").decode("utf-8", "surrogateescape")
    if wanted not in present.splitlines():
        joint = "" if not present or present.endswith("\n") else "\n"
        replace_file(attributes, f"{present}{joint}{wanted}\n")
    return attributes.as_posix()


def _findings(number: int) -> str:
    return f"{number:,} finding" if number == 1 else f"{number:,} findings"
