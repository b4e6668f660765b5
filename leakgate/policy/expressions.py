"""
Conditions in the Common Expression Language (CEL), for what the keys of a clause cannot say.

The language has no loops without end, no side effects and no access to anything but `finding`; its library is
loaded by the first expression. Never decides what follows where an expression fails (`clauses` does).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import prod
from typing import Any

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

# Within these bounds the worst expressions that we could write take under 0.5 s; usual ones take 10 µs.
# A pattern of 31,250 counted repetitions took 8.7 s on 4,000 characters, though it never backtracks.
MAX_LENGTH = 1000
MAX_MACROS = 2
MAX_REPEATS = 100  # product of all counted repetitions
MAX_TEXT = 1024  # characters of a name or path that an expression sees

FIELDS: dict[str, str] = {
    "rule": "id of the rule that found it",
    "entity": "what the value is, such as EMAIL_ADDRESS",
    "category": "secret, pii or hygiene",
    "data_class": "class of data, such as health",
    "family": "family of the rule",
    "provider": "who issues such values; may be empty",
    "severity": "critical, high, medium, low or info",
    "confidence": "high, medium or low",
    "path": "the path as on the command line",
    "members": "list of the names inside archives, the outermost first",
    "name": "the innermost name, without its folders",
    "pointer": "place in a structured document; may be empty",
    "carrier": "list of the words that `carrier` takes and that hold",
    "decoded": "list of the encodings around the value, the outermost first",
    "test": "id of the test that wrote it; empty where it is not known",
    "count": "how often the value occurs in the artifact",
    "line": "line, counted from 1; 0 where the carrier has none",
    "synthetic": "true where the value is known to be fake",
    "known": "true where the baseline holds the finding",
}
_SAMPLE: dict[str, Any] = {
    **dict.fromkeys(FIELDS, "x"),
    "members": ["a.zip"],
    "carrier": ["log"],
    "decoded": ["base64"],
    "count": 1,
    "line": 1,
    "synthetic": False,
    "known": False,
}
_LITERAL = expression(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_MACRO = expression(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*(\w*)")
_REPEATS = expression(r"\{(\d{1,9})(?:,(\d{0,9}))?\}")
_FIELD = expression(r"\bfinding\s*(?:\.\s*([A-Za-z_]\w*)|(\[)|(?=[^\w.\s]|\s*$|\s+[^.\s]))")
_FUNCTIONS = frozenset(
    ("size", "contains", "startsWith", "endsWith", "matches", "int", "string", "double", "bool", "max", "min")
)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was checked; compared by its text."""

    text: str

    def truth(self, fields: Mapping[str, Any]) -> bool | None:
        """Whether it holds; None where it fails, say for a field that is missing there."""
        try:
            value = _program(self.text)(fields)
        except Exception:  # noqa: BLE001 - whatever the library raises: the expression says nothing
            return None
        return value if isinstance(value, bool) else None


class ExpressionError(Exception):
    """What is wrong with an expression, and what to do; never quotes it."""

    def __init__(self, message: str, hint: str, near: tuple[str, Iterable[str]] | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.near = message, hint, near


def checked(text: str) -> Expression:
    """The expression of `text`. Raises ExpressionError for one that is not sound."""
    text = text.strip()
    bare = _LITERAL.sub('""', text)
    repeats = prod(max(1, int(least), int(most or 0)) for least, most in _REPEATS.findall(text))
    if len(text) > MAX_LENGTH or len(_MACRO.findall(bare)) > MAX_MACROS or repeats > MAX_REPEATS:
        raise ExpressionError(
            f"over {MAX_LENGTH} characters, {MAX_MACROS} list macros or {MAX_REPEATS} repetitions",
            "split it into several clauses; expressions are for what the other keys cannot say",
        )
    _check_names(_compiled(text), frozenset(_MACRO.findall(bare)))
    _check_fields(bare)
    _check_sample(text)
    return Expression(text)


def _compiled(text: str) -> Any:
    try:
        import cel
    except ImportError as exc:
        hint = "install `common-expression-language`, which leakgate depends on"
        raise ExpressionError("the library of expressions is missing", hint) from exc
    try:
        return cel.compile(text)
    except Exception as exc:  # noqa: BLE001 - whatever the library raises
        raise ExpressionError(f"no CEL: {_problem(exc)}", "such as `finding.count > 3`") from None


def _check_names(program: Any, bound: frozenset[str]) -> None:
    """`bound` are the names that list macros give to items."""
    for name in sorted(set(program.variables()) - bound - {"finding"}):
        hint = f"write finding.{name}" if name in FIELDS else "all that there is stands in `finding`"
        raise ExpressionError("a name that is not known", hint)
    for name in sorted(set(program.functions()) - _FUNCTIONS):
        if re.fullmatch(r"[A-Za-z]\w*", name):  # operators have names too, such as `_+_`
            raise ExpressionError("a function that is not known", "", (name, sorted(_FUNCTIONS)))


def _problem(exc: Exception) -> str:
    """Where it stops making sense; the library's own words quote the expression."""
    found = re.search(r"ERROR: <input>:\d+:(\d+): ", str(exc))
    return f"it stops making sense in column {found[1]}" if found else "it cannot be parsed"


def _check_fields(bare: str) -> None:
    for name, bracket in _FIELD.findall(bare):
        if bracket or not name:
            raise ExpressionError("`finding` without a field", "write finding.rule, finding.path and so on")
        if name not in FIELDS:
            raise ExpressionError("a field that `finding` does not have", "", (name, tuple(FIELDS)))


def _check_sample(text: str) -> None:
    """What fails on any finding at all fails here; what depends on the finding may still fail later."""
    try:
        value = _program(text)(_SAMPLE)
    except (TypeError, RuntimeError) as exc:
        raise ExpressionError(
            "it compares or calls what does not fit together, or has a pattern that is no regular expression",
            "counts are numbers, members are a list, the other fields are text, true or false",
        ) from exc
    except Exception:  # noqa: BLE001 - such as the third member of a sample that has one
        return
    if not isinstance(value, bool):
        raise ExpressionError(
            "it is neither true nor false", "compare something, such as `finding.count > 3`"
        )


@lru_cache(maxsize=256)
def _program(text: str) -> Callable[[Mapping[str, Any]], Any]:
    program = _compiled(text)

    def run(fields: Mapping[str, Any]) -> Any:
        return program.execute({"finding": dict(fields)})

    return run
