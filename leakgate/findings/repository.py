"""
Lets a sealer know the repository that was tested.

Imports what only scans with a source root need; whoever has none need not import this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from leakgate.findings.emitters import Emitters
from leakgate.findings.fixture_files import fixture_texts
from leakgate.findings.fixtures import FixtureIndex
from leakgate.findings.inline_marks import InlineMarks
from leakgate.findings.seal import Sealer
from leakgate.findings.source_lines import SourceLines
from leakgate.findings.source_lines_index import SourceIndex


def with_sources(sealer: Sealer, source_root: Path, paths: Sequence[str]) -> Sealer:
    """It knows the repository, too: who wrote a line, what its tests invent, what its authors marked.

    None of the scanned `paths` vouches for itself.
    """
    index = SourceIndex(source_root)
    texts = partial(fixture_texts, source_root, [_before_wildcards(path) for path in paths])
    return replace(
        sealer,
        emitters=Emitters(SourceLines(index)),
        fixtures=FixtureIndex(texts),
        marks=InlineMarks(index),
    )


def _before_wildcards(path: str) -> Path:
    """The folder that holds all that a glob can match; another path as it is."""
    head = re.split(r"[*?\[]", path, maxsplit=1)[0]
    return Path(path) if head == path else Path(head.rpartition("/")[0] or ".")
