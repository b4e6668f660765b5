"""
The one loader of whatever judges: policy, waivers, baseline, rules, lists of known values, owners.

With a base, a file that lies in the repository is read from there. Never reads such a file through a link.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from leakgate.cli.ci_branch import ProtectedSide
from leakgate.cli.files import read_bytes
from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass
from leakgate.policy.git_tree import GitTree, Repository, checkout, open_tree
from leakgate.policy.nodes import quoted

POLICY, WAIVERS, BASELINE = ".leakgate/policy.yaml", ".leakgate/waivers.yaml", ".leakgate/baseline"


@dataclass(frozen=True, slots=True)
class GateFile:
    """One of the gate's files: in a commit, or on disk where `tree` is None.

    `found`: nobody named it. `path` is from the root of the repository, or any path of the disk.
    """

    path: str
    tree: GitTree | None
    found: bool = False

    @property
    def name(self) -> str:
        return self.path if self.tree is None else self.tree.named(self.path)

    def read(self, limit: int) -> bytes | None:
        """The bytes, None where there is no such file. Raises UsageError where it cannot be read."""
        if self.tree is not None:
            return self.tree.read(self.path, limit)
        return read_bytes(Path(self.path), limit)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """
    Where what judges is read: `base`, or the disk where there is none.

    `asked`: `--base-ref` named it. `guarded`: a CI server says that a change may be under test, so that
    nothing of the working tree is found by itself. `config`: what lies in `.leakgate` is taken unasked.
    `notes` are sentences for whoever runs this; `found` are names of files that nobody named.
    """

    repository: Repository
    base: GitTree | None = None
    asked: bool = False
    guarded: bool = False
    config: bool = True
    why: str = ""
    notes: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def find(self, given: str | None, usual: str) -> GateFile | None:
        """Where one of the files is to be read; None where there is none."""
        if given is None:
            file = self._usual(usual) if self.config else None
            self.found.extend([] if file is None else [file.name])
            return file
        if given.startswith("git:"):
            ref, colon, path = given.removeprefix("git:").partition(":")
            if not colon or not path:
                raise UsageError(
                    f"{quoted(given)} names no file",
                    hint=f"write git:REF:PATH, such as git:origin/main:{usual}",
                )
            return GateFile(os.path.normpath(path), open_tree(self.repository, ref))
        inside = self.inside(given)
        if inside is None or not (self.base or self.guarded):
            return GateFile(given, None)
        if self.base is None or not (self.asked or self._is_committed(inside)):
            self.notes.append(f"{quoted(given)} lies in the checkout, where a change or a test can write it")
            return GateFile(given, None)
        return GateFile(inside, self.base)

    def protected(self, given: str, limit: int) -> bytes | None:
        """The bytes of a file as the base has it; None where the disk's are to be read."""
        inside = self.inside(given) if self.base is not None else None
        if inside is None or self.base is None:
            return None
        raw = self.base.read(inside, limit)
        if raw is None:
            self.notes.append(f"{quoted(given)} is not in the base; it is read as it lies in the checkout")
        return raw

    def inside(self, path: str) -> str | None:
        """The path from the root of the repository; None for a file outside, which no pull request edits."""
        top = checkout(self.repository.folder)
        if top is None:
            return None
        named = Path(os.path.normpath(self.repository.folder.resolve() / path))
        try:
            meant = named.resolve()
        except (OSError, RuntimeError):
            meant = named
        for each in (named, meant):
            if each.is_relative_to(top):
                return each.relative_to(top).as_posix()
        return None

    def _usual(self, usual: str) -> GateFile | None:
        if self.base is not None:
            return GateFile(usual, self.base, found=True) if self.base.entry(usual) is not None else None
        top = checkout(self.repository.folder) or self.repository.folder.resolve()
        if self.guarded or not _is_there(top, usual):
            return None
        return GateFile(os.path.relpath(top / usual, self.repository.folder.resolve()), None, found=True)

    def _is_committed(self, path: str) -> bool:
        """Whether the base has the file, or the change under test brings it along."""
        assert self.base is not None
        if self.base.entry(path) is not None:
            return True
        try:
            return open_tree(self.repository, "HEAD").entry(path) is not None
        except UsageError:
            return True


def _is_there(top: Path, usual: str) -> bool:
    """Raises UsageError for a link: who wrote what it leads to is not known."""
    at = top
    for part in usual.split("/"):
        at = at / part
        if at.is_symlink():
            raise UsageError(
                f"{quoted(at.relative_to(top).as_posix())} is a symbolic link",
                hint="keep the file itself there, name another with --policy, or say --no-config",
            )
    return at.is_file()


def open_side(
    folder: Path, environment: Mapping[str, str], base_ref: str | None, told: ProtectedSide | None
) -> Side:
    """`told` is what the CI server says. Raises UsageError for a base that was asked for and is not here."""
    repository = Repository(folder, environment)
    if base_ref is not None:
        return Side(repository, open_tree(repository, base_ref), asked=True, why="--base-ref")
    if told is None:
        return Side(repository)
    side = Side(repository, guarded=True, why=told.why)
    base = _first_here(repository, told, side.notes)
    return Side(repository, base, guarded=True, why=told.why, notes=side.notes)


def _first_here(repository: Repository, told: ProtectedSide, notes: list[str]) -> GitTree | None:
    if checkout(repository.folder) is None:
        notes.append(f"this is no git checkout, so nothing of it judges ({told.why})")
        return None
    failed: UsageError | None = None
    for ref in told.refs:
        if ref.startswith("refs/") and told.not_of is not None and _is_origin(repository, told.not_of):
            continue
        try:
            tree = open_tree(repository, ref)
            tree.root()
        except UsageError as exc:
            failed = failed or exc
        else:
            return tree
    hint = failed.hint if failed is not None else "name it with --base-ref"
    what = failed.message if failed is not None else "nothing says which commit is protected"
    notes.append(f"the protected side cannot be read ({told.why}): {what}; {hint}")
    return None


def _is_origin(repository: Repository, name: str) -> bool:
    """Whether `origin` is the repository `name` (owner/name): then its branches are the fork's."""
    try:
        url = repository.ask("config", "--local", "--get-all", "remote.origin.url")
    except UsageError:
        return False
    addresses = url.decode("utf-8", "replace").lower().splitlines()
    return any(
        address.removesuffix("/").removesuffix(".git").replace(":", "/").endswith(f"/{name.lower()}")
        for address in addresses
    )
