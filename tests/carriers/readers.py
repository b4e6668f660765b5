"""Everything that unpacking registers, with the module that it is from."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol

import leakgate.unpack
from leakgate.unpack.containers import registry as containers
from leakgate.unpack.decoders import registry as decoders
from leakgate.unpack.formats import registry as formats
from leakgate.unpack.formats.json_kinds import registry as json_kinds

ROOT = Path(leakgate.unpack.__file__).parent


class _Named(Protocol):
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """`module` is its path below `leakgate/unpack`."""

    kind: str
    name: str
    module: str


def _readers(kind: str, registry: ModuleType, entries: Iterable[_Named]) -> Iterator[Reader]:
    """The registered objects, each with the module that the registry imported it from."""
    for entry in entries:
        yield Reader(kind, entry.name, _module(registry, entry))


def _module(registry: ModuleType, entry: object) -> str:
    """Where an object is defined: the module of its package that holds it by a name, or its class's."""
    package = registry.__name__.rpartition(".")[0]
    for module in sorted(
        name for name in sys.modules if name.startswith(package + ".") and name != registry.__name__
    ):
        if any(held is entry for held in vars(sys.modules[module]).values()):
            return _path(module)
    return _path(type(entry).__module__)


def _path(module: str) -> str:
    return module.removeprefix("leakgate.unpack.").replace(".", "/") + ".py"


READERS: tuple[Reader, ...] = (
    *_readers("container", containers, containers.CONTAINERS),
    *_readers("format", formats, formats.FORMATS),
    *_readers("kind of JSON", json_kinds, json_kinds.KINDS),
    *_readers("decoder", decoders, decoders.DECODERS),
)
