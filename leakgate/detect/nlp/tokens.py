"""
Words as spaCy's models were trained on them: a text cut by the tokenizer's own rules.

Source of the rules: the file `tokenizer` of a model's package; of the way they are applied: spaCy's
`tokenizer.pyx`. Knows nothing of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leakgate.detect.nlp.murmur import string_id
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_ORTH, _NORM = 65, 67  # spaCy's numbers for the written and the plain form of a word
_CHUNK = expression(r"\S+|\s+")
_LONGEST_CASE = 8  # words

# Signs that count as others (spaCy's BASE_NORMS).
SIGNS = {
    "'s": "'s", "'S": "'s", "’s": "'s", "’S": "'s", "’": "'", "‘": "'", "´": "'", "`": "'", "”": '"',
    "“": '"', "''": '"', "``": '"', "´´": '"', "„": '"', "»": '"', "«": '"', "‘‘": '"', "’’": '"',
    "？": "?", "！": "!", "，": ",", "；": ";", "：": ":", "。": ".", "।": ".", "…": "...", "—": "-",
    "–": "-", "--": "-", "---": "-", "——": "-", "€": "$", "£": "$", "¥": "$", "฿": "$", "US$": "$",
    "C$": "$", "A$": "$", "₺": "$", "₹": "$", "৳": "$", "₩": "$", "Mex$": "$", "₣": "$", "E£": "$",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word: how it is written, where it starts (characters), its plain form."""

    text: str
    start: int
    norm: str


_Part = tuple[str, str | None]  # what is written, and its plain form where a special case gives one


class Tokenizer:
    """The rules of one model; `norms` are plain forms by the number of the written one."""

    def __init__(self, rules: Mapping[str, Any], norms: Mapping[int, str]) -> None:
        self._prefix = re.compile(rules["prefix_search"]).search
        self._suffix = re.compile(rules["suffix_search"]).search
        self._infixes = re.compile(rules["infix_finditer"]).finditer
        self._url = re.compile(rules["url_match"]).match
        self._cases: Mapping[str, Sequence[Mapping[int, str]]] = rules["exceptions"]
        self._norms = norms

    def tokens(self, text: str) -> list[Token]:
        """The words of a text in order; one blank between words is none, what goes beyond that is."""
        found: list[Token] = []
        for at, chunk in _chunks(text):
            start = at
            for part, norm in self._mended(self._cut(chunk, self._cases)):
                found.append(Token(part, start, self._norm(part) if norm is None else norm))
                start += len(part)
        return found

    def _norm(self, text: str) -> str:
        known = self._norms.get(string_id(text))
        return SIGNS.get(text, text.lower()) if known is None else known

    def _special(self, text: str) -> Iterator[_Part]:
        return ((part[_ORTH], part.get(_NORM)) for part in self._cases[text])

    def _cut(self, chunk: str, cases: Mapping[str, Any]) -> list[_Part]:
        """The parts of a chunk; what is one of `cases` is not looked into."""
        before: list[_Part] = []
        behind: list[_Part] = []
        rest = self._stripped(chunk, before, behind, cases)
        if rest in cases:
            inside = self._special(rest)
        elif not rest or self._url(rest):
            inside = iter([(rest, None)] if rest else ())
        else:
            inside = ((part, None) for part in self._within(rest))
        return [*before, *inside, *reversed(behind)]

    def _stripped(self, rest: str, before: list[_Part], behind: list[_Part], cases: Mapping[str, Any]) -> str:
        """What is left of a chunk when what may stand before and behind a word is taken off."""
        size = -1
        while rest and len(rest) != size and rest not in cases:
            size = len(rest)
            pre = _width(self._prefix(rest))
            if pre and rest[pre:] in cases:
                before.append((rest[:pre], None))
                return rest[pre:]
            suf = _width(self._suffix(rest[pre:]))
            if suf and rest[:-suf] in cases:
                behind.append((rest[-suf:], None))
                return rest[:-suf]
            before += [(rest[:pre], None)] if pre else []
            behind += [(rest[-suf:], None)] if suf else []
            rest = rest[pre : len(rest) - suf]
        return rest

    def _within(self, text: str) -> Iterator[str]:
        start = 0
        for found in self._infixes(text):
            if found.start() == 0:
                continue
            if found.start() != start:
                yield text[start : found.start()]
            if found[0]:
                yield found[0]
            start = found.end()
        if start < len(text):
            yield text[start:]

    def _mended(self, parts: list[_Part]) -> Iterator[_Part]:
        """Neighbours that are a special case which cutting broke are that case again; long ones first."""
        spans = [] if len(parts) < 2 else self._broken([text for text, _ in parts])
        taken: set[int] = set()
        cases: dict[int, int] = {}
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if start not in taken and end - 1 not in taken:
                cases[start] = end
            taken.update(range(start, end))
        at = 0
        while at < len(parts):
            end = cases.get(at, at)
            yield from (
                self._special("".join(text for text, _ in parts[at:end])) if end > at else parts[at : at + 1]
            )
            at = max(end, at + 1)

    def _broken(self, texts: list[str]) -> list[tuple[int, int]]:
        """Which of the texts, put together, are a special case that is cut into them."""
        count = len(texts)
        ends = (range(start + 1, min(start + _LONGEST_CASE, count) + 1) for start in range(count))
        spans = [(start, end) for start, each in enumerate(ends) for end in each]
        return [(start, end) for start, end in spans if self._is_broken(texts[start:end])]

    def _is_broken(self, texts: list[str]) -> bool:
        whole = "".join(texts)
        if whole not in self._cases or not self._has_affix(whole):
            return False
        return [text for text, _ in self._cut(whole, {})] == texts

    def _has_affix(self, text: str) -> bool:
        return any((self._prefix(text), self._suffix(text), next(self._infixes(text), None)))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Runs of non-blanks, and of blanks without the one that only ends a word."""
    for found in _CHUNK.finditer(text):
        start = found.start()
        if found[0].isspace() and start and found[0][0] == " ":
            start += 1
        if start < found.end():
            yield start, text[start : found.end()]


def _width(found: re.Match[str] | None) -> int:
    return len(found[0]) if found else 0
