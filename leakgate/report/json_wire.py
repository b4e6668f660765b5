"""
The wire types of `leakgate.result/1`: what the JSON report promises to its readers.

Never mentions a type of the model but its words (enumerations): changing `Finding` must not change the JSON.
The JSON Schema in `docs/result.schema.json` is generated from these types and their notes.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

SCHEMA_ID: Literal["leakgate.result/1"] = "leakgate.result/1"

ActionWord = Literal["block", "warn", "waived", "baselined", "allowed"]
GapActionWord = Literal["block", "incomplete", "warn", "allowed"]
OutcomeWord = Literal["pass", "block", "incomplete"]
CategoryWord = Literal["secret", "pii", "hygiene"]
WaiverStateWord = Literal["active", "expiring", "expired", "future", "too_long", "unapproved", "too_broad"]
SeverityWord = Literal["critical", "high", "medium", "low", "info"]
ConfidenceWord = Literal["high", "medium", "low"]
StageWord = Literal["source", "unpack", "detect", "nlp", "run"]
DataClassWord = Literal[
    "credential",
    "health",
    "special",
    "financial",
    "identifier",
    "contact",
    "location",
    "device",
    "restricted",
    "business",
    "software_contact",
    "technical",
]
ReasonWord = Literal[
    "unreadable",
    "denied",
    "vanished",
    "changed",
    "not_a_file",
    "outside_root",
    "too_large",
    "too_deep",
    "too_many",
    "bomb",
    "encrypted",
    "malformed",
    "unsupported",
    "unparsed",
    "opaque",
    "recognizer_failed",
    "unguardable",
    "model_missing",
    "time_limit",
    "memory_limit",
    "interrupted",
    "nothing_scanned",
]


class ToolWire(TypedDict):
    name: Literal["leakgate"]
    version: str
    rules_digest: Annotated[str, "sha256:<hex> over the rules that ran"]


class PolicyWire(TypedDict):
    name: str
    digest: Annotated[str, "sha256:<hex> over the resolved policy"]
    source: Annotated[str, "`builtin` or the path of the file"]


class RunWire(TypedDict):
    started: Annotated[str | None, "UTC, such as `2030-01-31T12:00:00Z`; null where nothing says it"]
    ended: Annotated[str | None, "the same; null where the run did not end"]
    commit: Annotated[str | None, "what was checked out"]
    url: Annotated[str | None, "where CI shows the run"]


class CountsWire(TypedDict):
    block: int
    warn: int
    waived: int
    baselined: int
    allowed: int


class GapCountsWire(TypedDict):
    block: int
    incomplete: int
    warn: int
    allowed: int


class VerdictWire(TypedDict):
    outcome: OutcomeWord
    exit_code: Annotated[int, "0 pass, 1 block, 3 incomplete; 130, 143 or 129 interrupted by a signal"]
    reasons: Annotated[list[str], "full sentences for people"]
    counts: Annotated[CountsWire, "findings by what was decided"]
    gap_counts: Annotated[GapCountsWire, "gaps by what was decided"]


class LeakingTestWire(TypedDict):
    id: str
    file: str | None
    line: int | None


class LocationWire(TypedDict):
    path: Annotated[str, "relative to the repository or working directory, with /; absolute outside of it"]
    members: Annotated[list[str], "names inside archives, outermost first"]
    pointer: Annotated[str | None, "place inside a structured document, such as a JSON pointer"]
    decoded: Annotated[list[str], "encodings that were undone, outermost first"]
    line: Annotated[int | None, "1-based; null where the member has no lines"]
    column: Annotated[int | None, "1-based, in characters"]
    end_line: int | None
    end_column: Annotated[int | None, "exclusive"]
    byte_start: Annotated[int, "offset into the innermost member"]
    byte_end: Annotated[int, "exclusive"]


class EmitterWire(TypedDict):
    file: Annotated[str | None, "relative to the source root, with /"]
    line: Annotated[int | None, "1-based"]
    service: Annotated[str | None, "name of the service, as OpenTelemetry has it"]
    span: Annotated[str | None, "name of the span"]
    request: Annotated[str | None, "HTTP method and path"]


class PlaceWire(LocationWire):
    test: Annotated[LeakingTestWire | None, "the test that wrote the value, if known"]
    emitter: Annotated[EmitterWire | None, "the source line, service or request that wrote it, if known"]


class DecisionWire(TypedDict):
    action: ActionWord
    clause: Annotated[str, "id of the policy clause that decided"]
    waiver: Annotated[str | None, "id of the waiver that applied"]
    known: Annotated[bool, "true where the baseline holds it"]


class FindingWire(TypedDict):
    fingerprint: Annotated[str, "keyed digest of rule and value; says nothing about the value"]
    rule: str
    entity: str
    category: CategoryWord
    data_class: Annotated[DataClassWord, "the class of data that the entity is"]
    regulations: Annotated[list[str], "clauses that speak of such data, such as `GDPR Art. 9(1)`"]
    severity: SeverityWord
    confidence: ConfidenceWord
    masked: Annotated[str, "what may be shown of the value"]
    because: Annotated[str, "why this was taken for real"]
    synthetic: Annotated[str | None, "null, or why the value is known to be fake"]
    location: Annotated[LocationWire, "the first of `locations`"]
    test: Annotated[LeakingTestWire | None, "the test of the first location"]
    emitter: Annotated[EmitterWire | None, "what wrote the first location"]
    occurrences: Annotated[int, "true count, also where `locations` is capped"]
    locations: Annotated[list[PlaceWire], "at most 50"]
    decision: DecisionWire


class GapDecisionWire(TypedDict):
    action: GapActionWord
    clause: str


class GapWire(TypedDict):
    path: str
    members: list[str]
    stage: StageWord
    reason: ReasonWord
    detail: Annotated[str, "whose fault it is and what to do"]
    decision: GapDecisionWire


class CoverageWire(TypedDict):
    artifacts: int
    members: int
    bytes_scanned: Annotated[int, "raw bytes"]
    bytes_decoded: Annotated[int, "derived bytes"]
    skipped: int
    from_cache: Annotated[int, "artifacts whose bytes an earlier run scanned; they are counted above as well"]
    pictures: Annotated[int, "pictures and videos, told by their structure; their pixels were not read"]


class TimingWire(TypedDict):
    seconds: float
    stages: Annotated[dict[str, float], "seconds by stage"]


class RuleWire(TypedDict):
    id: str
    name: str
    entity: str
    category: CategoryWord
    severity: SeverityWord
    confidence: Annotated[ConfidenceWord, "the surest it can be; a finding may be less sure"]
    family: str
    provider: Annotated[str, "who issues such values; may be empty, like all below"]
    cwe: Annotated[str, "CWE-<number>"]
    reference: Annotated[str, "where to read on"]
    remediation: Annotated[str, "what to do about a finding"]


class WaiverWire(TypedDict):
    id: str
    state: Annotated[WaiverStateWord, "whether it waived on the day of the run, and if not, why"]
    covers: Annotated[int, "findings that it speaks of"]
    waived: Annotated[int, "findings that it let through"]
    reason: str
    owner: str
    approver: str | None
    created: Annotated[str, "YYYY-MM-DD"]
    expires: Annotated[str, "YYYY-MM-DD, the last day on which it holds (UTC)"]
    ticket: str | None
    fingerprints: Annotated[list[str], "of the findings that it speaks of, each once"]
    detail: Annotated[str, "a full sentence about its state"]


class BaselineWire(TypedDict):
    source: Annotated[str, "where it was read"]
    entries: Annotated[int, "findings that it holds"]
    seen: Annotated[int, "different ones of them in this run"]


class ResultWire(TypedDict):
    schema: Literal["leakgate.result/1"]
    tool: ToolWire
    policy: PolicyWire
    run: Annotated[RunWire, "which run it was"]
    verdict: VerdictWire
    findings: list[FindingWire]
    gaps: Annotated[list[GapWire], "what was in scope but not, or not fully, looked at"]
    coverage: CoverageWire
    timing: TimingWire
    ephemeral_key: Annotated[bool, "true where fingerprints hold for this run only, as no key was set"]
    key_check: Annotated[str | None, "the same where fingerprints can be compared; null for an ephemeral key"]
    rules: Annotated[list[RuleWire], "the rules that found something, by id"]
    waivers: Annotated[list[WaiverWire], "every waiver of the waiver file, also those that waived nothing"]
    baseline: Annotated[BaselineWire | None, "null without a baseline"]
