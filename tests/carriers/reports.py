"""Reports of test runners: JUnit and its kin in XML, and the JSON of the others."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.carriers.document import Carrier, Document, Make, Page
from tests.carriers.traffic import json_document, json_lines, json_text
from tests.carriers.values import Value

Json = Any  # what json.dumps takes
Case = Callable[[Value, int], tuple[str, str, str]]


def _xml(name: str, opening: str, case: Case, closing: str) -> Make:
    def make(values: tuple[Value, ...]) -> Document:
        page = Page().add(f'<?xml version="1.0" encoding="utf-8"?>\n{opening}\n')
        for number, value in enumerate(values):
            before, carrying, behind = case(value, number)
            page.add(before).put(value, carrying).add(behind + "\n")
        return page.add(closing + "\n").document(name)

    return make


def _attribute(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;"})[1:-1]


def _said(value: Value) -> str:
    return f"assert 401 == 200, with {value.before}"


def _junit(case: Case) -> Make:
    return _xml("junit.xml", '<testsuites><testsuite name="s" tests="20">', case, "</testsuite></testsuites>")


def _case(number: int) -> str:
    return f'<testcase classname="tests.t" name="test_{number}" time="0.1">'


def _message(value: Value, number: int) -> tuple[str, str, str]:
    before = f'{_case(number)}<failure message="{_attribute(_said(value))}'
    return before, _attribute(value.text), '">AssertionError</failure></testcase>'


def _property(value: Value, number: int) -> tuple[str, str, str]:
    before = f'{_case(number)}<properties><property name="{value.label}" value="'
    return before, _attribute(value.text), '"/></properties></testcase>'


def _failure(value: Value, number: int) -> tuple[str, str, str]:
    before = f'{_case(number)}<failure message="no">Traceback:\n  line 7\nE  {escape(_said(value))}'
    return before, escape(value.text), "\n</failure></testcase>"


def _output(value: Value, number: int) -> tuple[str, str, str]:
    before = f"{_case(number)}<system-out><![CDATA[connecting\n{value.before}"
    return before, value.text, "\nconnected]]></system-out></testcase>"


def _trx(value: Value, number: int) -> tuple[str, str, str]:
    before = (
        f'<UnitTestResult testName="T{number}" outcome="Failed"><Output><StdOut>connecting\n{value.before}'
    )
    return before, escape(value.text), "\n</StdOut></Output></UnitTestResult>"


def _robot(value: Value, number: int) -> tuple[str, str, str]:
    before = (
        f'<test id="s1-t{number}" name="T{number}"><kw name="Log"><msg time="x" level="INFO">{value.before}'
    )
    return before, escape(value.text), '</msg><status status="PASS"/></kw></test>'


def _surefire(value: Value, number: int) -> tuple[str, str, str]:
    """`dumpstream` and listeners write system-err as escaped text."""
    before = f"{_case(number)}<system-err>&gt; GET / HTTP/1.1\n&gt; {escape(value.before)}"
    return before, escape(value.text), "\n</system-err></testcase>"


def _allure(value: Value) -> Json:
    return {
        "uuid": "8c1f",
        "name": "test",
        "status": "passed",
        "steps": [],
        "start": 1772366400000,
        "parameters": [{"name": value.label, "value": value.text}],
    }


def _jest(entries: list[Json]) -> Json:
    return {
        "numTotalTests": len(entries),
        "success": False,
        "testResults": [{"name": "/app/a.test.js", "status": "failed", "assertionResults": entries}],
    }


def _assertion(value: Value) -> Json:
    message = f"Error: expected 200\n    {value.said}\n    at Object.<anonymous> (a.test.js:7:3)"
    return {"fullName": "orders", "status": "failed", "title": "orders", "failureMessages": [message]}


def _cucumber(value: Value) -> Json:
    text = base64.b64encode(f"calling with\n{value.said}\n".encode()).decode()
    step = {
        "keyword": "Given ",
        "name": "an order",
        "line": 3,
        "result": {"status": "passed"},
        "embeddings": [{"mime_type": "text/plain", "data": text}],
    }
    return {"keyword": "Scenario", "name": "order", "type": "scenario", "steps": [step]}


def _embedded(value: Value) -> str:
    return base64.b64encode(f"calling with\n{value.said}\n".encode()).decode()


def _cucumber_step(value: Value) -> Json:
    step = {
        "keyword": "Given ",
        "name": "an order",
        "line": 3,
        "result": {"status": "failed"},
        "output": [value.said],
    }
    return {"keyword": "Scenario", "name": "order", "type": "scenario", "steps": [step]}


def _features(entries: list[Json]) -> Json:
    return [{"uri": "a.feature", "keyword": "Feature", "name": "orders", "elements": entries}]


def _mocha(value: Value) -> Json:
    return {
        "title": "orders",
        "fullTitle": "orders",
        "state": "failed",
        "pass": False,
        "code": f'const settings = {{ {value.label}: "{value.text}" }};',
        "err": {"message": "no"},
    }


def _mocha_form(value: Value) -> str:
    return json_text(value.text)


def _mochawesome(entries: list[Json]) -> Json:
    return {
        "stats": {"suites": 1, "tests": len(entries)},
        "results": [{"title": "", "suites": [{"title": "orders", "tests": entries}]}],
    }


def _ctrf(value: Value) -> Json:
    return {"name": "orders", "status": "failed", "duration": 12, "stdout": ["connecting", value.said]}


def _ctrf_report(entries: list[Json]) -> Json:
    return {"results": {"tool": {"name": "x"}, "summary": {"tests": len(entries)}, "tests": entries}}


def _pytest_json(value: Value) -> Json:
    return {
        "nodeid": "tests/test_a.py::test_a",
        "outcome": "failed",
        "call": {"stdout": f"x\n{value.said}\n"},
    }


def _notebook(value: Value) -> Json:
    """A cell keeps its text line by line."""
    lines = f"connecting\n{value.said}\nconnected\n".splitlines(keepends=True)
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": ["run()"],
        "outputs": [{"output_type": "stream", "name": "stdout", "text": lines}],
    }


def _ipynb(values: tuple[Value, ...]) -> Document:
    page = Page().add('{"cells": [\n')
    for number, value in enumerate(values):
        lines = json.dumps(_notebook(value), indent=1)
        first, last = value.text.split("\n")[0], value.text.split("\n")[-1]
        start, end = lines.index(json_text(first)), lines.rindex(json_text(last)) + len(json_text(last))
        page.add("," if number else "").add(lines[:start]).put(value, lines[start:end]).add(
            lines[end:] + "\n"
        )
    return page.add('], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n').document("analysis.ipynb")


def _go_test(values: tuple[Value, ...]) -> Document:
    """test2json: one event for every line of output."""
    page = Page()
    for number, value in enumerate(values):
        opening = f'{{"Action":"output","Package":"shop","Test":"Test{number}","Output":"'
        page.add(opening + '=== RUN\\n"}\n' + opening + "    a_test.go:7: " + json_text(value.before))
        start = page.size
        page.add(f'\\n"}}\n{opening}'.join(value.text.split("\n"))).mark(value, start)
        page.add('\\n"}\n')
    return page.document("go-test.json")


CARRIERS: tuple[Carrier, ...] = (
    Carrier("JUnit failure message", _junit(_message)),
    Carrier("JUnit property", _junit(_property)),
    Carrier("JUnit failure text", _junit(_failure)),
    Carrier("JUnit system-out (CDATA)", _junit(_output)),
    Carrier("JUnit system-err (escaped)", _junit(_surefire)),
    Carrier("TRX", _xml("run.trx", "<TestRun><Results>", _trx, "</Results></TestRun>")),
    Carrier(
        "Robot output.xml", _xml("output.xml", '<robot><suite id="s1" name="S">', _robot, "</suite></robot>")
    ),
    Carrier("Allure result", json_lines("allure-result.json", _allure)),
    Carrier("Jest results", json_document("jest.json", _assertion, _jest)),
    Carrier("Cucumber output", json_document("cucumber.json", _cucumber_step, _features)),
    Carrier("Cucumber embedding", json_document("cucumber.json", _cucumber, _features, _embedded)),
    Carrier("mochawesome code", json_document("mochawesome.json", _mocha, _mochawesome, _mocha_form)),
    Carrier("CTRF", json_document("ctrf.json", _ctrf, _ctrf_report)),
    Carrier("pytest-json-report", json_document("report.json", _pytest_json, lambda all_: {"tests": all_})),
    Carrier("Jupyter notebook", _ipynb),
    Carrier("go test -json", _go_test),
)
