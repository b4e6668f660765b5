"""
Generic secrets: a value under a name that promises one, if the value keeps the promise.

Decides by name and shape; a provider's own format is another recognizer's business and wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leakgate.detect.labelled.names import Vocabulary
from leakgate.detect.labelled.syntax import (
    REACH,
    Labelled,
    engine_expression,
    flag_expression,
    quoted_expression,
    values,
)
from leakgate.detect.labelled.vocabulary.load import vocabulary
from leakgate.detect.plausibility.credential import Kind, judge
from leakgate.detect.plausibility.cut import why_cut
from leakgate.detect.plausibility.spelling import spoken
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.detect.plausibility.typed import why_typed
from leakgate.detect.program.judgement import why_program
from leakgate.detect.rules.cut_off import doubted, why_cut_off
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment

# Two letters say too little to the engine: only together with what separates them from a value.
_PW = rb"(?i:(?:\b|_)pw(?:=|:|\"|'| [:=]))"
_VERDICTS = frozenset({"PASS", "Pass"})  # test runners write `PASS: TestName`, behind any prefix
_SPOKEN_TEST = 0.34  # of a test's name stand in words; random letters have less
_ASSIGNED = expression(rb"[=:>,]|\x1f")
_DIGEST_OF = expression(
    rb"(?i)(?:checksum|digest|hash|sha\d{1,3})[/.]$"
)  # annotations of Helm: `checksum/secret`
_DIGEST = expression(rb"[0-9a-f]{32,128}")
# A dump of OpenSSL, where the id of a TLS session stands before its context.
_TLS_SESSION = expression(rb"[0-9A-F]{64}[^\n]{0,24}(?:\n|\\n)[^\n]{0,24}\s*Session-ID-ctx:")


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a name promises: a credential of this rule, shaped like this kind."""

    rule: Rule
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Benign:
    """What looks like such a name and promises nothing."""


class LabelledSecrets:
    """`password=…`, `"api_key": "…"`, `--token …` and their like, in any syntax."""

    def __init__(self, extra_names: Mapping[str, str] | None = None) -> None:
        promises, names = _vocabulary()
        for name, rule_id in (extra_names or {}).items():
            names[name] = next(promise for promise in promises if promise.rule.id == rule_id)
        self._vocabulary: Vocabulary[_Promise | _Benign] = Vocabulary(names)
        self.rules: tuple[Rule, ...] = tuple(promise.rule for promise in promises)
        anchor = self._vocabulary.anchor()
        self.patterns: tuple[Pattern, ...] = (
            Pattern("labelled-secrets", engine_expression(anchor), max_width=REACH),
            Pattern("labelled-secret-flags", flag_expression(anchor), max_width=REACH),
            Pattern("labelled-secret-quotes", quoted_expression(anchor), max_width=REACH),
            Pattern("labelled-secret-pw", _PW, max_width=REACH),
        )

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        for suspect in suspects:
            for found in values(segment.data, suspect.ends, self._vocabulary):
                if (match := self._judged(segment.data, found)) is not None:
                    yield match

    def _judged(self, data: bytes, found: Labelled) -> Match | None:
        promise = self._vocabulary.meaning(found.name)
        if not isinstance(promise, _Promise) or _is_misread(data, found):
            return None
        value = data[found.value.start : found.value.end]
        told = value[:_TELLING]
        verdict = judge(told, promise.kind, quoted=found.quoted)
        fake = synthetic_reason(told)
        if fake is None and verdict is not None and promise.kind is not Kind.PASSWORD:
            fake = why_typed(told)
            verdict = doubted(verdict, why_cut_off(value) or why_cut(data, found.value))
        if fake is None and verdict is not None:
            fake = why_program(data, found)
        if fake is None and verdict is None:
            return None
        because = f"{promise.rule.name}, {verdict.because if verdict else 'no live value'}"
        return Match(
            rule=promise.rule,
            span=found.value,
            secret=Secret(value),
            confidence=verdict.confidence if verdict else Confidence.LOW,
            because=because,
            synthetic=fake,
        )


# NOTE: Bytes that tell what a value is. Where names follow each other without a blank, each value reaches
# over all names behind it: 900 of 8 KiB in one line took 20 s.
_TELLING = 1024


def _is_misread(data: bytes, found: Labelled) -> bool:
    """What only looks like a name and its value; `user:secret@[2001:db8::1]` is part of a URL."""
    return (
        _is_verdict(data, found)
        or _is_the_verb(data, found)
        or _is_looked_up(data, found)
        or _is_digest(data, found)
        or _is_tls_session(data, found)
        or _on_another_line(data, found)
        or "@[" in found.name
        or _in_uuencode(data, found)
    )


_UUENCODED = expression(rb"M[ -`]{60}")  # a full line: its length, and 45 bytes in 60 characters


def _in_uuencode(data: bytes, found: Labelled) -> bool:
    start = data.rfind(b"\n", max(0, found.name_span.start - 61), found.name_span.start) + 1
    line = _UUENCODED.match(data, start)
    return line is not None and data[line.end() : line.end() + 1] in (b"\n", b"\r", b"")


def _is_verdict(data: bytes, found: Labelled) -> bool:
    """`PASS: TestLogin/case_1`; `PASS:…` without a blank and an element of that name (`<Pass>…`) are none."""
    blank = data[found.value.start - 1 : found.value.start].isspace()
    element = data[found.name_span.start - 1 : found.name_span.start] == b"<"
    if found.name.rpartition(" ")[2] not in _VERDICTS or found.quoted or not blank or element:
        return False
    return spoken(data[found.value.start : found.value.end]) >= _SPOKEN_TEST


def _is_the_verb(data: bytes, found: Labelled) -> bool:
    """`arguments to pass to pytest`, `please pass 'name'`: nothing assigns here; `--pass value` does."""
    flag = data[found.name_span.start - 1 : found.name_span.start] == b"-"
    verb = found.name.rpartition(" ")[2] == "pass" and not flag
    return verb and _ASSIGNED.search(data, found.name_span.end, found.value.start) is None


# Of Ansible: the name is a plugin's, its value a path and options.
_LOOKED_UP = expression(rb"(?:lookup|query|\bq)\(\s{0,4}\\{0,4}[\"'][\w.]{0,40}$")


def _is_looked_up(data: bytes, found: Labelled) -> bool:
    """`lookup('password', '/dev/null length=16')`."""
    return _LOOKED_UP.search(data, max(0, found.name_span.start - 60), found.name_span.start) is not None


def _is_digest(data: bytes, found: Labelled) -> bool:
    """`checksum/secret: <64 digits>`: a digest of what is secret."""
    before = data[max(0, found.name_span.start - 16) : found.name_span.start]
    value = data[found.value.start : found.value.end]
    return _DIGEST_OF.search(before) is not None and _DIGEST.fullmatch(value) is not None


def _is_tls_session(data: bytes, found: Labelled) -> bool:
    return found.name == "Session-ID" and _TLS_SESSION.match(data, found.value.start) is not None


def _on_another_line(data: bytes, found: Labelled) -> bool:
    """`In function 'getToken':` and a path below it; only elements put a bare value on the next line."""
    between = data[found.name_span.end : found.value.start]
    return not found.quoted and b"\n" in between and b">" not in between


def _vocabulary() -> tuple[tuple[_Promise, ...], dict[str, _Promise | _Benign]]:
    document = vocabulary("secrets")
    promises: list[_Promise] = []
    names: dict[str, _Promise | _Benign] = dict.fromkeys(document["benign"], _Benign())
    for record in document["rules"]:
        promise = _Promise(_rule(record), Kind(record["kind"]))
        promises.append(promise)
        names.update(dict.fromkeys(record["names"], promise))
    return tuple(promises), names


def _rule(record: Mapping[str, Any]) -> Rule:
    return Rule(
        id=record["id"],
        name=record["name"],
        entity=record["entity"],
        category=Category.SECRET,
        severity=Severity(record["severity"]),
        confidence=Confidence.MEDIUM,
        family="generic-secrets",
        cwe="CWE-532",
        reference="https://cwe.mitre.org/data/definitions/532.html",
        remediation=record["remediation"],
        specificity=1,
    )
