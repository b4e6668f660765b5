"""
Places in source code that lines of output name: loggers' caller fields, and the frames of stack traces.

Says what a line says and where in it; whether such a file exists, and whose it is, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_LONGEST_LINE = 8192
_LONGEST_FRAME = 2048
_EXTENSION = (
    r"(?:pyi?|java|kts?|groovy|scala|clj|go|rb|rs|php|cs|fs|vb|c|cc|cpp|cxx|h|hpp|mm?|swift|[cm]?[jt]sx?|vue"
    r"|svelte|dart|exs?|erl|pl|pm|sh|bash|bats|lua|jl|robot|feature|psm?1)"
)
# A path without blanks, or one with blanks where quotes or brackets end it.
_PATH = rf"(?:[A-Za-z]:[\\/]|\w{{1,16}}:///?)?[^\s:\"'`(){{}}\[\]<>|*?,;=]{{1,300}}\.{_EXTENSION}"


class Order(Enum):
    """Which frame of a trace is nearest to what went wrong."""

    INNERMOST_FIRST = auto()
    INNERMOST_LAST = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """A place as a line names it; `below` are directories that the file lies in, if more is known of it."""

    file: str
    line: int | None
    below: str = ""
    order: Order = Order.INNERMOST_FIRST


# Frames: the whole form is the runtime's own, so that prose is none.
_FRAMES = (
    # Python
    r"^\W{0,4}\s*File \"(?P<python>[^\"\n]{1,400})\", line (?P<l1>\d{1,7})",
    # Java, Kotlin, Scala, Groovy; a class loader and a module may stand before the class
    (r"\bat (?:[\w.@-]{0,80}/{1,2}){0,2}(?P<owner>(?:[\w$]{1,100}\.){1,30})[\w$<>]{1,200}\("
    r"(?P<jvm>[\w$]{1,200}\.(?:java|kt|scala|groovy|clj)):(?P<l2>\d{1,7})\)"),
    # .NET; file names may have blanks
    r"^\W{0,8}at .{1,600}? in (?P<dotnet>[^\n]{1,400}?\.(?:cs|fs|vb)):line (?P<l3>\d{1,7})",
    # JavaScript, with a function or without
    (r"^\s*(?:\W{0,4}\s*)?at (?:[^\n()]{1,300}? \()?(?:async )?(?:file://)?"
    r"(?P<node>(?:[A-Za-z]:)?[^\s:()][^:()\n]{0,400}\.(?:[cm]?[jt]sx?|vue|svelte)):(?P<l4>\d{1,7}):\d{1,7}\)?"),
    # Go
    r"^\s+(?P<go>\S{1,400}\.go):(?P<l5>\d{1,7})(?: \+0x[0-9a-f]+)?\s*$",
    # Rust: the panic, and frames of the backtrace
    r"panicked at (?:'.{0,2000}', )?(?P<rust>[^\s:']{1,400}\.rs):(?P<l6>\d{1,7}):\d",
    r"^\s+at (?P<rust2>[^\s:]{1,400}\.rs):(?P<l7>\d{1,7}):\d",
    # Ruby, also as RSpec and Minitest show it
    r"^\s*(?:# |from |\[)?(?P<ruby>[^\s:'\"]{1,400}\.rb):(?P<l8>\d{1,7})(?::in [`'\"]|\]?:?\s*$|:in )",
    # PHP, and PHPUnit's bare places
    r"^\s*#\d{1,4} (?P<php>[^\n(]{1,400}\.php)\((?P<l9>\d{1,7})\)",
    r"^(?P<php2>/[^\s:]{1,400}\.php):(?P<l10>\d{1,7})\s*$",
    # pytest's place of an error
    r"^(?P<pytest>[^\s:\"<>|*?]{1,300}\.py):(?P<l11>\d{1,7}): ",
    # Elixir
    r"^\s+(?:\([\w. -]{1,80}\) )?(?P<elixir>[^\s:()]{1,300}\.exs?):(?P<l12>\d{1,7}): ",
)  # fmt: skip
_FRAME = expression("|".join(_FRAMES))
_FILE_GROUPS = tuple(name for name in _FRAME.groupindex if not re.fullmatch(r"l\d+|owner", name))
_LINE_GROUPS = tuple(name for name in _FRAME.groupindex if re.fullmatch(r"l\d+", name))

# Names of fields: zap and logrus `caller`, ECS `log.origin.file`, OpenTelemetry `code.*`, Python's own, GCP.
_Q = r"(?:\\{0,7}\"|')?"
_SEPARATOR = rf"{_Q}\s{{0,4}}[:=]\s{{0,4}}{_Q}"
_FILE_FIELD = expression(
    rf"(?<![\w.]){_Q}(?:caller|(?:log\.)?origin\.file\.name|log\.origin\.file\.name|code\.file\.?path|"
    rf"source\.file|pathname|(?:caller|source|src)?_?file_?(?:name|path)?|sourceLocation\.file|source|src)"
    rf"{_SEPARATOR}(?P<file>{_PATH})(?::(?P<line>\d{{1,7}}))?",
    re.IGNORECASE,
)
_LINE_FIELD = expression(
    rf"(?<![\w.]){_Q}(?:(?:log\.)?origin\.file\.line|code\.line(?:no|\.number)|source\.line|lineno|line_?number|"
    rf"caller_line(?:_number)?|line){_SEPARATOR}(?P<line>\d{{1,7}})\b",
    re.IGNORECASE,
)
_ECS_FILE = expression(
    rf"{_Q}(?:file|sourceLocation|source){_Q}\s{{0,4}}:\s{{0,4}}\{{(?P<inside>[^{{}}]{{1,600}})\}}",
    re.IGNORECASE,
)
_NAME_INSIDE = expression(rf"{_Q}(?:name|file){_SEPARATOR}(?P<file>{_PATH})")
_CLASS_FIELD = expression(
    rf"{_Q}(?P<kind>SourceContext|logger(?:_?name)?|log\.logger){_SEPARATOR}"
    r"(?P<name>(?:[A-Za-z_]\w{0,80}\.){1,12}[A-Z]\w{0,120})\b"
)
# A logger's format: `shop.payments:payments.py:88`, `[PayService.java:88]`, `(app/orders.ts:10:5)`.
_PLACE = expression(
    rf"(?:(?<![\w./\\-])(?P<owner>[A-Za-z_][\w.]{{0,120}}):)?(?<![\w./\\-])(?P<file>{_PATH}):(?P<line>\d{{1,7}})\b"
)


def frame(line: str) -> Said | None:
    """The frame of a stack trace that a line is."""
    hit = _FRAME.search(line[:_LONGEST_FRAME])
    if hit is None:
        return None
    file = next(hit[name] for name in _FILE_GROUPS if hit[name] is not None)
    number = int(next(hit[name] for name in _LINE_GROUPS if hit[name] is not None))
    order = Order.INNERMOST_LAST if hit["python"] is not None else Order.INNERMOST_FIRST
    if hit["owner"] is None:
        return Said(file, number, order=order)
    # The owner ends with the class; its packages are the directories.
    folders = hit["owner"].rstrip(".").split(".")[:-1]
    return Said("/".join((*folders, file)), number, order=order)


def callers(line: str) -> Iterator[Said]:
    """The places that a log line names as its own, the most explicit first."""
    line = line[:_LONGEST_LINE]
    yield from _fields(line)
    for hit in _PLACE.finditer(line):
        owner = hit["owner"] or ""
        yield Said(hit["file"], int(hit["line"]), below="/".join(owner.split(".")[:-1]))
    for hit in _CLASS_FIELD.finditer(line):
        yield from _classes(hit["kind"], hit["name"])


def _fields(line: str) -> Iterator[Said]:
    for hit in _ECS_FILE.finditer(line):
        name, number = _NAME_INSIDE.search(hit["inside"]), _LINE_FIELD.search(hit["inside"])
        if name is not None:
            yield Said(name["file"], int(number["line"]) if number is not None else None)
    number = _LINE_FIELD.search(line)
    for hit in _FILE_FIELD.finditer(line):
        said = hit["line"] or (number["line"] if number is not None else None)
        yield Said(hit["file"], int(said) if said is not None else None)


def _classes(kind: str, name: str) -> Iterator[Said]:
    """The file of a class: .NET names it after the class alone, Java and Kotlin by its package as well."""
    path = name.replace(".", "/")
    if kind == "SourceContext":
        yield Said(f"{name.rpartition('.')[2]}.cs", None)
    else:
        yield from (Said(f"{path}.{extension}", None) for extension in ("java", "kt", "scala"))
