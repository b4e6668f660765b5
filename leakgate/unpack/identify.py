"""Which container some bytes are, by content and never by name."""

from __future__ import annotations

from leakgate.model.artifact import Reader
from leakgate.unpack.budget import Damage
from leakgate.unpack.containers.base import Container
from leakgate.unpack.containers.registry import CONTAINERS, ZIP
from leakgate.unpack.containers.zip_directory import find_directory

HEAD = 64 * 1024


def container_for(reader: Reader) -> Container | None:
    """The container that the bytes are, also a zip behind a prefix. Raises OSError."""
    if found := _container(reader.read(0, HEAD)):
        return found
    try:
        directory = find_directory(reader)
    except Damage:
        return None
    return ZIP if directory is not None and directory.size else None


def _container(head: bytes) -> Container | None:
    return next((container for container in CONTAINERS if container.matches(head)), None)
