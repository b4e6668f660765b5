"""
One finding in the HTML report: the story from the test that leaked it to how to fix it.

Every piece that comes from scanned input goes through `for_html` here.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.finding import Finding, Sighting
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, Decision
from leakgate.report import phrases
from leakgate.report.html_index import Index, artifact_of, tests_of
from leakgate.report.text_safety import LINE_LIMIT, NAME_LIMIT, PATH_LIMIT, for_html

_OPEN = 3  # places shown at once
_PLACES = 20  # places in the page; 3,000 findings of fifty places each would be a hundred megabytes

_DECIDED = {
    Action.BLOCK: "blocked by",
    Action.WARN: "warned about by",
    Action.WAIVED: "waived by",
    Action.BASELINED: "in the baseline, by",
    Action.ALLOWED: "allowed by",
}


def article(number: int, decision: Decision, index: Index) -> Iterator[str]:
    """The finding as an article with the id `f<number>`."""
    finding = decision.finding
    rule, action = finding.rule, decision.action.value
    entity, artifact = index.entities[rule.entity], index.artifacts[artifact_of(finding)]
    yield (
        f'<article class="finding {action}" id="f{number}" aria-labelledby="t{number}"'
        f' data-severity="{rule.severity.value}" data-decision="{action}"'
        f' data-entity="{entity}" data-artifact="{artifact}"'
        f' data-tests="{index.tests_attribute(finding)}">\n'
    )
    yield f'<div class="title"><span class="chip {rule.severity.value}">{rule.severity.value}</span>'
    yield f'<h4 id="t{number}">{scanned(rule.name, NAME_LIMIT)}</h4>{code(finding.masked, NAME_LIMIT)}'
    if decision.known:
        yield '<span class="chip known">known</span>'
    yield '</div>\n<dl class="story">\n'
    yield from _story(decision)
    yield "</dl>\n</article>\n"


def scanned(text: str, limit: int = LINE_LIMIT) -> str:
    """Scanned text in running words; its direction is its own (`bdi`)."""
    return f"<bdi>{for_html(text, limit)}</bdi>"


def code(text: str, limit: int = LINE_LIMIT) -> str:
    """Scanned text as it stands in a file."""
    return f"<code><bdi>{for_html(text, limit)}</bdi></code>"


def _story(decision: Decision) -> Iterator[str]:
    finding = decision.finding
    yield from _row("Test", _folded([_test(test) for test in tests_of(finding)]))
    yield from _row("Where", _places(finding))
    written = dict.fromkeys(_emitter(seen.emitter) for seen in finding.sightings if seen.emitter is not None)
    yield from _row("Written by", _folded([words for words in written if words]))
    yield from _row("Why", _why(decision))
    if finding.synthetic is not None:
        yield from _row("Known fake", scanned(finding.synthetic))
    else:
        yield from _row("How to fix", _fix(finding))
    yield from _row("Data", scanned(phrases.data_class(finding.rule)))
    what = f"{scanned(finding.rule.entity, NAME_LIMIT)}, rule {code(finding.rule.id, NAME_LIMIT)}"
    cwe = f", {scanned(finding.rule.cwe, NAME_LIMIT)}" if finding.rule.cwe else ""
    yield from _row("Kind", f"{finding.rule.category.value}, {what}{cwe}")
    yield from _row("Id", code(finding.fingerprint, NAME_LIMIT))


def _row(label: str, value: str) -> Iterator[str]:
    if value:
        yield f"<dt>{label}</dt><dd>{value}</dd>\n"


def _why(decision: Decision) -> str:
    finding = decision.finding
    by = f"{_DECIDED[decision.action]} {code(decision.clause, NAME_LIMIT)}"
    waiver = f", waiver {code(decision.waiver, NAME_LIMIT)}" if decision.waiver else ""
    return f"{scanned(finding.because)} ({finding.confidence.value} confidence); {by}{waiver}"


def _fix(finding: Finding) -> str:
    """The remedy, and where to read on. Only `https:` is a link, and it shows where it leads."""
    rule = finding.rule
    remedy = scanned(rule.remediation) if rule.remediation else ""
    if not rule.reference.startswith("https://") or len(rule.reference) > LINE_LIMIT:
        return remedy
    address = for_html(rule.reference)
    return f'{remedy} <a href="{address}" rel="noopener noreferrer nofollow">{address}</a>'.lstrip()


def _places(finding: Finding) -> str:
    shown = [_place(seen) for seen in finding.sightings[:_PLACES]]
    more = finding.occurrences - len(shown)
    if more > 0:
        shown.append(f"and {phrases.plural(more, 'more place', 'more places')}, see the JSON report")
    return _folded(shown)


def _place(seen: Sighting) -> str:
    at = seen.location
    told = f"{code(phrases.artifact_path(at.path, at.members), PATH_LIMIT)}{phrases.position(at)}"
    if at.pointer:
        told += f", in {code(at.pointer, NAME_LIMIT)}"
    if at.decoded:
        told += f", decoded from {' in '.join(scanned(name, NAME_LIMIT) for name in reversed(at.decoded))}"
    return told


def _test(test: TestRef) -> str:
    source = phrases.source_of_test(test)
    return code(test.id, NAME_LIMIT) + (f" ({code(source, PATH_LIMIT)})" if source else "")


def _emitter(emitter: Emitter) -> str:
    """Source line, service, span and request, as far as they are known."""
    line = "" if emitter.line is None else f":{emitter.line}"
    parts = [f"{code(emitter.file, PATH_LIMIT)}{line}"] if emitter.file else []
    for label, value in (
        ("service", emitter.service),
        ("span", emitter.span),
        ("request", emitter.request),
    ):
        if value:
            parts.append(f"{label} {code(value, NAME_LIMIT)}")
    return ", ".join(parts)


def _folded(entries: list[str]) -> str:
    """The first entries as they are, a longer rest behind a fold."""
    if len(entries) <= 1:
        return "".join(entries)
    first, rest = entries[:_OPEN], entries[_OPEN:]
    shown = f"<ul>{''.join(f'<li>{entry}</li>' for entry in first)}</ul>"
    if not rest:
        return shown
    folded = "".join(f"<li>{entry}</li>" for entry in rest)
    return f"{shown}<details><summary>{len(rest)} more</summary><ul>{folded}</ul></details>"
