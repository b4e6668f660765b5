"""
Does a run hold a value? Looked for in files, in members of archives, in base64 of archives within text.

Its own reading, so that what leakgate cannot open is not taken for not written. Bounded in depth.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import json
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

_DEPTH = 4
_MEMBER = 100_000_000  # bytes
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{200,}={0,2}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


class Run:
    """All bytes of a run, unfolded once."""

    def __init__(self, root: Path) -> None:
        self._parts = {
            path.relative_to(root).as_posix(): tuple(_unfolded(path.read_bytes(), 0))
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    def holding(self, *values: str) -> frozenset[str]:
        """The files with one of the values as it is, or as JSON, XML or an address would write it."""
        writings = {writing for value in values for writing in _writings(value)}
        return frozenset(
            name
            for name, parts in self._parts.items()
            if any(writing in part for writing in writings for part in parts)
        )


def _writings(value: str) -> set[bytes]:
    quoted = json.dumps(value)[1:-1]
    texts = {
        value,
        quoted,
        json.dumps(quoted)[1:-1],
        html.escape(value),
        html.escape(quoted),
        quote(value, safe=""),
    }
    return {text.encode() for text in texts} | {value.encode("utf-16-le")}


def _unfolded(content: bytes, depth: int) -> Iterator[bytes]:
    yield content
    if depth < _DEPTH:
        for inner in _inside(content):
            yield from _unfolded(inner, depth + 1)


def _inside(content: bytes) -> Iterator[bytes]:
    try:
        if content.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (
                    archive.read(member) for member in archive.infolist() if member.file_size < _MEMBER
                )
        elif content.startswith(b"\x1f\x8b"):
            yield gzip.decompress(content)
        elif content[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                yield from (file.read() for member in archive if (file := archive.extractfile(member)))
        elif content.startswith(b"%PDF"):
            yield from (zlib.decompress(stream[1]) for stream in _STREAM.finditer(content))
        else:
            yield from (
                base64.b64decode(run[0] + b"=" * (-len(run[0]) % 4)) for run in _BASE64.finditer(content)
            )
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        tarfile.TarError,
        zlib.error,
        binascii.Error,
        NotImplementedError,
    ):
        return  # what cannot be opened holds nothing that can be read
