"""Archives built at run time, also broken and hostile ones, and ways to walk them."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap, GapReason
from leakgate.model.limits import Limits
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Member
from leakgate.unpack.identify import container_for
from leakgate.unpack.readers import HeldBytes

LINE = b"12:00:01 INFO step finished\n"


def tar_of(files: dict[str, bytes], how: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=how) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def zip_of(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


def with_flags(archive: bytes, name: bytes, change: Callable[[int, int], tuple[int, int]]) -> bytes:
    """A zip in which `change(flags, method)` was applied to both headers of the member `name`."""
    found = bytearray(archive)
    for magic, flags_at, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = found.find(magic)
        while at >= 0:
            if found[at + name_at : at + name_at + len(name)] == name:
                flags, method = struct.unpack_from("<HH", found, at + flags_at)
                struct.pack_into("<HH", found, at + flags_at, *change(flags, method))
            at = found.find(magic, at + 4)
    return bytes(found)


def encrypted(archive: bytes, name: bytes) -> bytes:
    return with_flags(archive, name, lambda flags, method: (flags | 1, method))


def overlapping_zip(names: int, kernel: bytes) -> bytes:
    """Every entry's packed bytes reach to the end of the last one's, as in David Fifield's bombs."""
    packed = zlib.compress(kernel, 9)[2:-4]
    crc = zlib.crc32(kernel)
    body, directory = b"", b""
    total = sum(30 + len(str(n)) for n in range(names)) + len(packed)
    for n in range(names):
        name = str(n).encode()
        size = total - len(body) - 30 - len(name)
        fields = (8, 0, 0, crc, size, len(kernel), len(name), 0)
        central = struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, *fields, 0, 0, 0, 0, len(body))
        directory += central + name
        body += struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, *fields) + name
    body += packed
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, names, names, len(directory), len(body), 0)
    return body + directory + end


class Unpacked:
    """What one level of a container gave."""

    def __init__(self, data: bytes, name: str, limits: Limits, budget: Budget | None) -> None:
        reader = HeldBytes(data)
        container = container_for(reader)
        assert container is not None, "no container recognised"
        self.container = container.name
        items = list(container.members(reader, Artifact(name), budget or Budget(limits)))
        self.members = [item for item in items if isinstance(item, Member)]
        self.gaps = [item for item in items if isinstance(item, Gap)]

    @property
    def content(self) -> dict[tuple[str, ...], bytes]:
        return {member.artifact.members: member.data for member in self.members}

    @property
    def chains(self) -> list[tuple[str, ...]]:
        return [member.artifact.members for member in self.members]

    @property
    def reasons(self) -> list[tuple[tuple[str, ...], GapReason]]:
        return [(gap.members, gap.reason) for gap in self.gaps]


def unpacked(
    data: bytes, name: str = "out/a.bin", limits: Limits | None = None, budget: Budget | None = None
) -> Unpacked:
    return Unpacked(data, name, limits or Limits(), budget)
