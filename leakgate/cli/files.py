"""Small files of the gate on disk: read within bounds, and replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

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
    """Beside its place first, then renamed into it; folders are made. Raises ReportError."""
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".leakgate-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(text.encode("utf-8", "surrogateescape"))
                os.fchmod(handle, mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as exc:
        raise ReportError(
            f"{str(path)!a} cannot be written ({exc.strerror})",
            hint="check the folder and its permissions",
        ) from exc
