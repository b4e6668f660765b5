"""Outcomes as text: everything but the path comes back, and nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leakgate.findings.attachments import Claim
from leakgate.model.detection import Confidence
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.segment import Emitter, TestRef
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.outcome_text import read, written
from leakgate.pipeline.recollection import Recollection
from tests.kit.segments import SOME_RULE

RULES = {SOME_RULE.id: SOME_RULE}
TEST = TestRef("tests.a::test_b", "tests/a.py", 3, True)
FULL = Sighting(
    Location("", ("a.zip", "b\udcff.log"), 3, 9, 1, 4, 1, 10, "/a/b", ("base64", "gzip")),
    TEST,
    Emitter("src/a.py", 7, "shop", "pay", "GET /a"),
)
BARE = Sighting(Location("", (), 0, 1))
FINDING = Finding("lg1:00", SOME_RULE, Confidence.LOW, "****", "it is", "a fake", (FULL, BARE), 12)
GAP = Gap("", ("a.zip",), Stage.UNPACK, GapReason.MALFORMED, "is damaged\n; mend it")
OUTCOME = UnitOutcome(
    (FINDING, replace(FINDING, synthetic=None)),
    (GAP,),
    Coverage(1, 2, 3, 4),
    claims=(Claim("", ("a.zip",), None, TEST), Claim("", (), "shot.png", TestRef("t"))),
)


@pytest.mark.parametrize(
    "outcome", [OUTCOME, UnitOutcome((), (), Coverage(1, 0, 7, 0))], ids=["all", "nothing"]
)
def test_what_was_written_is_read(outcome: UnitOutcome) -> None:
    """On one line of ASCII."""
    text = written(outcome, RULES)

    assert text is not None
    assert text.isascii()
    assert b"\n" not in text
    assert outcome == read(text, RULES)


def test_no_path_is_written() -> None:
    """It is told of other paths."""
    location = replace(FULL.location, path="some/where.log")
    elsewhere = replace(FINDING, sightings=(replace(FULL, location=location),))

    assert b"where" not in (
        written(UnitOutcome((elsewhere,), (replace(GAP, path="where"),), Coverage()), RULES) or b""
    )


@pytest.mark.parametrize("rules", [{}, {SOME_RULE.id: replace(SOME_RULE, name="changed")}])
def test_a_rule_that_is_not_the_one_that_runs_has_no_text(rules: dict[str, object]) -> None:
    """What is read back has the rules of its run."""
    assert written(OUTCOME, rules) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"[[1,2,3],[],[],[]]",
        b"[[1,2,3,4],[[]],[],[]]",
        b'[[1,2,3,4],[],[[[],"x","y","z"]],[]]',
        b"\xff",
    ],
)
def test_anything_else_is_an_error(text: bytes) -> None:
    """One that the store tells from others."""
    with pytest.raises((ValueError, TypeError, LookupError)):
        read(text, RULES)


class _Store:
    """One record, whatever it is asked for."""

    def __init__(self, record: bytes | None = None) -> None:
        self.record = record
        self.notes: list[str] = []

    def name(self, *parts: bytes) -> bytes:
        return json.dumps([part.hex() for part in parts]).encode()

    def get(self, name: bytes) -> bytes | None:
        return self.record

    def put(self, name: bytes, record: bytes) -> None:
        self.record = record

    def close(self) -> None:
        return None


def _kept(outcome: UnitOutcome, *, lasting: bool = True, sources: bool = False) -> bool:
    store = _Store()
    memory = Recollection(store, b"", RULES, fingerprints_last=lasting, sources_count=sources)
    memory.keep(b"", (), outcome)
    memory.close(lambda unmasked: unmasked)
    return store.record is not None


CLEAN, CLAIMING = UnitOutcome((), (), Coverage(1)), UnitOutcome((), (), Coverage(1), claims=OUTCOME.claims)
MISSING = UnitOutcome((), (replace(GAP, reason=GapReason.MODEL_MISSING),), Coverage(1))


@pytest.mark.parametrize(
    ("outcome", "lasting", "sources", "kept"),
    [
        (OUTCOME, True, False, True),
        (OUTCOME, False, False, False),  # nobody would know the fingerprints again, or anybody could guess
        (OUTCOME, True, True, False),  # who wrote it is for the checkout to say
        (CLAIMING, True, True, False),
        (CLAIMING, False, False, True),
        (CLEAN, False, True, True),
        (MISSING, True, False, False),  # the model may be there the next time
    ],
)
def test_what_is_kept(outcome: UnitOutcome, lasting: bool, sources: bool, kept: bool) -> None:
    """Only what would be the same."""
    assert kept is _kept(outcome, lasting=lasting, sources=sources)


def test_a_record_that_cannot_be_read_is_nothing() -> None:
    """It is counted, and the bytes are scanned."""
    memory = Recollection(_Store(b"[]"), b"", RULES, fingerprints_last=True, sources_count=False)

    assert memory.recall(b"", ()) is None
    assert 1 == memory.damaged
