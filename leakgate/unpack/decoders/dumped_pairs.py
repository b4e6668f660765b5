"""
Names and values as languages dump them in ways of their own: `k: Some("v")`, `["k"]=> string(1) "v"`,
`s:1:"k";s:1:"v";`, `{"k",<<"v">>}`, `:k "v"`, `k            : v`, and lengths before texts (`1:k;1:v,`).

What assignments, JSON and their kin look like is known to the recognizers themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.detection import Pattern, Suspect
from leakgate.model.expressions import expression
from leakgate.unpack.decoders.labelling import Labelling, Named

_TEXT = rb"\"(?P<value>[^\"\\\n]{0,4096}(?:\\.[^\"\\\n]{0,4096}){0,400})\""
_NAME = rb"(?P<name>[A-Za-z_][\w.\-]{1,60})"
_HOLDERS = rb"(?:Some|Ok|Just|Optional|Option|String|Str|Text|SecretString|Secret|NonNull|Maybe)"
_SYNTAXES: tuple[tuple[str, bytes, bytes], ...] = (
    # Rust, Swift, Haskell: a value within what holds it
    (
        "held",
        rb"[:=>] ?" + _HOLDERS + rb"\(",
        _NAME + rb"\"? ?(?:=>|[:=]) ?(?:" + _HOLDERS + rb"\(){1,3}" + _TEXT,
    ),
    # PHP: var_dump, serialize
    (
        "var-dump",
        rb"=>\s{1,24}string\(\d",
        _NAME + rb"\"?[^\]\n]{0,80}\]\s?=>\s{1,24}string\(\d{1,9}\) " + _TEXT,
    ),
    (
        "serialized",
        rb"s:\d{1,3}:\"[A-Za-z_][\w.-]{1,60}\";s:\d",
        rb"s:\d{1,3}:\"" + _NAME + rb"\";s:\d{1,9}:\"(?P<value>[^\"]{1,4096})\";",
    ),
    # Erlang: pairs in braces; Clojure: keywords
    ("tuple", rb"\{\"?[a-z]\w{1,60}\"?, ?(?:<<)?\"", rb"\{\"?" + _NAME + rb"\"?, ?(?:<<)?" + _TEXT),
    ("keyword", rb"[{ ,]:[a-z][\w.-]{1,60} \"", rb":" + _NAME + rb" " + _TEXT),
    # PowerShell's lists: the colons of an object stand below each other
    ("aligned", rb" {12}[:=] \S", _NAME + rb" {12,80}[:=] (?P<value>[^\r\n]{1,4096})"),
)
_LEAD = 160  # bytes before an anchor in which its name begins
_EXACT = {f"decode/pairs-{name}": expression(exact) for name, _, exact in _SYNTAXES}
# tnetstrings (mitmproxy) and bencode: the length of each text before it
_COUNTED = expression(rb"(?<!\d)(\d{1,2}):(?=[A-Za-z_:])")
_SECOND = expression(rb"[;,]?(\d{1,5}):")


def find_pairs(data: bytes, suspects: Sequence[Suspect]) -> Iterator[Named]:
    seen: set[int] = set()
    for suspect in suspects:
        window = suspect.window
        found = (
            _counted(data, window.start, window.end)
            if suspect.pattern.id == "decode/pairs-counted"
            else _quoted(data, suspect)
        )
        for named in found:
            if named.start not in seen:
                seen.add(named.start)
                yield named


def _quoted(data: bytes, suspect: Suspect) -> Iterator[Named]:
    low = max(0, suspect.window.start - _LEAD)
    for hit in _EXACT[suspect.pattern.id].finditer(data, low, min(len(data), suspect.window.end + 4096)):
        if hit.start("value") > suspect.window.end:
            return
        quote = data[hit.start("value") - 1 : hit.start("value")]
        yield Named(hit["name"], *hit.span("value"), quote if quote == b'"' else b"")


def _counted(data: bytes, start: int, end: int) -> Iterator[Named]:
    for first in _COUNTED.finditer(data, start, end):
        name_end = first.end() + int(first[1])
        second = _SECOND.match(data, name_end, name_end + 8)
        if second is None:
            continue
        value_end = second.end() + int(second[1])
        if value_end <= len(data):
            yield Named(data[first.end() : name_end], second.end(), value_end)


DUMPED_PAIRS = Labelling(
    name="dump",
    patterns=(
        *(Pattern(f"decode/pairs-{name}", anchor, max_width=160) for name, anchor, _ in _SYNTAXES),
        Pattern(
            "decode/pairs-counted", rb"\d{1,2}:[A-Za-z_:][\w.:-]{1,60}(?:[;,]\d{1,4}|\d{1,4}):", max_width=80
        ),
    ),
    find=find_pairs,
)
