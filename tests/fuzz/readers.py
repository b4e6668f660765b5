"""Containers, formats, kinds of JSON and decoders, from their registries: a new one is fuzzed by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from leakgate.detect.engine.build import build_engine_for_groups
from leakgate.model.artifact import Artifact, Named
from leakgate.model.detection import Decoder, Engine
from leakgate.model.gap import Gap
from leakgate.model.limits import MIB, Limits
from leakgate.model.segment import RawText, Segment, SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Container
from leakgate.unpack.containers.registry import CONTAINERS
from leakgate.unpack.decoders.registry import DECODERS
from leakgate.unpack.formats.base import Format
from leakgate.unpack.formats.json_document import JsonDocument
from leakgate.unpack.formats.json_kind import JsonKind
from leakgate.unpack.formats.json_kinds.registry import KINDS, kind_of
from leakgate.unpack.formats.registry import FORMATS
from leakgate.unpack.identify import HEAD
from leakgate.unpack.readers import HeldBytes
from leakgate.unpack.unpacker import UnitUnpacker
from tests.formats.table import FORMATS as FORMATS_OF_TABLE
from tests.fuzz.seeds import LOG, Seed, seeds
from tests.fuzz.target import Target, Wrong, check_shown

LIMITS = Limits(max_members=500, max_member_bytes=MIB, max_unpacked_bytes=4 * MIB, max_decoded_bytes=4 * MIB)


def reader_targets() -> Iterator[Target]:
    for container in CONTAINERS:
        yield Target(f"container:{container.name}", _container(container), _of_container(container))
    for known in FORMATS:
        found = _of_format(known)
        name = found[0].name if found else "a"
        yield Target(f"format:{known.name}", _format(known, name), tuple(seed.data for seed in found))
    for kind in KINDS:
        yield Target(f"kind of JSON:{kind.name}", _format(JsonDocument(), "a.json"), _of_kind(kind))
    yield Target("carving", _carved, (*(known.make() for known in FORMATS_OF_TABLE), LOG))
    for decoder in DECODERS:
        alone = sum(other.name == decoder.name for other in DECODERS) == 1
        name = decoder.name if alone else f"{decoder.name} ({type(decoder).__name__})"
        yield Target(f"decoder:{name}", _decoder(decoder), _of_decoder(decoder))


def _carved(data: bytes) -> bool:
    """What stands within other bytes, and what the file is known as."""
    gaps = []
    for item in UnitUnpacker(LIMITS, lambda: False).open(Artifact("a"), HeldBytes(data)).items:
        if isinstance(item, Gap):
            gaps.append(item)
        elif isinstance(item, Segment):
            _check_places(item, len(data))
        elif len(item.data) > LIMITS.max_member_bytes + MIB:
            raise Wrong
    check_shown(gap.detail for gap in gaps)
    return bool(gaps)


def _of_container(container: Container) -> tuple[bytes, ...]:
    return tuple(seed.data for seed in seeds() if container.matches(seed.data[:HEAD]))


def _of_format(known: Format) -> tuple[Seed, ...]:
    return tuple(
        sorted((s for s in seeds() if known.matches(s.data[:HEAD], s.name)), key=lambda seed: len(seed.data))
    )


def _of_kind(kind: JsonKind) -> tuple[bytes, ...]:
    return tuple(seed.data for seed in seeds() if kind_of(seed.data[:HEAD]) is kind)


@cache
def _engine(decoder: Decoder) -> Engine:
    return build_engine_for_groups((decoder.patterns,))


def _of_decoder(decoder: Decoder) -> tuple[bytes, ...]:
    """What it decodes, and a log in which nothing is."""
    found = (
        seed.data
        for seed in seeds()
        if len(seed.data) < 4096 and any(True for _ in _decoded(decoder, _document(seed.data, seed.name)))
    )
    return (*found, LOG)


def _document(data: bytes, name: str) -> Segment:
    return Segment(RawText(Artifact(name), data, "utf-8"), data, SegmentKind.LOG)


def _container(container: Container) -> Callable[[bytes], bool]:
    def run(data: bytes) -> bool:
        gaps = []
        if container.matches(data[:HEAD]):
            for item in container.members(HeldBytes(data), Artifact("a"), Budget(LIMITS)):
                if isinstance(item, Gap):
                    gaps.append(item)
                elif not isinstance(item, Named) and len(item.data) > LIMITS.max_member_bytes + MIB:
                    raise Wrong
        check_shown(gap.detail for gap in gaps)
        return bool(gaps)

    return run


def _format(known: Format, name: str) -> Callable[[bytes], bool]:
    """What a reader lets out is a gap in the end, so it gave up; anything but an Exception is a crash."""

    def run(data: bytes) -> bool:
        if not known.matches(data[:HEAD], name):
            return False
        gaps: list[Gap] = []
        try:
            for item in known.read(_document(data, name)):
                if isinstance(item, Gap):
                    gaps.append(item)
                else:
                    _check_places(item, len(data))
        except Wrong:
            raise
        except Exception:  # noqa: BLE001 - as documents.read_as does it
            return True
        check_shown(gap.detail for gap in gaps)
        return bool(gaps)

    return run


def _decoder(decoder: Decoder) -> Callable[[bytes], bool]:
    def run(data: bytes) -> bool:
        for segment in _decoded(decoder, _document(data, "a.log")):
            _check_places(segment, len(data))
        return False

    return run


def _decoded(decoder: Decoder, document: Segment) -> Iterator[Segment]:
    suspects = tuple(_engine(decoder).scan(document.data))
    return decoder.decode(document, suspects) if suspects else iter(())


def _check_places(segment: Segment, size: int) -> None:
    """Offsets lead back into the raw bytes, from anywhere."""
    end = len(segment.data)
    for start, stop in ((0, end), (0, min(1, end)), (max(0, end - 1), end), (end // 2, end // 2)):
        raw = segment.trail.to_raw(Span(start, stop))
        if raw.end > size:
            raise Wrong
        segment.contexts.at(start)
