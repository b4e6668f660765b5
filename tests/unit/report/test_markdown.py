"""The Markdown report fits a comment and cannot be taken over by what it shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from leakgate.model.gap import GapReason
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, GapAction
from leakgate.report.markdown import COMMENT_LIMIT, MarkdownReporter
from leakgate.report.markdown_page import Section, page
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

PARSER = MarkdownIt("commonmark").enable("table")
OWN_HTML = re.compile(r"<br>|<details><summary>[\w ,]+</summary>\n?|</details>\n?")
COUNTS = (
    "| block | warn | waived | baselined | allowed | gaps |\n| ---: | ---: | ---: | ---: | ---: | ---: |\n"
)
SCANNED = "Scanned 12 artifacts, 88 archive members, 1.0 MiB, 4.0 KiB decoded in 0.42 s."


def tokens(text):
    """Every token of the page, those inside of lines included."""
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def test_nothing_found():
    """Verdict, counts and how much was looked at."""
    expected = f"""\
### \u2705 leakgate: PASSED

Nothing found in 12 artifacts (policy `default`).

{COUNTS}| 0 | 0 | 0 | 0 | 0 | 0 |

{SCANNED}
"""

    assert expected == rendered(MarkdownReporter(), kit.verdict())


def test_one_finding():
    """A row says where, what, which test, why and how to fix."""
    judged = kit.verdict(kit.decision(Action.BLOCK), reasons=["1 finding is blocked by secrets/high."])
    row = (
        "| `out/run.log:12:40` | **critical** Forge access token `frg_****`"
        "<br>credential (GDPR Art. 32(1), PCI DSS 8.6.2)<br>`lg1:00c0ffee`"
        " | `tests.test_orders::test_checkout` | prefix and checksum match (`secrets/high`)"
        " | Revoke the token in the settings of Forge, then read it from the environment. |\n"
    )
    text = rendered(MarkdownReporter(), judged)

    assert text.startswith(
        "### \u274c leakgate: BLOCKED\n\n1 finding blocks (policy `default`).\n\n- 1 finding is blocked by"
    )
    assert row in text


def test_waived_and_baselined():
    """What was let through is folded away, with its reasons."""
    judged = kit.verdict(
        kit.decision(Action.WAIVED, waiver="fixture"), kit.decision(Action.BASELINED, clause="baseline")
    )
    expected = """\
<details><summary>2 findings let through</summary>

Waived, baselined or allowed, by reason:

- `baseline`: 1
- `fixture`: 1

</details>
"""

    assert expected in rendered(MarkdownReporter(), judged)


def test_gaps_only():
    """A row for each gap, the gravest first."""
    bomb = kit.gap("a.zip", "b", reason=GapReason.BOMB, detail="raise limits.max_ratio if this is meant")
    judged = kit.verdict(kit.gap_decision(GapAction.WARN), kit.gap_decision(GapAction.BLOCK, bomb))
    expected = """\
| block | suspected decompression bomb | `a.zip!/b` | raise limits.max\\_ratio if this is meant |
| warn | over the size limit | `core.1234` |"""

    assert expected in rendered(MarkdownReporter(), judged)


def test_many_findings_fit():
    """Under the limit, with a count of what is not shown, and every section closed."""
    judged = kit.verdict(*[kit.decision(Action.BLOCK)] * 3000, *[kit.decision(Action.WARN)] * 3000)
    text = rendered(MarkdownReporter(), judged)

    assert COMMENT_LIMIT > len(text.encode()) > COMMENT_LIMIT - 1000
    assert re.search(r"^\.\.\. and 2,\d\d\d more, see the JSON report$", text, re.MULTILINE)
    assert text.count("<details>") == text.count("</details>") == 1


@pytest.mark.parametrize("text", ["p" * 5_000_000, "\x1b" * 5_000_000, "`" * 5_000_000, "\u65e5" * 5_000_000])
def test_long_names_fit(text):
    """The smallest page holds the longest names."""
    judged = everywhere(text)

    assert len(rendered(MarkdownReporter(limit=8192), judged).encode()) < 8192


@given(text=HOSTILE)
def test_hostile_text_is_inert(text):
    """No HTML, link, image or heading but the report's own; tables keep their columns."""
    written = rendered(MarkdownReporter(), everywhere(text))
    seen = list(tokens(written))
    kinds = {token.type for token in seen}
    html = [token.content for token in seen if token.type in ("html_inline", "html_block")]

    assert {"link_open", "image", "fence", "code_block", "hr", "em_open", "blockquote_open"}.isdisjoint(kinds)
    assert all(OWN_HTML.fullmatch(piece) for piece in html)
    assert len([token for token in seen if token.type == "heading_open"]) == 2


@given(text=HOSTILE)
def test_hostile_text_stays_in_code_spans(text):
    """Outside of code spans there is nothing that a service would turn into a mention or a link."""
    written = rendered(MarkdownReporter(), everywhere(text))
    words = " ".join(token.content for token in tokens(written) if token.type == "text")

    assert not re.search(r"[@#<>\[\]`*~$|]|://|www\.|GH-\d", words, re.IGNORECASE)


@given(text=HOSTILE)
def test_hostile_text_cannot_move_table_cells(text):
    """Every row of a table has as many cells as its head."""
    cells, widths = 0, set()
    for token in PARSER.parse(rendered(MarkdownReporter(), everywhere(text))):
        if token.type in ("th_open", "td_open"):
            cells += 1
        elif token.type == "tr_close":
            widths.add(cells)
            cells = 0

    assert widths <= {4, 5, 6}


def test_rows_of_a_lower_rank_go_first():
    """What matters most gets room first, wherever it stands on the page."""
    sections = (
        Section(2, "later", ["x" * 50] * 9, total=9),
        Section(1, "first", ["y" * 50] * 9, total=9),
    )
    text = page(sections, limit=700)
    expected = (1, 9)

    assert expected == (text.count("x" * 50), text.count("y" * 50))
    assert "... and 8 more" in text


def test_who_wrote_it_is_told():
    """The line of source stands below the test."""
    by = Emitter("src/pay.py", 41)
    found = kit.finding(kit.Sighting(kit.location(), TestRef("t::a"), by))
    text = rendered(MarkdownReporter(), kit.verdict(kit.decision(Action.BLOCK, found)))

    assert "| `t::a`<br>written by `src/pay.py:41` |" in text
