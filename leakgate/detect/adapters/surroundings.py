"""
What stands before a value on its line: the name it is assigned to, and the words near it.

Names are compared as lower-case words: `socialSecurityNumber`, `social_security-number` and
`Social Security Number` are the same. Never looks past a line or further back than `REACH`.
"""

from __future__ import annotations

from functools import lru_cache

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

REACH = 96  # bytes before a value in which a word can speak for it

_FIELD_OPEN = b"\x1f"  # where the value of a structured document's field begins
_OPENERS = b"\\\"'`([{< \t"
_CLOSERS = b"\\\"'`)]} \t"
_NAME = expression(rb"[\w.\-\x80-\xff]+(?: [\w.\-\x80-\xff]+){0,3}$")
_OPTION = expression(rb"(?:^|\s)--?([A-Za-z][\w-]*)[ =]$")
_ELEMENT = expression(rb"<([A-Za-z_][\w:.-]*)[^<>]{0,80}>$")
_PATH_STEP = expression(rb"/([A-Za-z][\w-]*)/$")
_CAMEL = expression(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = expression(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`name` is what the value is assigned to, `phrase` that with up to three words before it,
    `near` everything before it in reach; each as words between single spaces."""

    name: str
    phrase: str
    near: str


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """The words of a name or phrase in lower case, each between single spaces; " " for none."""
    found = _WORD.findall(_CAMEL.sub(" ", text))
    return f" {' '.join(found).lower()} " if found else " "


def surroundings(segment: Segment, span: Span) -> Surroundings:
    """What stands before `span`; the label of a field counts for what begins the field's value."""
    prefix = line_before(segment.data, span.start)
    inside = prefix.rpartition(_FIELD_OPEN)[2]
    label = segment.contexts.at(span.start).label if not inside.strip() else None
    attached = label.encode("utf-8", "replace")[-REACH:] if label else attached_name(inside)
    return Surroundings(
        name=_words(attached.rpartition(b" ")[2]), phrase=_words(attached), near=_words(prefix)
    )


def line_before(data: bytes, offset: int) -> bytes:
    """At most `REACH` bytes before `offset`, from the start of its line on."""
    start = max(0, offset - REACH)
    return data[max(start, data.rfind(b"\n", start, offset) + 1) : offset]


def attached_name(prefix: bytes) -> bytes:
    """The name that `prefix` assigns to what follows (`name=`, `"name": "`, `<name>`, `--name `)."""
    for shape in (_OPTION, _ELEMENT, _PATH_STEP):
        if found := shape.search(prefix):
            return found[1]
    head = prefix.rstrip(_OPENERS)
    bare = head.rstrip(b":=>~")
    if bare == head:
        return b""
    name = _NAME.search(bare.rstrip(_CLOSERS))
    return name[0] if name else b""


def _words(text: bytes) -> str:
    return words(text.decode("utf-8", "replace"))


def mentions(phrases: frozenset[str], text: str) -> bool:
    """Whether one of `phrases` (each as `words` gives it) occurs in `text` (likewise)."""
    return any(phrase in text for phrase in phrases)
