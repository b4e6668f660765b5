"""Every container that is read, in the order in which content is tried against them."""

from __future__ import annotations

from leakgate.unpack.containers.ar_archive import ArArchive
from leakgate.unpack.containers.base import Container
from leakgate.unpack.containers.bzip2_stream import Bzip2Stream
from leakgate.unpack.containers.git_objects import GitObject, GitPack
from leakgate.unpack.containers.gzip_stream import GzipStream
from leakgate.unpack.containers.sevenzip_archive import SevenZipArchive
from leakgate.unpack.containers.tar_archive import TarArchive
from leakgate.unpack.containers.unread_archive import UnreadArchive
from leakgate.unpack.containers.xz_stream import LzmaStream, XzStream
from leakgate.unpack.containers.zip_archive import ZipArchive
from leakgate.unpack.containers.zstd_stream import ZstdStream

ZIP = ZipArchive()
CONTAINERS: tuple[Container, ...] = (
    ZIP,
    GzipStream(),
    ZstdStream(),
    XzStream(),
    Bzip2Stream(),
    SevenZipArchive(),
    TarArchive(),
    ArArchive(),
    GitObject(),
    GitPack(),
    LzmaStream(),
    UnreadArchive(),
)
