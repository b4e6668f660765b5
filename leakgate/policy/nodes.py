"""
The text of a YAML file as a tree whose every node knows its line.

Never interprets keys, never builds Python objects from tags. The resolution of plain words is that of
YAML 1.2 (core schema): `no` is the country, not `false`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, assert_never

from leakgate.model.errors import PolicyError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 1 << 20
MAX_NODES = 20_000  # after the expansion of aliases; the largest shipped policy has under 300
MAX_DEPTH = 20

_INTEGER = expression(r"[-+]?[0-9]{1,18}")
_DECIMAL = expression(r"[-+]?[0-9]{1,18}\.[0-9]{0,18}")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `plain` where no quotes say that it is text."""

    line: int
    text: str
    plain: bool

    @property
    def value(self) -> str | int | float | bool | None:
        if not self.plain:
            return self.text
        if self.text in _WORDS:
            return _WORDS[self.text]
        if _INTEGER.fullmatch(self.text):
            return int(self.text)
        return float(self.text) if _DECIMAL.fullmatch(self.text) else self.text


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping in the order of the file; keys are scalars and unique."""

    line: int
    pairs: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Items | Fields


def quoted(text: object) -> str:
    """A name from the command line for a message: on one line, printable, bounded.

    Never for what stands in a file: a log given as a policy would show its secrets in the message.
    """
    shown = ascii(text)
    return shown if len(shown) <= 60 else f"{shown[:56]}...'"


def parse(text: str, file: str) -> Node | None:
    """The tree of the one document in `text`, None where there is none. Raises PolicyError."""
    _check_size(text, file)
    builder = _Builder(file)
    for event in _events(text, file):
        builder.take(event)
    return builder.root


def _check_size(text: str, file: str) -> None:
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as exc:
        raise PolicyError(f"{file}: not valid UTF-8", hint="save the policy as UTF-8") from exc
    if size > MAX_BYTES:
        raise PolicyError(f"{file}: {size} bytes, over the limit of {MAX_BYTES}", hint="is this a policy?")


def _events(text: str, file: str) -> Iterator[yaml.Event]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        where = f"{file}:{mark.line + 1}" if mark else file
        # The problems of libyaml are fixed sentences; those of the parser in Python quote the file.
        problem = f": {exc.problem}" if hasattr(yaml, "CSafeLoader") else ""
        raise PolicyError(f"{where}: not YAML{problem}", hint="mend the syntax of the file") from None
    except (yaml.YAMLError, ValueError, OverflowError):
        hint = "look for control characters, or a wrong escape"
        raise PolicyError(f"{file}: not YAML: it holds what YAML does not allow", hint=hint) from None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end is not reached yet."""

    line: int
    anchor: str | None
    is_fields: bool
    before: int
    children: list[Node] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


class _Builder:
    """Puts the tree together from parse events, within bounds; no recursion, whatever the nesting."""

    def __init__(self, file: str) -> None:
        self.root: Node | None = None
        self._file = file
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._nodes = 0

    def take(self, event: yaml.Event) -> None:
        import yaml

        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.ScalarEvent():
                self._refuse_tag(event, line)
                self._count(1, line)
                self._add(Scalar(line, event.value, plain=not event.style), event.anchor, 1)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_tag(event, line)
                self._count(1, line)
                self._open(event, line, is_fields=isinstance(event, yaml.MappingStartEvent))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._close()
            case yaml.AliasEvent():
                self._alias(str(event.anchor), line)
            case yaml.DocumentStartEvent() if self.root is not None:
                raise self._error(line, "a second document", "a policy is one YAML document: remove `---`")
            case _:
                pass  # the start and the end of the stream carry nothing

    def _error(self, line: int, message: str, hint: str) -> PolicyError:
        return PolicyError(f"{self._file}:{line}: {message}", hint=hint)

    def _refuse_tag(self, event: yaml.NodeEvent, line: int) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._error(line, "a YAML tag", "YAML tags are not used in policies: remove it")

    def _count(self, nodes: int, line: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise self._error(line, f"over {MAX_NODES} values", "write fewer, or expand fewer aliases")

    def _open(self, event: yaml.NodeEvent, line: int, *, is_fields: bool) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise self._error(line, f"nested over {MAX_DEPTH} levels", "a policy needs four")
        self._stack.append(_Open(line, event.anchor, is_fields, self._nodes - 1))

    def _close(self) -> None:
        done = self._stack.pop()
        node: Node = Items(done.line, tuple(done.children))
        if done.is_fields:
            keys = [child for child in done.children[::2] if isinstance(child, Scalar)]
            node = Fields(done.line, tuple(zip(keys, done.children[1::2], strict=True)))
        self._add(node, done.anchor, self._nodes - done.before)

    def _alias(self, name: str, line: int) -> None:
        if name not in self._anchors:
            raise self._error(line, "an alias before its anchor is complete", "define it above")
        node, nodes = self._anchors[name]
        self._count(nodes, line)
        self._add(node, None, nodes)

    def _add(self, node: Node, anchor: str | None, nodes: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, nodes)
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if parent.is_fields and len(parent.children) % 2 == 0:
            self._check_key(node, parent)
        parent.children.append(node)

    def _check_key(self, node: Node, parent: _Open) -> None:
        match node:
            case Scalar(line, text):
                if text in parent.seen:
                    raise self._error(line, "a key that this mapping has already", "keep one of them")
                parent.seen.add(text)
            case Items(line) | Fields(line):
                raise self._error(line, "a key that is not a word", "keys are plain words")
            case _:
                assert_never(node)
