"""
Runs the rules of a pack: anchored in the one pass, confirmed by RE2, with the pack's own allowances.

RE2 is what Go's scanners run, so a rule means here what it means there, and no expression can take
exponential time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from leakgate.detect.engine.relax import relax
from leakgate.detect.packs.go_syntax import as_python
from leakgate.detect.packs.pack import Allowance, Pack, PackRule, Refused
from leakgate.detect.plausibility.entropy import shannon
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Suspect
from leakgate.model.errors import RuleError
from leakgate.model.expressions import expression
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

FAMILY = "packs"
_KEYWORD_REACH = 1024  # bytes around a keyword, for an expression that cannot be anchored itself
_LONGEST_LINE = 4096
_WEAKEST = -1  # below every rule of ours
_UNICODE = expression(r"\\[pP]|\\x\{")
_MEMORY = 8 << 20  # bytes that RE2 may take for one expression


def pack_recognizer(pack: Pack) -> tuple[PackRecognizer, tuple[Refused, ...]]:
    """The pack at work, and every rule that cannot work, with the reason."""
    running: list[_Running] = []
    refused = list(pack.refused)
    taken: set[str] = set()
    for rule in pack.rules:
        try:
            if rule.id in taken:
                raise ValueError("a rule before it has the same id")
            running.append(_Running.of(rule, pack.allowances))
            taken.add(rule.id)
        except ValueError as exc:
            refused.append(Refused(rule.id, str(exc)))
    return PackRecognizer(running), tuple(refused)


class PackRecognizer:
    """All rules of one file."""

    def __init__(self, running: Sequence[_Running]) -> None:
        self.rules: tuple[Rule, ...] = tuple(one.rule for one in running)
        self.patterns: tuple[Pattern, ...] = tuple(one.pattern for one in running)
        self._running = {one.pattern.id: one for one in running}

    @property
    def text(self) -> str:
        """Everything that the rules say; another text for other rules."""
        return repr(list(self._running.values()))

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        somewhere: dict[str, bool] = {}  # rule: whether a keyword of it stands anywhere in the text
        for suspect in suspects:
            yield from self._running[suspect.pattern.id].matches(segment, suspect.window, somewhere)


@dataclass(frozen=True)
class _Running:
    """One rule; its expressions are compiled when they are first needed."""

    foreign: PackRule
    rule: Rule
    pattern: Pattern
    allowances: tuple[Allowance, ...]

    @classmethod
    def of(cls, foreign: PackRule, common: tuple[Allowance, ...]) -> _Running:
        """Raises ValueError, with a reason for people, for a rule that cannot run."""
        compiled(foreign.expression)
        allowances = (*foreign.allowances, *common)
        for each in (foreign.path, *(e for a in allowances for e in (*a.expressions, *a.paths))):
            compiled(each)
        rule = Rule(
            id=f"{FAMILY}/{foreign.id}",
            name=foreign.name,
            entity="SECRET",
            category=Category.SECRET,
            severity=foreign.severity,
            confidence=Confidence.MEDIUM,
            family=FAMILY,
            cwe="CWE-798",
            remediation="Revoke the credential where it was issued, and keep it out of what the tests write.",
            specificity=2,
        )
        return cls(foreign, rule, _anchor(rule.id, foreign), allowances)

    @cached_property
    def _expression(self) -> Any:
        return compiled(self.foreign.expression)

    def matches(self, segment: Segment, window: Span, somewhere: dict[str, bool]) -> Iterator[Match]:
        """`somewhere` remembers for one text what was searched for in all of it: that is done once."""
        data, foreign = segment.data, self.foreign
        if foreign.path and not _on_path(foreign.path, segment.artifact):
            return
        around = data[window.start : window.end]
        if foreign.keywords and not _near(foreign.keywords, around):
            if self.rule.id not in somewhere:
                somewhere[self.rule.id] = _anywhere(foreign.keywords, data)
            if not somewhere[self.rule.id]:
                return
        for hit in self._expression.finditer(around):
            start, end = _value_of(hit, foreign.group)
            span = Span(window.start + start, window.start + end)
            whole = Span(window.start + hit.start(), window.start + hit.end())
            if (match := self._match(segment, span, whole)) is not None:
                yield match

    def _match(self, segment: Segment, span: Span, whole: Span) -> Match | None:
        value = segment.data[span.start : span.end]
        if not value or (self.foreign.entropy and shannon(value) <= self.foreign.entropy):
            return None
        because = "format matches a rule of the pack"
        allowed = next((a for a in self.allowances if _allows(a, segment, span, whole)), None)
        fake = (
            f"allowed by the pack: {allowed.note or 'its allowlist'}" if allowed else synthetic_reason(value)
        )
        # What a pack allows is no secret to its rule. To other rules, which may see more, it says nothing.
        rule = self.rule if fake is None else replace(self.rule, specificity=_WEAKEST)
        return Match(rule, span, Secret(value), Confidence.MEDIUM, because, fake)


@lru_cache(maxsize=4096)
def compiled(expression: str) -> Any:
    """RE2's own. Raises ValueError where it refuses."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    # Bytes are what is scanned. In UTF-8 a negated class would not take a byte that is none of it.
    if expression.isascii() and not _UNICODE.search(expression):
        options.encoding = re2.Options.Encoding.LATIN1
    try:
        return re2.compile(expression.encode("utf-8"), options)
    except re2.error as exc:
        raise ValueError("its expression is not one of Go's regular expressions (RE2)") from exc


def _anchor(rule_id: str, foreign: PackRule) -> Pattern:
    """On the expression, else on its keywords. Raises ValueError where neither can be."""
    try:
        pattern = Pattern(rule_id, as_python(foreign.expression).encode("utf-8"))
        relax(pattern)
    except (ValueError, RuleError, RecursionError, re.error) as exc:
        if not foreign.keywords:
            raise ValueError("its expression cannot be looked for, and it has no keywords") from exc
        words = b"|".join(re.escape(word.encode("utf-8")) for word in foreign.keywords)
        return Pattern(rule_id, b"(?:" + words + b")", max_width=_KEYWORD_REACH, ignore_case=True)
    return pattern


def _value_of(hit: Any, group: int | str) -> tuple[int, int]:
    """The named or numbered group; by default the first that matched something, else the whole."""
    count = hit.re.groups
    number = hit.re.groupindex.get(group.encode("utf-8"), 0) if isinstance(group, str) else group
    spans = [hit.span(number)] if 0 < number <= count else [hit.span(n) for n in range(1, count + 1)]
    return next((span for span in spans if span[1] > span[0]), (hit.start(), hit.end()))


def _near(keywords: Sequence[str], around: bytes) -> bool:
    """Where a keyword nearly always is; it may stand anywhere in the file all the same."""
    near = around.lower()
    return any(word.encode("utf-8") in near for word in keywords)


def _anywhere(keywords: Sequence[str], data: bytes) -> bool:
    return any(re.search(re.escape(word.encode("utf-8")), data, re.IGNORECASE) for word in keywords)


def _allows(allowance: Allowance, segment: Segment, span: Span, whole: Span) -> bool:
    checks = []
    if allowance.expressions:
        text = _target(allowance.target, segment.data, span, whole)
        checks.append(any(compiled(expression).search(text) for expression in allowance.expressions))
    if allowance.paths:
        checks.append(any(_on_path(path, segment.artifact) for path in allowance.paths))
    if allowance.stopwords:
        value = segment.data[span.start : span.end].lower()
        checks.append(any(word.encode("utf-8") in value for word in allowance.stopwords))
    return bool(checks) and (all(checks) if allowance.all_of else any(checks))


def _target(target: str, data: bytes, span: Span, whole: Span) -> bytes:
    if target == "match":
        return data[whole.start : whole.end]
    if target != "line":
        return data[span.start : span.end]
    start = data.rfind(b"\n", max(0, whole.start - _LONGEST_LINE), whole.start) + 1
    end = data.find(b"\n", whole.end, whole.end + _LONGEST_LINE)
    return data[max(start, whole.start - _LONGEST_LINE) : end if end >= 0 else whole.end + _LONGEST_LINE]


def _on_path(expression: str, artifact: Artifact) -> bool:
    name = "!/".join((artifact.path, *artifact.members)).encode("utf-8", "surrogateescape")
    return compiled(expression).search(name) is not None
