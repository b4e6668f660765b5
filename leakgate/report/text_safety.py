"""
Hostile text made harmless for one target: terminal, Markdown, HTML, XML, JSON, workflow command.

Paths, member names, pointers, test ids and details come from scanned input. Everything here gives back
a single line; what could not be seen is shown as an escape (`\\x1b`, `\\u202e`). Never hides a finding:
what is cut is marked as cut. `limit` counts characters of the text before escaping.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from leakgate.model.expressions import expression

PATH_LIMIT = 400
NAME_LIMIT = 240
LINE_LIMIT = 600
JSON_LIMIT = 8192
_MARK_ROOM = 48  # for the mark that `cut` leaves

_INVISIBLE = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: ANSI sequences start here
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"  # zero width, bidi, separators
    "\ufe00-\ufe0f\ufff0-\ufffb\ufdd0-\ufdef"  # variation selectors, interlinear, noncharacters
    "\ud800-\udfff\ue000-\uf8ff"  # surrogates, private use
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"  # tags, variation selectors, private use
)
_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_UNSEEN = expression(f"[{_INVISIBLE}{_NONCHARACTERS}]")
_SURROGATE = expression("[\ud800-\udfff]")

# Stacked accents ("Zalgo") paint over neighbouring lines; no language needs more than a few.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = expression(f"(?<=[{_MARKS}]{{3}})[{_MARKS}]+")

# GitHub's runner obeys `::` at the start of a line (after blanks) and `##[` anywhere; Azure `##vso[`,
# TeamCity `##teamcity[`. Text may be wrapped to a new line at any blank.
_COMMAND = expression(r"(?:(?<=\s)|^)::|##(?=\[|vso\[|teamcity\[)", re.IGNORECASE)

# A table cell ends at `|` even inside a code span, and renderers disagree on `\|`.
_CELL_END = expression(r"\|")
_PLAIN = expression(r"[\w ,.;:?!'\"()/%+=-]*")
_LINKED = expression(r"www\.|://|\bGH-\d|\b[0-9a-f]{7,40}\b|\w+:/|::", re.IGNORECASE)


def for_terminal(text: str, limit: int = LINE_LIMIT) -> str:
    """No control bytes, no escape sequences, no commands to the CI runner that reads the log."""
    return _COMMAND.sub(lambda hit: f"{hit[0][0]}\\x{ord(hit[0][1]):02x}", visible(text, limit))


def for_markdown(text: str, limit: int = LINE_LIMIT) -> str:
    """A code span, in which mentions, references, links, HTML and table pipes mean nothing."""
    inner = _CELL_END.sub(r"\\x7c", for_terminal(text, limit))
    if not inner.strip():
        return "`(empty)`" if not inner else "`(blank)`"
    longest = max((len(run) for run in re.findall("`+", inner)), default=0)
    pad = " " if inner[0] in "` " or inner[-1] in "` " else ""
    fence = "`" * (longest + 1)
    return f"{fence}{pad}{inner}{pad}{fence}"


def for_markdown_prose(text: str, limit: int = LINE_LIMIT) -> str:
    """The text as running words where nothing in it could be markup, else a code span."""
    short = len(text) <= limit and text.strip() != ""
    if short and _PLAIN.fullmatch(text) and not _LINKED.search(text) and not _UNSEEN.search(text):
        return text.replace("_", r"\_")
    return for_markdown(text, limit)


def for_html(text: str, limit: int = LINE_LIMIT) -> str:
    """Safe as element content and in quoted attributes; also where the page is printed to a CI log."""
    return html.escape(for_terminal(text, limit), quote=True)


def for_xml(text: str, limit: int = LINE_LIMIT) -> str:
    """Only characters that XML 1.0 allows (section 2.2, Char); the writer still escapes markup."""
    return for_terminal(text, limit)


def for_sarif(text: str, limit: int = LINE_LIMIT) -> str:
    """A part of a SARIF message: no embedded link (`[text](target)`, SARIF 2.1.0 section 3.11.6)."""
    return re.sub(r"\](?=\()", "] ", for_terminal(text, limit))


def for_json(text: str, limit: int = JSON_LIMIT) -> str:
    """As it is, but at most `limit` long and without lone surrogates; JSON's own escapes do the rest.

    What came out once comes out unchanged again: a result that is read back is written as it was.
    """
    whole = _SURROGATE.sub(_escape, text)
    return whole if len(whole) <= limit else cut(whole, limit - _MARK_ROOM)


def for_workflow_command(text: str, limit: int = LINE_LIMIT, *, attribute: bool = False) -> str:
    """The message of a GitHub workflow command, or the value of one of its attributes."""
    escaped = for_terminal(text, limit).replace("%", "%25")
    return escaped.replace(":", "%3A").replace(",", "%2C") if attribute else escaped


def visible(text: str, limit: int = LINE_LIMIT) -> str:
    """One line in which every character can be seen."""
    return _STACKED.sub(_escape, _UNSEEN.sub(_escape, cut(text, limit)))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of the text, from both ends, with a mark that says how much is gone."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    gone = len(text) - limit
    return f"{text[: limit - tail]}...[{gone} characters cut]...{text[len(text) - tail :]}"


def _escape(hit: re.Match[str]) -> str:
    return "".join(_escapes(hit[0]))


def _escapes(text: str) -> Iterator[str]:
    for char in text:
        code = ord(char)
        if 0xDC80 <= code <= 0xDCFF:  # a byte that was not UTF-8, as Python keeps it in file names
            yield f"\\x{code - 0xDC00:02x}"
        elif code < 0x100:
            yield f"\\x{code:02x}"
        elif code < 0x10000:
            yield f"\\u{code:04x}"
        else:
            yield f"\\U{code:08x}"
