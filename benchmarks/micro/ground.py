"""
What the stages are measured on: a log, an example run that leaks, and the default policy.

Made once for a whole session; nothing here is measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path

from benchmarks.throughput.corpus import generated
from benchmarks.throughput.tree import write_runs
from leakgate.detect.detector import Decoding, Detector, Recognition
from leakgate.findings.fingerprint import Key
from leakgate.findings.placed import Placed, placed
from leakgate.model.artifact import Artifact
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap
from leakgate.model.segment import RawText, Segment, SegmentKind
from leakgate.model.unpacked import Box, Leaf
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy
from leakgate.unpack.unpacker import UnitUnpacker
from leakgate.wiring import Judged, Settings, build_detector, build_scanner, scan

_LOG = "server.log"


@dataclass(frozen=True)
class Ground:
    """`home` is an empty directory to write to, `cache` one for compiled rules.

    `size` are the bytes of the log, `many` is a count of findings.
    """

    home: Path
    cache: Path
    size: int
    many: int

    @cached_property
    def policy(self) -> Policy:
        return load_policy("default")

    @cached_property
    def key(self) -> Key:
        return Key(b"measured" * 4, ephemeral=True)

    @cached_property
    def detector(self) -> Detector:
        return build_detector(self.policy.detect, self.cache)

    @cached_property
    def scanner(self) -> UnitScanner:
        return build_scanner(self.detector, self.key, self.policy.limits)

    @cached_property
    def log(self) -> bytes:
        return b"".join(generated(self.size, seed=1).values())

    @cached_property
    def log_file(self) -> Path:
        path = self.home / _LOG
        path.write_bytes(self.log)
        return path

    @cached_property
    def run(self) -> Path:
        """One example run that leaks."""
        write_runs(self.home / "runs", seed=1, count=1)
        return self.home / "runs"

    @cached_property
    def files(self) -> tuple[tuple[Artifact, bytes], ...]:
        """Every file of the run."""
        paths = sorted(path for path in self.run.rglob("*") if path.is_file())
        return tuple((Artifact(path.name), path.read_bytes()) for path in paths)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All that unpacking makes of the run, and the log; nothing decoded."""
        log = RawText(Artifact(_LOG), self.log, "utf-8")
        return (*self._unpacked(), Segment(log, self.log, SegmentKind.LOG))

    def unpacker(self) -> UnitUnpacker:
        """A new one, with its budget unspent."""
        return UnitUnpacker(self.policy.limits, lambda: False)

    def unfolded(self, unpacker: UnitUnpacker, opened: Leaf | Box) -> Iterator[Segment]:
        """The segments of a file and of all members in it."""
        for item in opened.items:
            match item:
                case Segment():
                    yield item
                case Gap():
                    pass  # what an example leaves unread is the affair of other tests
                case _:
                    yield from self.unfolded(unpacker, unpacker.open_held(item.artifact, item.data))

    def _unpacked(self) -> Iterator[Segment]:
        unpacker = self.unpacker()
        for artifact, data in self.files:
            yield from self.unfolded(unpacker, unpacker.open_held(artifact, data))

    @cached_property
    def tasks(self) -> tuple[tuple[Segment, Recognition | Decoding], ...]:
        """What the engine asks whom about the segments."""
        return tuple((segment, task) for segment in self.segments for task in self.detector.tasks(segment))

    @cached_property
    def matches(self) -> tuple[Placed, ...]:
        """What recognizers confirm of it."""
        found: list[Placed] = []
        for segment, task in self.tasks:
            if isinstance(task, Recognition):
                found += placed(segment, self.detector.confirmed(segment, task))
        return tuple(found)

    @cached_property
    def judged(self) -> Judged:
        """The run as the command judges it, with its findings repeated until there are many."""
        settings = Settings((str(self.run),), self.policy, self.policy.detect, self.key, self.cache)
        judged = scan(settings, BytesIO(), lambda name, count: None)
        found = judged.result.findings
        repeated = (self._numbered(found[number % len(found)], number) for number in range(self.many))
        return replace(judged, result=replace(judged.result, findings=tuple(repeated)))

    def _numbered(self, finding: Finding, number: int) -> Finding:
        return replace(finding, fingerprint=f"lg1:{number:032x}")
