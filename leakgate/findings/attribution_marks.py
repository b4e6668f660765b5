"""
The marks that test runners leave in their console output: where a test begins to write, and where it ends.

One expression for all runners, from what they print. Says what a line is, not whose output follows: that is
`attribution`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from leakgate.model.segment import TestRef

_LONGEST_ID = 512
_LONGEST_MARK = 4096


class Reach(Enum):
    """How far behind its mark a test is known to have written."""

    ELEMENT = auto()  # to the end of its element in an XML report; what stands in between marks nothing
    NEXT_MARK = auto()
    SUBTEST = auto()  # the same for indented lines; others are sure to be of the test around it alone
    INDENTED = auto()  # as long as lines are blank or indented
    PARAGRAPH = auto()  # to the next blank line
    LINE = auto()  # the line of the mark itself
    CLASS = auto()  # a class of tests, until its own end is told; several may run at once
    CLASS_END = auto()
    END = auto()  # no test: here the output of any test is over
    ELEMENT_END = auto()  # the same, of an XML report


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark from `start` to `end`, offsets of the text; its test, where it names one in plain words."""

    start: int
    end: int
    reach: Reach
    test: TestRef | None = None


Build = Callable[[str, str], TestRef | None]


def _named(name: str, _: str) -> TestRef:
    return TestRef(name)


def _nobody(_: str, __: str) -> None:
    return None


def _node(name: str, _: str) -> TestRef:
    return TestRef(name, name.partition("::")[0])


def _section(name: str, _: str) -> TestRef | None:
    """`TestClass.test_x[a.b]`, also behind `ERROR at setup of`; as in a node id, without the file."""
    name = re.sub(r"^ERROR at (?:setup|teardown) of ", "", name)
    path, bracket, parameters = name.partition("[")
    if re.fullmatch(r"[\w.]+", path) is None or "test" not in path.lower():
        return None  # tox says `summary` in the same way
    return TestRef(path.replace(".", "::") + bracket + parameters)


def _unittest(name: str, owner: str) -> TestRef:
    """Python 3.11 and later repeat the name behind the class."""
    return TestRef(f"{owner.removesuffix('.' + name)}::{name}")


def _method(owner: str, name: str) -> TestRef:
    return TestRef(f"{owner}::{name}")


def _method_first(name: str, owner: str) -> TestRef:
    return TestRef(f"{owner}::{name}")


def _gradle(name: str, _: str) -> TestRef:
    return TestRef("::".join(part.strip() for part in name.split(" > ")))


def _in_file(name: str, _: str) -> TestRef:
    """Vitest: the file, suites and the test."""
    file, _arrow, rest = name.partition(" > ")
    return TestRef(rest, file)


def _playwright(place: str, name: str) -> TestRef:
    file, line, _column = place.rsplit(":", 2)
    return TestRef(name.strip(), file, int(line))


def _joined(name: str, _: str) -> TestRef:
    return TestRef(" ".join(name.split()))


# What CI systems and terminals put before each line.
LINE_PREFIX = rb"^(?:\d{4}-\d\d-\d\dT[\d:.]{8,20}Z |\[[\d:. TZ-]{5,30}\] )?(?:\x1b\[[\d;]*m)*"
_COLOUR = rb"(?:\x1b\[[\d;]*m)*"
_VERDICT = rb"(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS|RERUN)"
_NODE = rb"([^\s:*?\"<>|]{1,200}\.py::[\w:]{1,200}(?:\[[^\n]{0,200}?\](?=\s|$))?)"
_JAVA = rb"[A-Za-z_][\w.$]{0,300}"
_ELAPSED = rb"(?: +--?)? +Time elapsed: [^\n]{1,40}<<< (?:FAILURE|ERROR)!"
_METHOD = rb"([\w$]{1,200})(?:\[[^\]\n]{0,80}\])?"
_ARGUMENTS = rb"(?:\([^)\n]{0,80}\))?(?:\[[^\]\n]{0,80}\])?"
_CASE = rb"(test\w{0,200}) \(([\w.]{1,300})\)(?:\r?\n[^\n]{1,300})? \.\.\. "
_WORKER = rb"\[gw\d+\] (?:\[ *\d+%\] )?"
_LEVEL = rb"(?:\[[A-Z]+\] )?"
_CLASS = rb"(?:[a-z_][\w$]{0,80}\.){1,20}[A-Z][\w$]{0,200}|\w{1,200}Tests?"
_OUTPUT = rb"(?:STANDARD_(?:OUT|ERROR)|FAILED|SKIPPED)"
_PLAYWRIGHT = r"  \d+\) (?:\[[^\]\n]{1,60}\] › )?(\S{1,300}:\d{1,6}:\d{1,6}) › ([^\n]{1,400}?) ?(?:─)*\s*$"
_JEST_END = r"(?: {0,4}● |(?:PASS|FAIL) \S+\.[cm]?[jt]sx?|Test Suites: |Tests: |Snapshots: )"
_DOTNET = (
    rb" {0,2}(?:Failed|Passed|Skipped) ([A-Za-z_][\w.+`]{1,300}(?:\([^\n]{0,200}\))?) "
    rb"\[[<\d][^\]\n]{1,20}\]\s*$"
)

# In each expression the first group and the second, where there is one, are what `Build` gets.
_KINDS: tuple[tuple[Reach, Build, bytes], ...] = (
    # JUnit XML as it stands; an element without content is a test that wrote nothing
    (Reach.ELEMENT, _nobody, rb"[ \t]*(<testcase\b[^<>]{0,2000}(?<!/)>)"),
    (Reach.ELEMENT_END, _nobody, rb"[ \t]*(?:<testcase\b[^<>]{0,2000}/>|</testcase>|</?testsuites?\b)"),
    # pytest
    (Reach.NEXT_MARK, _section, rb"_{3,} ([^\n]{1,300}?) _{3,}" + _COLOUR + rb"\r?$"),
    (Reach.END, _nobody, rb"(?:={3,} [^\n]{1,300} ={3,}|={40,})" + _COLOUR + rb"\r?$"),
    (Reach.LINE, _node, _NODE + rb" +" + _COLOUR + _VERDICT + rb"\b"),
    (Reach.NEXT_MARK, _node, _NODE + rb"(?= )"),  # nothing behind it: a list of what was collected
    (Reach.LINE, _node, _WORKER + _COLOUR + _VERDICT + _COLOUR + rb" " + _COLOUR + _NODE),
    (Reach.LINE, _node, rb"(?:FAILED|ERROR)" + _COLOUR + rb" " + _NODE),
    (Reach.END, _nobody, _VERDICT + _COLOUR + rb"(?: +" + _COLOUR + rb"\[ *\d+%\])?" + _COLOUR + rb"\s*$"),
    (Reach.END, _nobody, rb"(?:-{3,} coverage: |!{3,} )"),
    # unittest
    (Reach.NEXT_MARK, _unittest, rb"(?:FAIL|ERROR): (\w{1,200}) \(([\w.]{1,300})\)[^\n]{0,200}\n-{40,}"),
    (Reach.LINE, _unittest, _CASE + rb"(?:ok|FAIL|ERROR|skipped)"),
    (Reach.NEXT_MARK, _unittest, _CASE),
    (Reach.END, _nobody, rb"(?:ok|FAIL|ERROR|PASS|OK|Ran \d+ tests? in [^\n]*|FAILED \([^\n]*)\s*$"),
    # Go; behind CONT and NAME only what the test logs itself is its own, as others run at the same time, and
    # the end of a subtest is told too late: what is not logged may be the output of the test around it
    (Reach.SUBTEST, _named, rb"[ \t]*=== RUN +(\S{1,300})(?!\S)"),
    (Reach.INDENTED, _named, rb"[ \t]*=== (?:NAME|CONT) +(\S{1,300})(?!\S)"),
    (Reach.END, _nobody, rb"[ \t]*=== PAUSE "),
    (Reach.INDENTED, _named, rb"[ \t]*--- (?:FAIL|PASS|SKIP): (\S{1,300}) \(\d"),
    (Reach.END, _nobody, rb"(?:ok|FAIL|\?) *\t"),
    # GoogleTest
    (Reach.NEXT_MARK, _named, rb"\[ RUN      \] (\S{1,300})"),
    (Reach.END, _nobody, rb"\[(?:       OK |  FAILED  |  SKIPPED |  PASSED  |----------|==========)\]"),
    # Surefire and Gradle
    (Reach.CLASS, _named, _LEVEL + rb"Running (" + _CLASS + rb")\s*$"),
    (Reach.CLASS_END, _named, _LEVEL + _COLOUR + rb"Tests run:[^\n]{1,300}? in (" + _JAVA + rb")"),
    (Reach.PARAGRAPH, _method, _LEVEL + rb"(" + _JAVA + rb")\.([\w$]{1,200})" + _ARGUMENTS + _ELAPSED),
    (Reach.PARAGRAPH, _method_first, _LEVEL + _METHOD + rb"\((" + _JAVA + rb")\)" + _ELAPSED),
    (Reach.INDENTED, _gradle, rb"([\w.$]{1,300}(?: > [^\n>]{1,200}){1,6}?) " + _OUTPUT + rb"\s*$"),
    # JavaScript
    (Reach.PARAGRAPH, _in_file, rb"(?:stdout|stderr) \| ([^\s>]{1,300}(?: > [^\n>]{1,200}){1,8})\s*$"),
    (Reach.INDENTED, _playwright, _PLAYWRIGHT.encode()),
    (Reach.INDENTED, _joined, r" {0,4}● ([^\n]{1,400}? › [^\n]{1,400}?)\s*$".encode()),
    (Reach.END, _nobody, _JEST_END.encode()),
    (Reach.INDENTED, _joined, rb"  \d+\) ([^\n]{1,200}(?:\r?\n {7,}[^\n]{1,200}){1,6}?):\r?\n\s*\r?\n"),
    # Ruby, Rust, PHP, TAP, .NET
    (Reach.INDENTED, _joined, rb"  \d+\) ([^\n]{1,400})\r?\n {5,7}Failure/Error:"),
    (Reach.NEXT_MARK, _named, rb"---- ([\w:]{1,300}) stdout ----\s*$"),
    (Reach.LINE, _named, rb"test ([\w:]{1,300}) \.\.\. (?:ok|FAILED|ignored)"),
    (Reach.END, _nobody, rb"(?:failures:|test result: |running \d+ tests?)"),
    (Reach.NEXT_MARK, _named, rb"\d+\) ([A-Z][\w\\]{1,300}::\w{1,200})(?: with data set [^\n]{0,300})?\s*$"),
    (Reach.END, _nobody, rb"(?:FAILURES!|ERRORS!|There (?:was|were) \d+ |--\s*$)"),
    (Reach.INDENTED, _joined, rb"(?:not ok \d+ (?:- )?|ok \d+ - )([^\s#][^\n#]{0,300})"),
    (Reach.INDENTED, _named, _DOTNET),
)  # fmt: skip

# Lines that cannot be a mark are told by their first byte: most of a log.
_FIRST = rb"(?=[ \t<_=A-Z\[a-z.!/\\\-" + "●".encode()[:1] + rb"]|\d{1,4}\) )"


@cache
def _mark() -> re.Pattern[bytes]:
    """Compiled when the first finding asks: it takes as long as a small scan."""
    alternatives = rb"|".join(rb"(" + body + rb")" for *_, body in _KINDS)
    return re.compile(LINE_PREFIX + _FIRST + rb"(?:" + alternatives + rb")", re.MULTILINE)


@cache
def _outer_groups() -> dict[int, tuple[Reach, Build, int]]:
    """By the number of an alternative's own group: what it is, and how many groups it has inside."""
    found: dict[int, tuple[Reach, Build, int]] = {}
    number = 1
    for reach, build, body in _KINDS:
        inner = re.compile(body).groups
        found[number] = (reach, build, inner)
        number += 1 + inner
    return found


def marks(raw: bytes, start: int, end: int) -> Iterator[Mark]:
    """The marks that begin in `raw[start:end]`, in order."""
    for hit in _mark().finditer(raw, start, min(len(raw), end + _LONGEST_MARK)):
        if hit.start() >= end:
            return
        number = hit.lastindex or 0
        reach, build, inner = _outer_groups()[number]
        said = [_text(hit[number + step]) if step <= inner else "" for step in (1, 2)]
        yield Mark(hit.start(), hit.end(), reach, build(*said))


def _text(raw: bytes | None) -> str:
    return (raw or b"")[:_LONGEST_ID].decode("utf-8", "replace")
