"""Bounds of one run; hitting one leaves a Gap."""

from __future__ import annotations

from leakgate.model.records import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes, times seconds; `max_ratio` is unpacked over packed size."""

    max_depth: int = 8
    max_ratio: int = 200
    max_members: int = 20_000
    max_artifact_bytes: int = 4096 * MIB
    max_member_bytes: int = 256 * MIB
    max_document_bytes: int = 64 * MIB
    max_unpacked_bytes: int = 2048 * MIB
    max_decoded_bytes: int = 256 * MIB
    max_matches: int = 10_000
    max_findings: int = 25_000  # as many as GitHub takes of one run in SARIF
    max_gaps: int = 10_000
    max_memory_bytes: int = 4096 * MIB
    max_seconds: float = 600.0
    slice_bytes: int = 2 * MIB
    slice_overlap: int = 64 * 1024
