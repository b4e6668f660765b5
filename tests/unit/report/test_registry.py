"""Every report that exists can be asked for by name, and costs nothing before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from leakgate.report.registry import REPORTERS
from tests.kit import results as kit
from tests.unit.report.hostile import rendered

GUIDE = Path(__file__).parents[3] / "docs" / "reports.md"


def test_the_names():
    """These words are part of the command line."""
    expected = ["console", "github-annotations", "github-outputs", "github-summary"]
    expected += ["gitlab-code-quality", "gitlab-secret-detection", "html", "json", "junit"]
    expected += ["markdown", "openmetrics", "prometheus", "sarif"]

    assert expected == list(REPORTERS)


@pytest.mark.parametrize("name", REPORTERS)
def test_every_reporter_renders(name):
    """Each writes text that ends with a line break."""
    assert rendered(REPORTERS[name](), kit.verdict()).endswith("\n")


@pytest.mark.parametrize("name", REPORTERS)
def test_every_report_is_explained(name):
    """The guide has a section for each name."""
    assert f"\n## `{name}`\n" in GUIDE.read_text(encoding="utf-8")


def test_the_registry_imports_no_reporter():
    """Asking for the names loads none of the reports and none of their libraries."""
    code = (
        "import sys, leakgate.report.registry;"
        "loaded = [name for name in sys.modules if name.startswith(('leakgate.report.', 'junit_xml'))];"
        "sys.stdout.write(' '.join(loaded))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    expected = "leakgate.report.registry"

    assert expected == done.stdout
