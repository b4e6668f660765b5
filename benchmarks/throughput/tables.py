"""
A record as Markdown: the targets, a table for each work, the scaling. Pure: the same record, the same text.

A contender without figures shows why instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from .figures import MEGABYTE, Figures, Spread, cpu, peak, steps, wall
from .record import Record, Series, Work
from .targets import Target, targets

_HEAD = ("", "wall s", "min–max", "CPU s", "min–max", "MB/s", "peak MB", "min–max", "rounds", "saw")

_QUIET = 0.5  # load of a machine that does nothing else


def markdown(record: Record) -> str:
    """Conditions, targets, scaling, then each work."""
    figures = Figures(record)
    parts = [
        "; ".join(f"{name}: {word}" for name, word in record.conditions.items()) + ".\n",
        *_caution(record),
        "### Targets\n",
        _table(("target", "bound", "reached", "of the bound", "", "from"), map(_target, targets(record))),
        *_scaling(record, figures),
    ]
    for work in record.works:
        parts.append(f"### {_sentence(work.title)}\n")
        parts.append(f"{_amount(work)}\n")
        rows = [_row(record, figures, each, work) for each in record.series if each.work == work.key]
        parts.append(_table(_HEAD, rows))
    return "\n".join((*parts, *_stages(record)))


def _caution(record: Record) -> Iterator[str]:
    if record.load > _QUIET:
        yield (
            f"**The machine had other work** (load {record.load:.1f} before the first round): wall times say "
            "little, and processor times are above those of an idle machine.\n"
        )


def _target(target: Target) -> tuple[str, ...]:
    sign = "≥" if target.least else "≤"
    bound = f"{sign} {target.bound:,g} {target.unit}"
    if target.value is None or target.share is None:
        return (target.title, bound, "", "", "not measured", target.detail)
    digits = 2 if target.value < 100 else 0
    value = f"{target.value:,.{digits}f} {target.unit}"
    said = "reached" if target.reached else "**not reached**"
    return (target.title, bound, value, f"{target.share:.2f}", said, target.detail)


def _scaling(record: Record, figures: Figures) -> Iterator[str]:
    if len(figures.scale()) < 2:
        return
    yield "### Scaling\n"
    yield "What each further MB takes from one size to the next: milliseconds of wall / processor time.\n"
    sizes = [f"{work.scale:,} MB" for work in figures.scale()]
    head = ("", *(f"{a} to {b}" for a, b in pairwise(sizes)))
    rows = []
    for contender, name in record.contenders.items():
        known = [steps(tuple(figures.curve(contender, read))) for read in (wall, cpu)]
        pairs = [f"{a.rate * 1000:.1f} / {b.rate * 1000:.1f}" for a, b in zip(*known, strict=True)]
        if pairs:
            rows.append((name, *pairs, *("" for _ in head[len(pairs) + 1 :])))
    yield _table(head, rows)


def _stages(record: Record) -> Iterator[str]:
    """What leakgate's own reports say, of the last round."""
    told = [each for each in record.series if each.stages and not each.contender.endswith("-cold")]
    if not told:
        return
    yield "### Stages\n"
    yield "Seconds by leakgate's own report of the last round, of all processes together.\n"
    names = tuple(dict.fromkeys(name for each in told for name in each.stages))
    titles = {work.key: work.title for work in record.works}
    rows = (
        (
            f"{titles[each.work]}: {record.contenders[each.contender].removeprefix('leakgate, ')}",
            *(f"{each.stages.get(name, 0.0):.2f}" for name in names),
        )
        for each in told
    )
    yield _table(("", *names), rows)


def _amount(work: Work) -> str:
    if not work.size:
        return "Nothing is scanned."
    size = work.size / MEGABYTE
    shown = f"{size:,.1f} MB" if size >= 0.1 else f"{work.size:,} bytes"
    return f"{shown} in {work.files:,} file{'' if work.files == 1 else 's'}."


def _row(record: Record, figures: Figures, series: Series, work: Work) -> tuple[str, ...]:
    name = record.contenders[series.contender]
    if series.gaps:
        name = f"{name} ({series.gaps} gaps)"
    took, spent, memory = (figures.of(series.contender, work.key, read) for read in (wall, cpu, peak))
    if took is None or spent is None or memory is None:
        return (name, _why(series), *("" for _ in _HEAD[2:]))
    shown = work.size > MEGABYTE / 2 and not work.packed
    speed = f"{work.size / MEGABYTE / took.median:,.3g}" if shown else ""
    times = (f"{took.median:.2f}", _range(took, 1, 2), f"{spent.median:.2f}", _range(spent, 1, 2))
    held = (f"{memory.median / MEGABYTE:,.0f}", _range(memory, MEGABYTE, 0))
    return (name, *times, speed, *held, str(memory.count), _seen(series, work))


def _why(series: Series) -> str:
    if series.skipped:
        return series.skipped
    bad = [sample for sample in series.samples if not sample.good]
    if not bad:
        return "not run"
    return f"failed ({bad[0].code})" if bad[0].finished else f"not done after {bad[0].wall:.0f} s"


def _range(spread: Spread, unit: float, digits: int) -> str:
    return f"{spread.low / unit:,.{digits}f}–{spread.high / unit:,.{digits}f}"


def _seen(series: Series, work: Work) -> str:
    """The least of all rounds."""
    if not work.witnesses:
        return ""
    return f"{min(sample.seen for sample in series.samples)} of {work.witnesses}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
