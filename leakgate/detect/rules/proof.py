"""Proves a rule by its own examples: every example is found in both engines, no near miss is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from leakgate.detect.engine.build import build_engine
from leakgate.detect.engine.portable import PortableEngine
from leakgate.detect.recognizers.rules import RuleRecognizer
from leakgate.detect.rules.examples import expand
from leakgate.detect.rules.schema import RuleSpec
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Engine
from leakgate.model.errors import RuleError
from leakgate.model.segment import RawText, Segment, SegmentKind

_SEEDS = range(3)


def failures(
    specs: Sequence[RuleSpec], cache: Path | None = None, cache_key: bytes | None = None
) -> Iterator[str]:
    """One sentence per broken promise; nothing when every rule is proven."""
    fast = build_engine([spec.pattern for spec in specs], cache, cache_key)
    for spec in specs:
        slow = PortableEngine([spec.pattern])
        for engine, name in ((fast, "engine"), (slow, "portable engine")):
            yield from _of_rule(spec, engine, name)


def _of_rule(spec: RuleSpec, engine: Engine, name: str) -> Iterator[str]:
    if spec.proof is None:
        raise RuleError(f"{spec.rule.id}: the proof was not read", hint="`proven_rules` reads it")
    for template in spec.proof.examples:
        if not all(_found(spec, engine, expand(template, seed)) for seed in _SEEDS):
            yield f"{spec.rule.id}: example {template!r} is not found by the {name}"
    for template in spec.proof.near_misses:
        if any(_found(spec, engine, expand(template, seed)) for seed in _SEEDS):
            yield f"{spec.rule.id}: near miss {template!r} is found by the {name}"


def _found(spec: RuleSpec, engine: Engine, text: str) -> bool:
    data = text.encode()
    segment = Segment(RawText(Artifact("example"), data, "utf-8"), data, SegmentKind.LOG)
    suspects = [suspect for suspect in engine.scan(data) if suspect.pattern.id == spec.rule.id]
    matches = RuleRecognizer([spec]).confirm(segment, suspects)
    return any(match.synthetic is None for match in matches)
