"""
The arguments of a scan, made into one source.

Checks that every argument leads somewhere before anything is scanned: a typo must not pass.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, assert_never

from leakgate.model.artifact import Unit
from leakgate.model.errors import SourceError
from leakgate.model.gap import Gap
from leakgate.model.limits import Limits
from leakgate.model.records import dataclass
from leakgate.sources.directory import Directory
from leakgate.sources.file import SingleFile
from leakgate.sources.globs import Glob, is_glob
from leakgate.sources.ledger import Ledger
from leakgate.sources.names import display_path
from leakgate.sources.scope import DirectoryRoot, FileRoot, Scope
from leakgate.sources.selection import Selection
from leakgate.sources.stdin import ARGUMENT, StandardInput

_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG})


@dataclass(frozen=True, slots=True)
class Paths:
    """Every artifact the arguments lead to, in their order, each once. Good for one pass."""

    parts: tuple[Directory | SingleFile | StandardInput, ...]
    ledger: Ledger

    def units(self) -> Iterator[Unit | Gap]:
        for part in self.parts:
            yield from part.units()

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
) -> Paths:
    """`-` is `stdin`, read up to `max_bytes`. Raises SourceError for an argument that leads nowhere."""
    arguments = tuple(dict.fromkeys(paths))
    selection = Selection.parse(include, exclude)
    roots = {given: _root(given) for given in arguments if given != ARGUMENT}
    scope = Scope(_distinct(tuple(roots.values())), selection)
    ledger = Ledger(remember=len(scope.roots) > 1)
    kept = {id(root) for root in scope.roots}
    parts: list[Directory | SingleFile | StandardInput] = []
    for given in arguments:
        if given == ARGUMENT:
            parts.append(StandardInput(stdin, stdin_name or "stdin", max_bytes, selection, ledger))
        elif id(roots[given]) in kept:
            parts.append(_part(roots[given], scope, ledger))
    return Paths(tuple(parts), ledger)


def _part(root: DirectoryRoot | FileRoot, scope: Scope, ledger: Ledger) -> Directory | SingleFile:
    match root:
        case DirectoryRoot():
            return Directory(root, scope, ledger)
        case FileRoot():
            return SingleFile(root, scope.selection, ledger)
        case _:
            assert_never(root)


def _distinct(roots: tuple[DirectoryRoot | FileRoot, ...]) -> tuple[DirectoryRoot | FileRoot, ...]:
    """Without those that are the same place under another name; the first name stays."""
    first: dict[tuple[type, str, Glob | None], DirectoryRoot | FileRoot] = {}
    for root in roots:
        only = root.only if isinstance(root, DirectoryRoot) else None
        first.setdefault((type(root), root.real, only), root)
    return tuple(first.values())


def _root(given: str) -> DirectoryRoot | FileRoot:
    if not given:
        raise SourceError("an empty path", hint="is a variable in the command line not set?")
    try:
        mode = Path(given).stat().st_mode
    except ValueError as exc:
        raise _nowhere(given) from exc
    except OSError as exc:
        if exc.errno not in _NOWHERE:
            return FileRoot(given, os.path.realpath(given))
        if is_glob(given):
            return _glob_root(given)
        raise _nowhere(given) from exc
    real = os.path.realpath(given)
    return DirectoryRoot(given, real) if stat.S_ISDIR(mode) else FileRoot(given, real)


def _glob_root(given: str) -> DirectoryRoot:
    """The fixed directories before the first wildcard, and the pattern from there on."""
    components = given.split("/")
    fixed = next(index for index, component in enumerate(components) if is_glob(component))
    directory = "/".join(components[:fixed]) or ("/" if given.startswith("/") else ".")
    only = Glob.parse("/".join(components[fixed:]), anchored=True)
    root = DirectoryRoot(directory, os.path.realpath(directory), only)
    found = Directory(root, Scope((root,), Selection()), Ledger(remember=False)).units()
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
