"""
The Prometheus report: the numbers of the OpenMetrics report in the text format 0.0.4.

For what takes no OpenMetrics: a push gateway, the text-file collector of a node exporter. The format has no
states, information and units; they are gauges of value 1 here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from leakgate.model.result import ScanResult
from leakgate.model.verdict import Verdict
from leakgate.report.openmetrics import Family, families, number, written

_LABELS = {"leakgate_verdict": "outcome"}  # a label that is called like its metric reads badly in queries


class PrometheusReporter:
    """One exposition; when the run ended is a number of its own, as a scrape knows only when it came."""

    def render(self, result: ScanResult, verdict: Verdict, out: IO[str]) -> None:
        for family in (*families(result, verdict), *_time(result)):
            if family.samples:
                out.writelines(f"{line}\n" for line in _lines(family))


def _time(result: ScanResult) -> Iterator[Family]:
    when = result.run.ended or result.run.started
    if when is not None:
        name, what = (
            "leakgate_run_timestamp_seconds",
            "When the run ended, or began if it did not, in Unix time.",
        )
        yield Family(name, "gauge", what, (((), int(when.timestamp())),))


def _lines(family: Family) -> Iterator[str]:
    name = f"{family.name}{family.suffix}"
    yield f"# HELP {name} {family.help}"
    yield f"# TYPE {name} gauge"
    for labels, value in family.samples:
        yield f"{name}{written({_LABELS.get(key, key): text for key, text in labels})} {number(value)}"
