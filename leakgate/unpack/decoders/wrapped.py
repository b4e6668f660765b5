"""
Values that a logger or a terminal broke over lines, put together again.

A line is taken to go on where it ends in an open `key=value` or a long token and the next line, behind the
logger's prefix, looks like the rest of one. Also lines that end in a backslash, and partial lines of
container logs (Kubernetes' CRI log format: `<time> <stream> P|F <text>`). Never joins paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.model.spans import Span
from leakgate.unpack.decoders.rewriting import Replacement, Rewriting
from leakgate.unpack.decoders.wrapping import shape

_LONGEST_LINE = 16 * 1024
_LONGEST_REST = 400
_LONGEST_LEAD = 160
_MOST_LINES = 64
_LEAST_COLUMN = 60  # nobody breaks lines before it, but loggers that break values do
_PARTIAL = expression(rb"\S+ std(?:out|err) P ")
_PARTIAL_REST = expression(rb"\S+ std(?:out|err) [PF] ")
_APPENDED = expression(rb"\S{20,32}Z [0-9a-f]{2}[OE]\+")  # GitLab's runner, where it cut a line
_PROPERTY = expression(
    rb"\s{0,40}[\w.-]{1,80}(?:\s{0,4}[=:][^\n]{0,4096}\S)?\\\Z"
)  # Java's indent is no part of a value or name
_LONGEST_PAIR = 128
_TOLD = rb"(?i:name|mail|phone|mobile|ssn|iban|card|number|birth|dob|address|street)"
_OPEN_PAIR = expression(rb"\w=[\"']?([\w+(][^=\"'<>;\\]{1,120})$")
# Prose ends so too: only at a width at which lines are broken, and behind names of people's data.
_OPEN_LABEL = expression(_TOLD + rb"[\w.-]{0,16}[\"']?: ?[\"']?[^\n:=\"'<>;]{1,60}$")
_LABELLED_REST = expression(rb"[\w+(][\w.@+()/'-]{0,40}(?: [\w.,()/'-]{1,30}){0,4}(?=[\"'<&;,]|$)")
_WIDTHS = frozenset((72, 76, 78, 79, 80, 100, 110, 120, 128, 132, 140, 150, 160, 180, 200, 240))
_WIDEST = max(_WIDTHS) + 2
_LONGEST_LABELLED = 60
_BY_LABEL = "decode/wrapped-label"
_MIDDLE = expression(rb"(?:^| )[A-Za-z0-9+/_.-]{40,}$")
_OPEN_TOKEN = expression(
    rb"(?:[:=] ?[\"']?|[Bb]earer |[Bb]asic |[Tt]oken )[A-Za-z0-9+_][A-Za-z0-9+/_.@-]{19,}$"
)
_TOKEN = expression(rb"[A-Za-z0-9+/_.@%~-]{2,400}={0,2}(?=[\"'<&,;]|$)")
_URL_REST = expression(rb"[\w+/.@%~:?&=-]{2,400}(?=[\"'<,;]|$)")
_WORDS = expression(
    rb"[A-Za-z0-9\x80-\xff+(][\w\x80-\xff.,()/'-]*(?: [\w\x80-\xff.,()/'-]+){0,4}(?=[\"'<&;]|$)"
)
_DIGITS = b"0123456789"
_NEWLINE = 10
_LEAD_END = expression(rb"[|\]>:-] +$")


def find_joints(data: bytes, region: Span) -> Iterator[Replacement]:
    """The line breaks of `region`, with the prefix behind them, at which a value goes on."""
    newline = data.find(b"\n", region.start, region.end)
    while newline >= 0:
        joint = _joint(data, newline)
        if joint is not None and region.start <= joint.start and joint.end <= region.end:
            yield Replacement(joint.start, joint.end, b"", "wrapped")
        newline = data.find(b"\n", newline + 1, region.end)


def _joined_regions(data: bytes, suspects: Sequence[Suspect]) -> list[Span]:
    """The lines that go on, each with those that it goes on in."""
    found: list[Span] = []
    for newline in sorted({newline for suspect in suspects for newline in _line_ends(data, suspect)}):
        done = found[-1].end if found else 0
        if newline >= done and _joint(data, newline) is not None:
            found.append(Span(max(_line_start(data, newline), done), _last_line_end(data, newline)))
    return found


def _line_ends(data: bytes, suspect: Suspect) -> Iterator[int]:
    """The line breaks that its hits end in; of hits that end in none, those in its window."""
    if suspect.ends and all(data[end - 1] == _NEWLINE for end in suspect.ends):
        ends = (end - 1 for end in suspect.ends)
        yield from (
            filter(lambda end: _is_full(data, end), ends) if suspect.pattern.id == _BY_LABEL else ends
        )
        return
    newline = data.find(b"\n", suspect.window.start, suspect.window.end)
    while newline >= 0:
        yield newline
        newline = data.find(b"\n", newline + 1, suspect.window.end)


def _is_full(data: bytes, newline: int) -> bool:
    """Whether a line ends at a width at which lines are broken; cheap, for names end many lines."""
    width = newline - data.rfind(b"\n", max(0, newline - _WIDEST), newline) - 1
    return width in _WIDTHS or width - 1 in _WIDTHS


def _line_start(data: bytes, newline: int) -> int:
    low = max(0, newline - _LONGEST_LINE)
    return max(low, data.rfind(b"\n", low, newline) + 1)


def _last_line_end(data: bytes, newline: int) -> int:
    """End of the line in which the one that ends at `newline` comes to its end."""
    for _ in range(_MOST_LINES):
        if _joint(data, newline) is None:
            break
        start = newline + 1
        newline = data.find(b"\n", start, start + _LONGEST_LINE)
        if newline < 0:
            return min(len(data), start + _LONGEST_LINE)
    return newline


def _joint(data: bytes, newline: int) -> Span | None:
    """What to take out at this line break, or None where two lines are two lines."""
    first = data[_line_start(data, newline) : newline]
    text = first.removesuffix(b"\r")
    end = newline - (len(first) - len(text))
    second = data[newline + 1 : newline + 1 + _LONGEST_REST].partition(b"\n")[0]
    if text.endswith(b"\\"):
        indent = len(second) - len(second.lstrip(b" \t")) if _PROPERTY.match(text) else 0
        return Span(end - 1, newline + 1 + indent)
    if (appended := _APPENDED.match(second)) is not None:
        return Span(end, newline + 1 + appended.end())
    if _PARTIAL.match(text):
        rest = _PARTIAL_REST.match(second)
        return Span(end, newline + 1 + rest.end()) if rest else None
    if not (_is_pair_open(text) or _is_token_open(text) or _is_label_open(text)):
        return None  # as nearly all lines; the rest takes ten times as long
    lead = _common_lead(text, second) or _hanging(text, second)
    return Span(end, newline + 1 + lead) if _goes_on(text, second[lead:].rstrip(b"\r ")) else None


def _common_lead(first: bytes, second: bytes) -> int:
    """Length of the logger's prefix: what both lines begin with, but for the numbers."""
    size = min(len(first), len(second), _LONGEST_LEAD)
    differ = int.from_bytes(shape(first[:size])) ^ int.from_bytes(shape(second[:size]))
    common = size - (differ.bit_length() + 7) // 8
    lead = second[: second.rfind(b" ", 0, common) + 1]
    is_prefix = not lead.strip() or shape(lead) != lead or _LEAD_END.search(lead)
    return len(lead) if is_prefix else 0


def _hanging(first: bytes, second: bytes) -> int:
    """Length of the indent that stands for a prefix, as wide as it, below a line that is full."""
    indent = len(second) - len(second.lstrip(b" "))
    full = len(first) >= _LEAST_COLUMN and first[indent - 1 : indent] == b" "
    return indent if 2 <= indent <= _LONGEST_LEAD and full and first[indent : indent + 1] != b" " else 0


def _goes_on(first: bytes, rest: bytes) -> bool:
    """Whether `rest` reads like the end of what `first` leaves open."""
    pair = _OPEN_PAIR.search(first, max(0, len(first) - _LONGEST_PAIR))
    if pair and b" " in pair[1] and (words := _WORDS.match(rest)):
        return len(words[0]) <= 80
    if _is_label_open(first) and (words := _LABELLED_REST.match(rest)):
        return len(words[0]) <= _LONGEST_LABELLED
    if not (pair or _is_token_open(first)):
        return False
    # A word on a line of its own is a message; a value has digits, or is long.
    token = (_URL_REST if pair and b"://" in pair[1] else _TOKEN).match(rest)
    return token is not None and (len(token[0]) >= 16 or any(byte in _DIGITS for byte in token[0]))


def _is_pair_open(line: bytes) -> bool:
    return _OPEN_PAIR.search(line, max(0, len(line) - _LONGEST_PAIR)) is not None


def _is_label_open(line: bytes) -> bool:
    return len(line) in _WIDTHS and _OPEN_LABEL.search(line, max(0, len(line) - _LONGEST_PAIR)) is not None


def _is_token_open(line: bytes) -> bool:
    return (len(line) >= _LEAST_COLUMN and _OPEN_TOKEN.search(line) is not None) or (
        _MIDDLE.search(line) is not None
    )


WRAPPED = Rewriting(
    name="wrapped",
    patterns=tuple(
        Pattern(f"decode/wrapped-{name}", expression, max_width=64)
        for name, expression in (
            ("pair", rb"\w=[\"']?[\w+(][\w\x80-\xff+/.,:@()%~ -]{1,80}\r?\n"),
            ("token", rb"[:=] ?[\"']?[A-Za-z0-9+_][A-Za-z0-9+/_.@-]{20,200}\r?\n"),
            ("bearer", rb"(?:[Bb]earer|[Bb]asic|[Tt]oken) [A-Za-z0-9+/_.@-]{20,200}\r?\n"),
            ("label", _TOLD + rb"[\w.-]{0,16}[\"']?: ?[\"']?[^\n:=\"'<>;]{1,60}\r?\n"),
            ("continued", rb"[^\s\\]\\\r?\n"),
            ("partial", rb" std(?:out|err) P "),
            ("appended", rb"\dZ [0-9a-f]{2}[OE]\+"),
        )
    ),
    replacements=find_joints,
    around=_joined_regions,
    repeats=False,
    binaries=False,
)
