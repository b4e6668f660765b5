"""Tools that drive or feed a browser: Debian's Chromium, without a window."""

from __future__ import annotations

from benchmarks.zoo.tool import Needs, Tool

_FAMILY = "Browser"
_PLAYWRIGHT = Needs(npm=("@playwright/test@1.56.0",), debian=("chromium",))

TOOLS = (
    Tool(
        "playwright-html",
        _FAMILY,
        "playwright",
        'PLAYWRIGHT_HTML_OUTPUT_DIR="$OUT/html" PLAYWRIGHT_HTML_OPEN=never playwright test --reporter=html,list',
        _PLAYWRIGHT,
    ),
    Tool(
        "playwright-json",
        _FAMILY,
        "playwright",
        'PLAYWRIGHT_JSON_OUTPUT_NAME="$OUT/report.json" PLAYWRIGHT_JUNIT_OUTPUT_NAME="$OUT/junit.xml"'
        " playwright test --reporter=json,junit,line --trace off",
        _PLAYWRIGHT,
    ),
    Tool(
        "playwright-blob",
        _FAMILY,
        "playwright",
        'PLAYWRIGHT_BLOB_OUTPUT_DIR="$OUT/blob" playwright test --reporter=blob,dot',
        _PLAYWRIGHT,
    ),
    Tool(
        "puppeteer",
        _FAMILY,
        "puppeteer",
        "node run.js",
        Needs(npm=("puppeteer-core@24.22.3",), debian=("chromium",)),
        fails=False,
        tests=False,
    ),
    Tool(
        "selenium",
        _FAMILY,
        "selenium",
        "python run.py",
        Needs(pip=("selenium==4.36.0",), debian=("chromium", "chromium-driver")),
        fails=False,
        tests=False,
    ),
    Tool(
        "lighthouse",
        _FAMILY,
        "lighthouse",
        "bash run.sh",
        Needs(npm=("lighthouse@12.2.1",), debian=("chromium",)),
        fails=False,
        tests=False,
    ),
)
