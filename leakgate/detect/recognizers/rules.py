"""The recognizer of native rules: a rule's own expression, entropy and validator decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from leakgate.detect.plausibility.credential import spelled_out
from leakgate.detect.plausibility.cut import why_cut
from leakgate.detect.plausibility.entropy import shannon
from leakgate.detect.plausibility.published import why_published
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.detect.plausibility.typed import why_typed_over
from leakgate.detect.rules.schema import RuleSpec
from leakgate.detect.validators.outcome import Invalid, Valid
from leakgate.detect.validators.registry import validator
from leakgate.model.detection import Confidence, Match, Pattern, Rule, Suspect
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_OF_A_FORMAT = 2  # specificity of rules that know their value by more than what stands before it
_URL = 2000  # bytes to both sides
_SOON = 3600  # seconds
_NAME_LIKE = 0.8  # of letters and digits in words, for values that a context word announced


class RuleRecognizer:
    """All rules of the family files that the policy wants, in one recognizer."""

    def __init__(self, specs: Sequence[RuleSpec]) -> None:
        self.rules: tuple[Rule, ...] = tuple(spec.rule for spec in specs)
        self.patterns: tuple[Pattern, ...] = tuple(spec.pattern for spec in specs)
        self._confirming = {spec.pattern.id: _Confirming(spec) for spec in specs}

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        for suspect in suspects:
            yield from self._confirming[suspect.pattern.id].matches(segment.data, suspect.window)


class _Confirming:
    """One rule at work; its expression is compiled when it is first suspected."""

    def __init__(self, spec: RuleSpec) -> None:
        self._spec = spec

    @cached_property
    def _expression(self) -> re.Pattern[bytes]:
        return re.compile(self._spec.expression)

    @cached_property
    def _groups(self) -> tuple[str | int, ...]:
        """`secret`, `secret2`, … in that order: alternatives of an expression have one each."""
        named = sorted(name for name in self._expression.groupindex if name.startswith("secret"))
        return tuple(named) or (0,)

    def matches(self, data: bytes, window: Span) -> Iterator[Match]:
        for hit in self._expression.finditer(data, window.start, window.end):
            start, end = next(hit.span(group) for group in self._groups if hit.start(group) >= 0)
            if (match := self._match(data[start:end], Span(start, end))) is not None:
                yield self._in_its_place(data, match)

    def _match(self, value: bytes, span: Span) -> Match | None:
        spec = self._spec
        if spec.entropy and shannon(value) < spec.entropy:
            return None
        if spec.weak and spelled_out(value, _NAME_LIKE):
            return None
        verdict: Valid | Invalid = Valid("format matches")
        if spec.validator:
            verdict = validator(spec.validator)(value)
        if isinstance(verdict, Invalid):
            return None
        return Match(
            rule=spec.rule,
            span=span,
            secret=Secret(value),
            confidence=verdict.confidence or spec.rule.confidence,
            because=verdict.because,
            synthetic=verdict.synthetic or self._why_synthetic(value),
        )

    def _in_its_place(self, data: bytes, match: Match) -> Match:
        """What the same URL says of how long the value is good, or that a value without a format was cut."""
        if self._spec.expires is not None and _is_over_soon(data, match.span, self._spec.expires):
            return replace(
                match, confidence=Confidence.LOW, because=f"{match.because}, good for an hour at most"
            )
        if self._spec.rule.specificity < _OF_A_FORMAT and (cut := why_cut(data, match.span)) is not None:
            return replace(match, confidence=Confidence.LOW, because=f"{match.because}, {cut}")
        return match

    def _why_synthetic(self, value: bytes) -> str | None:
        body = value.removeprefix(self._spec.rule.prefix.encode())
        return why_published(value) or synthetic_reason(body) or why_typed_over(body)


def _is_over_soon(data: bytes, span: Span, expires: bytes) -> bool:
    before = data[max(0, span.start - _URL) : span.start].split()
    after = data[span.end : span.end + _URL].split(None, 1)
    url = (before[-1] if before else b"") + (after[0] if after else b"")
    found = [int(hit["seconds"]) for hit in re.finditer(expires, url)]
    return bool(found) and max(found) <= _SOON
