"""
Which line of source wrote a place, from its log line or from the stack trace around it.

Names only files that exist below the source root, and lines that they have. Code of the project comes
before tests, and nothing before a guess. Never raises for what a log holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from leakgate.findings.source_lines_index import SourceIndex
from leakgate.findings.source_lines_said import Order, Said, callers, frame
from leakgate.findings.source_lines_tests import file_of, line_of
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.segment import TestRef

_TRACE_LINES = 200
_LONGEST_LINE = 8192  # characters
_HEADER_LINES = 15  # between a message and its first frame
_BETWEEN = 3  # lines between two frames: source, marks below it, the function
# What may stand between a message and its trace; anything else begins the next record.
_OF_TRACE = expression(
    r"^(?:\s|\s*$|E  |>  |Caused by|Suppressed|Traceback \(most|Stack trace"
    r"|stack backtrace|goroutine \d|panic:"
    r"|\[signal |note: |During handling|The above exception|--- End of"
    r"|\.\.\. \d+ |---> |thread '|#\d|[\w./*-]+\.[\w.*()]+\([^)]*\)$)"
)
_BETWEEN_FRAMES = expression(
    r"^(?:\s|$|Caused by|Suppressed|During handling|The above|---|\.\.\.|#|[\w./*()]+\()"
)
# What CI systems, docker and Kubernetes put before each line.
_PREFIX = expression(
    r"^(?:\d{4}-\d\d-\d\dT[\d:.]{8,20}Z (?:std(?:out|err) [FP] )?|\[[\d:. TZ-]{5,30}\] |\{\"log\":\""
    r"|[\w.-]{1,60} +\| )?"
    r"(?:\x1b\[[\d;]*m)*"
)
_RECORD = expression(r"\b(?:ERROR|CRITICAL|FATAL|WARN(?:ING)?|EXCEPTION)\b", re.IGNORECASE)
_GO = expression(r"panic: |goroutine \d|fatal error: ")
_TEST_NAME = expression(
    r"(?:test_.*|.*_test|.*_spec|conftest)\.\w+|.*\.(?:spec|test|cy|e2e)\.\w+|\w*(?:Tests?|Spec|IT|TestCase)\.\w+"
)
_TEST_FOLDERS = frozenset({"test", "tests", "spec", "specs", "__tests__", "e2e", "cypress", "testing"})


@dataclass(frozen=True, slots=True)
class SourceLine:
    """`file` is relative to the source root; `line` is None where only the file is known."""

    file: str
    line: int | None


class SourceLines:
    """Answers for one checkout."""

    def __init__(self, index: SourceIndex) -> None:
        self._index = index

    def emitter(self, text: str, offset: int) -> SourceLine | None:
        """The line that wrote what stands at `offset` of a stretch of output."""
        before, _, _ = text[:offset].rpartition("\n")
        number = before.count("\n") + 1 if "\n" in text[:offset] else 0
        lines = [_PREFIX.sub("", line[:_LONGEST_LINE]) for line in text.split("\n")]
        return self._best(callers(lines[number])) or self._best(_traced(lines, number))

    def place(self, file: str, line: int | None, *, below: str = "") -> SourceLine | None:
        """A place that a report names, if it is one of the checkout."""
        found = self._index.find(file, below)
        if found is None:
            return None
        return SourceLine(found, line if line is not None and self._index.has_line(found, line) else None)

    def of_test(self, test: TestRef) -> SourceLine | None:
        """Where a test's code stands; its line is the report's, else the one that defines it."""
        file = file_of(test, self._index)
        if file is None:
            return None
        line = test.line if test.file is not None else None
        if line is None or not self._index.has_line(file, line):
            line = line_of(test, file, self._index)
        return SourceLine(file, line)

    def _best(self, said: Iterable[Said]) -> SourceLine | None:
        """The first of the project's own code, else the first of its tests."""
        fallback: SourceLine | None = None
        for one in said:
            found = self.place(one.file, one.line, below=one.below)
            if found is None or found.line != one.line:
                continue
            if not is_test(found.file):
                return found
            fallback = fallback or found
        return fallback


def is_test(file: str) -> bool:
    """Whether a file holds tests, by the conventions of its runners."""
    path = PurePosixPath(file)
    return _TEST_NAME.fullmatch(path.name) is not None or not _TEST_FOLDERS.isdisjoint(path.parts[:-1])


def _traced(lines: Sequence[str], number: int) -> Iterator[Said]:
    """Frames of the trace that line `number` belongs to, the nearest to the trouble first."""
    own = frame(lines[number])
    if own is not None:
        yield own
    yield from _above(lines, number)
    yield from _below(lines, number)


def _above(lines: Sequence[str], number: int) -> Iterator[Said]:
    """What runtimes print before a message: Python's frames, and the place of a panic."""
    apart = 0
    for at in range(number - 1, max(-1, number - _TRACE_LINES), -1):
        said = frame(lines[at])
        if said is None:
            apart += 1
            if apart > _BETWEEN or not _BETWEEN_FRAMES.match(lines[at]):
                return
        elif said.order is Order.INNERMOST_LAST or "panicked at" in lines[at]:
            apart = 0
            yield said
        else:
            return


def _below(lines: Sequence[str], number: int) -> Iterator[Said]:
    first = _first_frame(lines, number)
    if first is None:
        return
    found: list[Said] = []
    apart = 0
    for line in lines[first : first + _TRACE_LINES]:
        said = frame(line)
        if said is not None:
            found.append(said)
            apart = 0
        elif (apart := apart + 1) > _BETWEEN or not _BETWEEN_FRAMES.match(line):
            break
    yield from found


def _first_frame(lines: Sequence[str], number: int) -> int | None:
    """The line of the first frame below a message; only where nothing else can have begun in between."""
    for at in range(number + 1, min(len(lines), number + 1 + _HEADER_LINES)):
        said = frame(lines[at])
        if said is not None:
            header = lines[number:at]
            if said.order is Order.INNERMOST_LAST:
                return at if _RECORD.search(header[0]) else None
            if said.file.endswith(".go") and not any(map(_GO.search, header)):
                return None
            return at
        if not _OF_TRACE.match(lines[at]):
            return None
    return None
