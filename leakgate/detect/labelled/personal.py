"""
Personal data by the name of its field: `customer_name: …`, `"iban": "…"`, `'…' for key 'users.dni'`.

The name promises, a check of the value confirms: check digits, a numbering plan, the form of a name or
an address. A name alone is nothing, and neither is a value whose check digit is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from leakgate.detect.adapters.phone import why_fictional
from leakgate.detect.adapters.specimens import why_synthetic
from leakgate.detect.labelled import distant, shown, told
from leakgate.detect.labelled.extent import decoded
from leakgate.detect.labelled.names import Vocabulary, words
from leakgate.detect.labelled.reading import Reading, read
from leakgate.detect.labelled.separators import may_separate
from leakgate.detect.labelled.syntax import REACH, Labelled, engine_expression, values, values_in
from leakgate.detect.labelled.vocabulary.load import vocabulary
from leakgate.detect.plausibility.credential import Plausible
from leakgate.detect.plausibility.person_name import has_title
from leakgate.detect.plausibility.personal import CHECKS, Check
from leakgate.detect.plausibility.personal_samples import sample_reason
from leakgate.detect.plausibility.standalone import speaks_for_itself
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.errors import RuleError
from leakgate.model.records import dataclass
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

# Whose values are words: a filler inside them (`Todor`) is no sign of a placeholder.
_WORDY = frozenset({"PERSON", "STREET_ADDRESS", "EMAIL_ADDRESS", "DATE_OF_BIRTH"})


# A plain `name` says nothing, `name: Dr. …` does.
_TITLED = (
    rb"(?i:name)\W{1,12}(?:value\W{1,8})?(?:from \w{1,16} to )?"
    rb"(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Dipl|Univ|Ing|Sra?|Mme|Mlle|Dott)[. -]"
)
_BESIDE = 160  # bytes
_COMPANION = Plausible(
    Confidence.MEDIUM, "value is written as a full name and stands beside other personal data"
)
_SHOWN = Plausible(Confidence.LOW, "form and check digits match, and a test or a database shows it alone")
_TOLD = {"card": Confidence.MEDIUM, "birth": Confidence.MEDIUM, "home": Confidence.LOW}
# What a value that has no name is tried as, in this order.
_TELLTALE = (
    "it-fiscal-code-field",
    "fr-nir-field",
    "br-cpf-field",
    "es-nif-field",
    "es-nie-field",
    "ca-sin-field",
    "de-tax-id-field",
    "pl-pesel-field",
    "uk-nhs-field",
    "medical-record-number",
    "phone-field",
    "person-name",
)
_TELLING = frozenset({"pii-contact", "pii-identity", "pii-health"})


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a name promises: data of this rule, if the check agrees."""

    rule: Rule
    check: Check


class LabelledPersonalData:
    """Fields of persons, in any syntax and in the languages of the vocabulary."""

    def __init__(self, extra_names: Mapping[str, str] | None = None) -> None:
        promises, names = _vocabulary()
        for name, rule_id in (extra_names or {}).items():
            names[name] = (_promised(promises, rule_id), *names.get(name, ()))
        self._vocabulary = Vocabulary(names)
        self._person = _promised(promises, "person-name")
        self._telltale = tuple(_promised(promises, rule_id) for rule_id in _TELLTALE)
        self.rules: tuple[Rule, ...] = tuple(promise.rule for promise in promises)
        self.patterns: tuple[Pattern, ...] = (
            *(
                Pattern(f"personal-fields/{number}", expression, max_width=REACH)
                for number, expression in enumerate(map(engine_expression, self._vocabulary.anchors()), 1)
            ),
            Pattern("personal-values-before-names", distant.BEFORE_ANCHOR, max_width=distant.REACH),
            Pattern("personal-titled-names", _TITLED, max_width=REACH),
            Pattern("personal-validation-inputs", distant.INPUT_ANCHOR, max_width=distant.REACH),
            Pattern("personal-values-shown", shown.ANCHOR, max_width=shown.REACH),
            Pattern("personal-values-told/card", told.CARD_ANCHOR, max_width=told.REACH),
            Pattern("personal-values-told/birth", told.BIRTH_ANCHOR, max_width=told.REACH),
            Pattern("personal-values-told/home", told.HOME_ANCHOR, max_width=told.REACH),
            Pattern("personal-values-shown-in-cells", shown.CELL_ANCHOR, max_width=shown.REACH),
        )

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        data, seen = segment.data, set[Span]()
        for suspect in suspects:
            for match in self._matches(data, suspect):
                if match.span not in seen:
                    seen.add(match.span)
                    yield match

    def _matches(self, data: bytes, suspect: Suspect) -> Iterable[Match]:
        kind, _, which = suspect.pattern.id.partition("/")
        if kind == "personal-fields":  # nearly all of them, and nearly all of those are nothing
            ends = [end for end in suspect.ends if may_separate(data, end, self._vocabulary)]
            return self._named(data, values(data, ends, self._vocabulary)) if ends else ()
        match kind:
            case "personal-titled-names":
                return self._plain_names(data, suspect.window, titled=True)
            case "personal-values-told":
                return self._told(data, suspect.window, which)
            case "personal-values-before-names":
                return self._named(data, distant.values_before_names(data, suspect.window))
            case "personal-validation-inputs":
                return self._named(data, distant.values_of_inputs(data, suspect.window))
            case _:
                return self._shown(data, suspect.window)

    def _named(self, data: bytes, labelled: Iterable[Labelled]) -> Iterator[Match]:
        """What the names promise, and who stands beside it."""
        judged = (self._judged(data, found) for found in labelled)
        matches = [match for match in judged if match is not None]
        yield from matches
        yield from self._companions(data, [match for match in matches if _is_telling(match)])

    def _companions(self, data: bytes, matches: Sequence[Match]) -> Iterator[Match]:
        """A plain `name` beside data of a person is that person's name."""
        for match in matches:
            window = Span(max(0, match.span.start - _BESIDE), min(len(data), match.span.end + _BESIDE))
            for name in self._plain_names(data, window, titled=False):
                if _in_one_object(data, match.span, name.span):
                    yield name

    def _plain_names(self, data: bytes, window: Span, *, titled: bool) -> Iterator[Match]:
        for found in values_in(data, window, _plain_name):
            reading = next(read(data, found, (self._person.check,)))
            if reading is None or reading.verdict.confidence is not Confidence.HIGH:
                continue
            if not titled:
                reading = replace(reading, verdict=_COMPANION)
            elif not has_title(reading.text):
                continue
            yield _match(data, self._person.rule, reading)

    def _told(self, data: bytes, window: Span, kind: str) -> Iterator[Match]:
        """What a sentence announces is never sure."""
        for found in told.values_told(data, window, kind):
            match = self._judged(data, found)
            if match is not None:
                yield replace(match, confidence=_TOLD[kind])

    def _shown(self, data: bytes, window: Span) -> Iterator[Match]:
        """Values without a name that are hardly anything else: by their check digits, form or title."""
        for span in shown.values_shown(data, window):
            text = decoded(data[span.start : span.end])
            promise = next((each for each in self._telltale if each.check.judge(text)), None)
            if promise is not None and speaks_for_itself(promise.rule.entity, text):
                yield _match(data, promise.rule, Reading(span, text, _SHOWN))

    def _judged(self, data: bytes, found: Labelled) -> Match | None:
        promises = self._vocabulary.meaning(found.name) or ()
        readings = read(data, found, (promise.check for promise in promises))
        for promise, reading in zip(promises, readings, strict=True):
            if reading is not None:
                return _match(data, promise.rule, reading)
        return None


def _promised(promises: Sequence[_Promise], rule_id: str) -> _Promise:
    for promise in promises:
        if promise.rule.id == rule_id:
            return promise
    known = ", ".join(promise.rule.id for promise in promises)
    raise RuleError(f"no rule {rule_id!r} for the fields of persons", hint=f"there are {known}")


def _plain_name(name: str) -> object:
    return True if words(name)[-1:] == ("name",) and words(name)[-2:-1] in _WHOSE else None


_WHOSE = ((), ("user",), ("users",), ("updated",), ("for",), ("customer",), ("person",), ("its",))


def _in_one_object(data: bytes, one: Span, other: Span) -> bool:
    """Whether no bracket of an object and at most a few lines stand between two values."""
    between = data[min(one.end, other.end) : max(one.start, other.start)]
    return b"{" not in between and b"}" not in between and between.count(b"\n") <= 3


def _is_telling(match: Match) -> bool:
    """Whether a plain name beside this one is likely to belong to the same person."""
    return match.rule.family in _TELLING and match.rule.entity not in ("PERSON", "DEVICE_ID", "IMEI")


def _match(data: bytes, rule: Rule, reading: Reading) -> Match:
    return Match(
        rule=rule,
        span=reading.span,
        secret=Secret(data[reading.span.start : reading.span.end]),
        confidence=reading.verdict.confidence,
        because=f"{rule.name}, {reading.verdict.because}",
        synthetic=_why_synthetic(rule.entity, reading.text),
    )


def _why_synthetic(entity: str, text: str) -> str | None:
    reason = why_synthetic(entity, text) or sample_reason(entity, text)
    if reason is None and entity == "PHONE_NUMBER":
        reason = why_fictional(text)
    if reason is None and entity not in _WORDY:
        reason = synthetic_reason(text.encode())
    return reason


def classes() -> dict[str, str]:
    """The classes that a policy may give a field, each with the id of the rule that judges it."""
    return {record["check"]: record["id"] for record in reversed(vocabulary("personal")["rules"])}


def _vocabulary() -> tuple[tuple[_Promise, ...], dict[str, tuple[_Promise, ...]]]:
    document = vocabulary("personal")
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
