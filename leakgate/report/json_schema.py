"""
The JSON Schema of the JSON report, made from its wire types; `docs/result.schema.json` is its output.

Never edited by hand: run `python -m leakgate.report.json_schema > docs/result.schema.json`.
"""

from __future__ import annotations

import json
import sys
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from leakgate.report import json_wire as wire

_ID = "urn:leakgate:schema:result:1"
_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number", "minimum": 0},
    NoneType: {"type": "null"},
}


def result_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one document; every key is required and no other is allowed."""
    definitions: dict[str, Any] = {}
    root = _object(wire.ResultWire, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _ID,
        "title": wire.SCHEMA_ID,
        "description": "What leakgate found in the artifacts of one test run, and what its policy decided.",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(wire_type: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(wire_type, include_extras=True)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(hints),
        "properties": {key: _schema(hint, definitions) for key, hint in hints.items()},
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_typeddict(hint):
        return _reference(hint, definitions)
    if hint in _SCALARS:
        return dict(_SCALARS[hint])
    return _composite(get_origin(hint), get_args(hint), definitions)


def _composite(origin: Any, arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if origin is Annotated:
        return {**_schema(arguments[0], definitions), "description": arguments[1]}
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    raise TypeError(f"no JSON Schema is known for {origin}")


def _reference(wire_type: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = wire_type.__name__.removesuffix("Wire")
    if name not in definitions:
        definitions[name] = {}  # keeps a type that contains itself from recursing
        definitions[name] = _object(wire_type, definitions)
    return {"$ref": f"#/$defs/{name}"}


if __name__ == "__main__":
    json.dump(result_schema(), sys.stdout, indent=2)
    sys.stdout.write("\n")
