"""
The reports that exist, by the name used in `--format` and `--report`.

Never imports a reporter before it is asked for: `leakgate --version` stays quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from leakgate.model.result import Reporter, ReporterFactory


def _console() -> Reporter:
    from leakgate.report.console import ConsoleReporter

    return ConsoleReporter()


def _github_annotations() -> Reporter:
    from leakgate.report.github_commands import GithubAnnotationsReporter

    return GithubAnnotationsReporter()


def _github_outputs() -> Reporter:
    from leakgate.report.github_commands import GithubOutputsReporter

    return GithubOutputsReporter()


def _github_summary() -> Reporter:
    from leakgate.report.github_commands import GithubSummaryReporter

    return GithubSummaryReporter()


def _gitlab_code_quality() -> Reporter:
    from leakgate.report.gitlab_code_quality import GitlabCodeQualityReporter

    return GitlabCodeQualityReporter()


def _gitlab_secret_detection() -> Reporter:
    from leakgate.report.gitlab_secret_detection import GitlabSecretDetectionReporter

    return GitlabSecretDetectionReporter()


def _html() -> Reporter:
    from leakgate.report.html import HtmlReporter

    return HtmlReporter()


def _json() -> Reporter:
    from leakgate.report.json_v1 import JsonReporter

    return JsonReporter()


def _junit() -> Reporter:
    from leakgate.report.junit import JUnitReporter

    return JUnitReporter()


def _markdown() -> Reporter:
    from leakgate.report.markdown import MarkdownReporter

    return MarkdownReporter()


def _openmetrics() -> Reporter:
    from leakgate.report.openmetrics import OpenMetricsReporter

    return OpenMetricsReporter()


def _prometheus() -> Reporter:
    from leakgate.report.prometheus import PrometheusReporter

    return PrometheusReporter()


def _sarif() -> Reporter:
    from leakgate.report.sarif import SarifReporter

    return SarifReporter()


REPORTERS: Mapping[str, ReporterFactory] = MappingProxyType(
    {
        "console": _console,
        "github-annotations": _github_annotations,
        "github-outputs": _github_outputs,
        "github-summary": _github_summary,
        "gitlab-code-quality": _gitlab_code_quality,
        "gitlab-secret-detection": _gitlab_secret_detection,
        "html": _html,
        "json": _json,
        "junit": _junit,
        "markdown": _markdown,
        "openmetrics": _openmetrics,
        "prometheus": _prometheus,
        "sarif": _sarif,
    }
)
