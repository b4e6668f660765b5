"""Opens the files of foreign rules that `--rules` names, and says what of them does not run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakgate.model.errors import RuleError

if TYPE_CHECKING:
    from leakgate.detect.packs.recognizer import PackRecognizer


def open_packs(paths: Sequence[Path], protected: Mapping[str, bytes]) -> tuple[PackRecognizer, ...]:
    """One recognizer for each file, from its `protected` bytes where there are any, by the path as given.

    Raises RuleError for a file that gives no rule at all.
    """
    if not paths:
        return ()
    from leakgate.detect.packs.reading import pack_of, read_pack
    from leakgate.detect.packs.recognizer import pack_recognizer

    opened = []
    seen: set[str] = set()
    for path in paths:
        raw = protected.get(str(path))
        recognizer, refused = pack_recognizer(read_pack(path) if raw is None else pack_of(raw, path))
        if refused:
            click.echo(
                f"leakgate: {path.name}: {len(refused)} rules or settings are not taken over; "
                f"see `leakgate rules import {path.name}`",
                err=True,
            )
        ids = {rule.id for rule in recognizer.rules}
        if not ids:
            raise RuleError(f"{path} holds no rule that can run", hint="`leakgate rules import` says why")
        if ids & seen:
            raise RuleError(f"{path}: another file has a rule of the same id", hint="name each rule once")
        seen |= ids
        opened.append(recognizer)
    return tuple(opened)
