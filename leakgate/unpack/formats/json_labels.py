"""
What a value of a JSON document is called: its key, the name that stands beside it, or the key around it.

`{"name": "X-Api-Key", "value": "…"}`, `{"X-Api-Key": {"equalTo": "…"}}`, `["Authorization", "…"]` and
`{"authorization": ["…"]}` all say the same. Never decides what a name means.
"""

from __future__ import annotations

from functools import lru_cache

from leakgate.model.expressions import expression
from leakgate.unpack.formats.json_nodes import Key, Node
from leakgate.unpack.formats.json_strings import unescaped

# Members that name the value beside them, the surest first: HAR, OpenTelemetry, Jaeger, Zipkin, Postman,
# Allure, Kubernetes, AWS tags; `selector` is what a browser test filled in.
NAMES = (
    b"name", b"key", b"Name", b"Key", b"header", b"headerName", b"field", b"parameter", b"param", b"variable",
    b"attribute", b"property", b"k", b"label", b"selector", b"id",
)  # fmt: skip
_RANKS = {name: rank for rank, name in enumerate(NAMES)}
# Keys that say nothing of their own: a value under them is called what its container is called.
# Matchers of WireMock and Pact, the typed values of OpenTelemetry, attributes and texts of XML as JSON.
_TRANSPARENT = frozenset(
    b"value Value values Values val v content contents equalTo contains matches doesNotMatch doesNotContain"
    b" equalToJson equalToXml matchesJsonPath matchesXPath matchesJsonSchema binaryEqualTo hasExactly"
    b" includes expression matchers regex pattern example examples default stringValue intValue bytesValue"
    b" arrayValue doubleValue kvlistValue string_value S N B $t #text _text __text _value $value expected"
    b" actual anyOf allOf oneOf before after old new current initialValue planned".split()
)
# Keys that say more together with the one around them: `card.number`, `patient.name`.
_VAGUE = frozenset(
    b"number no num code id name first last middle full line line1 line2 date text raw data body key secret"
    b" hash digits pin type user login postal zip street city".split()
)
_HEADER = expression(rb"-{0,2}[A-Za-z_][\w.\-]{2,60}\Z")
_SELECTED = expression(r"[A-Za-z_][\w-]{2,}")
_UNPRINTABLE = expression(r"[\x00-\x1f\x7f]+")
_REACH = 16  # levels; a value further from its name is not what it names
_LONGEST = 72  # bytes; the syntax of labelled values knows names of up to 80


def label(node: Node, key: Key) -> str:
    """The name of the value under `key` of `node`; empty where nothing gives it one."""
    at = node
    for _ in range(_REACH):
        if isinstance(key, bytes) and key not in _TRANSPARENT:
            return _own(key) if key not in _VAGUE else _printable(_qualified(surrounding(at), key))
        if not at.array and at.named is not None and (name := _sibling(at, key)) is not None:
            return _printable(name)
        if at.parent is None:
            break
        key, at = at.key, at.parent
    return ""


def own_label(key: bytes) -> str | None:
    """What every value under `key` is called, whatever stands around it; None where that matters."""
    return None if key in _TRANSPARENT or key in _VAGUE else _own(key)


def is_vague(key: Key) -> bool:
    """Whether every value under `key` is called after its `surrounding` as well, and after nothing else."""
    return key in _VAGUE and key not in _TRANSPARENT


def surrounding(node: Node) -> Key | None:
    """The nearest key around that says something; None where none is near."""
    at: Node | None = node
    for _ in range(_REACH):
        if at is None or (isinstance(at.key, bytes) and at.key not in _TRANSPARENT):
            break
        at = at.parent
    return at.key if at is not None else None


def pair(name: bytes, key: Key) -> str | None:
    """The label of an array's element behind `name`: a header and its value, a flag and its argument."""
    if not _HEADER.match(name) or not (name.startswith(b"-") or (isinstance(key, int) and key % 2)):
        return None
    return name.decode()


def _sibling(node: Node, key: Key) -> str | None:
    said = node.named or {}
    nearest, known = len(NAMES), None
    for name, raw in said.items():
        if raw and name != key and _RANKS.get(name, nearest) < nearest:
            nearest, known = _RANKS[name], name
    text = node.text(known) if known is not None else None
    if text is None or text.encode() in _TRANSPARENT:
        return None
    return _selected(text) if known == b"selector" else text


def _selected(selector: str) -> str | None:
    """`input[name="password"]`, `#password` and `[data-test=password]` all end in what was meant."""
    return next(reversed(_SELECTED.findall(selector)), None)


@lru_cache(maxsize=4096)
def _own(key: bytes) -> str:
    """A key in words; remembered, because documents repeat their keys."""
    return _printable(unescaped(key).decode("utf-8", "replace"))


def _qualified(around: Key | None, key: bytes) -> str:
    if not isinstance(around, bytes) or not _HEADER.match(around):
        return _own(key)
    return f"{around.decode()}.{_own(key)}"


def _printable(name: str) -> str:
    if len(name) <= _LONGEST and name.isascii() and name.isprintable():
        return name
    short = name.encode("utf-8", "replace")[-_LONGEST:].decode("utf-8", "ignore")
    return _UNPRINTABLE.sub(" ", short)
