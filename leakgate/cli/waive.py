"""`leakgate waive`: add an entry to the waiver file."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from leakgate.cli import environment, scan_options
from leakgate.cli.files import read_bytes, replace_file
from leakgate.cli.gate import Asked, Gate, open_gate
from leakgate.cli.gate_files import POLICY, WAIVERS
from leakgate.cli.results import load_result
from leakgate.model.errors import PolicyError, UsageError
from leakgate.model.expressions import expression
from leakgate.policy.acceptance import MAX_WAIVER_DAYS
from leakgate.policy.document import NO_STAGE
from leakgate.policy.nodes import MAX_BYTES
from leakgate.policy.waiver_state import Circumstances, sentence, state_of
from leakgate.policy.waivers import FINGERPRINT, Waiver, read_waivers

_HEAD = "# Findings that are accepted for a time; see `leakgate waive --help`.\nversion: 1\nwaivers:\n"
_DAYS = expression(r"([0-9]{1,4})d")


@click.command("waive")
@click.argument("fingerprint")
@click.option("--reason", required=True, help="Why it may pass for now.")
@click.option(
    "--expires", required=True, metavar="DAY|Nd", help="Last day, YYYY-MM-DD (UTC), or 30d from today."
)
@click.option("--owner", metavar="NAME", help="Who gets rid of it; by default whoever runs this.")
@click.option("--approver", metavar="NAME", help="Who approved; without one it waives nothing yet.")
@click.option("--ticket", help="Where the work on it is tracked.")
@click.option("--id", "name", metavar="ID", help="How reports call it; by default from the fingerprint.")
@click.option("--waivers", "path", default=WAIVERS, metavar="FILE", show_default=True, help="The file.")
@click.option(
    "--policy",
    metavar="NAME|FILE",
    help=f"Says who approves, and for how long. Default: {POLICY}, if there, else default.",
)
@click.option(
    "--result",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A JSON report: an error unless the finding is in it.",
)
@scan_options.no_config
def command(
    *,
    fingerprint: str,
    reason: str,
    expires: str,
    owner: str | None,
    approver: str | None,
    ticket: str | None,
    name: str | None,
    path: str,
    policy: str | None,
    result: Path | None,
    no_config: bool,
) -> int:
    """Accept one finding for a time: add it to the waiver file, for review.

    FINGERPRINT is the `lg1:...` of a report. Whoever approves says so with --approver, or adds `approver`
    to the entry later.
    """
    if not re.fullmatch(FINGERPRINT.form, fingerprint):
        raise UsageError(f"{fingerprint[:80]!a} is not a fingerprint", hint=FINGERPRINT.hint)
    today = environment.today()
    until = _day(expires, today)
    judging = Asked(policy, stage=NO_STAGE, config=not no_config, accepting=False)
    _check_life(today, until, open_gate(judging, today).policy.acceptance.max_waiver_days)
    if result is not None:
        _check_found(fingerprint, result)
    fields = {
        "id": name or _free_name(fingerprint, Path(path)),
        "fingerprint": fingerprint,
        "reason": reason,
        "owner": owner or environment.actor(),
        "approver": approver,
        "created": today.isoformat(),
        "expires": until.isoformat(),
        "ticket": ticket,
    }
    added = _append(Path(path), "".join(_entry(fields)))
    gate = open_gate(replace(judging, waivers=path, accepting=True), today)
    gate.say()
    click.echo(f"{path}: {_state(added, gate, today)}")
    return 0


def _day(text: str, today: date) -> date:
    days = _DAYS.fullmatch(text)
    try:
        return today + timedelta(days=int(days[1])) if days else date.fromisoformat(text)
    except ValueError as exc:
        raise UsageError(f"--expires {text!a} is no day", hint="write YYYY-MM-DD, or 30d") from exc


def _check_life(today: date, until: date, most: int) -> None:
    last = today + timedelta(days=most)
    if not today <= until <= last:
        why = "is in the past" if until < today else f"is over {most} days from today"
        raise UsageError(
            f"--expires {until.isoformat()} {why}",
            hint=f"at the latest {last.isoformat()}; no policy allows more than {MAX_WAIVER_DAYS} days",
        )


def _check_found(fingerprint: str, path: Path) -> None:
    result = load_result(str(path)).result
    if result.ephemeral_key:
        raise UsageError(
            f"{path} was made without a key: its fingerprints hold for that run only",
            hint="set LEAKGATE_KEY, scan again, and waive the fingerprint of that report",
        )
    if fingerprint not in {finding.fingerprint for finding in result.findings}:
        raise UsageError(f"{path} has no such finding", hint="copy the `lg1:...` from the report")


def _entry(fields: dict[str, str | None]) -> Iterator[str]:
    """As a list item of YAML; JSON strings are YAML strings."""
    for number, (key, value) in enumerate((key, value) for key, value in fields.items() if value is not None):
        plain = key in ("fingerprint", "created", "expires")
        written = value if plain else json.dumps(value, ensure_ascii=False)
        yield f"{'  - ' if number == 0 else '    '}{key}: {written}\n"


def _free_name(fingerprint: str, path: Path) -> str:
    """After the fingerprint; with a number where a waiver of that finding is there already."""
    name = f"waiver-{fingerprint.removeprefix('lg1:')[:12]}"
    text = _decoded(read_bytes(path, MAX_BYTES) or b"", path)
    taken = {waiver.id for waiver in read_waivers(text, str(path))} if text.strip() else set()
    numbered = (f"{name}-{number}" for number in itertools.count(2))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def _append(path: Path, entry: str) -> Waiver:
    """Adds text and reads it back: nothing is written that does not mean what was asked for."""
    raw = read_bytes(path, MAX_BYTES)
    old = "" if raw is None else _decoded(raw, path)
    before = read_waivers(old, str(path)) if old.strip() else ()
    head = old if before else (old if re.search(r"^waivers:\s*$", old, re.MULTILINE) else _begun(old))
    text = head + ("" if head.endswith("\n") else "\n") + entry
    after = read_waivers(text, str(path))
    if len(after) != len(before) + 1 or after[:-1] != before:
        raise PolicyError(
            f"{path}: its layout does not allow to add to it", hint=f"add by hand:\n{entry.rstrip()}"
        )
    replace_file(path, text)
    return after[-1]


def _begun(old: str) -> str:
    """What the first entry is added to."""
    if not old.strip():
        return _HEAD
    return old + ("" if old.endswith("\n") else "\n") + "waivers:\n"


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise PolicyError(f"{path}: not valid UTF-8", hint="save the file as UTF-8") from exc


def _state(added: Waiver, gate: Gate, today: date) -> str:
    """What a scan of today would make of it, by that policy."""
    now = Circumstances(gate.policy.acceptance, gate.accepted.owners, today)
    return sentence(added, state_of(added, 1, now), 1, now)
