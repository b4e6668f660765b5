"""
Personal data by the name of its field: `customer_name: …`, `"iban": "…"`, `'…' for key 'users.dni'`.

The name promises, a check of the value confirms: check digits, a numbering plan, the form of a name or
an address. A name alone is nothing, and neither is a value whose check digit is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from leakgate.detect.adapters.phone import why_fictional
from leakgate.detect.adapters.specimens import why_synthetic
from leakgate.detect.labelled import distant
from leakgate.detect.labelled.extent import decoded, free_text, is_encoded
from leakgate.detect.labelled.names import Vocabulary
from leakgate.detect.labelled.syntax import REACH, Labelled, engine_expression, values
from leakgate.detect.plausibility.credential import Plausible
from leakgate.detect.plausibility.personal import CHECKS, Check
from leakgate.detect.plausibility.personal_samples import sample_reason
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

# Whose values are words: a filler inside them (`Todor`) is no sign of a placeholder.
_WORDY = frozenset({"PERSON", "STREET_ADDRESS", "EMAIL_ADDRESS", "DATE_OF_BIRTH"})
_CUTS = re.compile(r"[\s/.,_-]+[^\s/.,_-]*$")


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a name promises: data of this rule, if the check agrees."""

    rule: Rule
    check: Check


@dataclass(frozen=True, slots=True)
class _Reading:
    """A value as it stands and as it reads."""

    span: Span
    text: str
    verdict: Plausible


class LabelledPersonalData:
    """Fields of persons, in any syntax and in the languages of the vocabulary."""

    def __init__(self, extra_names: Mapping[str, str] | None = None) -> None:
        promises, names = _vocabulary()
        for name, rule_id in (extra_names or {}).items():
            extra = next(promise for promise in promises if promise.rule.id == rule_id)
            names[name] = (extra, *names.get(name, ()))
        self._vocabulary = Vocabulary(names)
        self.rules: tuple[Rule, ...] = tuple(promise.rule for promise in promises)
        self.patterns: tuple[Pattern, ...] = (
            *(
                Pattern(f"personal-fields/{number}", engine_expression(anchor), max_width=REACH)
                for number, anchor in enumerate(self._vocabulary.anchors(), 1)
            ),
            Pattern("personal-values-before-names", distant.BEFORE_ANCHOR, max_width=distant.REACH),
            Pattern("personal-validation-inputs", distant.INPUT_ANCHOR, max_width=distant.REACH),
        )

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        for suspect in suspects:
            for found in self._found(segment.data, suspect):
                if (match := self._judged(segment.data, found)) is not None:
                    yield match

    def _found(self, data: bytes, suspect: Suspect) -> Iterator[Labelled]:
        match suspect.pattern.id:
            case "personal-values-before-names":
                return distant.values_before_names(data, suspect.window)
            case "personal-validation-inputs":
                return distant.values_of_inputs(data, suspect.window)
            case _:
                return values(data, suspect.window, self._vocabulary.meaning)

    def _judged(self, data: bytes, found: Labelled) -> Match | None:
        for promise in self._vocabulary.meaning(found.name) or ():
            reading = _read(data, found, promise.check)
            if reading is not None:
                return _match(data, promise.rule, reading)
        return None


def _match(data: bytes, rule: Rule, reading: _Reading) -> Match:
    return Match(
        rule=rule,
        span=reading.span,
        secret=Secret(data[reading.span.start : reading.span.end]),
        confidence=reading.verdict.confidence,
        because=f"{rule.name.lower()}, {reading.verdict.because}",
        synthetic=_why_synthetic(rule.entity, reading.text),
    )


def _why_synthetic(entity: str, text: str) -> str | None:
    reason = why_synthetic(entity, text) or sample_reason(entity, text)
    if reason is None and entity == "PHONE_NUMBER":
        reason = why_fictional(text)
    if reason is None and entity not in _WORDY:
        reason = synthetic_reason(text.encode())
    return reason


def _read(data: bytes, found: Labelled, check: Check) -> _Reading | None:
    """The value of `found` as far as `check` takes it, or None."""
    if found.quoted:
        return _whole(data, found.value, check)
    reading = _unquoted(data, found, found.value.start, check)
    if reading is None and data[found.value.start - 1 : found.value.start] == b"(":
        # What opens the value may be part of it: `phone: (206) …`.
        reading = _unquoted(data, found, found.value.start - 1, check)
    return reading


def _unquoted(data: bytes, found: Labelled, start: int, check: Check) -> _Reading | None:
    span = free_text(data, start)
    raw = data[span.start : span.end]
    if is_encoded(raw):
        return _whole(data, found.value if not check.prose else span, check)
    if check.prose:
        return _whole(data, span, check)
    return _beginning(data, span, check)


def _whole(data: bytes, span: Span, check: Check) -> _Reading | None:
    text = decoded(data[span.start : span.end])
    verdict = check.judge(text) if text else None
    return _Reading(span, text, verdict) if verdict else None


def _beginning(data: bytes, span: Span, check: Check) -> _Reading | None:
    """The longest beginning that the check believes, cut where a separator stands."""
    text = data[span.start : span.end].decode("utf-8", "replace")
    shape = check.shape.match(text)
    piece = shape[0] if shape else ""
    while piece:
        after = text[len(piece) : len(piece) + 1]
        verdict = check.judge(piece) if not (after.isalnum() or after == "_") else None
        if verdict:
            return _Reading(Span(span.start, span.start + len(piece.encode())), piece, verdict)
        shorter = _CUTS.sub("", piece)
        piece = shorter if shorter != piece else ""
    return None


def _vocabulary() -> tuple[tuple[_Promise, ...], dict[str, tuple[_Promise, ...]]]:
    import yaml

    folder = resources.files("leakgate.detect.labelled.vocabulary")
    text = (folder / "personal.yaml").read_text(encoding="utf-8")
    document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    promises: list[_Promise] = []
    names: dict[str, tuple[_Promise, ...]] = {}
    for record in document["rules"]:
        promise = _Promise(_rule(record, document["families"][record["family"]]), CHECKS[record["check"]])
        promises.append(promise)
        for name in record["names"]:
            names[name] = (*names.get(name, ()), promise)
    return tuple(promises), names


def _rule(record: Mapping[str, Any], remediation: str) -> Rule:
    return Rule(
        id=record["id"],
        name=record["name"],
        entity=record["entity"],
        category=Category.PII,
        severity=Severity(record["severity"]),
        confidence=Confidence.MEDIUM,
        family=record["family"],
        cwe="CWE-532",
        reference="https://cwe.mitre.org/data/definitions/532.html",
        remediation=remediation,
        specificity=2,
    )
