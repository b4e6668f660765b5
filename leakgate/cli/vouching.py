"""
Which commit's fixtures and marks count: the base's, else HEAD's. Where git does not answer, none do.

Says so in a note; never falls back to the working tree.
"""

from __future__ import annotations

from pathlib import Path

from leakgate.cli.gate_files import Side
from leakgate.model.committed import Vouching
from leakgate.model.errors import UsageError
from leakgate.policy.committed_files import FilesOfCommit
from leakgate.policy.git_tree import NONE, GitTree, Repository, checkout, open_tree


def vouching(source_root: Path, side: Side, *, marks: bool) -> Vouching:
    """The files of `source_root` as they were reviewed, and those that the change under test brings along."""
    top = checkout(source_root)
    if top is None:
        side.notes.append("no fixture of --source-root vouches for a value: it is in no git repository")
        return Vouching(None, marks=marks)
    if side.base is None and side.guarded:
        side.notes.append("no fixture of --source-root vouches for a value: there is no base to read it from")
        return Vouching(None, marks=marks)
    repository = Repository(source_root.resolve(), side.repository.environment)
    below = source_root.resolve().relative_to(top).as_posix()
    below = "" if below == "." else below
    try:
        tree = open_tree(repository, "HEAD" if side.base is None else side.base.commit)
        tree.root()
    except UsageError as exc:
        side.notes.append(f"no fixture of --source-root vouches for a value: {exc.message}; {exc.hint}")
        return Vouching(None, marks=marks)
    offered = None if side.base is None else _changed(tree, below)
    return Vouching(FilesOfCommit(tree, below), offered, marks)


def _changed(base: GitTree, below: str) -> FilesOfCommit | None:
    """The files that HEAD adds or edits since it left the base; None where nothing differs or can be told."""
    repository = base.repository
    try:
        head = open_tree(repository, "HEAD")
        try:
            parted = repository.merge_base(base.commit, head.commit)
        except UsageError:
            parted = base.commit
        changes = repository.changes(parted, head.commit)
    except UsageError:
        return None
    only = frozenset(change.path for change in changes if change.after.mode != NONE)
    return FilesOfCommit(head, below, only) if only else None
