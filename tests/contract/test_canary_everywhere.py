"""
The canary once more, with everything that a pipeline can ask for at once.

Known values, foreign rules, verification, baseline, waivers, audit log, several processes, every report, and
publishing to both code hosts: no piece of a planted value in anything that is written, printed or sent.
"""

from __future__ import annotations

import base64
import json
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from leakgate.detect.rules.examples import expand
from leakgate.report.registry import REPORTERS
from tests.conftest import Command, Run
from tests.contract.test_canary import CARRIERS, Canaries, spilled
from tests.kit.forge import SHA, Forge, forge
from tests.unit.verify.test_verifiers import provider

_PACK = """
[[rules]]
id = "acme"
description = "Acme token"
regex = '''acme_([a-z0-9]{24})'''
keywords = ["acme_"]
[rules.allowlist]
regexes = ['''^zz''']
"""


@dataclass(frozen=True)
class Place:
    """Folders of one pipeline: `run` is scanned, `given` holds secrets, `written` is for all output."""

    canaries: Canaries
    run: Path
    given: Path
    written: Path

    def outputs(self) -> list[Path]:
        return [path for path in self.written.rglob("*") if path.is_file()]


def _keep(canaries: Canaries, value: str) -> str:
    canaries.planted.append(value)
    return value


def _random(canaries: Canaries, size: int) -> str:
    letters = string.ascii_lowercase + string.digits
    return _keep(canaries, "".join(random.Random(len(canaries.planted)).choices(letters, k=size)))


def _known(canaries: Canaries) -> dict[str, str]:
    """One of each kind: random, a phrase, with quotes, of several lines, a URL, a document."""
    return {
        "RANDOM": _random(canaries, 32),
        "PHRASE": _keep(canaries, "quokka, ferry & 'salt' lamp 41"),
        "LINES": f"{_random(canaries, 40)}\n{_random(canaries, 40)}",
        "ADDRESS": f"amqp://app:{_random(canaries, 20)}@mq.corp.test/x",
        "DOCUMENT": json.dumps({"key": _random(canaries, 30), "n": 1}),
    }


def _printed(value: str) -> str:
    """A value in writings that no decoder opens, in halves and as a part of something else."""
    raw = value.encode()
    return "\n".join(
        [
            f"plain {value} end",
            json.dumps({"note": value}),
            f"hex x{raw.hex()}x {raw.hex().upper()}",
            f"base64 {base64.b64encode(b'a' + raw).decode()}",
            f"base64 for URLs {base64.urlsafe_b64encode(b'ab' + raw).decode()}",
            f"part {value[: len(value) * 2 // 3]}",
            f"reversed {value[::-1]}",
        ]
    )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    canaries = Canaries()
    run, given, written = (tmp_path / name for name in ("run", "given", "written"))
    for folder in (run, given, written):
        folder.mkdir()
    for name, make in CARRIERS:
        (run / name).write_bytes(make(canaries))
    known = _known(canaries)
    (given / "secrets.json").write_text(json.dumps(known))
    (given / "pack.toml").write_text(_PACK)
    lines = "\n".join(map(_printed, known.values()))
    (run / "known.log").write_text(lines)
    (run / "known-wide.log").write_text(lines.replace("\n", "\r\n"), encoding="utf-16", newline="")
    (run / f"dump-{known['RANDOM']}.log").write_text("the name is the leak\n")
    acme = f"acme_{_random(canaries, 24)} acme_zz{_random(canaries, 22)}"
    npm = _keep(canaries, expand("npm" + "_{alnum:30}{crc32:6}", 3))
    (run / "pack.log").write_text(f"{acme}\n//registry.npmjs.org/:_authToken={npm}\n")
    monkeypatch.setenv("LEAKGATE_KEY", "0123456789abcdef" * 4)
    monkeypatch.chdir(written)
    return Place(canaries, run, given, written)


@pytest.fixture
def hub() -> Iterator[Forge]:
    with forge(login="bot") as running:
        yield running


def _scan(leakgate: Command, place: Place) -> Run:
    """Everything that can be asked for, with two processes."""
    reports = [w for name in REPORTERS for w in ("--report", f"{name}={place.written / f'report.{name}'}")]
    settings = {
        "--known-values-file": place.given / "secrets.json",
        "--rules": place.given / "pack.toml",
        "--baseline": place.written / "baseline",
        "--waivers": place.written / "waivers.yaml",
        "--audit-log": place.written / "audit.jsonl",
        "--jobs": 2,
    }
    words = [str(word) for pair in settings.items() for word in pair]
    return leakgate("scan", place.run, *words, *reports, "--verify", "-vv")


def _accepted(leakgate: Command, place: Place) -> Run:
    """A baseline of a part of the run, and a waiver for one finding of the rest."""
    baseline = place.written / "baseline"
    made = leakgate("baseline", "create", place.run / "app.log", "--baseline", baseline)
    seen = leakgate("scan", place.run / "data.json", "--format", "json")
    finding = json.loads(seen.out)["findings"][0]["fingerprint"]
    words = ("--reason", "known", "--expires", "30d", "--owner", "x", "--waivers", "waivers.yaml")
    waived = leakgate("waive", finding, *words)
    assert [0, 0] == [made.code, waived.code]
    return Run(0, made.out + seen.out + waived.out, made.err + seen.err + waived.err)


def _published(leakgate: Command, place: Place, hub: Forge) -> Run:
    result = place.written / "report.json"
    where = ("--repository", "o/r", "--pull-request", "5", "--api-url", hub.url, "--check")
    github = leakgate("publish", "github", "--result", result, "--commit", SHA, "--status", *where)
    there = ("--project", "1", "--merge-request", "5", "--url", hub.url)
    gitlab = leakgate("publish", "gitlab", "--result", result, "--commit", SHA, "--status", *there)
    assert [0, 0] == [github.code, gitlab.code]
    return Run(0, github.out + gitlab.out, github.err + gitlab.err)


def test_no_surface_shows_a_planted_value(
    leakgate: Command, place: Place, hub: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed, written or sent."""
    for name in ("GITHUB_TOKEN", "LEAKGATE_GITLAB_TOKEN"):
        monkeypatch.setenv(name, "t" * 12)
    for name in ("GITHUB_EVENT_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_SHA"):
        monkeypatch.delenv(name, raising=False)
    accepted = _accepted(leakgate, place)
    with provider((200, {"username": "x"}, {})) as (url, asked):
        monkeypatch.setenv("LEAKGATE_VERIFY_URLS", " ".join(f"{n}={url}" for n in ("github", "npm")))
        scanned = _scan(leakgate, place)
    told = _published(leakgate, place, hub)
    sent = json.dumps([hub.comments, hub.checks, hub.statuses, hub.requests])

    everything = Run(
        scanned.code, accepted.out + scanned.out + told.out + sent, accepted.err + scanned.err + told.err
    )

    assert 1 == scanned.code
    assert [] != asked
    assert [] == spilled(place.canaries, everything, place.outputs())
    found = json.loads((place.written / "report.json").read_text())["findings"]
    assert "packs/acme" in {one["rule"] for one in found}
    told_of = " ".join(one["because"] for one in found if one["rule"] == "known-value")
    assert [] == [name for name in _known(Canaries()) if f"the value of {name}" not in told_of]


@pytest.mark.parametrize(
    "words",
    [
        ("--known-values-file", "{given}/missing"),
        ("--known-values-file", "{given}/nul"),
        ("--known-values-file", "{given}/secrets.json", "--baseline", "{given}/secrets.json"),
        ("--rules", "{given}/secrets.json"),
        ("--rules", "{given}/bad.toml"),
        ("--waivers", "{given}/secrets.json"),
        ("--policy", "{given}/secrets.json"),
    ],
)
def test_no_error_shows_a_planted_value(leakgate: Command, place: Place, words: tuple[str, ...]) -> None:
    """A list of secrets in the wrong place, or one that cannot be read."""
    secrets = (place.given / "secrets.json").read_text()
    (place.given / "nul").write_text(f"{secrets}\0")
    (place.given / "bad.toml").write_text(f"[[rules]]\nid = 'x'\nregex = '({_random(place.canaries, 30)}'\n")

    run = leakgate("scan", place.run / "known.log", *(word.format(given=place.given) for word in words))

    assert 2 == run.code
    assert [] == spilled(place.canaries, run, [])
