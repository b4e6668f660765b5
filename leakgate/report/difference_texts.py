"""
A comparison of two results as text for a terminal, as JSON, or as Markdown.

Never compares; every piece that comes from scanned input is neutralised for its target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any

from leakgate.report.differences import Change, Comparison, Difference, Side
from leakgate.report.json_text import write_object
from leakgate.report.phrases import plural
from leakgate.report.text_safety import NAME_LIMIT, PATH_LIMIT, for_json, for_markdown, for_terminal

SCHEMA_ID = "leakgate.diff/1"
_MOST_PLACES = 3
_MOST_ROWS = 200  # of a table in Markdown: comments have limits
_TITLES = {
    Change.NEW: "New",
    Change.DECISION: "Decided otherwise",
    Change.MOVED: "Elsewhere",
    Change.GONE: "Gone",
}


def write_console(comparison: Comparison, out: IO[str]) -> None:
    """A block for each kind of change; a value with two changes stands in the first."""
    out.write(f"{_summary(comparison)}\n")
    out.writelines(f"note: {note}\n" for note in _notes(comparison))
    for change in Change:
        chosen = [one for one in comparison.differences if one.changes[0] is change]
        if chosen:
            out.write(f"\n{_TITLES[change]}\n")
        for one in chosen:
            out.writelines(f"  {line}\n" for line in _lines(one, for_terminal))


def write_markdown(comparison: Comparison, out: IO[str]) -> None:
    """For a comment or a summary."""
    out.write(f"**leakgate diff:** {_summary(comparison)}\n")
    out.writelines(f"\n> {note}\n" for note in _notes(comparison))
    if not comparison.differences:
        return
    out.write("\n| change | finding | decision | where |\n|---|---|---|---|\n")
    for one in comparison.differences[:_MOST_ROWS]:
        changes = ", ".join(_TITLES[change].lower() for change in one.changes)
        names = (one.finding.rule.name, one.finding.masked)
        what = " ".join(for_markdown(name, NAME_LIMIT) for name in names)
        where = "<br>".join(_moved(one, lambda text: for_markdown(text, PATH_LIMIT)))
        decided = _decided(one, lambda text: for_markdown(text, NAME_LIMIT))
        out.write(f"| {changes} | {what} | {decided} | {where} |\n")
    more = len(comparison.differences) - _MOST_ROWS
    if more > 0:
        out.write(f"\n... and {more:,} more, see `leakgate diff --format json`\n")


def write_json(comparison: Comparison, out: IO[str]) -> None:
    """One document of the schema `leakgate.diff/1`."""
    old, new = comparison.outcomes
    document: dict[str, Any] = {
        "schema": SCHEMA_ID,
        "outcome": {"old": old.value, "new": new.value},
        "worse": comparison.is_worse,
        "same_policy": comparison.same_policy,
        "same_rules": comparison.same_rules,
        "counts": {change.value: comparison.count(change) for change in Change} | {"same": comparison.same},
        "findings": [_entry(one) for one in comparison.differences],
    }
    write_object(document, out)
    out.write("\n")


WRITERS: dict[str, Callable[[Comparison, IO[str]], None]] = {
    "console": write_console,
    "json": write_json,
    "markdown": write_markdown,
}


def _entry(one: Difference) -> dict[str, Any]:
    rule = one.finding.rule
    return {
        "changes": [change.value for change in one.changes],
        "fingerprint": for_json(one.finding.fingerprint),
        "rule": for_json(rule.id),
        "entity": for_json(rule.entity),
        "category": rule.category.value,
        "severity": rule.severity.value,
        "masked": for_json(one.finding.masked),
        "worse": one.is_worse,
        "old": _side(one.old),
        "new": _side(one.new),
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "action": side.action.value,
        "clause": for_json(side.clause),
        "waiver": None if side.waiver is None else for_json(side.waiver),
        "occurrences": side.occurrences,
        "places": [for_json(place) for place in side.places],
    }


def _summary(comparison: Comparison) -> str:
    old, new = comparison.outcomes
    counts = [
        f"{comparison.count(Change.NEW)} new",
        f"{comparison.count(Change.GONE)} gone",
        f"{comparison.count(Change.MOVED)} elsewhere",
        f"{comparison.count(Change.DECISION)} decided otherwise",
        f"{comparison.same} unchanged",
    ]
    verdict = f"verdict {new.value}, as before" if old is new else f"verdict {old.value} -> {new.value}"
    return f"{', '.join(counts)}; {verdict}"


def _notes(comparison: Comparison) -> Iterator[str]:
    if not comparison.same_policy:
        yield "another policy judged; decisions may differ for that alone"
    if not comparison.same_rules:
        yield "other rules looked; what is new or gone may be so for that alone"


def _lines(one: Difference, safe: Callable[[str, int], str]) -> Iterator[str]:
    finding = one.finding
    name, masked = safe(finding.rule.name, NAME_LIMIT), safe(finding.masked, NAME_LIMIT)
    decided = _decided(one, lambda text: safe(text, NAME_LIMIT))
    yield f"{finding.rule.severity.value:8}  {name}  {masked}  {decided}"
    for place in _moved(one, lambda text: safe(text, PATH_LIMIT)):
        yield f"          {place}"
    yield f"          {safe(finding.fingerprint, NAME_LIMIT)}"


def _decided(one: Difference, safe: Callable[[str], str]) -> str:
    old, new = (
        None if side is None else f"{side.action.value} ({safe(_by(side))})" for side in (one.old, one.new)
    )
    if old is None or new is None:
        return new or old or ""
    return new if Change.DECISION not in one.changes else f"{old} -> {new}"


def _by(side: Side) -> str:
    return side.waiver or side.clause


def _moved(one: Difference, safe: Callable[[str], str]) -> list[str]:
    """Where it is; with a sign where only one of the results has it there."""
    old, new = (frozenset(() if side is None else side.places) for side in (one.old, one.new))
    if Change.MOVED not in one.changes:
        return _first([safe(place) for place in sorted(old | new)])
    return _first(
        [*(f"+ {safe(place)}" for place in sorted(new - old)), *(f"- {safe(p)}" for p in sorted(old - new))]
    )


def _first(places: list[str]) -> list[str]:
    more = len(places) - _MOST_PLACES
    return (
        places if more <= 0 else [*places[:_MOST_PLACES], f"and {plural(more, 'more place', 'more places')}"]
    )
