r"""
Go's expressions (RE2) as Python's, well enough to anchor on: what comes back matches at least as much.

Confirmation is RE2's own. Source of the syntax: the documentation of Go's package regexp/syntax.
"""

from __future__ import annotations

import re

from leakgate.model.expressions import expression

_POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7f",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t\n\v\f\r ",
    "upper": "A-Z",
    "word": r"0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_LETTERS = r"A-Za-z\x80-\xff"
_FLAGS = expression(r"\(\?([imsU]*)(?:-([imsU]+))?\)")
_NAMED = expression(r"\(\?P?<(\w+)>")
_UNICODE = expression(r"\\[pP](?:\{\^?\w+\}|\w)")
_HEX = expression(r"\\x\{([0-9A-Fa-f]+)\}")
_OCTAL_OR_BYTE = expression(r"\\C")


def as_python(expression: str) -> str:
    """Raises ValueError, with a reason for people, for what has no counterpart."""
    return _Reader(expression).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[str] = []
        self._scopes: list[list[str]] = [[]]  # for each open group: scopes of flags to close with it

    def read(self) -> str:
        while self._at < len(self._text):
            self._step()
        return "".join(self._out) + ")" * len(self._scopes[0])

    def _step(self) -> None:
        char = self._text[self._at]
        if char == "\\":
            self._escape(in_class=False)
        elif char == "[":
            self._class()
        elif char == "(":
            self._group()
        elif char == ")":
            self._put(")" * (len(self._scopes.pop()) if len(self._scopes) > 1 else 0) + ")", 1)
        elif char == "|":
            # A flag reaches over alternatives, a scope does not.
            self._put(")" * len(self._scopes[-1]) + "|" + "".join(self._scopes[-1]), 1)
        else:
            self._put(char, 1)

    def _put(self, text: str, taken: int) -> None:
        self._out.append(text)
        self._at += taken

    def _group(self) -> None:
        rest = self._text[self._at :]
        if flags := _FLAGS.match(rest):
            self._flags(flags)
            return
        self._scopes.append([])
        if named := _NAMED.match(rest):
            self._put(f"(?P<{named[1]}>", named.end())
        else:
            self._put("(", 1)

    def _flags(self, flags: re.Match[str]) -> None:
        """From here to the end of the group; Python wants a group of its own for that."""
        on, off = flags[1], flags[2] or ""
        if "U" in on + off:
            raise ValueError("the flag U, which makes repeats lazy, is not supported")
        scope = (f"(?{on}" if on else "(?") + (f"-{off}" if off else "") + ":"
        self._scopes[-1].append(scope)
        self._put(scope, flags.end())

    def _escape(self, *, in_class: bool) -> None:
        rest = self._text[self._at :]
        if rest.startswith("\\Q"):
            end = rest.find("\\E")
            literal = rest[2 : end if end >= 0 else len(rest)]
            self._put(re.escape(literal), len(literal) + (4 if end >= 0 else 2))
        elif code := _HEX.match(rest):
            self._put(re.escape(chr(int(code[1], 16))), code.end())
        elif letters := _UNICODE.match(rest):
            # A class of Unicode, by letters and whatever is not ASCII; its complement by anything.
            wide = _LETTERS if rest[1] == "p" and "^" not in letters[0] else r"\x00-\xff"
            self._put(wide if in_class else f"[{wide}]", letters.end())
        elif rest[:2] == "\\z":
            self._put(r"\Z", 2)
        elif _OCTAL_OR_BYTE.match(rest):
            self._put(r"[\x00-\xff]", 2)
        else:
            self._put(rest[:2], 2)

    def _class(self) -> None:
        opening = re.match(r"\[\^?\]?", self._text[self._at :])
        assert opening is not None
        self._put(opening[0].replace("]", r"\]"), opening.end())
        while self._at < len(self._text) and self._text[self._at] != "]":
            rest = self._text[self._at :]
            if posix := re.match(r"\[:(\^?)(\w+):\]", rest):
                if posix[1] or posix[2] not in _POSIX:
                    raise ValueError("a class such as [:^alpha:] is not supported, or is unknown")
                self._put(_POSIX[posix[2]], posix.end())
            elif rest[0] == "\\":
                self._escape(in_class=True)
            elif not rest[0].isascii():
                self._put(r"\x80-\xff", 1)
            else:
                self._put("\\[" if rest[0] == "[" else rest[0], 1)
        self._put("]", 1)
