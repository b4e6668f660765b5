"""
Where the expressions of a plugin hit, line by line, and which bytes of a hit are the value.

Never decides whether a value is a secret; never imports detect-secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from leakgate.detect.adapters.plugins import KEYWORD_QUOTED, Plugin
from leakgate.detect.adapters.tables import LibraryRecognizer
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.spans import Span

_STEP = 2000  # bytes of a line that are looked at in one go
_OVERLAP = 512
# The shortest strings that can pass the plugins' limits: 4.5 bits take 23 characters. A hexadecimal
# string of 3 bits could be shorter than 16, but is then a colour or a short checksum. What is longer
# than 160 is a payload.
_LONGEST_STRING = 160
_ENTROPY_LENGTHS = {
    "Base64HighEntropyString": b"{23,%d}" % _LONGEST_STRING,
    "HexHighEntropyString": b"{16,%d}" % _LONGEST_STRING,
}
_WORD = expression(rb"\w")

_TRIMS: dict[str, re.Pattern[bytes]] = {
    "NpmDetector": expression(rb"[^\s\"',;\\]+"),
    "AzureStorageKeyDetector": expression(rb"(?<=AccountKey=).+"),
    "ArtifactoryDetector": expression(rb"[0-9A-Za-z]+"),
}
_CONFIGURATION = expression(r"\.(?:eyaml|ya?ml|cnf|conf|cfg|cf|ini|properties|toml|env)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One expression of a plugin; `group` is the value's in it. `number` counts from 1 in the table."""

    number: int
    expression: bytes
    ignore_case: bool
    group: int
    owner: str

    @property
    def wants_configuration(self) -> bool:
        """Whether the plugin uses this expression in configuration files alone."""
        return self.owner == "KeywordDetector" and self.number > KEYWORD_QUOTED

    @property
    def width(self) -> int:
        """Bytes to look at on both sides of a hit of the engine; a bare value has one, where it begins."""
        return _STEP if self.wants_configuration else _OVERLAP

    @property
    def is_quoted(self) -> bool:
        """Whether it finds quoted strings without a quote inside: `strings` tells them from their ends."""
        return self.owner in _ENTROPY_LENGTHS

    def is_for(self, file_name: str) -> bool:
        """Whether the plugin uses this expression in files of that name."""
        return not self.wants_configuration or _CONFIGURATION.search(file_name) is not None


@dataclass(frozen=True, slots=True)
class Hit:
    """Where an expression matches, where in it the value is, and the text of both."""

    whole: Span
    value: Span
    piece: str
    text: str

    def stands_alone(self, data: bytes) -> bool:
        """Whether no word runs into the value."""
        before, after = self.value.start - 1, self.value.end
        return not (before >= 0 and _WORD.match(data, before)) and not _WORD.match(data, after)


def sources(library: LibraryRecognizer, plugin: Plugin) -> tuple[Source, ...]:
    """The plugin's expressions, each once."""
    found: dict[bytes, Source] = {}
    for number, (pattern, group) in enumerate(zip(library.patterns, plugin.groups, strict=True), 1):
        expression = _bounded(library.class_name, pattern.expression)
        source = Source(number, expression, pattern.ignore_case, group, library.class_name)
        found.setdefault(expression, source)
    return tuple(found.values())


def _bounded(owner: str, expression: bytes) -> bytes:
    lengths = _ENTROPY_LENGTHS.get(owner)
    return expression.replace(b"]+)", b"]" + lengths + b")") if lengths else expression


def hits(source: Source, data: bytes, window: Span) -> Iterator[Hit]:
    """Every place in `window` where the expression matches within a line."""
    expression = _compiled(source)
    for start, end in _pieces(data, window):
        for found in expression.finditer(data, start, end):
            value = _value(source, data, found)
            if value.width:
                yield _hit(data, Span(found.start(), found.end()), value)


def strings(data: bytes, ends: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where the strings are whose closing quotes end at `ends`, ascending: what `hits` finds, at a tenth.

    For expressions of which the engine's hit says all but the length: `is_quoted`.
    """
    done = 0
    for end in ends:
        quote = data[end - 1 : end]
        start = data.rfind(quote, max(done, end - 2 - _LONGEST_STRING), end - 1) + 1
        if start:
            done = end
            yield start, end - 1


def string_hit(data: bytes, start: int, end: int, text: str) -> Hit:
    """The hit of a string that `strings` found."""
    whole = Span(start - 1, end + 1)
    return Hit(whole, Span(start, end), data[whole.start : whole.end].decode("utf-8", "replace"), text)


@cache
def _compiled(source: Source) -> re.Pattern[bytes]:
    return re.compile(source.expression, re.IGNORECASE if source.ignore_case else 0)


def _hit(data: bytes, whole: Span, value: Span) -> Hit:
    piece = data[whole.start : whole.end].decode("utf-8", "replace")
    return Hit(whole, value, piece, data[value.start : value.end].decode("utf-8", "replace"))


def _pieces(data: bytes, window: Span) -> Iterator[tuple[int, int]]:
    start = window.start
    while start < window.end:
        end = data.find(b"\n", start, window.end)
        stop = window.end if end < 0 else end
        for at in range(start, stop, _STEP - _OVERLAP):
            yield at, min(stop, at + _STEP)
        start = stop + 1


def _value(source: Source, data: bytes, found: re.Match[bytes]) -> Span:
    start, end = found.span(source.group)
    if source.owner == "JwtTokenDetector":
        return Span(start, _end_of_token(data, end))
    trim = _TRIMS.get(source.owner)
    if trim is not None and (kept := trim.search(data, start, end)):
        return Span(kept.start(), kept.end())
    return Span(start, end)


def _end_of_token(data: bytes, end: int) -> int:
    """The plugin's lazy expression leaves the signature out; it belongs to the value."""
    rest = re.compile(rb"[\w=.-]*").match(data, end, end + 4096)
    return rest.end() if rest else end
