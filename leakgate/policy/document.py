"""
The keys of a policy file: the one table from which the loader, the schema and the editor help come.

Never reads a file and never decides; a key that is not here is an error.
"""

from __future__ import annotations

from leakgate.model.data_class import DataClass
from leakgate.model.detection import Category, Confidence, Severity
from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.model.verdict import Action, GapAction
from leakgate.policy.acceptance import ANNOUNCE_DAYS, MAX_WAIVER_DAYS
from leakgate.policy.carriers import CARRIERS
from leakgate.policy.conditions import Cel, Conditions
from leakgate.policy.globs import NAME_FORM
from leakgate.policy.locales import LOCALES
from leakgate.policy.shapes import Flag, Formed, Measure, Prose, Shape, Text, Whole, Word
from leakgate.policy.structures import Key, Listing, Many, Pairs, Range, Record, Scale

VERSION = 1
MIB = 1 << 20

ACTIONS = {"block": Action.BLOCK, "warn": Action.WARN, "allow": Action.ALLOWED}
GAP_ACTIONS = {
    "block": GapAction.BLOCK,
    "incomplete": GapAction.INCOMPLETE,
    "warn": GapAction.WARN,
    "allow": GapAction.ALLOWED,
}
# What a section says of `unreadable` it says of these, too, unless it names them.
UNREADABLE_TOO = (GapReason.DENIED, GapReason.VANISHED, GapReason.CHANGED)
NEVER_LENIENT = frozenset({GapReason.NOTHING_SCANNED, GapReason.INTERRUPTED})
COVERAGE_DEFAULTS = {
    GapReason.UNREADABLE: GapAction.INCOMPLETE,
    GapReason.DENIED: GapAction.INCOMPLETE,
    GapReason.VANISHED: GapAction.INCOMPLETE,
    GapReason.CHANGED: GapAction.INCOMPLETE,
    GapReason.NOT_A_FILE: GapAction.WARN,
    GapReason.OUTSIDE_ROOT: GapAction.INCOMPLETE,
    GapReason.TOO_LARGE: GapAction.BLOCK,
    GapReason.TOO_DEEP: GapAction.BLOCK,
    GapReason.TOO_MANY: GapAction.BLOCK,
    GapReason.BOMB: GapAction.BLOCK,
    GapReason.ENCRYPTED: GapAction.INCOMPLETE,
    GapReason.MALFORMED: GapAction.INCOMPLETE,
    GapReason.UNSUPPORTED: GapAction.INCOMPLETE,
    GapReason.UNPARSED: GapAction.WARN,
    GapReason.OPAQUE: GapAction.WARN,
    GapReason.RECOGNIZER_FAILED: GapAction.BLOCK,
    GapReason.UNGUARDABLE: GapAction.WARN,
    GapReason.MODEL_MISSING: GapAction.INCOMPLETE,
    GapReason.TIME_LIMIT: GapAction.INCOMPLETE,
    GapReason.MEMORY_LIMIT: GapAction.BLOCK,
    GapReason.INTERRUPTED: GapAction.INCOMPLETE,
    GapReason.NOTHING_SCANNED: GapAction.INCOMPLETE,
}
_REASONS = {
    GapReason.UNREADABLE: "a file could not be read; also stands for denied, vanished and changed",
    GapReason.DENIED: "no permission to read a file or to list a folder",
    GapReason.VANISHED: "gone between listing and reading",
    GapReason.CHANGED: "written while it was scanned, or new since it was listed",
    GapReason.NOT_A_FILE: "a socket, device or FIFO",
    GapReason.OUTSIDE_ROOT: "a symbolic link that leaves the scanned folder, or loops",
    GapReason.TOO_LARGE: "over a byte limit; the part within the limit was scanned",
    GapReason.TOO_DEEP: "archives nested over limits.max_depth",
    GapReason.TOO_MANY: "members, matches, findings or gaps over their limit",
    GapReason.BOMB: "unpacks to over limits.max_ratio times its size",
    GapReason.ENCRYPTED: "needs a password to be read",
    GapReason.MALFORMED: "an archive or stream that is truncated, damaged, or not what it claims to be",
    GapReason.UNSUPPORTED: "a format or compression that is known and not opened",
    GapReason.UNPARSED: "a document whose reader gave up; its bytes were scanned as they stand",
    GapReason.OPAQUE: "4 KiB or more that look encrypted, or packed in a way that is not known",
    GapReason.RECOGNIZER_FAILED: "a recognizer crashed on this item",
    GapReason.UNGUARDABLE: "a known value is too short or too common to be looked for",
    GapReason.MODEL_MISSING: "detect.nlp asks for a language model that is not installed",
    GapReason.TIME_LIMIT: "limits.max_seconds was over",
    GapReason.MEMORY_LIMIT: "took more memory than limits.max_memory_bytes, or than there is",
    GapReason.INTERRUPTED: "somebody or something stopped the run",
    GapReason.NOTHING_SCANNED: "not a single byte was looked at",
}


def _words(words: type[Category | Severity | Confidence]) -> dict[str, Category | Severity | Confidence]:
    return {str(word): word for word in words}


def _upper(text: str) -> str:
    upper = text.upper().replace("-", "_").replace(" ", "_")
    return "entities are in upper case, with `_` between words" if upper != text else ""


ENTITY = Formed(
    "an entity", r"[A-Z0-9_*?]+", "entities look like EMAIL_ADDRESS; `*` and `?` are wildcards", _upper
)
RULE = Formed("a glob over rule ids", NAME_FORM, "such as github-pat or presidio/*; wildcards: `*` and `?`")
_FAMILY = Formed("a glob over rule families", NAME_FORM, "such as cloud or pii-*; wildcards: `*` and `?`")
GLOB = Text("a glob", 1000)
_CATEGORY = Word("a category", _words(Category))
_DATA_CLASS = Word("a class of data", {str(word): word for word in DataClass})
_LABEL = Text("the label of a field", 100)
_CLASS = Formed("a class of sensitive fields", r"[a-z][a-z0-9_-]*", "lower-case words such as password")
_CARRIER = Word("a carrier", {word: word for word in CARRIERS})
_NLP = Word("an entity that the language model finds", {"PERSON": "PERSON", "LOCATION": "LOCATION"})
_COUNT = Range(Whole(1, 10**9))

WHEN = Conditions(
    (
        Key("category", Many(_CATEGORY), "secret, pii or hygiene"),
        Key("data_class", Many(_DATA_CLASS), "class of data, such as health or financial"),
        Key("entity", Many(ENTITY), "what the value is, such as CREDIT_CARD; globs"),
        Key("rule", Many(RULE), "id of the rule that found it; globs"),
        Key("family", Many(_FAMILY), "family of the rule that found it; globs"),
        Key(
            "severity",
            Scale("severity", _words(Severity)),
            "severity of the rule: grades, or `at_least: high`",
        ),
        Key(
            "confidence",
            Scale("confidence", _words(Confidence)),
            "how sure it is: grades, or `at_least: medium`",
        ),
        Key(
            "path",
            Many(GLOB),
            "glob over the place, such as `**/report.zip!/**`; without `/`: over the name",
        ),
        Key("carrier", Many(_CARRIER), "kind of the file by its name, or an encoding around the value"),
        Key("test", Many(GLOB), "glob over the id of the test that wrote it"),
        Key("synthetic", Flag(), "true: known to be fake, such as a documented example; false: not known so"),
        Key("decoded", Flag(), "true: only visible after decoding, such as base64; false: stands as it is"),
        Key("known", Flag(), "true: the baseline holds it; false: it does not"),
        Key("new_only", Flag(), "true: the same as `known: false`"),
        Key("count", _COUNT, "how often the value occurs in the artifact"),
        Key("expr", Cel(), "an expression (CEL) over `finding`, for what the other keys cannot say"),
    )
)
CLAUSE_ID = Formed(
    "a clause id",
    r"(?!implicit/|coverage/|budget/)[A-Za-z0-9][A-Za-z0-9._/-]{0,99}",
    "such as secrets/high, not implicit/, coverage/ or budget/",
)
CLAUSE = Record(
    (
        Key("id", CLAUSE_ID, "unique name, shown with every decision", required=True),
        Key("when", WHEN, "conditions, all of which must hold; `{}` holds for everything", required=True),
        Key("then", Word("what a clause does", dict(ACTIONS)), "block, warn or allow", required=True),
        Key("note", Prose(), "why, for the next reader"),
    )
)
_RULES = Record(
    (Key("exclude", Many(RULE, may_be_empty=True), "globs over rule ids that are not looked for"),)
)
_ENTITIES = Record(
    (
        Key("only", Many(ENTITY, may_be_empty=True), "look for these entities alone; empty: for all"),
        Key("exclude", Many(ENTITY, may_be_empty=True), "do not look for these entities"),
    )
)
_NLP_KEYS = Record(
    (Key("entities", Many(_NLP, may_be_empty=True), "what the language model looks for; empty: no model"),)
)
DETECT = Record(
    (
        Key("categories", Many(_CATEGORY), "what to look for"),
        Key("rules", _RULES, "rules not to look for"),
        Key("entities", _ENTITIES, "entities to look for"),
        Key("locales", Many(Word("a country code", dict(LOCALES)), may_be_empty=True),
            "countries whose identifiers to look for: ISO codes, `eu`, or `all`"),
        Key("nlp", _NLP_KEYS, "names in prose, found by a language model"),
        Key("sensitive_fields", Pairs(_LABEL, _CLASS), "further field labels and their class"),
    )
)  # fmt: skip


def _gap_words(reason: GapReason) -> Word:
    lenient = {
        word: act for word, act in GAP_ACTIONS.items() if act not in (GapAction.WARN, GapAction.ALLOWED)
    }
    return Word("what a gap does here", dict(lenient if reason in NEVER_LENIENT else GAP_ACTIONS))


def _gap_word(reason: GapReason) -> str:
    return next(word for word, action in GAP_ACTIONS.items() if action is COVERAGE_DEFAULTS[reason])


COVERAGE = Record(
    tuple(
        Key(str(reason), _gap_words(reason), _REASONS[reason], default=_gap_word(reason))
        for reason in GapReason
    )
)

SIZE_UNITS = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 1 << 10, "MiB": MIB, "GiB": 1 << 30}
TIME_UNITS = {"s": 1, "m": 60, "h": 3600}
_TIB = 1 << 40


def _size(least: int = 1 << 10, most: int = _TIB) -> Shape:
    return Measure("a size", SIZE_UNITS, least, most, "256MiB")


_LIMITS: dict[str, tuple[Shape, str]] = {
    "max_depth": (Whole(1, 50), "archives within archives"),
    "max_ratio": (Whole(2, 1_000_000), "unpacked over packed size"),
    "max_members": (Whole(1, 10_000_000), "members of one artifact"),
    "max_artifact_bytes": (_size(), "bytes of one artifact"),
    "max_member_bytes": (_size(), "bytes of one member of an archive"),
    "max_document_bytes": (_size(), "bytes of one structured document"),
    "max_unpacked_bytes": (_size(), "bytes unpacked from one artifact"),
    "max_decoded_bytes": (_size(), "bytes decoded from one artifact"),
    "max_matches": (Whole(1, 10_000_000), "matches of one rule in one artifact"),
    "max_findings": (Whole(1, 10_000_000), "findings of the whole run that are listed"),
    "max_gaps": (Whole(1, 10_000_000), "gaps of the whole run that are listed"),
    "max_memory_bytes": (_size(64 * MIB), "bytes of memory of each process (Linux)"),
    "max_seconds": (Measure("a time", TIME_UNITS, 1, 86_400, "10m"), "seconds of the whole run"),
    "slice_bytes": (_size(64 << 10, 1 << 30), "bytes of a large text that are scanned at a time"),
    "slice_overlap": (_size(1 << 10, 16 * MIB), "bytes that two neighbouring slices share"),
}
LIMITS = Record(
    tuple(Key(name, shape, doc, default=getattr(Limits(), name)) for name, (shape, doc) in _LIMITS.items())
)

_APPROVER = Formed(
    "an approver",
    r"[^\s*,;<>]{1,200}",
    "one name as waivers write it, such as alice, @org/security or an address",
)
ACCEPTANCE = Record(
    (
        Key(
            "max_waiver_days",
            Whole(1, MAX_WAIVER_DAYS),
            "days that a waiver may live",
            default=MAX_WAIVER_DAYS,
        ),
        Key(
            "announce_days",
            Whole(0, MAX_WAIVER_DAYS),
            "days before its end from which a waiver is announced as expiring",
            default=ANNOUNCE_DAYS,
        ),
        Key(
            "approvers",
            Many(_APPROVER, may_be_empty=True),
            "who may approve waivers; empty: anybody but the owner",
        ),
        Key(
            "codeowners",
            Flag(),
            "true: the owners of the waiver file by CODEOWNERS may approve",
            default=False,
        ),
        Key("self_approval", Flag(), "true: the owner of a waiver may approve it", default=False),
        Key(
            "inline_marks",
            Flag(),
            "true: marks such as gitleaks:allow count, as committed in the source that wrote a value",
            default=False,
        ),
        Key("test_scopes", Flag(), "false: no waiver may be scoped to a test alone", default=True),
        Key("never_waived", WHEN, "conditions on findings that no waiver lets through"),
        Key("never_baselined", WHEN, "conditions on findings that no baseline lets through"),
    )
)

BUDGET = Record(
    (
        Key("id", CLAUSE_ID, "unique name, shown as budget/NAME with every decision", required=True),
        Key("when", WHEN, "what is counted; conditions as in a clause", required=True),
        Key("at_most", Whole(0, 10**9), "as many may pass in one run", required=True),
        Key("distinct", Flag(), "true: different values count; false: every occurrence does", default=True),
        Key(
            "then",
            Word("what a budget does", {"block": Action.BLOCK, "warn": Action.WARN}),
            "what follows for all that was counted: block or warn",
            required=True,
        ),
        Key("allowed", Flag(), "true: what clauses allow counts too", default=False),
        Key("note", Prose(), "why, for the next reader"),
    )
)
NO_STAGE = "none"
STAGE_NAME = Formed(
    "a stage", rf"(?!{NO_STAGE}$)[A-Za-z][A-Za-z0-9_.-]{{0,49}}", "such as pull_request; not `none`"
)
STAGE = Record(
    (
        Key("description", Prose(), "what this stage is for"),
        Key("clauses", Listing(CLAUSE, "clauses"), "asked before the clauses that are common to all stages"),
        Key("coverage", COVERAGE, "overrides the common coverage, reason by reason"),
        Key("budgets", Listing(BUDGET, "budgets"), "besides the common ones; one of the same id replaces it"),
    )
)
_DEFAULT_STAGE = Formed("a stage", r"[A-Za-z][A-Za-z0-9_.-]{0,49}", "such as pull_request, or none")

_EXTENDS = Text("the name of a shipped policy, or a file", 500)
POLICY = Record(
    (
        Key("version", Whole(1, VERSION), "version of this format", required=True),
        Key("name", Text("a name", 100), "shown in reports; the file's name where it is left out"),
        Key("description", Prose(), "what this policy is for"),
        Key("extends", _EXTENDS, "policy whose clauses follow these, and whose settings these override"),
        Key("detect", DETECT, "what to look for"),
        Key("clauses", Listing(CLAUSE, "clauses"), "the first that matches decides"),
        Key("budgets", Listing(BUDGET, "budgets"), "how many findings of a kind may pass in one run"),
        Key(
            "stages", Pairs(STAGE_NAME, STAGE, nodes=True), "what differs in a stage of the pipeline, by name"
        ),
        Key(
            "default_stage", _DEFAULT_STAGE, "the stage where none is named; `none`: the common clauses alone"
        ),
        Key("coverage", COVERAGE, "what follows from things in scope that were not, or not fully, looked at"),
        Key("limits", LIMITS, "bounds of a run; hitting one leaves a gap"),
        Key("acceptance", ACCEPTANCE, "what waivers and baselines may let through"),
    )
)
