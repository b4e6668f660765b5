"""
Where files of a repository are written: below its root no link is followed.

A checkout holds what its author put there, links too; through one a report or a policy would land in a file
of somebody else. Outside of a repository the user's links count.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from leakgate.model.errors import UsageError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_HINT = "remove the link, or name a place outside of the repository"


def root_of(path: Path) -> Path | None:
    """The root of the repository that `path` is written as being in, None where it is in none.

    Where there is no repository, the working directory counts as one for relative paths.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - as written: links must not be resolved
    above = absolute.parents[::-1]
    here = next((folder for folder in (Path.cwd(), *Path.cwd().parents) if _is_root(folder)), None)
    known = (folder for folder in above if here is not None and _same(folder, here))
    found = next(known, None) or next(filter(_is_root, above), None)
    if found is None and not path.is_absolute() and absolute.is_relative_to(Path.cwd()):
        return Path.cwd()
    return found


def refuse_links(path: Path) -> None:
    """Raises UsageError where `path`, or a folder above it, is a link below the root of its repository."""
    root = root_of(path)
    if root is None:
        return
    at = root
    for part in _below(path, root):
        at /= part
        if at.is_symlink():
            raise UsageError(f"{str(at)!a} is a symbolic link in the repository", hint=_HINT)


@contextmanager
def folder_for(path: Path, root: Path | None = None) -> Iterator[int]:
    """A descriptor of the folder that `path` is to be in, which is made if it is not there.

    `root` is the repository, found by itself where none is given. Raises UsageError for a link, OSError.
    """
    root = root or root_of(path)
    if root is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path.parent, _FOLDER)
    else:
        handle = os.open(root, _FOLDER)
    try:
        for part in _below(path, root)[:-1] if root is not None else ():
            handle, above = _entered(handle, part, path), handle
            os.close(above)
        yield handle
    finally:
        os.close(handle)


def replace_in(folder: int, name: str, write: Callable[[IO[bytes]], None], mode: int) -> None:
    """Writes the file `name` beside its place and renames it into it, whole or not at all. Raises OSError."""
    fresh = f".leakgate-{secrets.token_hex(8)}"
    handle = os.open(fresh, _NEW, 0o600, dir_fd=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            write(out)
            out.flush()
            os.fchmod(handle, mode)
        os.rename(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(fresh, dir_fd=folder)
        raise


def create_in(folder: int, name: str, content: bytes) -> None:
    """A new file. Raises FileExistsError, also for a link that leads nowhere; OSError."""
    with os.fdopen(os.open(name, _NEW, 0o666, dir_fd=folder), "wb") as out:
        out.write(content)


def status_in(folder: int, name: str) -> os.stat_result | None:
    """Of the file itself, not of what a link leads to; None where there is none. Raises OSError."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _entered(folder: int, part: str, path: Path) -> int:
    """The folder `part` in `folder`, made if need be."""
    with suppress(FileExistsError):
        os.mkdir(part, dir_fd=folder)
    found = status_in(folder, part)
    if found is not None and stat.S_ISLNK(found.st_mode):
        raise UsageError(
            f"{str(path)!a} cannot be written: its folder {part!a} is a symbolic link in the repository",
            hint=_HINT,
        )
    return os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)


def _below(path: Path, root: Path) -> tuple[str, ...]:
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - as written
    base = Path(os.path.abspath(root))  # noqa: PTH100
    return absolute.relative_to(base).parts


def _is_root(folder: Path) -> bool:
    return os.path.lexists(folder / ".git")


def _same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False
