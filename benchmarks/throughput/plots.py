"""
A record as plots, in SVG: the same record and matplotlib give the same bytes.

Bars for each work with whiskers from least to greatest, and how time grows with size. Text stays text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .contenders import SAMPLE, VERSION
from .figures import MEGABYTE, Figures, Spread, cpu, peak, wall
from .record import Record, Sample, Work

_PANEL = (4.6, 0.24)  # inches: width, and height of a bar
_COLUMNS = 2
_OURS, _THEIRS = "#1f6f8b", "#b5b9bd"
_LINES = ("#1f6f8b", "#5fa8c0", "#99c9d9", "#d1495b", "#edae49", "#66a182", "#8d6a9f", "#8a6d3b", "#444444")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A plot of bars: its file, its title, what it reads of a sample, and the unit of that."""

    name: str
    title: str
    read: Callable[[Sample], float]
    unit: float
    label: str


_KINDS = (
    _Kind("wall", "Wall time", wall, 1, "s"),
    _Kind("cpu", "Processor time, all processes", cpu, 1, "s"),
    _Kind("memory", "Peak memory, all processes", peak, MEGABYTE, "MB"),
)


def write_plots(record: Record, directory: Path) -> Mapping[str, str]:
    """One file for each plot there are figures for; their names by title. Needs matplotlib."""
    import matplotlib as mpl  # type: ignore[import-not-found,unused-ignore]

    mpl.use("svg")
    # Identifiers and text do not depend on chance, the day or the machine's fonts.
    mpl.rcParams.update({"svg.hashsalt": "leakgate", "svg.fonttype": "none", "font.size": 8})
    directory.mkdir(parents=True, exist_ok=True)
    figures = Figures(record)
    drawn = {}
    for kind in _KINDS:
        panels = _panels(record, figures, kind)
        if panels:
            drawn[kind.title] = f"{kind.name}.svg"
            _save(_bars(panels, kind), directory / drawn[kind.title])
    if len(figures.scale()) > 1:
        drawn["Time by size of clean logs"] = "scaling.svg"
        _save(_curves(record, figures), directory / "scaling.svg")
    return drawn


def _save(figure: Any, path: Path) -> None:
    from matplotlib import pyplot as plt  # type: ignore[import-not-found,unused-ignore]

    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plt.close(figure)


_Panel = tuple[Work, list[tuple[str, str, Spread]]]


def _panels(record: Record, figures: Figures, kind: _Kind) -> list[_Panel]:
    """Each work that at least two contenders have figures for, with key, name and figure of each."""
    panels = []
    # Of the sizes the two biggest: the curves show the others.
    left_out = {VERSION, SAMPLE, *(work.key for work in figures.scale()[:-2])}
    for work in record.works:
        bars = [
            (key, name, known)
            for key, name in record.contenders.items()
            if (known := figures.of(key, work.key, kind.read)) is not None
        ]
        if work.key not in left_out and len(bars) > 1:
            panels.append((work, bars))
    return panels


def _bars(panels: list[_Panel], kind: _Kind) -> Any:
    from matplotlib import pyplot as plt  # type: ignore[import-not-found,unused-ignore]

    rows = -(-len(panels) // _COLUMNS)
    longest = max(len(bars) for _, bars in panels)
    size = (_PANEL[0] * _COLUMNS, rows * (longest * _PANEL[1] + 0.7))
    figure, grid = plt.subplots(rows, _COLUMNS, figsize=size, squeeze=False, layout="constrained")
    figure.suptitle(f"{kind.title} ({kind.label}): median, least and greatest; shorter is better")
    for axes, panel in zip(grid.flat, panels, strict=False):
        _bar_panel(axes, panel, kind)
    for axes in list(grid.flat)[len(panels) :]:
        axes.set_visible(False)
    return figure


def _bar_panel(axes: Any, panel: _Panel, kind: _Kind) -> None:
    work, bars = panel
    middles = [known.median / kind.unit for _, _, known in bars]
    below = [(known.median - known.low) / kind.unit for _, _, known in bars]
    above = [(known.high - known.median) / kind.unit for _, _, known in bars]
    colours = [_OURS if key.startswith("leakgate") else _THEIRS for key, _, _ in bars]
    places = range(len(bars))
    axes.barh(places, middles, color=colours, xerr=(below, above), error_kw={"elinewidth": 0.8, "capsize": 2})
    axes.set_yticks(places, [name for _, name, _ in bars])
    axes.invert_yaxis()
    axes.set_title(work.title.replace("`", ""), fontsize=8)
    digits = 2 if kind.unit == 1 else 0
    for place, middle, over in zip(places, middles, above, strict=True):
        axes.annotate(
            f" {middle:,.{digits}f}", (middle + over, place), va="center", fontsize=7, annotation_clip=False
        )
    axes.margins(x=0.15)
    axes.spines[["top", "right"]].set_visible(False)


def _curves(record: Record, figures: Figures) -> Any:
    from matplotlib import pyplot as plt  # type: ignore[import-not-found,unused-ignore]

    figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
    drawn = 0
    for key, name in record.contenders.items():
        points = list(figures.curve(key, wall))
        if len(points) > 1 and not key.endswith("-cold"):
            style = "-" if key.startswith("leakgate") else "--"
            axes.plot(*zip(*points, strict=True), style, marker="o", ms=3, label=name, color=_line(drawn))
            drawn += 1
    axes.set(xscale="log", yscale="log", xlabel="MB", ylabel="wall time, s")
    axes.set_title("Time by size of clean logs, start-up included", fontsize=9)
    axes.grid(which="both", linewidth=0.3)
    axes.legend(fontsize=7, loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False)
    return figure


def _line(index: int) -> str:
    return _LINES[index % len(_LINES)]
