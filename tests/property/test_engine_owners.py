"""Whatever the text, both engines serve all owners of patterns alike: those of libraries and decoders too."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakgate.detect.detector import Decoding, Detector, Recognition
from leakgate.detect.engine.portable import PortableEngine
from leakgate.detect.rules.examples import expand
from leakgate.detect.rules.load import proven_rules
from leakgate.model.spans import Span
from leakgate.policy.load import load_policy
from leakgate.unpack.decoders.registry import decoders
from leakgate.wiring import build_detector
from tests.fuzz.seeds import seeds
from tests.kit.segments import segment

_PROOFS = [spec.proof for spec in proven_rules() if spec.proof is not None]
_SAMPLES = [text for proof in _PROOFS for text in (*proof.examples, *proof.near_misses)]
_tokens = st.builds(expand, st.sampled_from(_SAMPLES), st.integers(0, 50)).map(str.encode)
_words = st.sampled_from(
    (
        *(
            b"password=",
            b'apiKey": "',
            b"DB_PASS: ",
            b"client-secret => '",
            b"card_number ",
            b"phone: ",
            b"ssn ",
        ),
        *(
            b"+49 30 901820",
            b"4000 0566 5566 5556",
            b"078-05-1120",
            b"a@b.example",
            b"10.0.0.1",
            b"2001:db8::1",
        ),
        *(
            b"\\u003d",
            b"%3D",
            b"=3D",
            b"&quot;",
            b"\\x41",
            b"''",
            b"\n",
            b" ",
            b"\x1b[1m",
            b"\xc3\xa9",
            b"\0",
            b"\xff",
        ),
        *(
            b"-----BEGIN ",
            b"PRIVATE KEY-----\n",
            b"eyJhbGciOiJIUzI1NiJ9.",
            b"aGVsbG8gd29ybGQgaGVsbG8=",
            b"68656c6c6f" * 4,
        ),
    )
)
_pieces = st.builds(
    lambda data, start, size: data[start : start + size],
    st.sampled_from([seed.data for seed in seeds()]),
    st.integers(0, 800),
    st.integers(1, 200),
)
_texts = st.lists(st.one_of(_tokens, _words, _pieces, st.binary(max_size=12)), max_size=14).map(b"".join)


@cache
def _detectors(cache_directory: Path) -> tuple[Detector, Detector]:
    """With the engine of this machine, and with the oracle; no language model."""
    selection = replace(load_policy("strict").detect, nlp_entities=())
    fast = build_detector(selection, cache_directory)
    owners = fast.recognizers, decoders()
    patterns = [pattern for group in owners for owner in group for pattern in owner.patterns]
    return fast, Detector(PortableEngine(patterns), *owners, selection.wants)


def _found(detector: Detector, data: bytes) -> set[tuple[str, Span, bytes]]:
    """What is recognised and decoded, by owner, place and bytes."""
    here = segment(data)
    found = set()
    for task in detector.tasks(here):
        match task:
            case Recognition():
                matches = detector.confirmed(here, task)
                found |= {(m.rule.id, m.span, m.secret.reveal()) for m in matches}
            case Decoding():
                children = task.owner.decode(here, task.suspects)
                whole = ((child, Span(0, len(child.data))) for child in children)
                found |= {(task.owner.name, child.trail.to_raw(span), child.data) for child, span in whole}
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=_texts)
def test_all_owners_get_the_same_from_both_engines(engine_cache: Path, data: bytes) -> None:
    """Hyperscan and the portable engine differ in speed alone."""
    fast, slow = _detectors(engine_cache)

    assert _found(slow, data) == _found(fast, data)
