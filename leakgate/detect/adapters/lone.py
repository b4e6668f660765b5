"""
Texts that hold a value and nothing else: a file, a message, an output of its own.

Nothing can speak for such a value, so its check digits must hold, or its format be a rare one. Never sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from leakgate.model.detection import Match, Pattern, Rule, Suspect
from leakgate.model.expressions import expression
from leakgate.model.segment import Segment, SegmentKind

_LONGEST = 64  # bytes of a text that is a value
_BEGINS = rb"\A[\x09-\x0d -~]{5}"
# Seconds or milliseconds since 1970; one digit over and over.
_NOTHING = expression(rb"1[4-9]\d{8}(?:\d{3})?|(\d)\1{4,}")
_DIGIT = expression(rb"\d")
_SAID = expression(rb"[0-9A-Za-z]")


class Opinionated(Protocol):
    """A recognizer that judges a text without a word that speaks for it."""

    def alone(self, data: bytes) -> Iterator[tuple[float, Match]]:
        """What it finds in so short a text, with the score that its library gives."""


class LoneValues:
    """Asks every recognizer about texts that are hardly longer than a value."""

    # Each of its finds is by the rule of the recognizer that made it.
    rules: tuple[Rule, ...] = ()

    def __init__(self, recognizers: Sequence[Opinionated]) -> None:
        self._recognizers = tuple(recognizers)
        self.patterns: tuple[Pattern, ...] = (Pattern("presidio/lone-value", _BEGINS, max_width=_LONGEST),)

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """The finds of the recognizer that is surest, if they are all that the text says."""
        data = segment.data
        if segment.kind is not SegmentKind.LOG or segment.decoded or len(data) > 2 * _LONGEST:
            return
        text = data.strip()
        if not 5 <= len(text) <= _LONGEST or b"\n" in text or _NOTHING.fullmatch(text):
            return
        if _DIGIT.search(text) is None:
            return  # every value that may stand alone has one
        best, chosen = 0.0, list[Match]()
        for recognizer in self._recognizers:
            found = list(recognizer.alone(data))
            score = max((score for score, _ in found), default=0.0)
            if score > best and _is_all(data, [match for _, match in found]):
                best, chosen = score, [match for _, match in found]
        yield from {match.span: match for match in chosen}.values()


def _is_all(data: bytes, matches: Sequence[Match]) -> bool:
    """Whether no letter or digit stands outside the matches."""
    rest = bytearray(data)
    for match in matches:
        rest[match.span.start : match.span.end] = b" " * match.span.width
    return _SAID.search(rest) is None
