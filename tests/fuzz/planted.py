"""
Whole scans of hostile bytes with a leak planted whole: behind them it is found, in a name it is masked.

What stands around a leak may be anything; the leak itself is never mutated.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache, partial

from leakgate.detect.rules.examples import expand
from leakgate.model.artifact import Artifact, Unit
from leakgate.model.gap import GapReason
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.report.registry import REPORTERS
from leakgate.unpack.readers import HeldBytes
from tests.fuzz.seeds import LOG, seeds
from tests.fuzz.shown import gate, judged_as, prepared
from tests.fuzz.target import Leak, Target, Wrong
from tests.unit.report.hostile import NASTY
from tests.unit.unpack.archives import zip_of

# Of no seed: what a mutation does to a value of a seed is another matter.
_BEHIND = b"\n token=" + expand("gh" + "p_{alnum:30}{crc32:6}", 78).encode() + b" \n"
_NAMED = expand("gh" + "p_{alnum:30}{crc32:6}", 79)
_LONGEST_NAME = 300  # characters; no file system takes more than 255 bytes for one
_HIDING = frozenset({GapReason.RECOGNIZER_FAILED, GapReason.TIME_LIMIT, GapReason.INTERRUPTED})


def planted_targets() -> Iterator[Target]:
    files = tuple(seed.data for seed in seeds())
    yield Target("scan:a leak behind", partial(_found, leak=_BEHIND), files, prepared)
    yield Target("scan:a leak in front", partial(_found, leak=b"", before=_BEHIND), files, prepared)
    yield Target("scan:a leak in the next member", _next_member, files, prepared)
    for codec in ("utf-16-le", "utf-16-be"):
        wide = _BEHIND.decode().encode(codec)
        yield Target(f"scan:a leak behind in {codec}", partial(_found, leak=wide), files, prepared)
    hostile = (text.encode("utf-8", "surrogatepass") for text in NASTY if text)
    names = (b"out/logs/run 1.log", b"a.zip\\b\x1b[31m.log", b"%2e%2e/%41=1&b='x'", *hostile)
    yield Target("scan:a leak in a name", _in_a_name, names, prepared)


def _scanned(data: bytes, name: str = "run/a.bin") -> UnitOutcome:
    return gate()[1].scan(Unit(Artifact(name), HeldBytes(data)), lambda: False)


@cache
def _expected() -> str:
    """How the result calls the planted value."""
    [found] = _scanned(_BEHIND).findings
    return found.fingerprint


def _found(data: bytes, leak: bytes, before: bytes = b"") -> bool:
    """Found beside any bytes, or a gap says why not."""
    outcome = _scanned(before + data + leak)
    reasons = {gap.reason for gap in outcome.gaps}
    if reasons & _HIDING:
        raise Wrong(next(gap.detail for gap in outcome.gaps if gap.reason in _HIDING))
    found = _expected() in {finding.fingerprint for finding in outcome.findings}
    if not found and not reasons:
        raise Wrong
    return not found


def _next_member(data: bytes) -> bool:
    """A member takes nothing down with it."""
    return _found(zip_of({"a": data, "b": _BEHIND}, zipfile.ZIP_STORED), leak=b"")


def _in_a_name(data: bytes) -> bool:
    """A value between two parts of a path is in no report, whatever the parts are."""
    text = data.decode("utf-8", "surrogateescape")[:_LONGEST_NAME]
    middle = len(text) // 2
    name = f"{text[:middle]}/token={_NAMED}/{text[middle:]}"
    result, verdict = judged_as(name, LOG)
    for reporter in REPORTERS.values():
        out = io.StringIO()
        reporter().render(result, verdict, out)
        if _NAMED in out.getvalue():
            raise Leak
    return False
