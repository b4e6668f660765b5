"""
Where the code of a test stands in a checkout: by the file that its report names, or by its class or module.

Takes a test that is known already; names a line only where the test's own name stands on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.findings.source_lines_index import SourceIndex
from leakgate.model.expressions import expression
from leakgate.model.segment import TestRef

_CLASS = expression(r"[A-Za-z_]\w*(?:[.$\\][A-Za-z_]\w*)*")
_EXTENSIONS = ("java", "kt", "groovy", "scala", "cs", "php", "swift")
_NAME = expression(r"\w+")


def file_of(test: TestRef, index: SourceIndex) -> str | None:
    """The file of a test below the root; None in doubt."""
    if test.file is not None:
        return index.find(test.file)
    owner = test.id.partition("::")[0]
    if _CLASS.fullmatch(owner) is None:
        return None
    return next((found for path in _paths(owner) if (found := index.find(path)) is not None), None)


def line_of(test: TestRef, file: str, index: SourceIndex) -> int | None:
    """The line that defines a test: the first on which its name is followed by `(` or `:`, or is a string."""
    name = _own_name(test.id)
    if name is None:
        return None
    defines = re.compile(
        rf"\b(?:def|func|fun|void|function|fn|sub|it|test|Test)\b[^\n]*\b{re.escape(name)}\b"
    )
    for number, line in enumerate(index.text(file).split("\n"), 1):
        if defines.search(line[:500]):
            return number
    return None


def _own_name(identifier: str) -> str | None:
    last = identifier.partition("[")[0].partition("(")[0].rpartition("::")[2]
    last = last.rpartition(".")[2]
    return last if _NAME.fullmatch(last) else None


def _paths(owner: str) -> Iterator[str]:
    """The path of a module or class, then of what is around it: inner classes have no file."""
    parts = re.split(r"[.$\\]", owner)
    for count in range(len(parts), max(0, len(parts) - 3), -1):
        path = "/".join(parts[:count])
        yield f"{path}.py"
        yield from (f"{path}.{extension}" for extension in _EXTENSIONS)
