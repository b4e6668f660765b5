"""A result document that is read back is the scan it was, or an error."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakgate.model.errors import ResultError
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, GapAction, Outcome
from leakgate.report import json_wire as wire
from leakgate.report.json_conform import Misfit, shape_of
from leakgate.report.json_parse import MAX_BYTES
from leakgate.report.json_read import read_result
from leakgate.report.json_schema import result_schema
from leakgate.report.json_v1 import JsonReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

SEEN = kit.Sighting(
    kit.location("out/a.zip", "b.json", pointer="/x", decoded=("base64", "gzip")),
    TestRef("tests.test_a::test_b", "tests/test_a.py", 41),
    Emitter("src/app.py", 7, "orders", "GET /x", "GET /orders"),
)
KINDS = {
    "nothing": kit.verdict(),
    "one": kit.verdict(kit.decision(Action.BLOCK), reasons=["1 finding is blocked."]),
    "no lines": kit.verdict(
        kit.decision(Action.WARN, kit.finding(kit.Sighting(kit.location(line=None, column=None))))
    ),
    "emitter": kit.verdict(kit.decision(Action.WARN, kit.finding(SEEN, rule=kit.EMAIL_RULE, occurrences=9))),
    "lenient": kit.verdict(
        kit.decision(Action.WAIVED, waiver="fixture"),
        kit.decision(Action.BASELINED, clause="baseline"),
        kit.decision(Action.ALLOWED, kit.finding(synthetic="documented example key")),
    ),
    "gaps": kit.verdict(*(kit.gap_decision(action) for action in GapAction)),
    "incomplete": kit.verdict(kit.gap_decision(GapAction.INCOMPLETE)),
    "interrupted": kit.verdict(interrupted=True),
    "interrupted and blocked": kit.verdict(kit.decision(Action.BLOCK), interrupted=True),
}


def written(judged: Any, **scanned: Any) -> str:
    return rendered(JsonReporter(), judged, kit.result(judged, **scanned))


def again(text: str) -> str:
    result, verdict = read_result(text.encode())
    return rendered(JsonReporter(), verdict, result)


@pytest.mark.parametrize("ephemeral", [False, True])
@pytest.mark.parametrize("judged", KINDS.values(), ids=KINDS.keys())
def test_a_result_is_written_as_it_was_read(judged, ephemeral):
    """Nothing that a document holds is lost or changed on the way."""
    text = written(judged, ephemeral_key=ephemeral)

    assert text == again(text)


@given(text=HOSTILE)
def test_hostile_text_survives_the_way(text):
    """Whatever characters names hold, the second document is the first."""
    first = written(everywhere(text))

    assert first == again(first)


@pytest.mark.parametrize("text", ["x" * 8192, "x" * 8193, "x" * 100_000, "\udc80" * 9000], ids=len)
def test_a_text_is_cut_once(text):
    """A name that was cut is not cut further each time it is read and written."""
    first = written(everywhere(text))

    assert first == again(first)


@given(
    actions=st.lists(st.sampled_from(Action), max_size=5),
    gaps=st.lists(st.sampled_from(GapAction), max_size=3),
    interrupted=st.booleans(),
)
def test_the_verdict_is_the_same(actions, gaps, interrupted):
    """The outcome and exit code of a document are those of the scan."""
    judged = kit.verdict(
        *(kit.decision(action) for action in actions),
        *(kit.gap_decision(action) for action in gaps),
        interrupted=interrupted,
    )

    _, verdict = read_result(written(judged).encode())

    assert (judged.outcome, judged.exit_code) == (verdict.outcome, verdict.exit_code)


def test_a_byte_order_mark_is_no_obstacle():
    """Some shells write one where output is redirected."""
    _, verdict = read_result(b"\xef\xbb\xbf" + written(kit.verdict()).encode())

    assert Outcome.PASS is verdict.outcome


DAMAGED = {
    "nothing": b"",
    "blank": b" \n",
    "not UTF-8": b"\xff\xfe{\x00",
    "no JSON": b"<html>",
    "a list": b"[]",
    "a number": b"1",
    "deep": b"[" * 100_000,
    "NaN": b'{"schema": NaN}',
    "a number of ten thousand digits": b'{"schema": ' + b"9" * 10_000 + b"}",
    "a key twice": b'{"schema": "leakgate.result/1", "schema": "leakgate.result/1"}',
    "another schema": b'{"schema": "leakgate.policy/1"}',
    "SARIF": b'{"version": "2.1.0", "runs": []}',
    "no schema": b'{"verdict": {"outcome": "pass"}}',
    "an empty object": b"{}",
    "nothing but the schema": b'{"schema": "leakgate.result/1"}',
    "null bytes": b"\x00" * 100,
    "two documents": b"{}\n{}",
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_what_is_no_result_is_an_error(raw):
    """Never a pass, never a crash."""
    with pytest.raises(ResultError):
        read_result(raw)


def test_a_cut_file_is_an_error():
    """Wherever a write was interrupted."""
    text = written(KINDS["lenient"])

    for end in range(0, len(text) - 2, 37):
        with pytest.raises(ResultError):
            read_result(text[:end].encode())


def test_a_huge_file_is_an_error():
    """It is refused before it is decoded."""
    with pytest.raises(ResultError, match="larger than"):
        read_result(bytes(MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("named", "said"), [("leakgate.result/2", "version 2"), ("leakgate.result/17", "17")]
)
def test_a_newer_version_is_named(named, said):
    """Whoever mixes releases is told so."""
    with pytest.raises(ResultError, match=said) as caught:
        read_result(json.dumps({"schema": named}).encode())

    assert "newer" in caught.value.hint


Change = Callable[[dict[str, Any]], object]
FORGED: dict[str, Change] = {
    "outcome": lambda d: d["verdict"].update(outcome="pass", exit_code=0),
    "exit code": lambda d: d["verdict"].update(exit_code=0),
    "interrupted": lambda d: d["verdict"].update(exit_code=130, outcome="pass"),
    "counts": lambda d: d["verdict"]["counts"].update(block=0),
    "finding removed": lambda d: d["findings"].pop(0),
    "decision": lambda d: d["findings"][0]["decision"].update(action="allowed"),
    "gap removed": lambda d: d["gaps"].clear(),
    "rule removed": lambda d: d["rules"].clear(),
    "rule twice": lambda d: d["rules"].append(d["rules"][0]),
    "severity": lambda d: d["findings"][0].update(severity="info"),
    "place": lambda d: d["findings"][0]["location"].update(path="elsewhere"),
    "no place": lambda d: d["findings"][0].update(locations=[]),
    "too many places": lambda d: d["findings"][0].update(
        locations=d["findings"][0]["locations"] * 51, occurrences=51
    ),
    "too few occurrences": lambda d: d["findings"][0].update(occurrences=0),
    "line zero": lambda d: (
        d["findings"][0]["location"].update(line=0),
        d["findings"][0]["locations"][0].update(line=0),
    ),
    "unknown key": lambda d: d["verdict"].update(surprise=1),
    "missing key": lambda d: d["findings"][0].pop("decision"),
    "wrong type": lambda d: d["findings"][0].update(masked=["x"]),
    "truth for a number": lambda d: d["coverage"].update(artifacts=True),
    "negative": lambda d: d["coverage"].update(artifacts=-1),
    "huge number": lambda d: d["coverage"].update(artifacts=2**63),
    "float for an integer": lambda d: d["coverage"].update(artifacts=1.5),
    "unknown word": lambda d: d["findings"][0]["decision"].update(action="ignore"),
    "unhashable word": lambda d: d["findings"][0]["decision"].update(action={}),
    "long text": lambda d: d["policy"].update(name="x" * 8193),
    "lone surrogate": lambda d: d["policy"].update(name="\ud800"),
    "null": lambda d: d.update(rules=None),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forged_document_is_an_error(forge):
    """A document that was edited by hand does not become a pass."""
    judged = kit.verdict(kit.decision(Action.BLOCK), kit.gap_decision(GapAction.BLOCK))
    document = json.loads(written(judged))
    forge(document)

    with pytest.raises(ResultError):
        read_result(json.dumps(document).encode())


def test_an_error_names_the_place_and_holds_no_content():
    """Keys of the schema are named; what the file holds is not quoted."""
    document = json.loads(written(KINDS["one"]))
    document["findings"][0]["locations"][0]["line"] = "canary"

    with pytest.raises(ResultError) as caught:
        read_result(json.dumps(document).encode())

    assert "findings[0].locations[0].line" in caught.value.message
    assert "canary" not in f"{caught.value.message} {caught.value.hint}"


VALIDATOR = jsonschema.Draft202012Validator(result_schema())
BASE = json.loads(
    written(kit.verdict(kit.decision(Action.BLOCK, kit.finding(SEEN)), kit.gap_decision(GapAction.WARN)))
)
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(-2, 2), st.sampled_from(["", "block", "x"]),
    st.lists(st.integers(), max_size=1), st.dictionaries(st.text(max_size=1), st.integers(), max_size=1),
)  # fmt: skip


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, item in inner for deeper in _paths(item, (*path, key)))]


@settings(max_examples=300)
@given(path=st.sampled_from(_paths(BASE)[1:]), junk=JUNK)
def test_it_is_as_strict_as_the_schema(path, junk):
    """What the published schema refuses is refused, and what it takes is taken."""
    document = copy.deepcopy(BASE)
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = junk
    try:
        shape_of(wire.ResultWire)(document)
        fits = True
    except Misfit:
        fits = False

    # JSON Schema calls 1.0 an integer; a scan never writes it.
    assert VALIDATOR.is_valid(document) == fits or isinstance(junk, float)
