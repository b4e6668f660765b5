"""Strings that try to break out of a report, and results that are full of them."""

from __future__ import annotations

import io

from hypothesis import strategies as st

from leakgate.model.gap import GapReason
from leakgate.model.result import Reporter, ScanResult
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, GapAction, Verdict
from tests.kit import results as kit

NASTY = (
    "\x1b[31mred\x1b[0m",
    "\x9b31m",
    "\r\n::set-output name=token::x",
    " ::add-mask::x",
    "##[group]x",
    "##vso[task.setvariable variable=x]y",
    "</details></summary><script>alert(1)</script>",
    "<!-- ",
    "-->",
    "]]>",
    "&lt;&#64;",
    "@everyone #1 GH-1 owner/repo#2",
    "[click](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "https://example.com www.example.com",
    "\u202egnp.exe\u2066",
    "zero\u200bwidth\ufeff\u00ad",
    "e" + "\u0301" * 40,
    "\U000e0041\U000e0042",
    "a|b\\|c",
    "`",
    "``",
    "```",
    "~~~",
    "\n# title\n\n---\n| a |\n| - |",
    "$x$ **b** _i_ ~~s~~",
    "\x00\x08\x0b\x0c\x1f\x7f\x85\u2028\u2029",
    "\ufffe\uffff\U0001fffe",
    "\ud800",
    "\udcff\udc80",
    '"}]}',
    "=cmd|'/c calc'!A1",
    "{0} %s %(x)s",
    "../../etc/passwd",
    "C:\\x",
    "",
    " ",
)
ANY_CHARACTER = st.characters(exclude_categories=())
HOSTILE = st.lists(st.one_of(st.sampled_from(NASTY), st.text(ANY_CHARACTER, max_size=20)), max_size=4).map(
    "".join
)


def everywhere(text: str) -> Verdict:
    """A verdict in which every string that may come from scanned input is `text`."""
    test = TestRef(text, text, 3, in_sources=True)
    by = Emitter(text, 4, text, text, text)
    places = (
        kit.Sighting(kit.location(text, text, pointer=text, decoded=(text,)), test, by),
        kit.Sighting(kit.location(text or "x", line=None, column=None), test),
    )
    found = kit.finding(*places, masked=text, because=text, synthetic=text, fingerprint=text, occurrences=7)
    return kit.verdict(
        *(kit.decision(action, found, clause=text, waiver=text) for action in Action),
        *(kit.gap_decision(action, kit.gap(text, text, detail=text), clause=text) for action in GapAction),
        kit.gap_decision(GapAction.BLOCK, kit.gap(text, reason=GapReason.BOMB, detail=text)),
        reasons=(text,),
    )


def rendered(reporter: Reporter, judged: Verdict, scanned: ScanResult | None = None) -> str:
    """What the reporter writes."""
    out = io.StringIO()
    reporter.render(scanned or kit.result(judged), judged, out)
    return out.getvalue()
