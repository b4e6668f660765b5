"""
The filters of the HTML report: a form that its script shows, as without one it could do nothing.

Options are numbered by `Index`; only their labels hold scanned text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from leakgate.model.detection import Severity
from leakgate.model.verdict import Action, Decision
from leakgate.report.html_index import NO_TEST, Index, tests_of
from leakgate.report.text_safety import NAME_LIMIT, for_html

Option = tuple[str, str]


def filters(shown: Sequence[Decision], index: Index) -> Iterator[str]:
    """The form; empty where there is nothing to filter."""
    if not shown:
        return
    severities = {decision.finding.rule.severity for decision in shown}
    actions = {decision.action for decision in shown}
    untested = any(not tests_of(decision.finding) for decision in shown)
    yield '<form id="filters" class="filters" aria-label="Filter the findings" hidden>\n'
    yield from _select("severity", "Severity", [_word(one) for one in Severity if one in severities])
    yield from _select("decision", "Decision", [_word(one) for one in Action if one in actions])
    yield from _select("entity", "Entity", _numbered(index.entities))
    yield from _select("artifact", "Artifact", _numbered(index.artifacts))
    tests = _numbered(index.tests)
    yield from _select("test", "Test", [(NO_TEST, "(no test known)"), *tests] if untested else tests)
    yield '<div><label for="filter-text">Text</label>'
    yield '<input id="filter-text" name="text" type="search" autocomplete="off" spellcheck="false"></div>\n'
    yield '<div><button type="reset">Show all</button></div>\n'
    yield '<p id="shown" class="shown" role="status" tabindex="-1"></p>\n</form>\n'


def _select(name: str, label: str, options: Iterable[Option]) -> Iterator[str]:
    yield f'<div><label for="filter-{name}">{label}</label>'
    yield f'<select id="filter-{name}" name="{name}" autocomplete="off">'
    yield '<option value="">all</option>'
    yield from (f'<option value="{value}">{text}</option>' for value, text in options)
    yield "</select></div>\n"


def _word(word: Severity | Action) -> Option:
    return word.value, word.value


def _numbered(numbers: dict[str, int]) -> list[Option]:
    """By name, since that is how people look for one."""
    return [(str(number), for_html(name, NAME_LIMIT)) for name, number in sorted(numbers.items())]
