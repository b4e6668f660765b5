"""
The syntax of labelled values: where a name ends, what separates it, where its value starts and stops.

Covers assignments, JSON, YAML, env files, dumps of Python, Java, Go, Ruby and JavaScript, command-line
flags, HTTP headers, query strings, XML elements and attributes, SQL conditions. Works on bytes as they
stand, also inside quoting that was escaped once or several times. Knows nothing of what names mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from leakgate.detect.labelled.names import Vocabulary
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.spans import Span

T = TypeVar("T")

# Behind a name: what closes its quotes or brackets, then one separator.
_CLOSE = rb"(?:\\{0,4}[\"'`]|&quot;|&\#3[49];)?[\])]{0,2}"
_RECORD = (  # {"name": "k", "type": "string", "value": {"stringValue": "v"}}
    rb"(?:\\{0,4}[\"'])\s{0,4},\s{0,24}(?:\\{0,4}[\"']type\\{0,4}[\"']\s{0,4}:\s{0,4}\\{0,4}[\"']\w{1,16}\\{0,4}[\"'],\s{0,24})?"
    rb"\\{0,4}[\"'](?:value|stringValue|string_value|content|text)\\{0,4}[\"']\s{0,4}:\s{0,4}"
    rb"(?:\{\s{0,24}\\{0,4}[\"'](?:stringValue|string_value|value)\\{0,4}[\"']\s{0,4}:\s{0,4})?(?=\\{0,4}[\"'])"
)
_PAIRED = (  # these begin with the quote that closes the name
    _RECORD + rb"|(?:\\{0,4}[\"']),\s{0,4}(?=\\{0,4}[bu]?[\"'])"  # ('k', 'v')
    rb"|(?:\\{0,4}[\"'])\s{1,4}(?:content|value)\s?=\s?(?=\\{0,4}[\"'])"  # name="k" value="v"
)
_SEPARATOR = (
    rb"\s{0,12}(?:=>|:=|={1,3}&gt;|!={1,2}|={1,3}|::?(?!//)|-&gt;|->|&\#61;)\s{0,12}"  # k=v  "k": v  k => v
    rb"|(?:\s[^<>\n]{0,80})?>(?!<)\s{0,12}"  # <k>v
    rb"|\s{1,3}for\s{1,3}[^\s:=]{1,64}\s?(?:[:=]|\sis\s)\s{0,3}(?=[\"'`]?[^\s\"'`/]{6})"  # k for u: v
    rb"|\s{1,2}(?='[^\s']{6,200}')"  # k 'v'
    rb"|\s{1,3}(?:changed )?from\s{1,3}[^\s]{1,64}\s{1,3}to\s{1,3}"  # k from u to v
    rb"|\s{1,3}(?:is|was|to)\s{1,3}(?:now |set to |value )?(?=[\"'`]?[^\s\"'`]{6})"  # k is v
)
SEPARATED = rb"(?:" + _PAIRED + rb"|" + _CLOSE + rb"(?:" + _SEPARATOR + rb"))"
_TYPE = rb"(?:\(?(?:string|String|str|bytes|char\[\])\)?\s?(?:=\s?)?)?"
_OPEN = rb"(?:[bBuUrRfFL@$]?(?P<quote>\x1f|\\{0,8}[\"'`]{1}|&quot;|&\#0?3[49];|&apos;)|\((?=[^)\s])|(?=\S))"
_NAME_BYTE = rb"[\w$@.\-\x80-\xff\[\]]"
# Names are taken whole, also of two or three words (`API key: …`); what they mean is looked up, not matched:
# an expression with every known name in it took 220 µs a window, this takes 10.
_NAME = (
    rb"(?<!" + _NAME_BYTE + rb")(?P<name>" + _NAME_BYTE + rb"{1,80}+(?: " + _NAME_BYTE + rb"{1,40}+){0,3}?)"
)
_FLAG = rb"(?<![\w-])--?(?P<flag>[\w-]{2,80}+)\s{1,3}(?![-=:|>&])"
_WORD = expression(_NAME_BYTE + rb"+")
_BEHIND_A_NAME = b" \t\n\r\v\f\\\"'`&])=:!>"  # what SEPARATED and _FLAG may begin with
_NAMING = expression(_NAME_BYTE + rb"[" + re.escape(_BEHIND_A_NAME) + rb"]")
_WORDS_OF_A_NAME = 4
_WORDS_BEFORE = 8  # of a name and of what may stand between it and a separator (`"type": "string", "value"`)
_LABELLED = expression(rb"(?:" + _NAME + SEPARATED + rb"|" + _FLAG + rb")" + _TYPE + _OPEN)
# An unquoted value runs to the first of these; the rest is trimmed by `_bare`.
_BARE = expression(rb"[^\s\"'`<>\x00-\x1f]{1,4096}")
_NEXT_FIELD = expression(
    rb"[;&,|]\s?(?:[\"']?[A-Za-z_][\w .\-]{0,40}[\"']?\s?[=:])"
    rb"|&(?:amp|quot|apos|lt|gt);|&#|[,;]$|\\[nrt]|\\u00|%0[AaDd]"
)
_LONGEST_VALUE = 8192
_SEPARATOR_REACH = 64
_NESTED_NAMES = 64
_LEAST_APART = 8  # bytes from the separator of one name to that of the next
_REMEMBERED = 256
REACH = 96  # bytes to both sides of an engine hit in which the name, its separator and an opening quote lie


@dataclass(frozen=True, slots=True)
class Labelled:
    """A name and where its value stands; `quoted` when quotes delimit it, `flag` for `--name value`."""

    name: str
    name_span: Span
    value: Span
    quoted: bool


def engine_expression(anchor: bytes) -> bytes:
    """What the engine looks for: a name and the next separator on its line, or a sentence about it.

    Cheap, not exact: `values` checks that the separator belongs to the name. Of the words of a sentence
    two letters suffice (is, was, to, from, changed): whole ones drew the engine to them and away from
    the names, which took it five times as long.
    """
    return rb"(?i:" + anchor + rb")(?:[^\n=:>,]*[=:>,]|\s[iwtfc][asorh])"


def quoted_expression(anchor: bytes) -> bytes:
    """What the engine looks for to find `name 'value'`: SQL, Ruby, shells of databases."""
    # One `\s` would do; but expressions of bounded length are spelled out as literals, which took 0.9 s.
    return rb"(?i:" + anchor + rb")\s+'"


def flag_expression(anchor: bytes) -> bytes:
    """What the engine looks for to find `--name value`."""
    return rb"[\s\"'\[,(]--?[\w-]*(?i:" + anchor + rb")\w*\s"


def values(data: bytes, ends: Iterable[int], vocabulary: Vocabulary[T]) -> Iterator[Labelled]:
    """The labelled values whose separators stand where the engine's hits end, if `vocabulary` has the name.

    Names are at most REACH bytes from there; values may run on, bounded.
    """
    done: set[int] = set()
    nesting = _Nesting()
    labels = _Labels(data)
    for end, following in _apart(ends, len(data)):
        for hit in _candidates(labels, end, vocabulary):
            limit = following if nesting.deep else len(data)
            if (
                hit.end() not in done
                and (found := _labelled(data, hit, vocabulary.meaning, limit)) is not None
            ):
                done.add(hit.end())
                nesting.add(found, limit)
                yield found


def _apart(ends: Iterable[int], size: int) -> Iterator[tuple[int, int]]:
    """The ends of hits, each with the next one; `size` behind the last.

    Without those of a long row of names (`pw=pw=pw=…`) that are too close for a value between them.
    """
    known = sorted(ends)
    close = 0
    for end, following in zip(known, [*known[1:], size], strict=False):
        close = close + 1 if following - end < _LEAST_APART else 0
        if close <= _NESTED_NAMES:
            yield end, following


@dataclass(slots=True)
class _Nesting:
    """How many names in a row stand inside the bare value of an earlier one.

    Where names follow each other without a blank, each value reaches over all names behind it, and judging
    them takes time by the square: 0.9 MB in one line took 68 s. From a depth on they end at the next name.
    """

    covered: int = 0
    depth: int = 0

    @property
    def deep(self) -> bool:
        return self.depth >= _NESTED_NAMES

    def add(self, found: Labelled, limit: int) -> None:
        self.depth = self.depth + 1 if found.name_span.start < self.covered else 0
        if not found.quoted:
            self.covered = max(self.covered, limit if self.deep else found.value.end)


def values_in(data: bytes, window: Span, knows: Callable[[str], object]) -> Iterator[Labelled]:
    """Every labelled value whose name begins in `window`, if `knows` the name; dearer than `values`."""
    position = window.start
    while hit := _LABELLED.search(data, position, min(len(data), window.end + _SEPARATOR_REACH)):
        position = max(hit.end("name"), hit.end("flag"), position + 1)
        if (found := _labelled(data, hit, knows, len(data))) is not None:
            yield found


def _labelled(
    data: bytes, hit: re.Match[bytes], knows: Callable[[str], object], limit: int
) -> Labelled | None:
    """A bare value ends at `limit` at the latest."""
    name = _name(hit)
    if knows(name) is None or (span := _value(data, hit, limit)) is None:
        return None
    group = "name" if hit["name"] is not None else "flag"
    return Labelled(name, Span(*hit.span(group)), span, hit["quote"] is not None)


class _Labels:
    """The names with their separators in one text; each place is read once, however many hits are near."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._read: dict[int, re.Match[bytes] | None] = {}

    def at(self, start: int) -> re.Match[bytes] | None:
        """The name that begins at `start`, with what separates it from its value."""
        if start not in self._read:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            limit = min(len(self.data), start + REACH + _SEPARATOR_REACH)
            self._read[start] = _LABELLED.match(self.data, start, limit)
        return self._read[start]


def _candidates(labels: _Labels, end: int, vocabulary: Vocabulary[T]) -> Iterator[re.Match[bytes]]:
    """Names with a separator that reaches to `end`, from the few words before it.

    Words are looked up before syntax is looked at: nearly all of them mean nothing.
    """
    data = labels.data
    if _NAMING.search(data, max(0, end - REACH), end) is None:
        return  # a list of words
    low = max(0, end - REACH)
    if not vocabulary.any_ends_a_name(_WORD.findall(data, low, end)[-_WORDS_BEFORE:]):
        return
    words = [word.span() for word in _WORD.finditer(data, low, end)][-_WORDS_BEFORE:]
    for index, (begin, stop) in enumerate(words):
        if data[stop : stop + 1] not in _BEHIND_A_NAME or not vocabulary.ends_a_name(data[begin:stop]):
            continue
        first = index
        while first and index - first < _WORDS_OF_A_NAME - 1 and _side_by_side(data, words, first):
            first -= 1
        for start, _ in words[first : index + 1]:
            found = labels.at(start)
            if found is not None and _reaches(found, end) and vocabulary.meaning(_name(found)) is not None:
                yield found
                break


def _side_by_side(data: bytes, words: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a word and the one before it may be words of one name."""
    return data[words[index - 1][1] : words[index][0]] == b" "


def _reaches(found: re.Match[bytes], end: int) -> bool:
    """Whether the separator is the one that the engine saw."""
    return max(found.end("name"), found.end("flag")) < end <= found.end() + 1


def _name(found: re.Match[bytes]) -> str:
    return (found["name"] or found["flag"]).decode("utf-8", "replace")


def _value(data: bytes, hit: re.Match[bytes], limit: int) -> Span | None:
    start = hit.end()
    quote = hit["quote"]
    if hit["name"] is not None and (_looks_like_element(data, hit) or _in_a_list(data, hit)):
        return None
    if quote is None:
        return _bare(data, start, limit)
    stop = _closing(data, start, quote)
    return Span(start, stop) if stop is not None and stop > start else None


def _looks_like_element(data: bytes, hit: re.Match[bytes]) -> bool:
    """A lone `>` separates only behind the name of an XML element that is being opened."""
    between = data[hit.end("name") : hit.end()].rstrip(b" \t\"'`\\(")
    lone = between.endswith(b">") and not between.endswith((b"=>", b"->", b"-&gt;"))
    return lone and data[max(0, hit.start("name") - 1) : hit.start("name")] != b"<"


def _in_a_list(data: bytes, hit: re.Match[bytes]) -> bool:
    """A comma separates only in a pair that begins with the name: `('k', 'v')`, not `"a k", "v": 1`."""
    between = data[hit.end("name") : hit.end()]
    if b"," not in between or b":" in between:  # no pair, or a record with its own name for the value
        return False
    before = data[max(0, hit.start("name") - 12) : hit.start("name")].rstrip(b"\"'\\bu")
    return not before.endswith((b"(", b"[")) or b" " in hit["name"]


def _closing(data: bytes, start: int, quote: bytes) -> int | None:
    """Where the quote closes: the same mark with as many backslashes before it; a field at its separator."""
    limit = min(len(data), start + _LONGEST_VALUE)
    if quote == b"\x1f":
        stop = data.find(b"\x1e", start, limit)
        return stop if stop >= 0 else limit
    mark, slashes = quote[-1:], len(quote) - 1
    if quote.startswith(b"&"):
        stop = data.find(quote, start, limit)
        return stop if stop >= 0 else None
    at = data.find(mark, start, limit)
    while at >= 0:
        before = at
        while before > start and data[before - 1 : before] == b"\\":
            before -= 1
        if at - before == slashes or (slashes == 0 and (at - before) % 2 == 0) or before == start == at:
            return before if slashes else at
        at = data.find(mark, at + 1, limit)
    newline = data.find(b"\n", start, limit)
    return newline if newline >= 0 else limit


def _bare(data: bytes, start: int, limit: int) -> Span | None:
    hit = _BARE.match(data, start, limit)
    if hit is None:
        return None
    end = hit.end()
    if (stop := _NEXT_FIELD.search(data, start, end)) is not None:
        end = stop.start()
    return Span(start, _trimmed(data, start, end)) if end > start else None


def _trimmed(data: bytes, start: int, end: int) -> int:
    """Drop punctuation of the surrounding text, and closing brackets that were not opened inside."""
    while end > start:
        last = data[end - 1 : end]
        inside = data[start : end - 1]
        stray = last in _OPENER and inside.count(_OPENER[last]) <= inside.count(last)
        if (not stray and last not in b",;:\\.") or end - start == 1:
            break
        end -= 1
    return max(end, start)


_OPENER = {b")": b"(", b"]": b"[", b"}": b"{"}
