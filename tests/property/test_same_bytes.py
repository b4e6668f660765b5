"""What is scanned once is reported as if it were scanned each time: random trees, full of copies."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from leakgate.findings.fingerprint import Key
from leakgate.model.limits import Limits
from leakgate.pipeline.reuse import NOTHING_KNOWN, Reuse
from leakgate.pipeline.run import Sharing
from leakgate.pipeline.twins import Twins
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.load import load_policy
from leakgate.remembering import kin_of_names
from leakgate.sources.division import FileDivision
from leakgate.sources.paths import open_sources
from leakgate.sources.prints import FilePrints
from leakgate.unpack.parts import parts
from leakgate.wiring import build_detector, build_scanner
from tests.kit import tokens
from tests.unit.pipeline.harvests import Harvest, run

_LIMITS = Limits(max_members=60, max_depth=4)
_ENDINGS = (
    ".log",
    ".txt",
    ".xml",
    ".json",
    ".yaml",
    ".csv",
    ".gz",
    ".zip",
    ".tar.gz",
    ".html",
    ".properties",
    "",
)
_FOLDERS = ("", "retry-1/", "retry-2/", "a b/", "test-results/")


def _log(chance: random.Random) -> bytes:
    lines = [f"2026-01-02T03:04:{n % 60:02d}Z INFO request {chance.random()} done" for n in range(20)]
    lines.insert(chance.randrange(20), f"DEBUG token={tokens.github(chance.randrange(3))}")
    return "\n".join(lines).encode()


def _junit(chance: random.Random) -> bytes:
    leak = tokens.github(chance.randrange(3))
    name = chance.choice(("trace.zip", "shot.log", "app.log"))
    return (
        f'<testsuite name="s"><testcase classname="tests.test_a" name="test_{chance.randrange(3)}">'
        f"<system-out>password: {tokens.password(1)} {leak}\n[[ATTACHMENT|{name}]]</system-out>"
        f"</testcase>{'<!-- padding -->' * 60}</testsuite>"
    ).encode()


def _fields(chance: random.Random) -> bytes:
    rows = ",".join(
        f'{{"user": "u{n}", "apiKey": "{tokens.github(n % 3)}"}}' for n in range(chance.randrange(9, 30))
    )
    return f'{{"items": [{rows}]}}'.encode()


def _table(chance: random.Random) -> bytes:
    rows = "".join(f"{n},anna{n}@mail-{chance.randrange(9)}.io,secret{n}\n" for n in range(60))
    return f"id,email,password\n{rows}".encode()


def _binary(chance: random.Random) -> bytes:
    return chance.randbytes(1500) + tokens.github(chance.randrange(3)).encode() + chance.randbytes(20)


def _cut(chance: random.Random) -> bytes:
    return gzip.compress(_log(chance) * 2, mtime=0)[:-30] + bytes(1100)


_LEAVES: tuple[Callable[[random.Random], bytes], ...] = (_log, _junit, _fields, _table, _binary, _cut)


def _zip(members: Sequence[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # hostile archives hold a name twice, and so do some of these
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return held.getvalue()


def _tar(members: Sequence[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return held.getvalue()


def _grow(root: Path, chance: random.Random) -> None:
    """Some contents, some archives of them, and many files that hold one or the other under any name."""
    pool = [make(chance) for make in _LEAVES]
    for _ in range(4):
        some = [(_name(chance), data) for data in chance.sample(pool, chance.randrange(1, 4))]
        some += [(_name(chance), some[0][1]), (some[0][0], chance.choice(pool[:6]))]
        pack = chance.choice((_zip, _tar, lambda held: gzip.compress(held[0][1], mtime=0)))
        pool.append(pack(some))
    for _ in range(40):
        path = root / _name(chance)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.choice(pool))


def _name(chance: random.Random) -> str:
    stem = chance.choice(("app", "shot", "trace", "report.v2", tokens.github(5), f"n{chance.randrange(99)}"))
    return f"{chance.choice(_FOLDERS)}{stem}{chance.choice(_ENDINGS)}"


@pytest.fixture(scope="module")
def scanner(engine_cache: Path) -> UnitScanner:
    detector = build_detector(replace(load_policy("default").detect, nlp_entities=()), engine_cache)
    return build_scanner(detector, Key.of("same bytes"), _LIMITS)


def _harvest(root: Path, scanner: UnitScanner, jobs: int, reuse: Reuse) -> Harvest:
    source = open_sources([str(root)], stdin=io.BytesIO())
    sharing = Sharing(jobs, FileDivision(partial(parts, limits=scanner.limits)))
    return run(
        source, scanner, skipped=lambda: 0, watch=lambda path, done: None, sharing=sharing, reuse=reuse
    )


def _told(harvest: Harvest) -> tuple[object, ...]:
    return harvest.findings, harvest.gaps, harvest.coverage, harvest.interrupted


@pytest.mark.parametrize(("seed", "jobs"), [(0, 1), (1, 1), (2, 2), (3, 2)])
def test_copies_are_reported_as_if_each_was_scanned(
    tmp_path: Path, scanner: UnitScanner, monkeypatch: pytest.MonkeyPatch, seed: int, jobs: int
) -> None:
    """Findings, gaps, tests and counts are the same, byte for byte and in the same order."""
    monkeypatch.setattr("leakgate.pipeline.run.WORTH_A_PROCESS", 1)
    _grow(tmp_path, random.Random(seed))
    reuse = Reuse(FilePrints(), kin_of_names(packs=False), scanner.sealer.redact)

    once = _harvest(
        tmp_path, replace(scanner, twins=Twins(FilePrints(), kin_of_names(packs=False))), jobs, reuse
    )
    each = _harvest(tmp_path, scanner, 1, NOTHING_KNOWN)

    assert _told(each) == _told(once)
    assert len(each.findings) > 20
