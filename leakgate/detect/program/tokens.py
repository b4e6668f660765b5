"""
Tokens of languages that write expressions as C does: JavaScript, Java, Go, Python, R and their like.

Undoes the escapes that carry program text in JSON and HTML. Knows nothing of grammar, and never fails: what
is no token is one of its own kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from leakgate.detect.plausibility.spelling import spoken
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass


class Sort(StrEnum):
    """What a token is; the values are groups of the expression below."""

    BLANK = "blank"
    LINE = "line"
    COMMENT = "comment"
    STRING = "string"
    NUMBER = "number"
    NAME = "name"
    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"
    SIGN = "sign"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it ends in the text that it was read from."""

    sort: Sort
    text: bytes
    end: int


_TOKEN = expression(
    rb"(?P<blank>[ \t\r]+|\\\r?\n)|(?P<line>\n)"
    rb"|(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/)){0,400}(?:\*/)?|(?<=\s)\#[^\n]*)"
    rb"|(?P<string>\"(?:[^\"\\\n]|\\.){0,400}\"|'(?:[^'\\\n]|\\.){0,400}'|`(?:[^`\\]|\\.){0,400}`)"
    rb"|(?P<number>(?:0[xX][0-9a-fA-F]+|0[bo][0-7]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)[nuUlLfFdD]{0,2}(?![\w$]))"
    rb"|(?P<name>[A-Za-z_$@\x80-\xff][\w$\x80-\xff]*)"
    rb"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<stop>[;,])"
    rb"|(?P<sign>[=!]==|\.\.\.|&&=|\|\|=|>>>|[-+*/%&|^<>=!:]=|&&|\|\||\?\?|\?\.|=>|->|<-|::|\+\+|--|\*\*|<<|>>"
    rb"|[-+*/%<>=!&|^~?:.])"
    rb"|(?P<junk>.)",
    16,  # re.DOTALL
)
_ESCAPES = expression(
    rb"\\{1,4}n|\\{1,4}t|\\{1,4}r|\\{1,4}u00(?:3[cCeE]|2[67])|\\{1,4}([\"'`/])|&(?:quot|apos|lt|gt|amp|\#0?3[49]|\#x27|\#10);"
)
_UNESCAPED = {
    b"&quot;": b'"', b"&apos;": b"'", b"&lt;": b"<", b"&gt;": b">", b"&amp;": b"&", b"&#34;": b'"',
    b"&#39;": b"'",
    b"&#034;": b'"', b"&#039;": b"'", b"&#x27;": b"'", b"&#10;": b"\n",
}  # fmt: skip
_LAST = {b"n": b"\n", b"t": b"\t", b"r": b" ", b"c": b"<", b"e": b">", b"6": b"&", b"7": b"'"}
_SHORT = 4  # letters: names that a minifier makes
_WORDY, _WORDY_LETTERS = 0.6, 0.34  # random letters have less than a third in words
_OF_SECRETS = frozenset(
    {b"passphrase", b"passwd", b"userpass", b"apikey", b"passcode", b"https"}
)  # words that are no words
_OF_PROGRAMS = frozenset(
    {b"argv", b"args", b"opts", b"ctx", b"req", b"cfg", b"conf", b"env", b"kwargs", b"params"}
)
_DIGIT = expression(rb"\d")
_TERSE = expression(rb"[A-Z]?[a-z_$@]+\d{0,2}|[A-Z_]+\d?|[a-z]?[A-Z]?[a-z]+")  # what people write as well
_NUMBERED = expression(rb"\d{1,2}$")


def plain_text(raw: bytes) -> bytes:
    """Program text without one level of the escapes of JSON strings and of HTML."""
    if b"\\" not in raw and b"&" not in raw:
        return raw
    return _ESCAPES.sub(lambda hit: _UNESCAPED.get(hit[0]) or hit[1] or _LAST[hit[0][-1:].lower()], raw)


def tokens(text: bytes) -> Iterator[Token]:
    """All of `text`, blanks and comments included."""
    for hit in _TOKEN.finditer(text):
        assert hit.lastgroup is not None
        yield Token(Sort(hit.lastgroup), hit[0], hit.end())


def is_plain(name: bytes) -> bool:
    """Whether `name` is one that people or minifiers give to variables: words, or a few letters."""
    bare = name.strip(b"_$@")
    if len(bare) <= _SHORT or bare.lower() in _OF_SECRETS:
        return True
    bare = _NUMBERED.sub(b"", bare)
    return spoken(bare) >= (_WORDY if _DIGIT.search(bare) else _WORDY_LETTERS)


def is_word(name: bytes) -> bool:
    """Whether `name` is a word, or words run together, and no number."""
    return name in _OF_PROGRAMS or (
        len(name) >= _SHORT and not _DIGIT.search(name) and spoken(name) >= _WORDY
    )


def is_terse(name: bytes) -> bool:
    """Whether `name` is so short and mixed that only a minifier gives it: `Kx9`, `aB`."""
    return 1 < len(name) <= _SHORT and _TERSE.fullmatch(name) is None
