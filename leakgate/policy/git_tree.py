"""
Files as they stand in a commit, and what changed between two: the side that a pull request cannot edit.

Runs `git` without a shell, without hooks, filters, pagers or network, and never touches the working tree. A
symbolic link or a submodule where a file belongs is an error: what it leads to is not in the commit.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leakgate.model.errors import UsageError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.policy.nodes import quoted

if TYPE_CHECKING:
    import subprocess

_SECONDS = 60
_REF = expression(r"(?!-)[A-Za-z0-9_./@{}^~+#=%-]{1,300}")
_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
)
LINK, SUBMODULE, FOLDER, NONE = "120000", "160000", "040000", "000000"
_ODD = {
    LINK: ("a symbolic link", "name the file that it leads to, and keep that in the repository"),
    SUBMODULE: ("a submodule", "keep the gate's files in the repository that it guards"),
    FOLDER: ("a folder", "name a file in it"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A path of a tree: git's mode in six octal digits, and the name of the object."""

    mode: str
    object: str


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
        """The root of the working tree. Raises UsageError where there is none."""
        return Path(self.ask("rev-parse", "--show-toplevel").decode(errors="surrogateescape").rstrip("\n"))

    def commit(self, ref: str) -> str:
        """The hash of the commit that `ref` names. Raises UsageError, with the command that fetches it."""
        if not _REF.fullmatch(ref) or ".." in ref:
            raise UsageError(
                f"{quoted(ref)} is no name of a commit", hint="such as origin/main, or a full hash"
            )
        self.top()
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if done.returncode:
            raise UsageError(f"the base {quoted(ref)} is not in this clone", hint=_fetch(ref))
        return done.stdout.decode("ascii").strip()

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

    def entry(self, commit: str, path: str) -> Entry | None:
        """What stands at `path`, None where nothing does. Raises UsageError for a link or submodule there."""
        parts = _parts(path)
        found: Entry | None = None
        for depth in range(1, len(parts) + 1):
            found = self._entry(commit, "/".join(parts[:depth]))
            if found is None:
                return None
            last = depth == len(parts)
            if found.mode in (LINK, SUBMODULE) or (last and found.mode == FOLDER):
                what, hint = _ODD[found.mode]
                raise UsageError(f"{quoted('/'.join(parts[:depth]))} is {what} in the base", hint=hint)
        return found

    def _entry(self, commit: str, path: str) -> Entry | None:
        listed = self.ask("ls-tree", "-z", "--full-tree", commit, "--", path).split(b"\0")[0]
        if not listed:
            return None
        mode, _, name = listed.partition(b"\t")[0].decode("ascii").split(" ")
        return Entry(mode, name)

    def content(self, entry: Entry, limit: int) -> bytes:
        """At most `limit` bytes and one more of a file."""
        size = int(self.ask("cat-file", "-s", entry.object))
        if size > limit:
            return b" " * (limit + 1)  # whoever reads it says that it is too long
        return self.ask("cat-file", "blob", entry.object)

    def changes(self, before: str, after: str) -> tuple[Change, ...]:
        """Every path that differs; a renamed file is one that went and one that came."""
        told = self.ask("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", before, after)
        fields = told.split(b"\0")
        return tuple(_change(fields[at], fields[at + 1]) for at in range(0, len(fields) - 1, 2))

    def ask(self, *arguments: str) -> bytes:
        """What git prints. Raises UsageError where it fails."""
        done = self._run(*arguments)
        if done.returncode:
            raise _failure(done.stderr, self.folder)
        return done.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        import subprocess

        try:
            return subprocess.run(  # noqa: S603 - no shell, and no argument begins with a dash by accident
                ("git", *_SAFE, *arguments),  # noqa: S607 - git is wherever the system has it
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
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


@dataclass(frozen=True, slots=True)
class GitTree:
    """One commit of a repository, called `ref` by whoever asked for it."""

    repository: Repository
    ref: str
    commit: str

    def read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file, None where the commit has none. Raises UsageError for what is no file."""
        entry = self.repository.entry(self.commit, path)
        return None if entry is None else self.repository.content(entry, limit)

    def named(self, path: str) -> str:
        """How reports call a file of it."""
        return f"git:{self.ref}:{path}"


def open_tree(repository: Repository, ref: str) -> GitTree:
    """The commit that `ref` names. Raises UsageError where it is not here."""
    return GitTree(repository, ref, repository.commit(ref))


def _parts(path: str) -> list[str]:
    clean = posixpath.normpath(path)
    if clean.startswith(("/", "../")) or clean in ("..", "."):
        raise UsageError(f"{quoted(path)} is not a path in the repository", hint="write it from its root")
    return clean.split("/")


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
        return UsageError("not in a git repository", hint="run in the checkout that the pull request changes")
    return UsageError(
        "git could not read the base", hint="run `git fsck`; the clone may be damaged or partial"
    )
