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
    Tool(
        "webdriverio",
        _FAMILY,
        "webdriverio",
        "wdio run wdio.conf.js",
        Needs(
            npm=(
                "@wdio/cli@9.20.0",
                "@wdio/local-runner@9.20.0",
                "@wdio/mocha-framework@9.20.0",
                "@wdio/spec-reporter@9.20.0",
                "@wdio/junit-reporter@9.20.0",
            ),
            debian=("chromium", "chromium-driver"),
        ),
    ),
    Tool(
        "storybook",
        _FAMILY,
        "storybook",
        "bash run.sh",
        Needs(npm=("storybook@9.1.10", "@storybook/html-vite@9.1.10", "vite@6.3.6")),
        fails=False,
        tests=False,
    ),
)
