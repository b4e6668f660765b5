"""
The waiver file: which findings somebody accepts, why, until when, and who answers for it.

Reads strictly, like a policy: what is malformed is an error, never a waiver less. Never says whether a
waiver holds today (`waiver_state` does).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from leakgate.model.errors import PolicyError
from leakgate.model.finding import Finding
from leakgate.model.records import dataclass
from leakgate.policy.clauses import When
from leakgate.policy.document import CLAUSE_ID, ENTITY, GLOB, RULE
from leakgate.policy.nodes import Fields, Node, Scalar, parse
from leakgate.policy.places import holds_everywhere
from leakgate.policy.shapes import At, Day, Formed, Prose, Schema, Text, Whole
from leakgate.policy.structures import Key, Listing, Many, Record

VERSION = 1
FINGERPRINT = Formed(
    "a fingerprint", r"lg1:[0-9a-f]{32}", "as reports show it: `lg1:` and 32 hexadecimal digits"
)
_PERSON = Text("a name", 200)
_SCOPE = Record(
    (
        Key("rule", Many(RULE), "ids of rules, in full"),
        Key("entity", Many(ENTITY), "entities, in full"),
        Key("path", Many(GLOB), "globs over the place, each with the name of at least one folder or file"),
        Key("test", Many(GLOB), "globs over the id of the test, each beginning with its module or class"),
    ),
    may_be_empty=False,
)
_WAIVER = Record(
    (
        Key("id", CLAUSE_ID, "unique name, shown in reports; without it, the fingerprint or the scope"),
        Key("fingerprint", FINGERPRINT, "the one finding that is waived"),
        Key("scope", _SCOPE, "or the findings that are: rule or entity, and path or test"),
        Key("reason", Prose(), "why this may pass for now", required=True),
        Key("owner", _PERSON, "who answers for it and gets rid of it", required=True),
        Key("approver", _PERSON, "who approved of it; without one it waives nothing"),
        Key("created", Day(), "the day on which it was written", required=True),
        Key("expires", Day(), "the last day on which it holds (UTC)", required=True),
        Key("ticket", Text("a ticket", 500), "where the work on it is tracked"),
    )
)
WAIVERS = Record(
    (
        Key("version", Whole(1, VERSION), "version of this format", required=True),
        Key("waivers", Listing(_WAIVER, "waivers"), "what is accepted for now"),
    )
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry. Either `fingerprint` is set or `scope`, never both."""

    id: str
    fingerprint: str | None
    scope: When | None
    reason: str
    owner: str
    approver: str | None
    created: date
    expires: date
    ticket: str | None

    def speaks_of(self, finding: Finding) -> bool:
        """Whether the finding, at each of its places, is what this waiver is about."""
        if self.scope is None:
            return finding.fingerprint == self.fingerprint
        return holds_everywhere(self.scope, finding)


def read_waivers(text: str, source: str) -> tuple[Waiver, ...]:
    """The waivers in `text`, which `source` names in messages. Raises PolicyError."""
    root, at = parse(text, source), At(source)
    if root is None or (isinstance(root, Scalar) and root.value is None):
        raise PolicyError(f"{source}: empty", hint="a waiver file has at least `version: 1`")
    _check_version(root, at)
    entries = WAIVERS.read(root, at).get("waivers", ())
    waivers = tuple(_waiver(node, fields, at.under("waivers")) for node, fields in entries)
    _check_ids(waivers, entries, at)
    return waivers


def _check_version(root: Node, at: At) -> None:
    for key, node in root.pairs if isinstance(root, Fields) else ():
        newer = isinstance(node, Scalar) and isinstance(node.value, int) and node.value > VERSION
        if key.text == "version" and newer:
            raise at.error(
                node, "waivers of a newer version", f"upgrade leakgate; this one reads version {VERSION}"
            )


def _waiver(node: Node, fields: dict[str, Any], at: At) -> Waiver:
    if ("fingerprint" in fields) == ("scope" in fields):
        raise at.error(
            node, "a waiver needs either `fingerprint` or `scope`", "name what it is about, and once only"
        )
    if fields["expires"] < fields["created"]:
        raise at.error(node, "`expires` is before `created`", "change one of the two days")
    scope = When(**fields["scope"]) if "scope" in fields else None
    return Waiver(
        id=fields.get("id") or fields.get("fingerprint") or _scope_name(fields["scope"]),
        fingerprint=fields.get("fingerprint"),
        scope=scope,
        reason=fields["reason"],
        owner=fields["owner"],
        approver=fields.get("approver"),
        created=fields["created"],
        expires=fields["expires"],
        ticket=fields.get("ticket"),
    )


def _scope_name(scope: dict[str, tuple[str, ...]]) -> str:
    """Such as `EMAIL_ADDRESS@**/fixtures/**`, for a waiver without an id."""
    what = ",".join((*scope.get("rule", ()), *scope.get("entity", ())))
    where = ",".join((*scope.get("path", ()), *scope.get("test", ())))
    return f"{what}@{where}"[:200]


def _check_ids(waivers: tuple[Waiver, ...], entries: tuple[tuple[Node, Any], ...], at: At) -> None:
    seen: dict[str, int] = {}
    for waiver, (node, _) in zip(waivers, entries, strict=True):
        if waiver.id in seen:
            raise at.error(
                node,
                "a waiver that is there already",
                f"line {seen[waiver.id]} has it already: keep one, or give each an `id`",
            )
        seen[waiver.id] = node.line


def json_schema() -> Schema:
    """JSON Schema 2020-12 of the file, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "leakgate.waivers/1",
        "title": "leakgate waivers",
        "description": "Findings that somebody accepts for now.",
        **WAIVERS.schema(),
    }
