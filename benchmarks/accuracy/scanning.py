"""
Scans labelled texts as `leakgate scan --category secret` would scan files: decoders, overlaps, policy.

Holds nothing of what it scans. Never counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leakgate.findings.fingerprint import Key
from leakgate.model.artifact import Artifact, Unit
from leakgate.model.detection import Category
from leakgate.model.verdict import Action, Decision
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.evaluate import evaluate
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy
from leakgate.sources.content import FileContent, MemoryContent
from leakgate.wiring import build_detector, build_scanner

RAISED = frozenset({Action.BLOCK, Action.WARN})
_KEY = Key(b"accuracy" * 4, ephemeral=True)


@dataclass(frozen=True, slots=True)
class Judge:
    """The default policy, narrowed to secrets, over one file after the other."""

    scanner: UnitScanner
    policy: Policy

    def text(self, text: str, name: str = "snippet.txt") -> tuple[Decision, ...]:
        """What the policy makes of a file that holds `text`."""
        return self._unit(Unit(Artifact(name), MemoryContent(text.encode("utf-8", "surrogatepass"))))

    def files(self, root: Path) -> Iterator[tuple[str, tuple[Decision, ...]]]:
        """Every file below `root` by its relative path, in order."""
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = path.relative_to(root).as_posix()
            yield name, self._unit(Unit(Artifact(name), FileContent(str(path))))

    def _unit(self, unit: Unit) -> tuple[Decision, ...]:
        outcome = self.scanner.scan(unit, lambda: False)
        return evaluate(
            self.policy, outcome.findings, outcome.gaps, outcome.coverage, interrupted=False
        ).decisions


def secrets_judge(cache: Path | None = None) -> Judge:
    """Compiled once; `cache` is a directory for the compiled rules."""
    policy = load_policy("default")
    selection = policy.detect.narrowed({Category.SECRET})
    limits = replace(policy.limits, max_seconds=3600.0)
    return Judge(build_scanner(build_detector(selection, cache), _KEY, limits), policy)
