"""The Prometheus report, as its parser, a push gateway and a node exporter read it."""

from __future__ import annotations

import dataclasses
import io
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from prometheus_client.parser import text_string_to_metric_families

from leakgate.model.gap import GapReason
from leakgate.model.result import RunIdentity
from leakgate.model.verdict import Action, GapAction, Verdict
from leakgate.report.prometheus import PrometheusReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere
from tests.unit.report.test_acceptance_shown import use

_ENDED = datetime(2030, 1, 31, 12, tzinfo=UTC)
_GATEWAY, _EXPORTER, _PROMTOOL = "prometheus-pushgateway", "prometheus-node-exporter", "promtool"


def needs(binary: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(binary) is None, reason=f"{binary} is not installed")


def shown(judged: Verdict) -> str:
    out = io.StringIO()
    result = dataclasses.replace(kit.result(judged), run=RunIdentity(_ENDED, _ENDED))
    PrometheusReporter().render(result, judged, out)
    return out.getvalue()


def full() -> Verdict:
    """With something of everything."""
    judged = kit.verdict(
        kit.decision(Action.BLOCK), kit.gap_decision(GapAction.WARN, kit.gap(reason=GapReason.ENCRYPTED))
    )
    return dataclasses.replace(judged, waivers=(use(),))


def read(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = list(text_string_to_metric_families(text))
    assert {"gauge"} == {family.type for family in families}
    return {
        (one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples
    }


def test_it_is_what_the_format_has():
    """Gauges with help, no states, units or end mark; the verdict is a label."""
    samples = read(shown(full()))

    assert 1 == samples["leakgate_verdict", frozenset({("outcome", "block")})]
    assert 0 == samples["leakgate_verdict", frozenset({("outcome", "pass")})]
    assert 1 == samples["leakgate_gaps", frozenset({("reason", "encrypted"), ("action", "warn")})]
    assert not any(mark in shown(full()) for mark in ("# EOF", "# UNIT", "stateset"))


def test_it_says_when_the_run_ended():
    """A gate that no longer runs is seen by the age of its numbers."""
    assert _ENDED.timestamp() == read(shown(full()))["leakgate_run_timestamp_seconds", frozenset()]


@settings(deadline=None, max_examples=50)
@given(HOSTILE)
def test_hostile_names_are_labels_at_most(text: str):
    """The parser reads the whole, whatever rules, policies and waivers are called."""
    judged = dataclasses.replace(everywhere(text), waivers=(use(id=text),))

    assert 1 == read(shown(judged))["leakgate_waivers", frozenset({("state", "active")})]


@needs(_PROMTOOL)
def test_promtool_has_nothing_to_say():
    """Neither errors nor advice."""
    done = subprocess.run(
        [_PROMTOOL, "check", "metrics"], input=shown(full()), capture_output=True, text=True, check=False
    )

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


@needs(_GATEWAY)
def test_a_push_gateway_takes_it():
    """It is pushed, and can be scraped from there."""
    with serving(_GATEWAY) as address:
        push = urllib.request.Request(
            f"{address}/metrics/job/leakgate", data=shown(full()).encode(), method="PUT"
        )
        with urllib.request.urlopen(push, timeout=10) as answer:
            assert 200 == answer.status
        scraped = fetched(f"{address}/metrics")

    assert 'leakgate_verdict{instance="",job="leakgate",outcome="block"} 1' in scraped


@needs(_EXPORTER)
def test_a_node_exporter_takes_it(tmp_path: Path):
    """As a file of its text-file collector."""
    (tmp_path / "leakgate.prom").write_text(shown(full()), encoding="utf-8")
    chosen = ["--collector.disable-defaults", "--collector.textfile"]

    with serving(_EXPORTER, *chosen, f"--collector.textfile.directory={tmp_path}") as address:
        scraped = fetched(f"{address}/metrics")

    assert "node_textfile_scrape_error 0" in scraped
    assert 'leakgate_verdict{outcome="block"} 1' in scraped


@contextmanager
def serving(binary: str, *arguments: str) -> Iterator[str]:
    """The address at which it answers; on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [binary, f"--web.listen-address=127.0.0.1:{port}", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                fetched(f"http://127.0.0.1:{port}/metrics")
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode()
    return text
