"""
The published JSON Schema of policy files, made from the table of keys that the loader uses.

Never validates: the loader does, with better messages. The schema serves editors.
"""

from __future__ import annotations

from typing import Any

from leakgate.policy.document import POLICY


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12. Every file that loads is valid; uniqueness and reachability are beyond it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "leakgate.policy/1",
        "title": "leakgate policy",
        "description": "What to look for in the artifacts of a test run, and what follows.",
        **POLICY.schema(),
        "anyOf": [{"required": ["clauses"]}, {"required": ["extends"]}],
    }
