"""The HTML report is one harmless page that tells everything."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from leakgate.model.finding import Sighting
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, GapAction
from leakgate.report.html import HtmlReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

VOID = {"meta", "input", "link", "br", "img"}


class Page(HTMLParser):
    """Tags with their attributes, the text outside of style and script, and whether tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(attrs)))
        if tag not in ("bdi", "code", "span"):
            self.words.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def attributes(self, name: str) -> list[str | None]:
        return [value for _, attrs in self.tags for key, value in attrs if key == name]


def page(judged, **scanned) -> Page:
    return Page(rendered(HtmlReporter(), judged, kit.result(judged, **scanned)))


PLACE = kit.location("out/report.zip", "data/trace.zip", pointer="/request/body", decoded=("base64",))
SEEN = Sighting(
    PLACE,
    TestRef("tests.test_a::test_b", "tests/test_a.py", 41),
    Emitter("src/shop.py", 7, "orders", None, "POST /orders"),
)


def test_the_story_of_a_finding():
    """Test, place, who wrote it, reason and remedy, in this order."""
    shown = page(kit.verdict(kit.decision(Action.BLOCK, kit.finding(SEEN)))).text

    story = (
        "Test tests.test_a::test_b (tests/test_a.py:41)",
        "Where out/report.zip!/data/trace.zip:12:40, in /request/body, decoded from base64",
        "Written by src/shop.py:7, service orders, request POST /orders",
        "Why prefix and checksum match (high confidence); blocked by secrets/high",
        "How to fix Revoke the token in the settings of Forge",
    )
    places = [shown.find(part) for part in story]
    assert -1 not in places
    assert sorted(places) == places


def test_everything_is_told():
    """Every decision, every gap, waivers and known fakes with the number of their findings."""
    judged = kit.verdict(
        *(kit.decision(action) for action in Action),
        kit.decision(Action.WAIVED, waiver="legacy-fixture"),
        kit.decision(Action.ALLOWED, kit.finding(synthetic="documented example key")),
        *(kit.gap_decision(action) for action in GapAction),
        reasons=["1 finding is blocked."],
    )

    shown = page(judged, ephemeral_key=True).text

    expected = [
        "BLOCKED",
        "1 finding is blocked.",
        "What blocks (1)",
        "Warnings (1)",
        "Waived (2)",
        "In the baseline (1)",
        "Allowed (2)",
        "waived legacy-fixture 1",
        "allowed documented example key 1",
        "block over the size limit core.1234",
        "incomplete over the size limit",
        "set LEAKGATE_KEY",
        "Scanned 12 artifacts, 88 archive members",
    ]
    assert [] == [words for words in expected if words not in shown]


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (kit.verdict(), "PASSED"),
        (kit.verdict(kit.gap_decision(GapAction.INCOMPLETE)), "INCOMPLETE"),
        (kit.verdict(interrupted=True), "INTERRUPTED"),
    ],
    ids=["nothing", "incomplete", "interrupted"],
)
def test_a_verdict_without_findings(judged, words):
    """The page says so, and has no filters."""
    shown = page(judged)

    assert words in shown.text
    assert "Nothing was found." in shown.text
    assert [] == [tag for tag, _ in shown.tags if tag == "form"]


def test_what_the_baseline_holds_is_marked():
    """Whoever reads the page sees what is new."""
    known = dataclasses.replace(kit.decision(Action.BASELINED), known=True)

    assert "frg_****known" in page(kit.verdict(known)).text


@given(text=HOSTILE)
def test_hostile_text_is_text(text):
    """No name makes a tag or an attribute, or changes the value of one."""
    assert page(everywhere("x")).tags == page(everywhere(f"x{text}")).tags


@pytest.mark.parametrize(
    "reference",
    ["javascript:alert(1)", "data:text/html,x", "http://example.com", "//example.com", " https://x"],
)
def test_only_secure_addresses_are_links(reference):
    """A rule may come from anybody."""
    rule = dataclasses.replace(kit.TOKEN_RULE, reference=reference)
    judged = kit.verdict(kit.decision(Action.BLOCK, kit.finding(rule=rule)))

    assert [] == [link for link in page(judged).attributes("href") if not link.startswith("#")]


def test_a_quote_in_an_address_stays_in_it():
    """It does not end the attribute."""
    rule = dataclasses.replace(kit.TOKEN_RULE, reference='https://x"onclick="alert(1)')
    shown = page(kit.verdict(kit.decision(Action.BLOCK, kit.finding(rule=rule))))

    assert [] == shown.attributes("onclick")


def test_nothing_comes_from_elsewhere():
    """No image, font, style, script or frame is loaded: it opens offline, and tells nobody."""
    shown = page(kit.verdict(kit.decision(Action.BLOCK, kit.finding(SEEN))))

    assert [] == [tag for tag, _ in shown.tags if tag in {"link", "img", "iframe", "object", "base", "embed"}]
    assert [] == shown.attributes("src") + shown.attributes("style")
    assert "url(" not in rendered(HtmlReporter(), kit.verdict())


def test_the_policy_lets_only_its_own_style_and_script_run():
    """The digests are those of what stands in the page, and nothing else is allowed."""
    text = rendered(HtmlReporter(), kit.verdict(kit.decision(Action.BLOCK)))
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    def digest(tag: str) -> str:
        [inner] = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        return f"'sha256-{base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'"

    assert {
        "default-src": "'none'",
        "style-src": digest("style"),
        "script-src": digest("script"),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    } == rules


def test_every_field_has_a_label_and_every_section_a_name():
    """Whoever cannot see the page finds the way."""
    judged = kit.verdict(kit.decision(Action.BLOCK, kit.finding(SEEN)), kit.gap_decision(GapAction.WARN))
    shown = page(judged)
    ids = shown.attributes("id")

    assert len(ids) == len(set(ids))
    assert set() == {*shown.attributes("for"), *shown.attributes("aria-labelledby")} - set(ids)
    fields = [dict(attrs).get("id") for tag, attrs in shown.tags if tag in ("select", "input")]
    assert set() == set(fields) - set(shown.attributes("for"))
    assert {"header", "main", "footer"} <= {tag for tag, _ in shown.tags}
    assert ("en",) == tuple(shown.attributes("lang"))


def test_a_finding_can_be_filtered_by_what_it_is():
    """Its numbers are those of the options of the form."""
    judged = kit.verdict(
        kit.decision(Action.BLOCK, kit.finding(SEEN)),
        kit.decision(Action.WARN, kit.finding(rule=kit.EMAIL_RULE)),
    )
    shown = page(judged)
    options = {
        value for tag, attrs in shown.tags if tag == "option" for key, value in attrs if key == "value"
    }
    marks = ("data-severity", "data-decision", "data-entity", "data-artifact", "data-tests")

    assert set() == {value for mark in marks for value in shown.attributes(mark)} - options


def test_what_does_not_fit_is_counted():
    """The gravest findings are in the page, the others are a number."""
    judged = kit.verdict(*[kit.decision(Action.WARN)] * 5_003, kit.decision(Action.BLOCK))

    shown = page(judged)

    assert 5_000 == sum(tag == "article" for tag, _ in shown.tags)
    assert "What blocks (1)" in shown.text
    assert "4 more findings are not in this page" in shown.text


def test_many_places_are_folded():
    """Three at once, more behind a fold, the rest counted."""
    places = [Sighting(kit.location(line=line)) for line in range(1, 51)]
    shown = page(kit.verdict(kit.decision(Action.BLOCK, kit.finding(*places, occurrences=70))))

    assert 1 == sum(tag == "details" for tag, _ in shown.tags)
    assert "and 50 more places, see the JSON report" in shown.text
