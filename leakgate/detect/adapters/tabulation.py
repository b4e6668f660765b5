"""
Makes the tables of library patterns that are checked in beside this module.

`python -m leakgate.detect.adapters.tabulation` rewrites them after a library was updated; a test
compares them with the installed libraries. Never imported at run time: it imports both libraries.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from pathlib import Path
from typing import Any

from leakgate.detect.adapters.translation import to_bytes_expression

Row = dict[str, Any]

# In test logs every line has a date, an address of a page or an identifier: none of these is a leak.
NOT_USED = frozenset({"DATE_TIME", "URL", "UUID"})


def presidio_rows() -> list[Row]:
    """One row for each pattern recognizer that presidio-analyzer predefines, by entity."""
    import presidio_analyzer.predefined_recognizers as predefined
    from presidio_analyzer import PatternRecognizer

    classes = [
        found
        for _, found in inspect.getmembers(predefined, inspect.isclass)
        if issubclass(found, PatternRecognizer)
    ]
    rows = (_presidio_row(found) for found in classes)
    return sorted((row for row in rows if row["entity"] not in NOT_USED), key=lambda row: str(row["entity"]))


_CHECKS = ("validate_result", "invalidate_result", "analyze")


def _presidio_row(found: Any) -> Row:
    from presidio_analyzer import PatternRecognizer

    recognizer = found()
    return {
        "entity": recognizer.supported_entities[0],
        "module": found.__module__,
        "class": found.__name__,
        "country": _country(found.__module__),
        "ignore_case": bool(recognizer.global_regex_flags & re.IGNORECASE),
        "validates": any(getattr(found, name) is not getattr(PatternRecognizer, name) for name in _CHECKS),
        "context": list(recognizer.context or ()),
        "patterns": [
            {"name": each.name, "score": each.score, "expression": to_bytes_expression(each.regex)}
            for each in recognizer.patterns
        ],
    }


def _country(module: str) -> str:
    parts = module.split(".")
    return parts[parts.index("country_specific") + 1] if "country_specific" in parts else ""


def detect_secrets_rows() -> list[Row]:
    """One row for each plugin that detect-secrets ships, by class name."""
    from detect_secrets import plugins

    modules = [
        importlib.import_module(f"detect_secrets.plugins.{found.name}")
        for found in pkgutil.iter_modules(plugins.__path__)
        if found.name != "base"
    ]
    rows = [
        _plugin_row(found)
        for module in modules
        for _, found in inspect.getmembers(module, inspect.isclass)
        if found.__module__ == module.__name__ and isinstance(getattr(found, "secret_type", None), str)
    ]
    return sorted(rows, key=lambda row: str(row["class"]))


def _plugin_row(found: Any) -> Row:
    return {
        "class": found.__name__,
        "module": found.__module__,
        "secret_type": found.secret_type,
        "patterns": [_plugin_pattern(each) for each in _plugin_patterns(found)],
    }


def _plugin_patterns(found: Any) -> list[Any]:
    if hasattr(found, "denylist"):
        return list(found.denylist)
    if hasattr(found(), "regex"):
        return [found().regex]
    keyword = importlib.import_module(found.__module__)
    return [*keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP, *keyword.CONFIG_DENYLIST_REGEX_TO_GROUP]


def _plugin_pattern(compiled: Any) -> Row:
    expression = compiled.pattern
    if compiled.flags & re.VERBOSE:
        expression = _without_layout(expression)
    return {
        "expression": to_bytes_expression(expression),
        "ignore_case": bool(compiled.flags & re.IGNORECASE),
    }


def _without_layout(expression: str) -> str:
    """A verbose expression in one line; the library's verbose ones have no blank or `#` in a class."""
    return re.sub(r"\s+", "", re.sub(r"#.*", "", expression))


def render(rows: list[Row]) -> str:
    """The table as checked in: JSON, one row a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=True) for row in rows)
    return f"[\n{lines}\n]\n"


def main() -> None:
    """Write both tables beside this module."""
    here = Path(__file__).parent
    (here / "presidio_patterns.json").write_text(render(presidio_rows()), encoding="utf-8")
    (here / "detect_secrets_patterns.json").write_text(render(detect_secrets_rows()), encoding="utf-8")


if __name__ == "__main__":
    main()
