"""
Writes nested archives: a zip of tar.gz files of zips of logs. The same files give the same bytes.

Never reads an archive.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_THEN = (2025, 3, 1, 10, 0, 0)


def write_nested(home: Path, files: Sequence[Path]) -> None:
    """`home/artifacts.zip`: two tar.gz, each of two zips, in which the files are in turn."""
    home.mkdir(parents=True)
    zips = [_zip({path.name: path.read_bytes() for path in files[turn::4]}) for turn in range(4)]
    tars = {f"run-{turn}.tar.gz": _tar_gz(_numbered(zips[2 * turn : 2 * turn + 2])) for turn in range(2)}
    (home / "artifacts.zip").write_bytes(_zip(tars))


def _numbered(zips: Sequence[bytes]) -> dict[str, bytes]:
    return {f"logs-{number}.zip": content for number, content in enumerate(zips)}


def _zip(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tar_gz(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(out.getvalue(), mtime=0)
