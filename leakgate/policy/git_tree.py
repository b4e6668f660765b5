"""
Files as they stand in a commit, and what changed between two: the side that a pull request cannot edit.

Runs `git` without a shell, without hooks, filters, pagers or network, and never touches the working tree. A
symbolic link or a submodule where a file belongs is an error: what it leads to is not in the commit.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass
from leakgate.policy.git_objects import Entry, content, listed, sizes, tree_of
from leakgate.policy.git_refs import object_named
from leakgate.policy.nodes import quoted

if TYPE_CHECKING:
    import subprocess

_SECONDS = 60
_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    # Files beside the objects that say what is in them, which nobody signs.
    "-c",
    "core.commitGraph=false",
    "-c",
    "diff.ignoreSubmodules=none",
    # A folder that looks like a bare repository is one of the checkout's files.
    "-c",
    "safe.bareRepository=explicit",
)
LINK, SUBMODULE, FOLDER, NONE = "120000", "160000", "040000", "000000"
_RAW = ("-z", "--raw", "--no-abbrev", "--no-renames")
_ODD = {
    LINK: ("a symbolic link", "name the file that it leads to, and keep that in the repository"),
    SUBMODULE: ("a submodule", "keep the gate's files in the repository that it guards"),
    FOLDER: ("a folder", "name a file in it"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A path that differs between two commits; a side without it has mode `000000`."""

    path: str
    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository around `folder`; `environment` is all that git is told of ours."""

    folder: Path
    environment: Mapping[str, str]

    def top(self) -> Path:
        """The root of the working tree, told by what is on disk, as a configuration can name another.

        Raises UsageError where there is none.
        """
        found = checkout(self.folder)
        if found is None:
            raise _outside()
        return found

    def commit(self, ref: str) -> str:
        """The hash of the commit that `ref` names. Raises UsageError, with the command that fetches it."""
        self.ask("rev-parse", "--git-dir")
        named = object_named(self.ask, ref)
        if named is not None:
            done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
            if not done.returncode:
                return done.stdout.decode("ascii").strip()
        raise UsageError(f"the base {quoted(ref)} is not in this clone", hint=_fetch(ref))

    def merge_base(self, one: str, other: str) -> str:
        """Where the histories of two commits parted. Raises UsageError where this clone cannot tell."""
        done = self._run("merge-base", one, other)
        if done.returncode == 0:
            return done.stdout.decode("ascii").strip()
        if self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            raise UsageError(
                "this clone is too shallow to tell where the base and HEAD parted",
                hint="run `git fetch --unshallow origin`, or check out with `fetch-depth: 0`",
            )
        raise UsageError(
            "the base and HEAD have no common history", hint="name the branch that HEAD is to be merged into"
        )

    def content(self, entry: Entry, limit: int) -> bytes:
        """At most `limit` bytes and one more of a file. Raises UsageError where it is not here."""
        size = sizes(self.ask, [entry.object]).get(entry.object, 0)
        if size > limit:
            return b" " * (limit + 1)  # whoever reads it says that it is too long
        return content(self.ask, entry.object)

    def changes(self, before: str, after: str) -> tuple[Change, ...]:
        """Every path that differs; a renamed file is one that went and one that came."""
        return _changes(self.ask("diff-tree", *_RAW, "-r", before, after))

    def staged(self, commit: str) -> tuple[Change, ...]:
        """Every path at which the index differs from a commit."""
        return _changes(self.ask("diff-index", *_RAW, "--cached", commit))

    def files(self, ref: str) -> frozenset[str]:
        """Paths of the files of a commit below this folder, relative to it. Raises UsageError."""
        told = self.ask("ls-tree", "-r", "-z", "--name-only", self.commit(ref))
        return frozenset(name.decode("utf-8", "backslashreplace") for name in told.split(b"\0") if name)

    def ask(self, *arguments: str, told: bytes = b"") -> bytes:
        """What git prints when it is `told` something. Raises UsageError where it fails."""
        done = self._run(*arguments, told=told)
        if done.returncode:
            raise _failure(done.stderr, self.folder)
        return done.stdout

    def _run(self, *arguments: str, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        import subprocess

        top = self.top()
        try:
            return subprocess.run(  # noqa: S603 - no shell, and no argument begins with a dash by accident
                ("git", *_SAFE, *arguments),  # noqa: S607 - git is wherever the system has it
                cwd=top,
                env={**self.environment, "GIT_CEILING_DIRECTORIES": str(top.parent)},
                input=told,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except FileNotFoundError as exc:
            raise UsageError(
                "git is not installed", hint="it is needed for --base-ref and git:REF:PATH"
            ) from exc
        except (OSError, subprocess.TimeoutExpired) as exc:
            raise UsageError(
                "git does not answer", hint="run `git status` here and see what it says"
            ) from exc


@dataclass(frozen=True, slots=True, eq=False)
class GitTree:
    """One commit of a repository, called `ref` by whoever asked for it; its folders are read once."""

    repository: Repository
    ref: str
    commit: str
    folders: dict[str, dict[str, Entry]] = field(default_factory=dict)

    def read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file, None where the commit has none. Raises UsageError for what is no file."""
        entry = self.entry(path)
        return None if entry is None else self.repository.content(entry, limit)

    def entry(self, path: str) -> Entry | None:
        """What stands at `path`, None where nothing does. Raises UsageError for a link or submodule there."""
        parts = _parts(path)
        folder = self.root()
        for depth, part in enumerate(parts, 1):
            found = self.folder(folder).get(part)
            last = depth == len(parts)
            if found is None or (found.mode not in _ODD and not last):
                return None
            if found.mode in (LINK, SUBMODULE) or (last and found.mode == FOLDER):
                what, hint = _ODD[found.mode]
                raise UsageError(f"{quoted('/'.join(parts[:depth]))} is {what} in the base", hint=hint)
            folder = found.object
        return found

    def root(self) -> str:
        """The name of the root folder. Raises UsageError where the commit cannot be read."""
        known = self.folders.get(self.commit)
        if known is None:
            above = {"": Entry(FOLDER, tree_of(content(self.repository.ask, self.commit)))}
            known = self.folders[self.commit] = above
        return known[""].object

    def folder(self, name: str) -> dict[str, Entry]:
        """The entries of a folder, by name. Raises UsageError where it cannot be read."""
        known = self.folders.get(name)
        if known is None:
            told = listed(content(self.repository.ask, name), name)
            known = {path.decode("utf-8", "surrogateescape"): entry for path, entry in told}
            self.folders[name] = known
        return known

    def named(self, path: str) -> str:
        """How reports call a file of it."""
        return f"git:{self.ref}:{path}"


def checkout(folder: Path) -> Path | None:
    """The nearest folder, from this one upwards, in which a repository is checked out; links resolved."""
    resolved = folder.resolve()
    for each in (resolved, *resolved.parents):
        git = each / ".git"
        try:
            if git.is_file() or (git / "HEAD").is_file() or (git / "HEAD").is_symlink():
                return each
        except OSError:
            return None
    return None


def open_tree(repository: Repository, ref: str) -> GitTree:
    """The commit that `ref` names. Raises UsageError where it is not here."""
    return GitTree(repository, ref, repository.commit(ref))


def _parts(path: str) -> list[str]:
    clean = posixpath.normpath(path)
    if clean.startswith(("/", "../")) or clean in ("..", "."):
        raise UsageError(f"{quoted(path)} is not a path in the repository", hint="write it from its root")
    return clean.split("/")


def _changes(told: bytes) -> tuple[Change, ...]:
    fields = told.split(b"\0")
    return tuple(_change(fields[at], fields[at + 1]) for at in range(0, len(fields) - 1, 2))


def _change(told: bytes, path: bytes) -> Change:
    before, after, old, new, _ = told.decode("ascii").lstrip(":").split(" ")
    return Change(path.decode("utf-8", "surrogateescape"), Entry(before, old), Entry(after, new))


def _fetch(ref: str) -> str:
    remote, slash, branch = ref.partition("/")
    if slash and remote in ("origin", "upstream"):
        fetch = f"git fetch {remote} +refs/heads/{branch}:refs/remotes/{remote}/{branch}"
    else:
        fetch = f"git fetch origin {ref}"
    return f"run `{fetch}` first, or check out with `fetch-depth: 0`"


def _failure(told: bytes, folder: Path) -> UsageError:
    if b"dubious ownership" in told:
        return UsageError(
            "git does not trust this repository, as it belongs to another user",
            hint=f"run `git config --global --add safe.directory {folder.resolve()}` if you do",
        )
    if b"not a git repository" in told or b"must be run in a work tree" in told:
        return _outside()
    return UsageError(
        "git could not read the base", hint="run `git fsck`; the clone may be damaged or partial"
    )


def _outside() -> UsageError:
    return UsageError("not in a git repository", hint="run in the checkout that the pull request changes")
