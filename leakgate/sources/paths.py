"""
The arguments of a scan, made into one source.

Checks that every argument leads somewhere before anything is scanned: a typo must not pass.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import BinaryIO, assert_never

from leakgate.model.artifact import Named, Unit
from leakgate.model.errors import SourceError
from leakgate.model.gap import Gap
from leakgate.model.limits import Limits
from leakgate.model.records import dataclass
from leakgate.sources.again import changes
from leakgate.sources.directory import Directory
from leakgate.sources.file import SingleFile
from leakgate.sources.globs import Glob, is_glob
from leakgate.sources.ledger import Ledger
from leakgate.sources.listing import Listing
from leakgate.sources.names import Base, display_path
from leakgate.sources.scope import DirectoryRoot, FileRoot, Scope
from leakgate.sources.selection import Selection
from leakgate.sources.stdin import ARGUMENT, StandardInput

_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG})


@dataclass(frozen=True, slots=True)
class Paths:
    """Every artifact the arguments lead to, in their order, each once. Good for one pass."""

    parts: tuple[Directory | SingleFile | StandardInput, ...]
    ledger: Ledger
    listing: Listing = field(default_factory=Listing)
    aliases: tuple[tuple[str, str], ...] = ()

    def units(self) -> Iterator[Unit | Gap | Named]:
        for part in self.parts:
            for item in part.units():
                if isinstance(item, Gap):
                    self.listing.missed.add(item.path)
                yield item

    def again(self) -> Iterator[Unit | Gap]:
        """What changed since `units`, which must be exhausted; a unit where only the bytes can tell."""
        ledger, listing = Ledger(remember=self.ledger.remembers), Listing()
        yield from changes(self.listing, self._walked(ledger, listing), listing)

    def _walked(self, ledger: Ledger, listing: Listing) -> Iterator[Unit | Gap]:
        for part in self.parts:
            if isinstance(part, StandardInput):
                yield from part.again(listing)
            else:
                walked = replace(part, ledger=ledger, listing=listing).units()
                yield from (item for item in walked if not isinstance(item, Named))

    @property
    def skipped(self) -> int:
        """Files, and directories as a whole, left out by patterns; known when `units` is exhausted."""
        return self.ledger.skipped


def open_sources(
    paths: Sequence[str],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    stdin: BinaryIO,
    stdin_name: str | None = None,
    max_bytes: int = Limits().max_artifact_bytes,
    own: Iterable[str] = (),
    anchors: Iterable[str] = (),
) -> Paths:
    """`-` is `stdin`, read up to `max_bytes`. `own` are files that this run writes, which are left out,
    `anchors` folders to which others may have written names relative.

    Raises SourceError for an argument that leads nowhere, or that the run itself would write.
    """
    arguments = tuple(dict.fromkeys(paths))
    selection, base = Selection.parse(include, exclude), Base.here()
    roots = {given: _root(given, base) for given in arguments if given != ARGUMENT}
    scope = Scope(_distinct(tuple(roots.values())), selection, frozenset(map(os.path.realpath, own)))
    _check_own(scope)
    ledger, listing = Ledger(remember=len(scope.roots) > 1), Listing()
    kept = {id(root) for root in scope.roots}
    parts: list[Directory | SingleFile | StandardInput] = []
    for given in arguments:
        if given == ARGUMENT:
            parts.append(StandardInput(stdin, stdin_name or "stdin", max_bytes, selection, ledger, listing))
        elif id(roots[given]) in kept:
            parts.append(_part(roots[given], scope, ledger, listing))
    named = tuple((root.shown, root.given) for root in roots.values())
    return Paths(tuple(parts), ledger, listing, base.aliases(named, anchors))


def _part(
    root: DirectoryRoot | FileRoot, scope: Scope, ledger: Ledger, listing: Listing
) -> Directory | SingleFile:
    match root:
        case DirectoryRoot():
            return Directory(root, scope, ledger, listing)
        case FileRoot():
            return SingleFile(root, scope.selection, ledger, listing)
        case _:
            assert_never(root)


def _check_own(scope: Scope) -> None:
    for root in scope.roots:
        if isinstance(root, FileRoot) and root.real in scope.own:
            raise SourceError(
                f"{display_path(root.given)!r} is to be scanned, and to be written as a report",
                hint="write the report to another place",
            )


def _distinct(roots: tuple[DirectoryRoot | FileRoot, ...]) -> tuple[DirectoryRoot | FileRoot, ...]:
    """Without those that are the same place under another name; the first name stays."""
    first: dict[tuple[type, str, Glob | None], DirectoryRoot | FileRoot] = {}
    for root in roots:
        only = root.only if isinstance(root, DirectoryRoot) else None
        first.setdefault((type(root), root.real, only), root)
    return tuple(first.values())


def _root(given: str, base: Base) -> DirectoryRoot | FileRoot:
    if not given:
        raise SourceError("an empty path", hint="is a variable in the command line not set?")
    try:
        mode = Path(given).stat().st_mode
    except ValueError as exc:
        raise _nowhere(given) from exc
    except OSError as exc:
        if exc.errno not in _NOWHERE:
            return FileRoot(given, os.path.realpath(given), base.normal(given))
        if is_glob(given):
            return _glob_root(given, base)
        raise _nowhere(given) from exc
    real, shown = os.path.realpath(given), base.normal(given)
    return (
        DirectoryRoot(given, real, shown, inner=base.within(real))
        if stat.S_ISDIR(mode)
        else FileRoot(given, real, shown)
    )


def _glob_root(given: str, base: Base) -> DirectoryRoot:
    """The fixed directories before the first wildcard, and the pattern from there on."""
    components = given.split("/")
    fixed = next(index for index, component in enumerate(components) if is_glob(component))
    directory = "/".join(components[:fixed]) or ("/" if given.startswith("/") else ".")
    only = Glob.parse("/".join(components[fixed:]), anchored=True)
    root = DirectoryRoot(
        directory, os.path.realpath(directory), base.normal(directory), only, base.within(directory)
    )
    walked = Directory(root, Scope((root,), Selection()), Ledger(remember=False), Listing()).units()
    found = (item for item in walked if not isinstance(item, Named))
    if not Path(directory).is_dir() or next(found, None) is None:
        raise SourceError(
            f"nothing matches {display_path(given)!r}",
            hint="check the pattern and the working directory; quote it, or let the shell expand it",
        )
    return root


def _nowhere(given: str) -> SourceError:
    return SourceError(
        f"no such file or directory: {display_path(given)!r}",
        hint="check the spelling and the working directory; did the step that writes it run?",
    )
