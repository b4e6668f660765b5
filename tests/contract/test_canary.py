"""
The canary: unique values planted everywhere, every report and error path run, and none of their bytes found.

A report may show a rule's constant prefix and nothing else of a value, in no encoding and not by halves.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leakgate.detect.rules.examples import expand
from leakgate.report.registry import REPORTERS
from tests.conftest import Command, Run

_FORMATS = ("console", "html", "json", "junit", "sarif", "markdown", "openmetrics")
_REPORTS = tuple(REPORTERS)
_PIECE = 10  # characters of a value in a row that must not be seen anywhere


class Canaries:
    """Makes tokens, each used once, and remembers them."""

    def __init__(self) -> None:
        self.planted: list[str] = []

    def token(self) -> str:
        return self._keep(expand("gh" + "p_{alnum:30}{crc32:6}", len(self.planted)))

    def password(self) -> str:
        return self._keep(expand("Wq{letter:7}7-{digit:4}{letter:7}", len(self.planted)))

    def card(self) -> str:
        """A valid card number that no processor publishes."""
        body = "4929" + expand("{digit:11}", len(self.planted))
        digits = [int(d) * 2 if i % 2 == 0 else int(d) for i, d in enumerate(body)]
        total = sum(d - 9 if d > 9 else d for d in digits)
        return self._keep(body + str(-total % 10))

    def _keep(self, value: str) -> str:
        self.planted.append(value)
        return value


def _log(c: Canaries) -> bytes:
    return (
        f"2026-01-02 DEBUG token={c.token()}\n"
        f"\x1b[32mpassword\x1b[0m=\x1b[1;33m{c.password()}\x1b[0m\n"
        f"card number: {c.card()}\n"
        f"postgres://app:{c.password()}@db.corp.test/x\n"
        f"Authorization: Basic {base64.b64encode(f'bot:{c.password()}'.encode()).decode()}\n"
        f"::add-mask::{c.token()}\n::set-output name=x::{c.token()}\n"
        f"split {c.token()[:20]}\x1b[31m{c.token()[20:]}\n"
    ).encode()


def _colored(c: Canaries) -> bytes:
    token = c.token()
    return f"tok {token[:15]}\x1b[1m{token[15:]}\x1b[0m end\n".encode()


def _json(c: Canaries) -> bytes:
    inner = json.dumps({"client_secret": c.password(), "note": "x"})
    document = {
        "api_key": c.password(),
        c.token(): "a key",
        "body": inner,
        "headers": [{"name": "X-Api-Key", "value": c.password()}],
    }
    return json.dumps(document).encode()


def _junit(c: Canaries) -> bytes:
    return (
        f'<testsuite name="s"><testcase classname="tests.t" name="test_x[{c.token()}]">'
        f'<failure message="token={c.token()}">password: {c.password()}</failure></testcase></testsuite>'
    ).encode()


def _encoded(c: Canaries) -> bytes:
    once = base64.b64encode(f'{{"password": "{c.password()}", "t": "{c.token()}"}}'.encode())
    packed = base64.b64encode(gzip.compress(f"token={c.token()}".encode()))
    url = urllib.parse.quote(f"https://x/?api_key={c.password()}", safe="")
    return b"a=" + once + b"\nb=" + base64.b64encode(once) + b"\nc=" + packed + f"\nd={url}\n".encode()


def _wide(c: Canaries) -> bytes:
    return f"token={c.token()}\r\npassword={c.password()}\r\n".encode("utf-16")


def _binary(c: Canaries) -> bytes:
    return (
        b"\x00\x01\xff" * 50
        + c.token().encode()
        + b"\x00" * 40
        + c.token().encode("utf-16-le")
        + b"\xfe" * 99
    )


def _zip(c: Canaries) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"logs/{c.token()}/a.log", _log(c))
        archive.writestr("b.json", _json(c))
    return out.getvalue()


def _tar(c: Canaries) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in ((f"x/{c.token()}.log", _log(c)), ("all.zip", _zip(c))):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


CARRIERS: tuple[tuple[str, Callable[[Canaries], bytes]], ...] = (
    ("app.log", _log), ("color.log", _colored), ("data.json", _json), ("junit.xml", _junit),
    ("encoded.txt", _encoded), ("wide.txt", _wide), ("core.bin", _binary), ("a.zip", _zip), ("a.tgz", _tar),
    ("l.gz", lambda c: gzip.compress(_log(c))), ("l.bz2", lambda c: bz2.compress(_log(c))),
    ("l.xz", lambda c: lzma.compress(_log(c))), ("cut.zip", lambda c: _zip(c)[:-60]),
    ("cut.gz", lambda c: gzip.compress(_log(c))[:-12]), ("cut.json", lambda c: _json(c)[:-20]),
    ("cut.xml", lambda c: _junit(c)[:-30]), ("latin.log", lambda c: b"\xe9\xff " + _log(c)),
)  # fmt: skip


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Path, Canaries]:
    """A run with a canary in every carrier, in file names too."""
    canaries = Canaries()
    run = tmp_path / "run"
    (run / canaries.token()).mkdir(parents=True)
    (run / canaries.token() / "x.log").parent.mkdir()
    for folder in [run, *run.iterdir()]:
        for name, make in CARRIERS:
            (folder / name).write_bytes(make(canaries))
    with sqlite3.connect(run / "app.db") as database:
        database.execute("create table users (name text, password text)")
        database.execute("insert into users values ('x', ?)", (f"token={canaries.token()}",))
    database.close()
    return run, canaries


def _forms(value: str) -> Iterator[str]:
    """Ways in which a piece of a value could come out."""
    body = value.removeprefix("gh" + "p_")
    for start in range(len(body) - _PIECE + 1):
        piece = body[start : start + _PIECE]
        yield from (piece, piece[::-1], piece.encode().hex(), urllib.parse.quote(piece))
    for shift in range(3):
        encoded = base64.b64encode(b"." * shift + body.encode()).decode()
        yield encoded[4:-4]


def spilled(canaries: Canaries, run: Run, files: list[Path]) -> list[str]:
    """The planted values of which a piece came out, in any form."""
    seen = run.out + run.err + "".join(file.read_text(encoding="utf-8") for file in files)
    joined = "".join(seen.split())
    return [value for value in canaries.planted if any(form in joined for form in _forms(value))]


@pytest.mark.parametrize(("policy", "chosen"), [("default", "console"), ("strict", "json")])
def test_no_report_shows_a_planted_value(
    leakgate: Command, planted: tuple[Path, Canaries], tmp_path: Path, chosen: str, policy: str
) -> None:
    """Every format, as verbose as it gets, to standard output and to files."""
    folder, canaries = planted
    files = [tmp_path / f"report.{name}" for name in _REPORTS]
    reports = [w for n, f in zip(_REPORTS, files, strict=True) for w in ("--report", f"{n}={f}")]

    run = leakgate("scan", folder, "--policy", policy, "--format", chosen, "-vv", *reports)

    assert 1 == run.code
    assert [] == spilled(canaries, run, files)


def test_scanning_its_own_reports_finds_nothing(
    leakgate: Command, planted: tuple[Path, Canaries], tmp_path: Path
) -> None:
    """A report is an artifact too, and is uploaded."""
    reports = tmp_path / "reports"
    wanted = [w for n in _FORMATS for w in ("--report", f"{n}={reports / n}")]
    leakgate("scan", planted[0], *wanted)

    again = leakgate("scan", reports, "--format", "json")

    found = json.loads(again.out)["findings"]
    assert [] == [(f["rule"], f["location"]["path"], f["location"]["line"]) for f in found]


def test_error_messages_hold_no_scanned_bytes(leakgate: Command, tmp_path: Path) -> None:
    """A report into a place whose name is hostile, a policy that is none, a missing path."""
    canaries = Canaries()
    (tmp_path / "policy.yaml").write_text(
        f"version: 1\npassword: {canaries.password()}\n: {canaries.token()}\n"
    )
    (tmp_path / "a.log").write_text("x")

    run = leakgate("scan", tmp_path, "--policy", tmp_path / "policy.yaml")

    assert 2 == run.code
    assert [] == spilled(canaries, run, [])
