"""
The stages, each as a function that runs it once and says how much there was to do.

Whoever calls measures; a stage that had nothing to do is a mistake of this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO

from benchmarks.micro.ground import Ground
from leakgate.detect.detector import Decoding, Recognition, pattern_groups
from leakgate.detect.engine.build import build_engine_for_groups
from leakgate.detect.engine.cache import Installation
from leakgate.findings.attribution import Attribution
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Engine
from leakgate.model.result import Reporter, ScanResult
from leakgate.model.segment import Segment, SegmentKind
from leakgate.model.verdict import Verdict
from leakgate.policy.evaluate import evaluate
from leakgate.report.registry import REPORTERS
from leakgate.sources.content import FileContent
from leakgate.unpack.decoders.registry import decoders

_PLACES = 200


@dataclass(frozen=True, slots=True)
class Stage:
    """`work` returns a count of what it did: bytes, suspects, findings, characters."""

    name: str
    work: Callable[[], int]


def stages(ground: Ground) -> Iterator[Stage]:
    """All of them, in the order of the way of the data."""
    yield Stage("unpack: a log in windows", lambda: _read(ground))
    yield Stage("unpack: every file of a run", lambda: _unpacked(ground))
    yield Stage("unpack: documents within fields", lambda: _documents(ground))
    yield from _engines(ground)
    yield Stage("engine: all groups", lambda: sum(1 for _ in ground.detector.tasks(ground.segments[-1])))
    yield from _owners(ground)
    yield Stage("findings: attribution", lambda: _attributed(ground))
    yield Stage("findings: sealing", lambda: len(ground.scanner.sealer.seal(ground.matches)))
    yield Stage("policy: evaluation", lambda: _evaluated(ground))
    yield from _reports(ground)


def _read(ground: Ground) -> int:
    with FileContent(str(ground.log_file)).open() as reader:
        unpacker = ground.unpacker()
        opened = unpacker.open(Artifact(ground.log_file.name), reader)
        return sum(len(segment.data) for segment in ground.unfolded(unpacker, opened))


def _unpacked(ground: Ground) -> int:
    unpacker = ground.unpacker()
    opened = (unpacker.open_held(artifact, data) for artifact, data in ground.files)
    return sum(len(segment.data) for each in opened for segment in ground.unfolded(unpacker, each))


def _documents(ground: Ground) -> int:
    unpacker = ground.unpacker()
    fields = [segment for segment in ground.segments if segment.kind is SegmentKind.FIELDS]
    return len(fields) + sum(1 for segment in fields for _ in unpacker.documents(segment))


def _engines(ground: Ground) -> Iterator[Stage]:
    """The pass of each group of patterns over the log."""
    recognizers = ground.detector.recognizers
    kinds = dict.fromkeys(type(recognizer).__name__ for recognizer in recognizers)
    for kind in kinds:
        [*own, _] = pattern_groups([each for each in recognizers if type(each).__name__ == kind], ())
        yield _engine(ground, kind, build_engine_for_groups(own, Installation(ground.cache)))
    yield _engine(
        ground,
        "decoders",
        build_engine_for_groups(pattern_groups((), decoders()), Installation(ground.cache)),
    )


def _engine(ground: Ground, name: str, engine: Engine) -> Stage:
    return Stage(f"engine: {name}", lambda: len(ground.log) + sum(1 for _ in engine.scan(ground.log)))


def _owners(ground: Ground) -> Iterator[Stage]:
    """Confirmation by each kind of recognizer, and each decoder, of what the engine suspects."""
    recognitions: dict[str, list[tuple[Segment, Recognition]]] = {}
    decodings: dict[str, list[tuple[Segment, Decoding]]] = {}
    for segment, task in ground.tasks:
        if isinstance(task, Recognition):
            recognitions.setdefault(type(task.owner).__name__, []).append((segment, task))
        else:
            decodings.setdefault(task.owner.name, []).append((segment, task))
    for name, asked in recognitions.items():
        yield Stage(f"confirm: {name}", _confirmation(ground, asked))
    for name, offered in decodings.items():
        yield Stage(f"decode: {name}", _decoding(offered))


def _confirmation(ground: Ground, asked: Sequence[tuple[Segment, Recognition]]) -> Callable[[], int]:
    def work() -> int:
        for segment, task in asked:
            for _ in ground.detector.confirmed(segment, task):
                pass
        return sum(len(task.suspects) for _, task in asked)

    return work


def _decoding(offered: Sequence[tuple[Segment, Decoding]]) -> Callable[[], int]:
    def work() -> int:
        for segment, task in offered:
            for _ in task.owner.decode(segment, task.suspects):
                pass
        return sum(len(task.suspects) for _, task in offered)

    return work


def _attributed(ground: Ground) -> int:
    """The tests of places all over each file."""
    asked = 0
    for _, data in ground.files:
        attribution = Attribution(data)
        for offset in range(0, len(data), max(1, len(data) // _PLACES)):
            attribution.test(offset)
            asked += 1
    return asked


def _evaluated(ground: Ground) -> int:
    result = ground.judged.result
    verdict = evaluate(ground.policy, result.findings, result.gaps, result.coverage)
    return len(verdict.decisions)


def _reports(ground: Ground) -> Iterator[Stage]:
    result = ground.judged.result
    verdict = evaluate(ground.policy, result.findings, result.gaps, result.coverage)
    for name, factory in REPORTERS.items():
        yield Stage(f"report: {name}", partial(_rendered, factory(), result, verdict))


def _rendered(reporter: Reporter, result: ScanResult, verdict: Verdict) -> int:
    out = StringIO()
    reporter.render(result, verdict, out)
    return len(out.getvalue())
