"""
The one comment of a change: found again by a hidden mark, updated, and folded away when all is well again.

Text only; knows no service.
"""

from __future__ import annotations

import io

from leakgate.model.expressions import expression
from leakgate.model.result import ScanResult
from leakgate.model.verdict import Outcome, Verdict
from leakgate.report.markdown import COMMENT_LIMIT, MarkdownReporter

_NAME = expression(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_ROOM = 512  # for the mark and the fold


def marker(name: str) -> str:
    """The first line of the comment, invisible. `name` tells several gates of one change apart."""
    if not _NAME.fullmatch(name):
        raise ValueError("the name of a comment is up to 64 letters, digits, dots, hyphens and underscores")
    return f"<!-- leakgate:{name} -->"


def body(name: str, result: ScanResult, verdict: Verdict, limit: int = COMMENT_LIMIT) -> str:
    """Marker and report, at most `limit` characters."""
    text = io.StringIO()
    MarkdownReporter(limit - _ROOM).render(result, verdict, text)
    report = text.getvalue()
    if is_clean(verdict):
        title, _, rest = report.partition("\n\n")
        report = f"{title}\n\n<details><summary>Details</summary>\n\n{rest}\n</details>\n"
    return f"{marker(name)}\n{report}"


def is_clean(verdict: Verdict) -> bool:
    """Nothing that anybody has to read."""
    return verdict.outcome is Outcome.PASS and not verdict.gaps and not _told(verdict)


def _told(verdict: Verdict) -> bool:
    return any(decision.action.value in ("block", "warn") for decision in verdict.decisions)


def is_ours(text: str | None, name: str) -> bool:
    """Whether a comment begins with the mark; one that only quotes it does not."""
    return (text or "").lstrip("\ufeff").startswith(marker(name))
