"""
Reads what stands behind a name as an expression of a program, to its end.

Never decides whether the text is a program; says how well it reads as one.
"""

from __future__ import annotations

from enum import Enum

from leakgate.detect.program.tokens import Sort, Token, is_plain, is_terse, is_word, tokens
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass


class End(Enum):
    """How reading an expression ended."""

    COMPLETE = "complete"  # at a separator, a bracket of the surroundings, the end of the line
    CUT = "cut"  # the text that was looked at ends before
    BROKEN = "broken"  # no expression


@dataclass(frozen=True, slots=True)
class Expression:
    """`names` are those outside of brackets; `width` counts bytes of the text.

    `applied` says that a name was called, indexed or given members in braces, `odd` that there is a name
    which no programmer gives, `terse` that there is one of a minifier, `worded` that there is a word;
    `index` is the longest number in square brackets, in digits.
    """

    end: End
    width: int
    names: tuple[bytes, ...]
    applied: bool
    prefixed: bool
    joined: bool
    odd: bool
    terse: bool
    worded: bool
    index: int


_REGEX = expression(rb"/(?![*/\s])(?:[^/\n\\\[]|\\.|\[(?:[^\]\\\n]|\\.){0,80}\]){1,200}/[a-z]{0,4}(?!\w)")
_TYPE = expression(rb"\*?[a-z][\w.]{2,40}[({\[),;\s]")
_META = expression(rb"[\\^$*+?()\[\]{}|]")
_BEFORE_OPERANDS = frozenset(
    b"return new typeof void await async delete throw case yield not lambda in of instanceof is and or"
    b" if else as extends function const let var class final static public private range func def import"
    b" from get set export default do try finally while for switch".split()
)
_PREFIXES = frozenset((b"!", b"-", b"+", b"*", b"&", b"~", b"...", b"++", b"--", b"<", b"**", b"<-"))
_PAIRS = {b")": b"(", b"]": b"[", b"}": b"{"}
_LONGEST_PLAIN_NUMBER = 12


class _Reader:
    """The state between two tokens; see `read`."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.open: list[bytes] = []
        self.wants = True  # an operand
        self.names: list[bytes] = []
        self.applied = self.prefixed = self.joined = self.odd = self.terse = self.worded = False
        self.index = 0
        self.spaced = False
        self.width = 0
        self.skip = 0

    def run(self) -> End:
        for token in tokens(self.text):
            if token.end <= self.skip:
                continue
            if (end := self._step(token)) is not None:
                return end
            if token.sort not in (Sort.BLANK, Sort.LINE, Sort.COMMENT):
                self.spaced = False
                self.width = token.end
        return End.CUT if self.open or len(self.text) >= READ else End.COMPLETE

    def _step(self, token: Token) -> End | None:
        match token.sort:
            case Sort.BLANK | Sort.COMMENT:
                self.spaced = True
                return None
            case Sort.NAME | Sort.NUMBER | Sort.STRING:
                return self._operand(token)
            case Sort.OPEN:
                return self._opened(token)
            case Sort.CLOSE:
                return self._closed(token)
            case Sort.SIGN:
                return self._sign(token)
            case _:
                return self._divided(token)

    def _divided(self, token: Token) -> End | None:
        """At the end of a line, a semicolon or comma, or what is no token."""
        if token.sort is Sort.JUNK:
            return End.COMPLETE if self.spaced and not self.open else End.BROKEN
        if token.sort is Sort.LINE:
            self.spaced = True
            if not self.open:
                return None if self.wants and self.joined else End.COMPLETE
            self.wants |= self.open[-1] == b"{"
            return None
        if not self.open:
            return End.BROKEN if self.wants else End.COMPLETE
        self.wants = True
        return None

    def _operand(self, token: Token) -> End | None:
        if not self.wants:
            if token.text in _BEFORE_OPERANDS:
                self.wants = True
                return None
            if self.open and (self.open[-1] == b"{" or self.spaced):
                self.wants = True  # a statement behind another
            elif self.spaced:
                return End.COMPLETE
            else:
                return End.BROKEN
        if token.sort is Sort.NAME:
            if token.text in _BEFORE_OPERANDS:
                self.joined = True
                return None
            self.odd |= not is_plain(token.text)
            self.terse |= is_terse(token.text)
            self.worded |= is_word(token.text)
            if not self.open:
                self.names.append(token.text)
        elif token.sort is Sort.NUMBER:
            self.odd |= len(token.text) > _LONGEST_PLAIN_NUMBER
            if self.open and self.open[-1] == b"[":
                self.index = max(self.index, len(token.text))
        self.wants = False
        return None

    def _opened(self, token: Token) -> End | None:
        if not self.wants:
            if self.spaced and not self.open and token.text != b"{":
                return End.COMPLETE
            self.applied = True
        elif not self.open and not self.width:
            self.prefixed = True
        self.open.append(token.text)
        self.wants = True
        return None

    def _closed(self, token: Token) -> End | None:
        if not self.open:
            return End.BROKEN if self.wants and not self.width else End.COMPLETE
        if self.open.pop() != _PAIRS[token.text]:
            return End.BROKEN
        # A type of Go: `[]byte(…)`, `map[string]string`.
        self.wants = token.text == b"]" and _TYPE.match(self.text, token.end) is not None
        return None

    def _sign(self, token: Token) -> End | None:
        if self.wants:
            if token.text == b"/" and (found := _REGEX.match(self.text, token.end - 1)):
                self.applied |= _META.search(found[0]) is not None
                self.skip = found.end()
                self.wants = False
                return None
            if token.text in _PREFIXES or self.open:
                self.prefixed |= not self.width
                return None
            return End.BROKEN
        if token.text in (b"++", b"--"):
            return None
        if self.spaced and not self.open and token.text in (b"-", b"<", b">", b"->", b":", b"|"):
            return End.COMPLETE  # prose, a column
        self.joined = True
        self.wants = True
        return None


READ = 320  # bytes that are looked at


def read(text: bytes) -> Expression:
    """The expression that `text`, without escapes, begins with; `text` has at most READ bytes."""
    reader = _Reader(text)
    end = reader.run()
    return Expression(
        end=end,
        width=reader.width,
        names=tuple(reader.names),
        applied=reader.applied,
        prefixed=reader.prefixed,
        joined=reader.joined,
        odd=reader.odd,
        terse=reader.terse,
        worded=reader.worded,
        index=reader.index,
    )
