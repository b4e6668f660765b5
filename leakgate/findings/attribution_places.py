"""
The file and line of a test, where its output tells them; only ever of the test's own file.

Takes a test that is known already; never says which test wrote something.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import PurePosixPath

from leakgate.model.segment import TestRef
from leakgate.model.spans import Span

_SECTION = 16 * 1024  # bytes behind a mark in which a traceback may tell the test's file
_LONGEST_ID = 512
# pytest: the first entry of a traceback is the test itself.
_ENTRY = re.compile(
    rb"^(?:\x1b\[[\d;]*m)*(?P<file>[^\s:\"<>|*?\x1b]{1,200}\.py)(?:\x1b\[[\d;]*m)*:(?P<line>\d{1,6}): "
    rb"|^(?:\x1b\[[\d;]*m)*(?:_{3,}|={3,}) ",
    re.MULTILINE,
)
_CALLER = re.compile(
    rb"(?P<file>[\w./\\@-]{1,200}\.(?:py|go|java|kt|rb|php|rs|cs|[cm]?[jt]sx?)):(?P<line>\d{1,6})\b"
)
_TEST_FILE = re.compile(r"(?:test_\w+|\w+_test)\.py")
_ATTRIBUTE = re.compile(rb"\b(?P<key>name|classname|file|line)=(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')")


def case_named(element: bytes) -> TestRef | None:
    """The test of a `<testcase …>` tag as it stands."""
    said = {
        hit["key"].decode(): unescape((hit["a"] or hit["b"] or b"").decode("utf-8", "replace"))[:_LONGEST_ID]
        for hit in _ATTRIBUTE.finditer(element)
    }
    name, owner, file, line = (said.get(key, "") for key in ("name", "classname", "file", "line"))
    if not name:
        return None
    number = int(line) if file and line.isascii() and line.isdigit() and len(line) < 8 else None
    return TestRef(f"{owner}::{name}" if owner else name, file or None, number)


def placed(test: TestRef, raw: bytes, behind: int, line: Span) -> TestRef:
    """The test with what its output says of its file; its mark ends at `behind`, the finding is in `line`."""
    if test.file is None and re.match(r"\w+(?:::\w+)*(?:\[|$)", test.id) is not None:
        test = _traced(test, raw, behind)
    if test.line is not None:
        return test
    for hit in _CALLER.finditer(raw, line.start, line.end):
        file = hit["file"].decode("utf-8", "replace")
        if _is_own(test, file):
            return replace(test, file=test.file or file, line=int(hit["line"]))
    return test


def _traced(test: TestRef, raw: bytes, start: int) -> TestRef:
    """A test of a pytest section, with the file that its traceback begins in."""
    hit = _ENTRY.search(raw, start, start + _SECTION)
    if hit is None or hit["file"] is None:
        return test
    file = hit["file"].decode("utf-8", "replace")
    if _TEST_FILE.fullmatch(PurePosixPath(file).name) is None:
        return test
    return TestRef(f"{file}::{test.id}", file, int(hit["line"]))


def _is_own(test: TestRef, file: str) -> bool:
    """Whether a file is the test's own: of the same path, or of the name of its class or module."""
    path = PurePosixPath(file.replace("\\", "/"))
    if test.file is not None:
        known = PurePosixPath(test.file.replace("\\", "/"))
        return path.parts[-len(known.parts) :] == known.parts
    if path.suffix == ".go":
        return path.name.endswith("_test.go")
    return path.stem in re.split(r"[.:/\\$]+", test.id)
