"""
What test runners print around a test, one expression each, from what they print.

Says only what a mark looks like and how far behind it a test is known to have written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto

from leakgate.model.segment import TestRef


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


def _at(place: str, name: str) -> TestRef:
    """A place with a line, then the test."""
    file, _, line = place.rpartition(":")
    return TestRef(" ".join(name.split()), file, int(line))


def _at_behind(name: str, place: str) -> TestRef:
    return _at(place, name)


def _error_context(name: str, place: str) -> TestRef:
    """Playwright's page for a language model: titles with `>>`, an absolute place."""
    file, line, _column = place.rsplit(":", 2)
    return TestRef(" > ".join(part.strip() for part in name.split(">>")), file, int(line))


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
_PLAYWRIGHT_LINE = (
    r" {1,4}(?:✓|✘|✗|x|-) +\d+ (?:\[[^\]\n]{1,60}\] › )?(\S{1,300}:\d{1,6}:\d{1,6}) › "
    r"([^\n]{1,400}?)(?: \([\d.]+m?s\))?\s*$"
)
_TREE = r"(?:│|[| ']){0,40}?(?:├|└|\+|')(?:─|-){1,3} ([\w$]{1,200}\([^)\n]{0,80}\)) (?:✔|✘|\[OK\]|\[X\])"
# What Jest says in the same form: its own notes.
_JEST_ALONE = (
    r"  ● (?!Console\b|Test suite failed|Validation|Deprecation|Cannot |Multiple )"
    r"((?:(?!›)[^\n]){1,300}?)\s*\n\s*\n(?= )"
)
_SOURCE = rb"MethodSource \[className = '(" + _JAVA + rb")', methodName = '([\w$]{1,200})'"
_ERROR_CONTEXT = rb"- Name: ([^\n]{1,400})\n- Location: (\S{1,300}:\d{1,6}:\d{1,6})\s*$"
_MINITEST = rb"([A-Z][\w:]{0,200})#(test_[\w?!]{1,200})"
_CTEST = rb"\s{0,4}\d+/\d+ +Test +#\d+: "
_MOCHA = rb"  \d+\) ([^\n]{1,200}(?:\r?\n {7,}[^\n]{1,200}){1,6}?):\r?\n(?: {5,}|\s*\r?\n)"
_DOTTED = rb"[A-Za-z_][\w+`]{0,200}(?:\.[\w+`]{1,200}){1,20}(?:\([^\n]{0,200}\))?"
_SCENARIO = rb" {0,8}(?:\d+\) )?(?:Scenario(?: Outline| Template)?|Example)"
_JEST_END = r"(?: {0,4}● |(?:PASS|FAIL) \S+\.[cm]?[jt]sx?|Test Suites: |Tests: |Snapshots: )"
_DOTNET = (
    rb" {0,2}(?:Failed|Passed|Skipped) ([A-Za-z_][\w.+`]{1,300}(?:\([^\n]{0,200}\))?) "
    rb"\[[<\d][^\]\n]{1,20}\]\s*$"
)

# In each expression the first group and the second, where there is one, are what `Build` gets.
KINDS: tuple[tuple[Reach, Build, bytes], ...] = (
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
    (Reach.LINE, _method, rb"\[ERROR\] {2,4}(" + _JAVA + rb")\.([\w$]{1,200})" + _ARGUMENTS + rb":\d+[: ]"),
    # JUnit's own console
    (Reach.INDENTED, _method, rb" +" + _SOURCE),
    (Reach.LINE, _named, _TREE.encode()),
    (Reach.INDENTED, _gradle, rb"([\w.$]{1,300}(?: > [^\n>]{1,200}){1,6}?) " + _OUTPUT + rb"\s*$"),
    # JavaScript
    (Reach.PARAGRAPH, _in_file, rb"(?:stdout|stderr) \| ([^\s>]{1,300}(?: > [^\n>]{1,200}){1,8})\s*$"),
    (Reach.NEXT_MARK, _in_file, rb" ?(?:FAIL|\xc3\x97) +([^\s>]{1,300}(?: > [^\n>]{1,200}){1,8})\s*$"),
    (Reach.END, _nobody, "(?:⎯){4,}".encode()),
    (Reach.INDENTED, _playwright, _PLAYWRIGHT.encode()),
    (Reach.LINE, _playwright, _PLAYWRIGHT_LINE.encode()),
    (Reach.NEXT_MARK, _error_context, _ERROR_CONTEXT),
    (Reach.INDENTED, _joined, r" {0,4}● ([^\n]{1,400}? › [^\n]{1,400}?)\s*$".encode()),
    (Reach.INDENTED, _joined, _JEST_ALONE.encode()),
    (Reach.END, _nobody, _JEST_END.encode()),
    (Reach.INDENTED, _joined, _MOCHA),
    (Reach.INDENTED, _joined, r" ?(?:✗|✖) ([^\n]{1,300}?)(?: \([\d.]+m?s\))?\s*$".encode()),
    # Ruby, Rust, PHP, TAP, .NET
    (Reach.INDENTED, _joined, rb"  \d+\) ([^\n]{1,400})\r?\n {5,7}Failure/Error:"),
    (Reach.PARAGRAPH, _method, _MINITEST + rb"(?: \[[^\]\n]{1,300}\])?:\s*$"),
    (Reach.LINE, _method, _MINITEST + rb" = \d"),
    (Reach.NEXT_MARK, _named, rb"---- ([\w:]{1,300}) stdout ----\s*$"),
    (Reach.PARAGRAPH, _named, rb"thread '(\w{1,100}(?:::\w{1,100}){1,9})'(?: \(\d+\))? panicked at "),
    (Reach.LINE, _named, rb"test ([\w:]{1,300}) \.\.\. (?:ok|FAILED|ignored)"),
    (Reach.END, _nobody, rb"(?:failures:|test result: |running \d+ tests?)"),
    (Reach.NEXT_MARK, _named, rb"\d+\) ([A-Z][\w\\]{1,300}::\w{1,200})(?: with data set [^\n]{0,300})?\s*$"),
    (Reach.END, _nobody, rb"(?:FAILURES!|ERRORS!|There (?:was|were) \d+ |--\s*$)"),
    (Reach.INDENTED, _joined, rb"(?:not ok \d+ (?:- )?|ok \d+ - )([^\s#][^\n#]{0,300})"),
    (Reach.INDENTED, _named, _DOTNET),
    (Reach.PARAGRAPH, _named, rb"(?:\[xUnit\.net [\d:.]{5,20}\])? {2,8}(" + _DOTTED + rb") \[FAIL\]\s*$"),
    (Reach.END, _nobody, rb"\[xUnit\.net [\d:.]{5,20}\] {1,3}(?:Finished|Starting|Discover)"),
    (Reach.PARAGRAPH, _named, rb"\d+\) (?:Failed|Error|Invalid) : (" + _DOTTED + rb")\s*$"),
    (Reach.NEXT_MARK, _named, rb"=> (" + _DOTTED + rb")\s*$"),
    # CTest
    (Reach.NEXT_MARK, _named, _CTEST + rb"(\S{1,200}) \.*\*{3}(?:Failed|Exception|Timeout)"),
    (Reach.END, _nobody, _CTEST + rb"|(?: {4,12}Start +\d+: |\d+% tests passed)"),
    # Behave and Cucumber, Robot Framework
    (Reach.NEXT_MARK, _at_behind, _SCENARIO + rb": ([^\n]{1,300}?) +# (\S{1,300}:\d{1,6})\s*$"),
    (Reach.END, _nobody, rb"(?:Failing scenarios:|\d+ features? passed|\d+ scenarios? |Feature: )"),
    (Reach.PARAGRAPH, _joined, rb"(?=\S[^|\n]++\| FAIL \|)(\S[^|\n]{1,200}?) +\| FAIL \|\s*$"),
    (Reach.END, _nobody, rb"-{78}\s*$"),
    # ExUnit, XCTest, Pester
    (Reach.INDENTED, _method_first, rb" {1,3}\d+\) (test [^\n]{1,300}) \(([A-Z][\w.]{1,200})\)\s*$"),
    (Reach.NEXT_MARK, _method, rb"Test Case '-\[([\w.]{1,200}) (\w{1,200})\]' started"),
    (Reach.NEXT_MARK, _method, rb"Test Case '([\w.]{1,200})\.(\w{1,200})' started"),
    (Reach.END, _nobody, rb"(?:Test Case '[^'\n]{1,400}' (?:passed|failed|skipped)|Test Suite ')"),
    (Reach.LINE, _method, rb"\S{1,300}:\d+: error: -\[([\w.]{1,200}) (\w{1,200})\] : "),
    (Reach.LINE, _method, rb"\S{1,300}:\d+: error: ([\w.]{1,200})\.(\w{1,200}) : "),
    (Reach.INDENTED, _joined, rb" {2,12}\[-\] ([^\n]{1,300}?) \d[\d.]*m?s\b"),
)  # fmt: skip
