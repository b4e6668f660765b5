"""The HTML report in a real browser; skipped where there is none, or no way to drive it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leakgate.model.finding import Sighting
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Action, GapAction
from leakgate.report.html import HtmlReporter
from tests.kit import results as kit
from tests.unit.report.hostile import NASTY, everywhere, rendered

playwright = pytest.importorskip("playwright.sync_api")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


class Tab:
    """A page that is open, and whatever it complained about."""

    def __init__(self, browser: Any, file: Path, text: str, **options: Any) -> None:
        file.write_text(text, encoding="utf-8")
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page = browser.new_context(**options).new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def visible_findings(self) -> int:
        return int(self.page.locator("article.finding:visible").count())


def findings(count: int) -> Any:
    """Every second one a warning about an address without a test, in two artifacts."""
    decided = []
    for number in range(count):
        odd = number % 2
        test = None if odd else TestRef(f"tests.test_a::test_{number % 6}")
        seen = Sighting(kit.location("out/b.log" if odd else "out/a.log", line=number + 1), test)
        found = kit.finding(
            seen, rule=kit.EMAIL_RULE if odd else kit.TOKEN_RULE, fingerprint=f"lg1:{number:08x}"
        )
        decided.append(kit.decision(Action.WARN if odd else Action.BLOCK, found))
    return kit.verdict(*decided, kit.gap_decision(GapAction.WARN))


@pytest.fixture
def tab(chromium: Any, tmp_path: Path) -> Any:
    made: list[Tab] = []

    def open_tab(judged: Any, **options: Any) -> Tab:
        made.append(
            Tab(chromium, tmp_path / f"{len(made)}.html", rendered(HtmlReporter(), judged), **options)
        )
        return made[-1]

    yield open_tab
    for one in made:
        one.page.context.close()


@pytest.mark.parametrize(
    ("field", "label", "left"),
    [
        ("severity", "critical", 6),
        ("decision", "warn", 6),
        ("entity", "EMAIL_ADDRESS", 6),
        ("artifact", "out/a.log", 6),
        ("test", "tests.test_a::test_2", 2),
        ("test", "(no test known)", 6),
    ],
)
def test_a_filter_leaves_what_fits(tab: Any, field: str, label: str, left: int) -> None:
    """And the page says how many there are."""
    shown = tab(findings(12))

    shown.page.select_option(f"#filter-{field}", label=label)

    assert left == shown.visible_findings()
    assert f"Showing {left} of 12 findings." == shown.page.inner_text("#shown")


def test_filters_add_up_and_can_be_undone(tab: Any) -> None:
    """Two filters leave what fits both; groups without a finding disappear; a button shows all again."""
    shown = tab(findings(12))
    shown.page.select_option("#filter-artifact", label="out/a.log")
    shown.page.select_option("#filter-severity", label="medium")
    none_left = shown.visible_findings(), shown.page.locator("section.group:visible").count()

    shown.page.click("text=Show all")
    playwright.expect(shown.page.locator("#shown")).to_have_text("Showing 12 of 12 findings.")

    assert (0, 0) == none_left
    assert 12 == shown.visible_findings()


def test_text_is_searched(tab: Any) -> None:
    """Anything that a finding shows can be typed."""
    shown = tab(findings(12))

    shown.page.fill("#filter-text", "LG1:00000007")
    playwright.expect(shown.page.locator("#shown")).to_have_text("Showing 1 of 12 findings.")

    assert 1 == shown.visible_findings()


def test_a_leaking_test_leads_to_its_findings(tab: Any) -> None:
    """By keyboard too."""
    shown = tab(findings(12))

    shown.page.locator("#tests a", has_text="test_4").focus()
    shown.page.keyboard.press("Enter")

    assert "Showing 2 of 12 findings." == shown.page.inner_text("#shown")


@pytest.mark.parametrize("text", ["x", *NASTY], ids=range(len(NASTY) + 1))
def test_hostile_text_does_nothing(tab: Any, text: str) -> None:
    """No dialog, no error, no violation of the page's own policy, no request but for the page."""
    shown = tab(everywhere(text))

    assert [] == shown.complaints
    assert 1 == len(shown.asked)


def test_without_scripts_everything_is_there(tab: Any) -> None:
    """All findings are shown, and no form that would do nothing."""
    shown = tab(findings(12), java_script_enabled=False)

    assert 12 == shown.visible_findings()
    assert not shown.page.locator("#filters").is_visible()


@pytest.mark.parametrize("width", [320, 380, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(tab: Any, width: int, scheme: str) -> None:
    """Also with long names, on a telephone."""
    shown = tab(
        everywhere("a-name-without-a-blank-" * 40),
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )

    assert width >= shown.page.evaluate("document.documentElement.scrollWidth")


_CONTRASTS = """() => {
  const linear = (c) => (c <= 10.0164 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const light = (rgb) => rgb.map(linear).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const low = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const spoken = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!spoken || !element.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color).slice(0, 3)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...low];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(tab: Any, scheme: str) -> None:
    """A contrast of at least 4.5 to 1 everywhere (WCAG 2.2, 1.4.3)."""
    shown = tab(kit.verdict(*(kit.decision(action) for action in Action),
                            *(kit.gap_decision(action) for action in GapAction),
                            kit.decision(Action.WARN, kit.finding(rule=kit.EMAIL_RULE)), reasons=["x"]),
                color_scheme=scheme)  # fmt: skip

    assert [] == shown.page.evaluate(_CONTRASTS)


def test_folds_are_open_on_paper(tab: Any) -> None:
    """Nobody can click on a printed page."""
    places = [Sighting(kit.location(line=line)) for line in range(1, 9)]
    shown = tab(kit.verdict(kit.decision(Action.BLOCK, kit.finding(*places))), java_script_enabled=False)

    shown.page.emulate_media(media="print")

    assert shown.page.locator("details li").last.is_visible()
    assert 0 == shown.page.locator(".filters:visible").count()


def test_three_thousand_findings_are_filtered_at_once(tab: Any) -> None:
    """Within half a second, as a person would say."""
    shown = tab(findings(3000))

    spent = shown.page.evaluate(
        """() => { const form = document.getElementById("filters"), before = performance.now();
        form.elements.decision.value = "warn"; form.dispatchEvent(new Event("input", {bubbles: true}));
        void document.body.offsetHeight; return performance.now() - before; }"""
    )

    assert "Showing 1,500 of 3,000 findings." == shown.page.inner_text("#shown")
    assert spent < 500
