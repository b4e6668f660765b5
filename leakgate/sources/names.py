"""
The path of an artifact as people and reports see it; never used to open anything.

There is one form of it: relative to the repository, or else to the working directory, with `/`; what lies
outside stands as the system resolves it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from leakgate.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    """What names are relative to, as an absolute path without links; None where nobody knows where we are."""

    directory: str | None

    @classmethod
    def here(cls) -> Base:
        """The repository that holds the working directory, else the working directory."""
        try:
            here = Path.cwd()
        except OSError:
            return cls(None)
        above = (folder for folder in (here, *here.parents) if os.path.lexists(folder / ".git"))
        return cls(str(next(above, here)))

    def normal(self, given: str) -> str:
        """The one form of an argument, whatever its spelling."""
        if self.directory is None:
            return given
        try:
            real, lexical = os.path.realpath(given), os.path.abspath(given)  # noqa: PTH100 - `..` is folded
            # A link is called by its own name, unless `..` behind a link leads elsewhere than it reads.
            for name in (lexical, real):
                if (below := _below(name, self.directory)) is not None and os.path.realpath(name) == real:
                    return below
        except (OSError, ValueError):
            return given
        return real

    def within(self, directory: str) -> str | None:
        """Where names are relative to, with a `/` behind it, as seen from a folder around it."""
        real = os.path.realpath(directory)
        below = None if self.directory is None else _below(self.directory, real)
        return None if below in (None, ".") else f"{below}/"

    def aliases(
        self, arguments: Iterable[tuple[str, str]], anchors: Iterable[str] = ()
    ) -> tuple[tuple[str, str], ...]:
        """Other spellings of names: what begins with the first may as well begin with the second.

        `arguments` are pairs of a normal form and the argument, `anchors` folders to which somebody may have
        written names relative. A name begins with `""`, or with a folder.
        """
        if self.directory is None:
            return ()
        found = [("", self.directory)]
        if here := _below(str(Path.cwd()), self.directory):
            found.append(("" if here == "." else here, ""))
        for normal, given in arguments:
            found += [(normal, os.path.normpath(given)), (normal, _relative(os.path.realpath(given), self))]
        for anchor in map(os.path.realpath, anchors):
            found.append((_relative(anchor, self), ""))
            if (above := _below(self.directory, anchor)) is not None:
                found.append(("", above))
        kept = dict.fromkeys((_plain(one), _plain(other)) for one, other in found)
        return tuple((one, other) for one, other in kept if one != other)


def display_path(given: str, relative: str = "") -> str:
    """`given` plus `relative`, `/` between, without `.` components, always encodable as UTF-8.

    Bytes that are not UTF-8 appear as `\\xNN`.
    """
    if relative and _is_plain(relative):
        joined = _beginning(given) + relative
    else:
        joined = str(PurePosixPath(given) / relative if relative else PurePosixPath(given))
    return joined if joined.isascii() else os.fsencode(joined).decode("utf-8", "backslashreplace")


def _below(path: str, directory: str) -> str | None:
    if path == directory:
        return "."
    prefix = directory.rstrip("/") + "/"
    return path[len(prefix) :] if path.startswith(prefix) else None


def _relative(path: str, base: Base) -> str:
    below = None if base.directory is None else _below(path, base.directory)
    return path if below is None else below


def _plain(name: str) -> str:
    return "" if name == "." else name


def _is_plain(relative: str) -> bool:
    """Whether nothing in it is left out: what a walk gives, but for some hidden names."""
    if relative.startswith((".", "/")) or relative.endswith("/"):
        return False
    return "//" not in relative and "/." not in relative


@lru_cache(maxsize=16)
def _beginning(given: str) -> str:
    """What stands before the name of everything below `given`; a walk asks for each of its files."""
    return str(PurePosixPath(given) / "x")[:-1]
