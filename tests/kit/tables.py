"""
Writes the JSON that is made of our own YAML: `python -m tests.kit.tables`, or `make tables`.

A test compares it with what is checked in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from leakgate.detect.labelled.vocabulary import load as vocabularies
from leakgate.detect.nlp import given_names
from leakgate.detect.rules import load as rules
from leakgate.model.prepared import render
from leakgate.policy.nodes import parse
from leakgate.policy.shipped import NAMES, shipped_text
from leakgate.policy.trees import as_data, table


def tables() -> Iterator[tuple[Path, str]]:
    """Each file and what it has to hold."""
    yield rules.TABLE, render([list(row) for row in rules.rows()], list(rules.texts().values()))
    for name in vocabularies.NAMES:
        source = vocabularies.source(name)
        yield vocabularies.table(name), render(vocabularies.read(source), [source])
    yield given_names.TABLE, render(list(given_names.lines()), given_names.sources())
    for name in NAMES:
        yield table(name), render(_tree(name), [shipped_text(name).encode()])


def _tree(name: str) -> Any:
    root = parse(shipped_text(name), name)
    assert root is not None, f"the policy {name} is empty"
    return as_data(root)


def main() -> None:
    for path, text in tables():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
