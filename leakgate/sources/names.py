"""The path of an artifact as people and reports see it; never used to open anything."""

from __future__ import annotations

import os
from pathlib import PurePosixPath


def display_path(given: str, relative: str = "") -> str:
    """`given` plus `relative`, `/` between, without `.` components, always encodable as UTF-8.

    Bytes that are not UTF-8 appear as `\\xNN`.
    """
    joined = PurePosixPath(given) / relative if relative else PurePosixPath(given)
    return os.fsencode(str(joined)).decode("utf-8", "backslashreplace")
