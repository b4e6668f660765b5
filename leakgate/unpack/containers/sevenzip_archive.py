"""
7z archives, with py7zr for their headers and filters, driven in bounded steps.

py7zr's own extraction is not used: it fails as a whole on a hostile name, and holds whole members.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from leakgate.model.artifact import Artifact, Named, Reader
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import MIB
from leakgate.unpack.budget import Budget, Damage, Trouble
from leakgate.unpack.containers.base import Member, behind, gap
from leakgate.unpack.flow import Flow, gather
from leakgate.unpack.labels import label
from leakgate.unpack.readers import ReaderFile

CHUNK = MIB
_SIGNATURE = 32  # bytes
_ENCRYPTED = Trouble(
    GapReason.ENCRYPTED, "is encrypted; publish it unencrypted, or leave it out of the artifacts"
)
_MALFORMED = Trouble(
    GapReason.MALFORMED, "is damaged, or packed in a variant that is not read; pack it anew with LZMA2"
)


class SevenZipArchive:
    name = "7z"

    def matches(self, head: bytes) -> bool:
        return head.startswith(b"7z\xbc\xaf\x27\x1c")

    def members(self, reader: Reader, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
        with ReaderFile(reader) as file:
            opened = _opened(file)
            if isinstance(opened, Trouble):
                yield gap(artifact, opened)
                return
            for file_list, start in _folders(opened):
                yield from _folder_members(_Folder(file, file_list, start), artifact, budget)
        yield from behind(reader, _end(reader.read(0, _SIGNATURE)), artifact, budget)


def _end(signature: bytes) -> int:
    """Where the archive ends: behind its header, as the signature tells (7zFormat.txt, "SignatureHeader")."""
    offset, size = int.from_bytes(signature[12:20], "little"), int.from_bytes(signature[20:28], "little")
    return _SIGNATURE + offset + size


def _opened(file: ReaderFile) -> Any | Trouble:
    import py7zr
    from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError

    try:
        return py7zr.SevenZipFile(file)
    except PasswordRequired:
        return _ENCRYPTED
    except UnsupportedCompressionMethodError:
        return _UNSUPPORTED
    except Exception:  # noqa: BLE001 - on damaged headers py7zr raises whatever its parser stumbles over
        return _MALFORMED


_UNSUPPORTED = Trouble(
    GapReason.UNSUPPORTED, "uses a compression method that is not read; pack it with LZMA2"
)


def _folders(opened: Any) -> Iterator[tuple[list[Any], int]]:
    """Files that are packed together, and the offset of their packed bytes; first those without bytes."""
    files = list(getattr(opened, "files", ()))
    yield [file for file in files if file.emptystream and not file.is_directory], 0
    streams = getattr(opened.header, "main_streams", None)
    if streams is None:
        return
    positions = streams.packinfo.packpositions
    stream = 0
    for folder in streams.unpackinfo.folders:
        if stream >= len(positions):
            break
        yield list(folder.files or ()), opened.afterheader + positions[stream]
        stream += len(folder.packed_indices) or 1


class _Folder:
    """One packed run of files. Solid: a file can only be had after those before it."""

    def __init__(self, file: ReaderFile, files: list[Any], start: int) -> None:
        self.files = files
        self._file = file
        self._at = start
        self.start = start

    def chunks(self, entry: Any) -> Iterator[bytes]:
        """The bytes of the next file of this folder. Raises Damage."""
        missing = entry.uncompressed
        stalled = 0
        while missing > 0:
            # Folders are read in turn, but the consumer may have read elsewhere in between.
            self._file.seek(self._at)
            before = self._at
            found = bytes(_decompressed(self._file, entry, min(missing, CHUNK)))
            self._at = self._file.tell()
            # A filter may hold back a few bytes for one step.
            stalled = 0 if found or self._at != before else stalled + 1
            if stalled > 2:
                raise Damage(_MALFORMED.reason, _MALFORMED.detail)
            missing -= len(found)
            yield found

    def packed_size(self) -> int:
        return self._at - self.start


def _decompressed(file: ReaderFile, entry: Any, length: int) -> bytes:
    from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError

    try:
        found: bytes = entry.folder.get_decompressor(entry.compressed).decompress(file, length)
    except PasswordRequired as error:
        raise Damage(_ENCRYPTED.reason, _ENCRYPTED.detail) from error
    except UnsupportedCompressionMethodError as error:
        raise Damage(_UNSUPPORTED.reason, _UNSUPPORTED.detail) from error
    except Exception as error:  # the filters of py7zr raise whatever they stumble over
        raise Damage(_MALFORMED.reason, _MALFORMED.detail) from error
    return found


def _folder_members(folder: _Folder, artifact: Artifact, budget: Budget) -> Iterator[Member | Gap | Named]:
    for index, entry in enumerate(folder.files):
        if trouble := budget.admit():
            yield gap(artifact, trouble)
            return
        inner = artifact.member(label(entry.filename))
        flow = Flow(budget.metered(folder.chunks(entry), folder.packed_size))
        data, cut = gather(flow, budget)
        if data or cut is None:
            yield Member(inner, data)
        if cut is None and entry.crc32 is not None and zlib.crc32(data) != entry.crc32:
            cut = _MALFORMED
        if cut is not None:
            yield gap(inner, cut)
            if cut.reason is GapReason.TOO_LARGE and budget.exhausted() is None:
                flow.skip(entry.uncompressed)
            if flow.trouble is not None:
                yield from _behind(folder.files[index + 1 :], artifact, flow.trouble)
                return


def _behind(files: list[Any], artifact: Artifact, trouble: Trouble) -> Iterator[Gap]:
    """One gap for all files that a solid folder packs behind the one that failed."""
    if files and trouble.reason is GapReason.ENCRYPTED:
        for entry in files:
            yield gap(artifact.member(label(entry.filename)), trouble)
    elif files:
        detail = f"{len(files)} members packed behind a member that failed could not be read; pack anew"
        yield gap(artifact, Trouble(trouble.reason, detail))
