"""
What the working tree and the index do to the gate's own files, beside what is committed.

A test run that rewrites a policy changes nothing, as the base judges; but somebody should know. Never asks
git about the working tree: filters and monitors of its configuration would run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from leakgate.model.errors import UsageError
from leakgate.policy import codeowners
from leakgate.policy.gate_changes import GateChange, GatePaths, judged_changes
from leakgate.policy.git_objects import name_of
from leakgate.policy.git_tree import FOLDER, GitTree

_FOLDER = ".leakgate"
_MOST_FILES = 200
_MOST_BYTES = 16 << 20


def uncommitted(head: GitTree, paths: GatePaths) -> tuple[GateChange, ...]:
    """Each file of the gate once: as it is on disk, else as it is in the index."""
    found = {change.path: change for change in _on_disk(head, paths)}
    for change in judged_changes(head.repository, head.repository.staged(head.commit), paths):
        found.setdefault(
            change.path, GateChange(change.path, change.role, _said(change.deed), change.version)
        )
    return tuple(found[path] for path in sorted(found))


def _on_disk(head: GitTree, paths: GatePaths) -> Iterator[GateChange]:
    top, like = head.repository.top(), head.commit
    roles = dict.fromkeys(codeowners.PLACES, "the owners of the gate")
    roles |= dict.fromkeys(_files_of_gate(head), "a file of the gate") | paths.roles()
    for path, role in roles.items():
        known = _entry(head, path)
        deed, version = _differs(top / path, known, like)
        if deed and (role in paths.roles().values() or known is not None):
            yield GateChange(path, role, _said(deed), version)


def _differs(path: Path, known: str | None, like: str) -> tuple[str, str]:
    """What was done to a file since it was committed as `known`, and the name of what lies there now."""
    try:
        if path.is_symlink():
            return "made a symbolic link", ""
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # a pipe would wait for a writer
        with os.fdopen(handle, "rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ("deleted", "") if known is not None else ("", "")
    except OSError:
        return "made unreadable", ""
    now = name_of("blob", raw, like)
    # Checked out with the line ends of another system it is still the same file.
    if known in (now, name_of("blob", raw.replace(b"\r\n", b"\n"), like)):
        return "", ""
    return ("changed" if known is not None else "added"), now


def _entry(head: GitTree, path: str) -> str | None:
    try:
        found = head.entry(path)
    except UsageError:
        return None
    return None if found is None else found.object


def _files_of_gate(head: GitTree) -> Iterator[str]:
    """Files right below `.leakgate` in the commit."""
    entry = head.folder(head.root()).get(_FOLDER)
    if entry is None or entry.mode != FOLDER:
        return
    for number, (name, inside) in enumerate(head.folder(entry.object).items()):
        if number < _MOST_FILES and inside.mode.startswith("100"):
            yield f"{_FOLDER}/{name}"


def _said(deed: str) -> str:
    return f"{deed}, not committed"
