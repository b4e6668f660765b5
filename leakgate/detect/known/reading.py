"""
Lists of secrets as pipelines have them: GitHub's `toJSON(secrets)`, GitLab's variables, dotenv, plain lines.

Source of the formats: GitHub's documentation of contexts and expressions; GitLab's project-level variables
API (`key`, `value`, `masked`). Never says anything about a value but its name.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from leakgate.model.expressions import expression

_SHOWN_NAME = expression(r"[A-Z_][A-Z0-9_]{0,254}|[a-z]{1,20}(?:[_.-][a-z0-9]{1,20}){0,9}")


def named_values(text: str, origin: str) -> Iterator[tuple[str, str]]:
    """Names and values of a list; `origin` names those that have no name of their own."""
    stripped = text.strip().removeprefix("\ufeff")
    if stripped[:1] in ("{", "["):
        try:
            yield from _of_json(json.loads(stripped, parse_int=str, parse_float=str), origin)
        except (ValueError, RecursionError):
            pass  # a value may well begin with a bracket
        else:
            return
    yield from _of_lines(stripped, origin)


def _of_json(document: Any, origin: str) -> Iterator[tuple[str, str]]:
    if isinstance(document, dict):
        for name, value in document.items():
            yield from _of_value(_shown(name, f"an entry of {origin}"), value)
        return
    for number, item in enumerate(document, 1):
        if (
            isinstance(item, dict)
            and isinstance(item.get("value"), str)
            and ("key" in item or "name" in item)
        ):
            if item.get("masked", True) or item.get("hidden"):
                yield (
                    _shown(str(item.get("key", item.get("name"))), f"{origin}, item {number}"),
                    item["value"],
                )
        else:
            yield from _of_value(f"{origin}, item {number}", item)


def _of_value(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Numbers were read as they are written; nothing at all is a value that is not set."""
    if isinstance(value, str):
        yield name, value
    else:
        yield name, "" if value is None else json.dumps(value)


def _of_lines(text: str, origin: str) -> Iterator[tuple[str, str]]:
    """Assignments as dotenv reads them, quoted ones over several lines too; any other line is a value."""
    from dotenv.parser import parse_stream

    for binding in parse_stream(io.StringIO(text)):
        written = binding.original.string.strip()
        if not written or (written.startswith("#") and binding.key is None):
            continue
        line = f"{origin}, line {binding.original.line}"
        if binding.error or binding.key is None or binding.value is None:
            yield from ((line, value) for value in written.splitlines() if value.strip())
        elif binding.value.strip("= "):
            yield _shown(binding.key, line), binding.value
        else:
            # Base64 may end like an assignment of nothing.
            yield line, "" if binding.key.isupper() and binding.key.isidentifier() else written


def _shown(name: str, otherwise: str) -> str:
    """A name that is safe to show; anything else could be a value in the wrong place."""
    return name if _SHOWN_NAME.fullmatch(name) else otherwise
