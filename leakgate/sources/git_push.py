"""
What a push would carry to a remote: the objects that it does not have yet.

Every version of every file counts, not only the last: what a later commit removes is pushed too. Whole files
are scanned, so that findings have their surroundings; `narrowed` then leaves those on added lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from leakgate.model.artifact import Artifact, Named, Unit
from leakgate.model.expressions import expression
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.records import dataclass
from leakgate.sources.added_lines import AddedLines
from leakgate.sources.content import MemoryContent
from leakgate.sources.git import Git, GitObject
from leakgate.sources.git_updates import Update
from leakgate.sources.git_versions import Version, versions
from leakgate.sources.names import display_path

# Contents are held in memory; code hosts refuse files of this size anyway.
_LARGEST = 256 << 20
# The address and the time that stand behind a name; who commits does not leak either.
_WRITTEN_BY = expression(r"\s*<[^<>]*>(?: \d+ [+-]\d{4})?$")


def open_push(git: Git, updates: Sequence[Update], remote: str) -> Push:
    """What goes to `remote`, a name or an address. Raises SourceError where git cannot tell."""
    refs = dict.fromkeys(name for update in updates if update.local is not None for name in update.names)
    return Push(git, _fresh(git, updates, remote), AddedLines(git), tuple(refs))


@dataclass(frozen=True, slots=True)
class Push:
    """`fresh` are the objects that the remote lacks, with the path of each file. Good for one pass."""

    git: Git
    fresh: Mapping[str, str]
    added: AddedLines
    refs: tuple[str, ...] = ()  # names of branches and tags

    @property
    def is_empty(self) -> bool:
        """Whether the remote has everything: a branch is deleted, moved back, or made of known commits."""
        return not self.fresh

    @property
    def skipped(self) -> int:
        """Nothing is left out by patterns."""
        return 0

    def units(self) -> Iterator[Unit | Gap | Named]:
        """Messages of commits and tags first, then files; newest first."""
        yield from (Named(Artifact(display_path(ref))) for ref in self.refs)
        objects = self.git.objects(self.fresh)
        yield from self._messages([one.id for one in objects if one.kind in ("commit", "tag")])
        found = versions(self.git, [one.id for one in objects if one.kind == "commit"])
        yield from self._files([one for one in objects if one.kind == "blob"], found)

    def narrowed(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """What the push adds: findings on added lines of changed text, and all those of other files."""
        kept = (self.added.narrowed(finding) for finding in findings)
        return tuple(finding for finding in kept if finding is not None)

    def _messages(self, names: Sequence[str]) -> Iterator[Unit | Named]:
        for name, raw in zip(names, self.git.contents(names), strict=True):
            head, _, message = (raw or b"").partition(b"\n\n")
            path = f"message of {name[:12]}"
            self.added.message(path)
            yield from (Named(Artifact(path), said) for said in _said(head))
            yield Unit(Artifact(path), MemoryContent(message))

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """None: names of git are relative to the repository."""
        return ()

    def again(self) -> Iterator[Unit | Gap]:
        """Nothing: what git has does not change."""
        return iter(())

    def _files(self, wanted: Sequence[GitObject], found: Mapping[str, Version]) -> Iterator[Unit | Gap]:
        small = [one for one in wanted if one.size <= _LARGEST]
        newest: set[str] = set()
        for one, raw in zip(small, self.git.contents(one.id for one in small), strict=True):
            version = found.get(one.id) or Version(self.fresh[one.id], "", ())
            path = display_path(version.path) if version.path else f"object {one.id[:12]}"
            name = f"{path}@{version.commit[:12] or one.id[:12]}" if path in newest else path
            newest.add(path)
            if raw is None:
                yield _missing(name)
                continue
            self.added.file(name, path, version, raw)
            yield Unit(Artifact(name), MemoryContent(raw))
        yield from (_too_large(display_path(self.fresh[one.id])) for one in wanted if one.size > _LARGEST)


def _said(head: bytes) -> Iterator[str]:
    """What people wrote into the header of a commit or tag: names, without addresses and signatures."""
    for line in head.split(b"\n"):
        key, _, said = line.partition(b" ")
        if not key or key in (b"tree", b"parent", b"object", b"type", b"gpgsig", b"gpgsig-sha256"):
            continue  # hashes, and lines of a signature, which begin with a blank
        yield _WRITTEN_BY.sub("", said.decode("utf-8", "replace"))


def _fresh(git: Git, updates: Sequence[Update], remote: str) -> dict[str, str]:
    tips = [update.local for update in updates if update.local is not None]
    if not tips:
        return {}
    heads = git.objects([update.remote for update in updates if update.remote is not None])
    theirs = [head.id for head in heads if head.kind != "missing"]
    named = [f"--remotes={remote}"] if _is_name(remote) else []
    arguments = ("--objects", "--missing=allow-any", "--topo-order", *tips, "--not", *named, *theirs)
    listed = git.ask("rev-list", *arguments)
    pairs = (line.partition(b" ") for line in listed.split(b"\n") if line)
    return {name.decode("ascii"): path.decode("utf-8", "surrogateescape") for name, _, path in pairs}


def _is_name(remote: str) -> bool:
    """Whether git keeps what it knows of this remote under its name."""
    return (
        bool(remote)
        and not any(mark in remote for mark in ":\\*?[")
        and not remote.startswith((".", "/", "-"))
    )


def _missing(path: str) -> Gap:
    detail = "git does not have the content of this file; `git fsck` says what is missing"
    return Gap(path, (), Stage.SOURCE, GapReason.UNREADABLE, detail)


def _too_large(path: str) -> Gap:
    detail = (
        f"larger than {_LARGEST >> 20} MiB; keep it out of the repository, or scan it with `leakgate scan`"
    )
    return Gap(path, (), Stage.SOURCE, GapReason.TOO_LARGE, detail)
