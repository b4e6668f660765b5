"""
The place that `--result-cache` names, and the key that signs what is kept there.

With a key of the team, what any of its runs learned is believed; without one, only what this user learned on
this machine. Trouble is told, and the scan goes on without.
"""

from __future__ import annotations

from pathlib import Path

import click

from leakgate.cli import environment
from leakgate.cli.checkout import refuse_links
from leakgate.findings.fingerprint import Key
from leakgate.remembered.place import Unsafe, lasting_key
from leakgate.remembering import ResultCache

_PURPOSE = b"leakgate result cache 1"


def open_result_cache(directory: Path, key: Key) -> ResultCache | None:
    """None where there is no key to sign with. A baseline's key signs nothing: anybody can read it."""
    refuse_links(directory)
    if environment.fingerprint_key() is not None:
        return ResultCache(directory, key.derived(_PURPOSE), fingerprints_last=True)
    own = environment.state_directory()
    try:
        if own is None:
            raise Unsafe("is not known: there is no home directory")
        return ResultCache(directory, lasting_key(own), fingerprints_last=False)
    except (Unsafe, OSError) as exc:
        why = exc if isinstance(exc, Unsafe) else f"cannot be used ({exc.strerror})"
        tell(f"no result cache: the place of its key {why}; set LEAKGATE_KEY")
        return None


def tell(note: str) -> None:
    """On standard error, as all that is no report."""
    click.echo(f"leakgate: {note}", err=True)
