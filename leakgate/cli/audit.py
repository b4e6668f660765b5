"""`leakgate audit`: the record of runs that `leakgate scan --audit-log` keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from leakgate.audit.chain import Broken, Head
from leakgate.audit.log import AuditLog
from leakgate.audit.record import Circumstance, record_of
from leakgate.cli import environment
from leakgate.cli.checkout import refuse_links
from leakgate.findings.fingerprint import Key
from leakgate.model.errors import UsageError
from leakgate.model.expressions import expression
from leakgate.policy.git_tree import Repository
from leakgate.wiring import Judged

_DIGEST = expression(r"(?:sha256:)?([0-9a-f]{64})")


@click.group("audit")
def command() -> None:
    """Check audit logs."""


@command.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--head", metavar="HASH", help="A head that a scan printed and you kept: the log must have it.")
def verify(file: Path, head: str | None) -> int:
    """Find whether records were cut, changed, added or moved. Set LEAKGATE_KEY if they are signed.

    Exit code 0 if the log holds, 1 if not.
    """
    expected = None if head is None else _digest(head)
    try:
        end = open_log(file).verified(expected)
    except Broken as exc:
        click.echo(f"{file}: {exc.what}", err=True)
        return 1
    except OSError as exc:
        raise UsageError(f"{file} cannot be read ({exc.strerror})", hint="check the path") from exc
    click.echo(f"{file}: sound; {told(end)}")
    return 0


def open_log(path: Path) -> AuditLog:
    """Signed with the team's key, where there is one."""
    refuse_links(path)
    given = environment.fingerprint_key()
    return AuditLog(path, None if given is None else Key.of(given).derived(b"leakgate audit 1"))


def record(log: AuditLog, judged: Judged, paths: tuple[str, ...], base: str | None) -> str:
    """Adds the run to the log; what to tell the user, with the head that is worth keeping elsewhere."""
    here = Circumstance(
        time=datetime.now(UTC),
        actor=environment.actor(),
        commit=environment.commit() or _checked_out(),
        run=environment.run_url(),
        base=base,
        paths=paths,
    )
    return f"audit log {log.path}: {told(log.append(record_of(judged.result, judged.verdict, here)))}"


def told(head: Head) -> str:
    """Such as `12 records, head sha256:…`."""
    return f"{head.count:,} {'record' if head.count == 1 else 'records'}, head sha256:{head.digest}"


def _checked_out() -> str | None:
    try:
        return Repository(Path.cwd(), environment.for_git()).commit("HEAD")
    except UsageError:
        return None  # no repository: the record says that no commit is known


def _digest(text: str) -> str:
    found = _DIGEST.fullmatch(text.strip().lower())
    if found is None:
        raise UsageError(f"--head {text[:80]!a} is no head", hint="write the sha256:… that a scan printed")
    return found[1]
