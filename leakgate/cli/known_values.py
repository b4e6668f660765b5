"""
The values that `--known-values-env` and `--known-values-file` name, read from where the pipeline keeps them.

Shows names of variables and files, never a value.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from leakgate.detect.known.reading import named_values
from leakgate.model.errors import UsageError

LARGEST_FILE = 8 << 20
Named = tuple[tuple[str, str], ...]


def read_known_values(
    variables: Sequence[str], files: Sequence[Path], protected: Mapping[str, bytes]
) -> Named:
    """Names and values, in the order given; a file's from its `protected` bytes where there are any.

    Raises UsageError for a list that cannot be read.
    """
    wanted = [item.strip() for text in variables for item in text.split(",") if item.strip()]
    listed = (pair for path in files for pair in _from_file(path, protected.get(str(path))))
    return (*_from_environment(wanted), *listed)


def _from_environment(wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    for item in wanted:
        names = [item] if item in os.environ else sorted(filter(_begins(item), os.environ))
        if not names:
            yield item, ""
        for name in names:
            value = os.environ[name]
            listed = tuple(named_values(value, name)) if value.lstrip()[:1] == "{" else ()
            # GitHub's toJSON(secrets) in one variable; any other document is one value.
            yield from listed if _names_secrets(listed) else [(name, value)]


def _names_secrets(listed: Sequence[tuple[str, str]]) -> bool:
    return bool(listed) and all(name.isupper() or name == "github_token" for name, _value in listed)


def _begins(item: str) -> Callable[[str], bool]:
    """A prefix, or a pattern with `*`."""
    pattern = item if "*" in item else f"{item}*"
    return lambda name: fnmatchcase(name, pattern)


def _from_file(path: Path, protected: bytes | None) -> Iterator[tuple[str, str]]:
    data = _bytes(path) if protected is None else protected
    if len(data) > LARGEST_FILE:
        raise UsageError(
            f"--known-values-file: {path} is larger than {LARGEST_FILE >> 20} MiB",
            hint="list secrets, not artifacts",
        )
    named = tuple(named_values(_text(data, path), path.name))
    yield from named or ((path.name, ""),)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as exc:
        raise UsageError(
            f"--known-values-file: {path} cannot be read ({exc.strerror})",
            hint="name the file that holds the pipeline's secrets, as JSON, dotenv or lines",
        ) from exc


def _text(data: bytes, path: Path) -> str:
    """UTF-8, or UTF-16 as PowerShell writes it. Raises UsageError for what would guard nothing."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise UsageError(
            f"--known-values-file: {path} is not text",
            hint="save it as UTF-8: JSON, dotenv or lines",
        )
    return data.decode("utf-8-sig", "surrogateescape")
