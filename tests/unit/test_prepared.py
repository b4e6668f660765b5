"""What our own YAML says, made into JSON beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.model.prepared import prepared, render
from leakgate.policy.nodes import parse
from leakgate.policy.shipped import NAMES, shipped_text
from leakgate.policy.trees import shipped_tree
from tests.kit.tables import tables


@pytest.mark.parametrize(("path", "text"), [pytest.param(*each, id=each[0].stem) for each in tables()])
def test_every_table_is_made_of_what_is_there(path: Path, text: str) -> None:
    """Rules, names of fields and policies say the same in YAML and in JSON; `make tables` sees to it."""
    same = path.read_text(encoding="utf-8") == text

    assert same, f"{path.name} is not made of the YAML beside it: run `make tables`"


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_tree_is_the_tree_of_the_policy(name: str) -> None:
    """With all its lines, which messages name."""
    assert parse(shipped_text(name), "policy") == shipped_tree(name, "policy")


@pytest.mark.parametrize("content", [{"a": [1, "é", None, False]}, [["x", {}], ["y", {}]], []])
def test_a_table_gives_back_what_it_was_made_of(content: object, tmp_path: Path) -> None:
    """Whatever JSON can say."""
    table = tmp_path / "table.json"
    table.write_text(render(content, [b"source"]), encoding="utf-8")

    assert content == prepared(table, [b"source"])


@pytest.mark.parametrize("sources", [[b"other"], [b"sour", b"ce"], []])
def test_a_table_of_other_sources_is_none(sources: list[bytes], tmp_path: Path) -> None:
    """A byte more or less, or the same bytes in other files, make it another one."""
    table = tmp_path / "table.json"
    table.write_text(render([1], [b"source"]), encoding="utf-8")

    assert prepared(table, sources) is None
