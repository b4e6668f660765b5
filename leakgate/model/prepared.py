"""
What our own YAML files say, made into JSON beforehand: reading YAML takes thirty times as long.

The JSON carries a digest of the YAML that it was made of and counts for nothing else, so that neither can be
changed without the other: whoever gets None reads the YAML. Never looks at files that are not ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def prepared(table: Path, sources: Sequence[bytes]) -> Any | None:
    """What `sources` say, if `table` was made of them; None for a table that was not, or is not there."""
    try:
        kept = json.loads(table.read_bytes())
    except (OSError, ValueError):
        return None
    return kept["content"] if isinstance(kept, dict) and kept.get("made_of") == _digest(sources) else None


def render(content: Any, sources: Sequence[bytes]) -> str:
    """The text of a table: what `sources` say, an entry of a list on a line of its own."""
    if isinstance(content, list):
        shown = "[\n" + ",\n".join(map(_compact, content)) + "\n]"
    else:
        shown = _compact(content)
    return f'{{"made_of": "{_digest(sources)}",\n"content": {shown}}}\n'


def _compact(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _digest(sources: Sequence[bytes]) -> str:
    """Of all sources, in their order."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{len(source)}\n".encode())
        digest.update(source)
    return digest.hexdigest()
