"""The table of a zoo in a page, between two marks. Shows figures and names of tools, never scanned text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .peers import PeerScore
from .scoring import Judged, Score

BEGIN, END = "<!-- zoo: begin -->", "<!-- zoo: end -->"
_HEAD = (
    "| tool | version | clean run: exit code | blocks | warnings | gaps"
    " | leaks found | in each file | right test | right line |"
)


def table(scores: Sequence[Score], peers: Sequence[PeerScore] = ()) -> str:
    """Markdown: figures of all tools, a line for each, other scanners, and what was not run."""
    return "\n".join((*_summary(scores), "", *_rows(scores), *_others(peers), *_left_out(scores)))


def write(page: Path, text: str) -> None:
    """Puts `text` between the marks of the page. Raises ValueError where it has none."""
    content = page.read_text(encoding="utf-8")
    before, begin, rest = content.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no place for the table: {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _summary(scores: Sequence[Score]) -> Iterator[str]:
    run = [score for score in scores if score.clean]
    clean = [score.clean for score in run if score.clean]
    yield f"{len(run)} tools were run. Of the clean runs {sum(one.code == 0 for one in clean)} pass;"
    yield f"{sum(one.warnings <= 2 and one.gaps <= 2 for one in clean)} have at most 2 warnings and 2 gaps."
    yield f"Of {_sum(run, 'planted')} planted leaks the tools wrote {_sum(run, 'written')} down."
    yield f"Found: {_share(run, 'found', 'written')}; in each file with one: {_share(run, 'seen', 'files')}."
    yield f"The right test is named for {_share(run, 'right_test', 'tested')}, a wrong one for"
    yield f"{_sum(run, 'wrong_test')}; the right line of source for {_share(run, 'right_line', 'sourced')},"
    yield f"a wrong one for {_sum(run, 'wrong_line')}."


def _share(scores: Sequence[Score], part: str, whole: str) -> str:
    hits, total = _sum(scores, part), _sum(scores, whole)
    return f"{hits} of {total} ({hits / total:.3f})" if total else "0 of 0"


def _sum(scores: Sequence[Score], name: str) -> int:
    return sum(getattr(score, name) for score in scores)


def _rows(scores: Sequence[Score]) -> Iterator[str]:
    yield from (_HEAD, "|---|---|---|---|---|---|---|---|---|---|")
    for score in scores:
        if score.clean:
            yield f"| {' | '.join(_cells(score, score.clean))} |"


def _cells(score: Score, clean: Judged) -> Iterator[str]:
    yield from (score.tool.name, score.tool.versions)
    yield from map(str, (clean.code, clean.blocks, clean.warnings, clean.gaps))
    yield f"{score.found} of {score.written}"
    yield f"{score.seen} of {score.files}"
    yield _named(score.right_test, score.wrong_test, score.tested)
    yield _named(score.right_line, score.wrong_line, score.sourced)


def _named(right: int, wrong: int, whole: int) -> str:
    return f"{right} of {whole}{f', {wrong} wrong' if wrong else ''}" if whole else "-"


def _others(peers: Sequence[PeerScore]) -> Iterator[str]:
    if peers:
        yield from (
            "",
            "| other scanner | clean runs with a finding | planted secrets found |",
            "|---|---|---|",
        )
    for peer in peers:
        figures = (f"{peer.loud} of {peer.runs}", f"{peer.found} of {peer.written}")
        yield f"| {peer.name} | {peer.reason or figures[0]} | {'-' if peer.reason else figures[1]} |"


def _left_out(scores: Sequence[Score]) -> Iterator[str]:
    if any(score.reason for score in scores):
        yield from ("", "Not run here:", "")
        yield from (f"- {score.tool.name}: {score.reason}" for score in scores if score.reason)
