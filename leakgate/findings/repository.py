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
from leakgate.model.committed import NOTHING_VOUCHES, CommittedFiles, Vouching


def with_sources(
    sealer: Sealer, source_root: Path, paths: Sequence[str], vouching: Vouching = NOTHING_VOUCHES
) -> Sealer:
    """It knows the repository, too: who wrote a line, what its tests invent, what its authors marked.

    Only what `vouching` holds can excuse anything, and none of the scanned `paths` vouches for itself.
    """
    scanned = [_before_wildcards(path) for path in paths]

    def fixtures(files: CommittedFiles | None) -> FixtureIndex | None:
        if files is None:
            return None
        return FixtureIndex(partial(fixture_texts, files, source_root, scanned), files.commit[:12])

    def marks(files: CommittedFiles | None) -> InlineMarks | None:
        return InlineMarks(files) if files is not None and vouching.marks else None

    return replace(
        sealer,
        emitters=Emitters(SourceLines(SourceIndex(source_root))),
        fixtures=fixtures(vouching.committed),
        marks=marks(vouching.committed),
        offered_fixtures=fixtures(vouching.changed),
        offered_marks=marks(vouching.changed),
    )


def _before_wildcards(path: str) -> Path:
    """The folder that holds all that a glob can match; another path as it is."""
    head = re.split(r"[*?\[]", path, maxsplit=1)[0]
    return Path(path) if head == path else Path(head.rpartition("/")[0] or ".")
