"""
Which test an element of a test report belongs to: JUnit, TRX, NUnit, xUnit.net, Robot Framework, TestNG.

One function for each dialect, from the scope around an element and its attributes to the scope inside it.
Never guesses: what stands outside a test case belongs to no test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.segment import TestRef
from leakgate.unpack.formats.entities import text_of

_LONGEST_ID = 512


@dataclass(frozen=True, slots=True)
class Scope:
    """Names of the enclosing suites, outermost first, the file of the innermost, and the test."""

    suites: tuple[str, ...] = ()
    file: str | None = None
    test: TestRef | None = None


Attributes = Mapping[str, str]
Enter = Callable[[Scope, Attributes], Scope]
Dialect = Mapping[bytes, Enter]


def dialect_of(root: bytes, data: bytes) -> Dialect:
    """The elements of a document with this root that open a suite or a test."""
    local = root.rpartition(b":")[2]
    if local == b"TestRun":
        return {b"UnitTestResult": _trx_result(_trx_classes(data))}
    return _BY_ROOT.get(local, _JUNIT)


def _suite(scope: Scope, attributes: Attributes) -> Scope:
    name = attributes.get("name", "")
    return Scope((*scope.suites, name) if name else scope.suites, _file(attributes) or scope.file, scope.test)


def _junit_case(scope: Scope, attributes: Attributes) -> Scope:
    owner = attributes.get("classname") or (scope.suites[-1] if scope.suites else "")
    return _test(scope, _joined(owner, attributes.get("name", "")), attributes)


def _nunit_case(scope: Scope, attributes: Attributes) -> Scope:
    """NUnit 3 says `fullname`; the `name` of NUnit 2 is full already."""
    name = attributes.get("fullname") or attributes.get("name", "")
    return _test(scope, name, attributes)


def _robot_test(scope: Scope, attributes: Attributes) -> Scope:
    name = attributes.get("name", "")
    return _test(scope, ".".join((*scope.suites, name)), {"file": scope.file or "", **attributes})


def _testng_class(scope: Scope, attributes: Attributes) -> Scope:
    return Scope((attributes.get("name", ""),), None, None)


def _testng_method(scope: Scope, attributes: Attributes) -> Scope:
    return _test(
        scope, _joined(scope.suites[-1] if scope.suites else "", attributes.get("name", "")), attributes
    )


def _trx_result(classes: Mapping[str, str]) -> Enter:
    def enter(scope: Scope, attributes: Attributes) -> Scope:
        name = attributes.get("testName", "")
        owner = classes.get(attributes.get("testId", ""), "")
        return _test(scope, name if name.startswith(owner) else _joined(owner, name), attributes)

    return enter


_TRX_DEFINITION = expression(rb"<(?P<kind>UnitTest|TestMethod)\s(?P<inside>[^<>]*+)>")
_TRX_ID = expression(rb"\b(?:id|className)\s*=\s*[\"'](?P<value>[^\"'<>]{1,512})")


def _trx_classes(data: bytes) -> dict[str, str]:
    """The class of each test by the id of the test; Visual Studio adds the assembly behind a comma."""
    classes: dict[str, str] = {}
    test = ""
    for hit in _TRX_DEFINITION.finditer(data):
        value = _TRX_ID.search(hit["inside"])
        if hit["kind"] == b"UnitTest":
            test = text_of(value["value"]) if value is not None else ""
        elif value is not None and test:
            classes[test] = text_of(value["value"]).partition(",")[0]
    return classes


def _test(scope: Scope, name: str, attributes: Attributes) -> Scope:
    if not name:
        return scope
    line = attributes.get("line") or attributes.get("lineno") or ""
    number = int(line) if line.isascii() and line.isdigit() and len(line) < 8 else None
    file = _file(attributes)
    return Scope(scope.suites, scope.file, TestRef(name[:_LONGEST_ID], file, number if file else None))


def _file(attributes: Attributes) -> str | None:
    named = (attributes.get(key) for key in ("file", "filepath", "source"))
    return next((name[:_LONGEST_ID] for name in named if name), None)


def _joined(owner: str, name: str) -> str:
    return f"{owner}::{name}" if owner and name else name


_JUNIT: Dialect = {
    b"testsuite": _suite,
    b"testcase": _junit_case,
    b"test-suite": _suite,
    b"test-case": _nunit_case,
}
_XUNIT_NET: Dialect = {b"test": _nunit_case}
_BY_ROOT: Mapping[bytes, Dialect] = {
    b"robot": {b"suite": _suite, b"test": _robot_test},
    b"testng-results": {b"class": _testng_class, b"test-method": _testng_method},
    b"assemblies": _XUNIT_NET,
    b"assembly": _XUNIT_NET,
}
