"""
Names that nobody capitalised, where the words before or behind leave little doubt.

Never guesses: a word that no list knows for a name is one only behind a title or another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakgate.detect.nlp.known_names import Kind, kind_of
from leakgate.detect.nlp.letters import LETTER
from leakgate.model.expressions import expression

_RARE = (Kind.GIVEN, Kind.SURNAME, Kind.UNLISTED_SURNAME)
_LOWER_CUE = expression(
    rf"(?i:\b(?:name is|name's|name:|call me|dear|m[rs]s?\.|dr\.|i am|i'm|this is|kid|follow up with))"
    rf" {{1,4}}"
    rf"([a-z][{LETTER}'’-]+(?: [a-z]\.?(?= ))?(?: [a-z][{LETTER}'’-]+){{0,2}})"
)
_CUES_IN_LOWER = (
    "name is ", "name's ", "name: ", "call me ", "dear ", "mr. ", "ms. ", "mrs. ", "mss. ", "dr. ", "i am ",
    "i'm ", "this is ", "kid ", "follow up with ",
)  # fmt: skip
_LOWER_START = expression(
    rf"(?:^|[\"'>] ?)([a-z][{LETTER}'’-]+(?: [a-z]\.?(?= ))? [a-z][{LETTER}'’-]+)"
    r"(?= (?:lives|will be|shouted|said|spent)\b)"
)
_VERBS_IN_LOWER = (" lives", " will be", " shouted", " said", " spent")


def names_in_lower_case(text: str) -> Iterator[tuple[int, int]]:
    """Where they begin and end (characters)."""
    lowered = text.lower()
    for pattern, needed in ((_LOWER_CUE, _CUES_IN_LOWER), (_LOWER_START, _VERBS_IN_LOWER)):
        if not any(map(lowered.__contains__, needed)):
            continue  # a tenth of the time that the expression takes
        for found in pattern.finditer(text):
            end = _end_of_lower_name(found[1], titled=found[0][:2].lower() in ("mr", "ms", "dr"))
            if end:
                yield found.start(1), found.start(1) + end


def _end_of_lower_name(words: str, titled: bool) -> int:
    """Where the name ends that `words` begin with; 0 if they begin with none."""
    end = 0
    for number, word in enumerate(re.finditer(r"\S+", words)):
        kind = kind_of(word[0].rstrip("."))
        believed = (*_RARE, Kind.UNKNOWN) if number or titled else (Kind.GIVEN,)
        if kind not in believed and not (number and len(word[0].rstrip(".")) == 1):
            break
        end = word.end()
    return end
