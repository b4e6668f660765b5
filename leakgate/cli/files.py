"""Small files of the gate on disk: read within bounds, and replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO

from leakgate.cli.checkout import folder_for, refuse_links, replace_in, root_of, status_in
from leakgate.model.errors import ReportError, UsageError


def read_bytes(path: Path, limit: int) -> bytes | None:
    """At most `limit` bytes and one more, None where there is no such file. Raises UsageError."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as exc:
        why = getattr(exc, "strerror", None) or "not a path"
        raise UsageError(f"{str(path)!a} cannot be read: {why}", hint="check the path") from exc


def replace_file(path: Path, text: str) -> None:
    """Beside its place first, then renamed into it; folders are made.

    In a repository no link is followed. Raises UsageError for one, ReportError.
    """
    refuse_links(path)
    target = path if root_of(path) is not None else Path(os.path.realpath(path))
    content = text.encode("utf-8", "surrogateescape")
    try:
        with folder_for(target) as folder:
            found = status_in(folder, target.name)
            mode = 0o644 if found is None else stat.S_IMODE(found.st_mode) & 0o777
            replace_in(folder, target.name, lambda out: _write(out, content), mode)
    except OSError as exc:
        raise ReportError(
            f"{str(path)!a} cannot be written ({exc.strerror})",
            hint="check the folder and its permissions",
        ) from exc


def _write(out: IO[bytes], content: bytes) -> None:
    out.write(content)
