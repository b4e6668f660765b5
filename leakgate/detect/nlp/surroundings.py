"""
What the words and signs around a run of words say for or against its being a person.

Looks at `_AROUND` characters to both sides, and not past quotes, brackets and tabs: another field's words say
nothing. Positive for a person, negative for a thing; the scale is that of `people`.
"""

from __future__ import annotations

import re

from leakgate.detect.nlp.vocabulary import (
    AFTER_NAMES,
    BEFORE_NAMES,
    FUNCTION_WORDS,
    PERSONAL_WORDS,
    WEAK_AFTER_NAMES,
    WEAK_BEFORE_NAMES,
)
from leakgate.model.expressions import expression

_AROUND = 160  # characters
_BARE = expression(r"[^\W\d_][^\W\d_'’]*(?:['’][^\W\d_]+)?")
_LEFT_EDGE = expression(r".*[\"{}<>\[\]=|\t;]", re.DOTALL)
_RIGHT_EDGE = expression(r"[\"{}<>\[\]=|\t;]")
# A call, a path, an assignment, a version, a number; of an X.500 name.
_MACHINE_BEHIND = expression(r"[(_/=@\\](?![nrt]\b|\\[nrt])|[.:-]\w|::| ?\d| v\d|\[")
_MACHINE_BEFORE = expression(r"[./_]$|\b[A-Z]{1,2}=$|(?<!\b[12][09]\d)\d $")
_TITLE = expression(r"\b(?:m[rs]s?|dr)\. $")
_INTRODUCTION = expression(
    r"(?i)\b(?:(?:my|maiden|last|first|full|sur|whose) ?name (?:is|was)|name\?|call me|named) {1,2}$"
)
_SPEAKER = expression(r": ?[\"']?[A-Z][\w']* [a-z]")  # at the beginning of a line: `Nicole: What a day`
_CUE, _WEAK_CUE, _GENITIVE, _MACHINE = 2.0, 0.7, 1.0, -4.0
_SPEECH, _PROSE = 1.2, 0.8
_ENOUGH_FUNCTION_WORDS = 2


def weight_of_place(text: str, start: int, end: int) -> float:
    """What stands around `text[start:end]`, weighed."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    weight = _cue_before(before) + _kind_of_text(before, after)
    weight += _cue_behind(after if start == 0 or not after.startswith(":") else "")
    if _MACHINE_BEHIND.match(after) or _MACHINE_BEFORE.search(before):
        weight += _MACHINE
    return weight


def is_introduced(before: str) -> bool:
    """Whether what stands before says that a name follows: `my name is`, `call me`."""
    return _INTRODUCTION.search(before[-24:]) is not None


def _cue_before(before: str) -> float:
    if _TITLE.search(before) or is_introduced(before):
        return 2 * _CUE
    last = _BARE.findall(before[-24:].lower())[-1:]
    if not last or last[0] not in BEFORE_NAMES or before.rstrip(" ")[-1:] in ").,":
        return 0.0
    return _WEAK_CUE if last[0] in WEAK_BEFORE_NAMES else _CUE


def _cue_behind(after: str) -> float:
    if re.match(r"['’]s ", after):
        return _GENITIVE
    if _SPEAKER.match(after):
        return _CUE
    following = _BARE.match(after[1:].lower()) if after[:1] == " " else None
    if following is None or following[0] not in AFTER_NAMES:
        return 0.0
    return _WEAK_CUE if following[0] in WEAK_AFTER_NAMES else _CUE


def _kind_of_text(before: str, after: str) -> float:
    """Speech, prose, or a machine's report, by the words of the same field."""
    edge = _RIGHT_EDGE.search(after)
    around = _LEFT_EDGE.sub("", before) + " " + (after[: edge.start()] if edge else after)
    words = {word.lower() for word in _BARE.findall(around)}
    weight = _SPEECH if words & PERSONAL_WORDS else 0.0
    return weight + (_PROSE if len(words & FUNCTION_WORDS) >= _ENOUGH_FUNCTION_WORDS else 0.0)
