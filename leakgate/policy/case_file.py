"""
Cases for a policy: given these findings and gaps, expect this verdict. Read as strictly as policies.

Never judges (`case_run` does).
"""

from __future__ import annotations

from typing import Any

from leakgate.model.detection import Category, Confidence, Severity
from leakgate.model.errors import PolicyError
from leakgate.model.gap import GapReason
from leakgate.model.records import dataclass
from leakgate.model.verdict import Action, GapAction, Outcome
from leakgate.policy.document import CLAUSE_ID, ENTITY, GAP_ACTIONS, GLOB, RULE
from leakgate.policy.nodes import Node, Scalar, parse
from leakgate.policy.shapes import At, Flag, Formed, Prose, Shape, Text, Whole, Word
from leakgate.policy.structures import Key, Listing, Many, Record

VERSION = 1
MOST_TIMES = 1000

_ACTIONS = {
    "block": Action.BLOCK,
    "warn": Action.WARN,
    "waived": Action.WAIVED,
    "baselined": Action.BASELINED,
    "allow": Action.ALLOWED,
    "allowed": Action.ALLOWED,
}
_GAP_ACTIONS = GAP_ACTIONS | {"allowed": GapAction.ALLOWED}
_CLAUSE = Formed("a clause", r"[A-Za-z0-9][A-Za-z0-9._/-]{0,120}", "the id that a report would show")
_FINDING = Record(
    (
        Key("rule", RULE, "id of a rule; without it, the first that has what else is said"),
        Key("entity", ENTITY, "what the value is, such as EMAIL_ADDRESS"),
        Key("category", Word("a category", {str(word): word for word in Category}), "category of the rule"),
        Key("family", RULE, "family of the rule"),
        Key("severity", Word("a severity", {str(word): word for word in Severity}), "severity of the rule"),
        Key(
            "confidence",
            Word("a confidence", {str(word): word for word in Confidence}),
            "else that of the rule",
        ),
        Key("path", GLOB, "where it lies; else out/ci.log"),
        Key("members", Many(GLOB, may_be_empty=True), "names inside archives, the outermost first"),
        Key("pointer", GLOB, "place inside a document"),
        Key("decoded", Many(GLOB, may_be_empty=True), "encodings around the value, the outermost first"),
        Key("test", GLOB, "id of the test that wrote it"),
        Key("synthetic", Flag(), "true: known to be fake"),
        Key("known", Flag(), "true: the baseline holds it"),
        Key("count", Whole(1, 10**9), "how often it occurs in the artifact"),
        Key("times", Whole(1, MOST_TIMES), "so many findings of different values"),
        Key("value", GLOB, "findings with the same word here are of the same value"),
    ),
    may_be_empty=False,
)
_GAP = Record(
    (
        Key(
            "reason",
            Word("a reason", {str(word): word for word in GapReason}),
            "why not scanned",
            required=True,
        ),
        Key("path", GLOB, "what was not scanned"),
    )
)


def _each(shape: Shape) -> Many:
    return Many(shape, may_be_empty=True, keep_all=True)


_EXPECT = Record(
    (
        Key("verdict", Word("a verdict", {str(word): word for word in Outcome}), "pass, block or incomplete"),
        Key("actions", _each(Word("an action", _ACTIONS)), "for each finding, in order; one word: for all"),
        Key("clauses", _each(_CLAUSE), "for each finding, in order; one word: for all"),
        Key("gaps", _each(Word("an action", dict(_GAP_ACTIONS))), "for each gap, in order"),
    ),
    may_be_empty=False,
)
_CASE = Record(
    (
        Key("name", Prose(200), "what is promised", required=True),
        Key("stage", CLAUSE_ID, "the stage of the policy"),
        Key("findings", Listing(_FINDING, "findings"), "what was found"),
        Key("gaps", Listing(_GAP, "gaps"), "what was not scanned"),
        Key("expect", _EXPECT, "what must follow", required=True),
    )
)
CASES = Record(
    (
        Key("version", Whole(1, VERSION), "version of this format", required=True),
        Key("policy", Text("a policy", 500), "a shipped policy, or a file relative to this one"),
        Key("cases", Listing(_CASE, "cases"), "each is judged by itself", required=True),
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    """What is given, as it was read, and what must follow; `at` is the place for messages."""

    name: str
    line: int
    at: At
    stage: str | None
    findings: tuple[tuple[Node, dict[str, Any]], ...]
    gaps: tuple[dict[str, Any], ...]
    expect: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseFile:
    policy: str | None
    cases: tuple[Case, ...]


def read_cases(text: str, source: str) -> CaseFile:
    """The cases in `text`, which `source` names in messages. Raises PolicyError."""
    root, at = parse(text, source), At(source)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise PolicyError(f"{source}: empty", hint="a file of cases has `version: 1` and `cases:`")
    read = CASES.read(root, at)
    items = enumerate(read["cases"], 1)
    cases = (_case(node, fields, at.under("cases").item(index)) for index, (node, fields) in items)
    return CaseFile(read.get("policy"), tuple(cases))


def _case(node: Node, fields: dict[str, Any], at: At) -> Case:
    return Case(
        fields["name"],
        node.line,
        at,
        fields.get("stage"),
        fields.get("findings", ()),
        tuple(gap for _, gap in fields.get("gaps", ())),
        fields["expect"],
    )
