"""The published schema, and the policies and examples that it describes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from leakgate.policy.load import load_policy
from leakgate.policy.schema import json_schema
from leakgate.policy.shipped import NAMES, shipped_text
from tests.unit.policy.test_errors import MESSAGES

_DOCS = Path(__file__).parents[3] / "docs"
_EXAMPLES = re.findall(
    r"```yaml policy\n(.*?)```", (_DOCS / "policy.md").read_text(encoding="utf-8"), re.DOTALL
)
# What a schema cannot see: names, order, sums, and the text of the file itself.
_BEYOND = {
    "behind-catch-all", "behind-wider", "same-id", "same-key", "severity-none", "count-reversed", "overlap",
    "extends", "extends-file", "known-and-new", "expression", "budget-twice", "stage-unreachable",
    "default-stage",
}  # fmt: skip
_NOT_YAML = {
    "syntax", "control", "surrogate", "tag", "list-key", "alias-in-itself", "alias-bomb", "nested",
    "documents", "long",
}  # fmt: skip
_BROKEN = {name: text for name, (text, _, _) in MESSAGES.items() if name not in _BEYOND | _NOT_YAML}


def _validator() -> Any:
    return jsonschema.Draft202012Validator(json_schema())


def test_schema_is_a_schema():
    """The schema is valid JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_published_schema():
    """The file in docs/ is what `leakgate policy schema` prints."""
    assert json_schema() == json.loads((_DOCS / "policy.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_shipped_policies_are_valid(name: str):
    """An editor finds nothing to mend in the shipped policies."""
    _validator().validate(yaml.safe_load(shipped_text(name)))


@pytest.mark.parametrize("text", _BROKEN.values(), ids=_BROKEN.keys())
def test_broken_policies_are_not_valid(text: str):
    """What the loader refuses for its form, an editor marks."""
    assert not _validator().is_valid(yaml.safe_load(text))


def test_every_key_is_described():
    """Each key has a sentence for the completion of an editor."""
    missing = [path for path, node in _properties(json_schema(), "") if not node.get("description")]

    assert [] == missing


def _properties(schema: Any, path: str) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(schema, list):
        return [found for item in schema for found in _properties(item, path)]
    if not isinstance(schema, dict):
        return []
    own = [(f"{path}.{name}", node) for name, node in schema.get("properties", {}).items()]
    nested = [found for where, node in own for found in _properties(node, where)]
    inner = [found for key in ("anyOf", "items") for found in _properties(schema.get(key), path)]
    return [*own, *nested, *inner]


@pytest.mark.parametrize("text", _EXAMPLES)
def test_documented_examples(text: str):
    """Every policy in the documentation loads, and is valid in an editor."""
    load_policy("docs.yaml", text=text)
    _validator().validate(yaml.safe_load(text))


def test_examples_are_found():
    """The pattern that looks for examples still finds them."""
    assert 14 == len(_EXAMPLES)


def test_every_key_has_an_example():
    """Each key of the format stands in a policy of the guide, all of which are loaded."""
    written = {key for text in _EXAMPLES for key in _keys(yaml.safe_load(text))}
    names = {path.rpartition(".")[2] for path, _ in _properties(json_schema(), "")}

    assert set() == names - written


def _keys(tree: Any) -> set[str]:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    own = set(tree) if isinstance(tree, dict) else set()
    return own.union(*map(_keys, inner))


def test_every_key_is_documented():
    """The documentation mentions each key of the format."""
    text = (_DOCS / "policy.md").read_text(encoding="utf-8")
    names = {path.rpartition(".")[2] for path, _ in _properties(json_schema(), "")}

    assert set() == {name for name in names if not re.search(rf"\b{name}\b", text)}
