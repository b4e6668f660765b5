"""
Glob patterns over relative paths, with the meaning that .gitignore and ripgrep give them.

Works on names alone; never touches the file system.
"""

from __future__ import annotations

import re

from leakgate.model.errors import UsageError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_MAGIC = expression(r"[*?\[]")


def is_glob(text: str) -> bool:
    return _MAGIC.search(text) is not None


@dataclass(frozen=True, slots=True)
class Glob:
    """One pattern. `*`, `?` and `[...]` stay within a path component, `**` crosses them.

    A pattern that matches a directory covers everything below it. Without a slash (other than a
    last one, which asks for a directory) it matches at any depth, unless it was parsed `anchored`.
    """

    _whole: re.Pattern[str]
    _components: tuple[re.Pattern[str] | None, ...]

    @classmethod
    def parse(cls, pattern: str, *, anchored: bool = False) -> Glob:
        """Raises UsageError for a pattern without content, which is a variable that was not set."""
        body = pattern.strip("/")
        if not body:
            raise UsageError("an empty glob pattern", hint="is a variable in the command line not set?")
        components = [part for part in body.split("/") if part != "."]
        if not anchored and "/" not in pattern.rstrip("/"):
            components.insert(0, "**")
        tail = r"/.*" if pattern.endswith("/") else r"(?:/.*)?"
        whole = re.compile(_join(components) + tail, re.DOTALL)
        return cls(whole, tuple(None if part == "**" else _compile(part) for part in components))

    def matches(self, relative: str) -> bool:
        """Whether the path, or a directory above it, fits."""
        return self._whole.fullmatch(relative) is not None

    def covers_directory(self, relative: str) -> bool:
        """Whether everything below the directory `relative` fits."""
        return self._whole.fullmatch(relative + "/") is not None

    def may_match_below(self, relative: str) -> bool:
        """Whether anything below the directory `relative` can fit; `""` is the root."""
        parts = relative.split("/") if relative else []
        for part, component in zip(parts, self._components, strict=False):
            if component is None:
                return True
            if component.fullmatch(part) is None:
                return False
        return True


def _compile(component: str) -> re.Pattern[str]:
    return re.compile(_translate(component), re.DOTALL)


def _join(components: list[str]) -> str:
    """`**` between slashes stands for any number of directories, at the end for anything below."""
    out: list[str] = []
    last = len(components) - 1
    for index, component in enumerate(components):
        if component != "**":
            out.append(_translate(component) + ("/" if index < last else ""))
        elif index < last:
            out.append(r"(?:.*/)?")
        else:
            out.append(r".*")
    return "".join(out)


def _translate(component: str) -> str:
    """The regular expression of one path component."""
    out: list[str] = []
    at = 0
    while at < len(component):
        char = component[at]
        at += 1
        if char == "*":
            out.append("[^/]*")
        elif char == "?":
            out.append("[^/]")
        elif char == "\\" and at < len(component):
            out.append(re.escape(component[at]))
            at += 1
        elif char == "[" and (end := component.find("]", at + 1)) > 0:
            out.append(_character_class(component[at:end]))
            at = end + 1
        else:
            out.append(re.escape(char))
    return re.sub(r"(?:\[\^/\]\*){2,}", "[^/]*", "".join(out))


def _character_class(members: str) -> str:
    negated = members[:1] in ("!", "^") and len(members) > 1
    inner = members[1:] if negated else members
    escaped = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner)
    try:
        re.compile(f"[{escaped}]")
    except re.error as exc:
        raise UsageError(f"not a range of characters: [{members}]", hint="write it as [a-z]") from exc
    return f"(?!/)[{'^' if negated else ''}{escaped}]"
