"""
Values planted in names: in every field that a report shows, in every writing, and no piece of them comes out.

Each value is found in a text by its label or shape, and stands in names that say nothing of it. A part is
tried in the normal suite; with LEAKGATE_LONG_TESTS=1, every example of every rule.
"""

from __future__ import annotations

import base64
import html
import io
import json
import os
import random
import re
import string
import urllib.parse
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from leakgate.detect.engine.portable import PortableEngine
from leakgate.detect.recognizers.rules import RuleRecognizer
from leakgate.detect.rules.examples import expand
from leakgate.detect.rules.load import proven_rules
from leakgate.detect.rules.schema import RuleSpec
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Confidence
from leakgate.model.segment import RawText, Segment, SegmentKind
from leakgate.report.registry import REPORTERS
from tests.conftest import Command

WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": lambda text: "".join(f"%{ord(char):02X}" for char in text),
    "twice": lambda text: urllib.parse.quote("".join(f"%{ord(char):02X}" for char in text), safe=""),
    "hex": lambda text: text.encode().hex(),
    "base64": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "json": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "html": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "reversed": lambda text: text[::-1],
    "zero width": "\u200b".join,
    "wide": lambda text: "".join(chr(0xFEE0 + ord(char)) if char.isalnum() else char for char in text),
    "split": lambda text: f"{text[: len(text) // 2]}/{text[len(text) // 2 :]}",
    "part": lambda text: text[3:13],
}
_SIZES = (8, 12)
_PLACES = 8  # of each value, in names


@dataclass(frozen=True)
class Planted:
    """`secret` is what nobody may see of it, `written` how it stands in names, `body` where it is found."""

    secret: str
    written: str
    body: str


def _value(number: int) -> str:
    letters = string.ascii_letters + string.digits
    return "Vq8" + "".join(random.Random(number).choices(letters, k=17)) + "7x"


def _plant(folder: Path, planted: Planted, number: int) -> None:
    """The value in a text, and as it is written in names of everything: at 8 places."""
    written, body = planted.written, planted.body
    name = written.replace("/", "_").encode()[:180].decode(errors="ignore")
    quoted = html.escape(written, quote=True)
    (folder / f"{number}-{name}.log").write_text(body)
    (folder / f"{number}.xml").write_text(
        f'<testsuites><testsuite name="s"><testcase classname="t.{quoted}" name="test[{quoted}]" '
        f'file="{quoted}.py"><system-out>{html.escape(body)}</system-out></testcase></testsuite></testsuites>'
    )
    (folder / f"{number}.json").write_text(json.dumps({written: {"note": body}}))
    request = {"method": "GET", "url": f"https://x.test/u/{written}/z", "headers": []}
    entry = {"request": request, "response": {"content": {"text": body}}}
    (folder / f"{number}.har").write_text(json.dumps({"log": {"version": "1.2", "entries": [entry]}}))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(f"m/{written}/x.log", body)
        archive.writestr(f"{name}.rar", b"Rar!\x1a\x07\x01\x00" + b"x" * 99)
    (folder / f"{number}.zip").write_bytes(held.getvalue())


def _spilled(outputs: str, values: list[Planted]) -> list[Planted]:
    """Values of which a piece, or all as it was written, is in the text. By a table: many are looked for."""
    bare = "".join(filter(str.isalnum, outputs))
    texts = (outputs, outputs[::-1], bare, bare[::-1])
    seen = {
        size: {text[at : at + size] for text in texts for at in range(len(text) - size + 1)}
        for size in _SIZES
    }
    return [
        one
        for one in values
        if any(not seen[size].isdisjoint(_pieces(one.secret, size)) for size in _sizes(one))
        or one.written in outputs
    ]


def _sizes(planted: Planted) -> tuple[int, ...]:
    """Digests have eight digits in common with hexadecimal values by chance, among millions."""
    return (_SIZES[1],) if re.fullmatch("[0-9a-fA-F]+", planted.secret) else (_SIZES[0],)


def _pieces(secret: str, size: int) -> set[str]:
    """Not those that repeat a few characters, which any encoded number may have."""
    rows = (secret[at : at + size] for at in range(len(secret) - size + 1))
    return {row for row in rows if len(set(row)) > 3}


def _tried(leakgate: Command, place: Path, values: list[Planted]) -> list[Planted]:
    run, written = place / "run", place / "written"
    run.mkdir()
    for number, planted in enumerate(values):
        _plant(run, planted, number)
    reports = [word for name in REPORTERS for word in ("--report", f"{name}={written / name}")]
    cache = ("--result-cache", written / "cache", "--audit-log", written / "audit")
    outputs = ""
    for _ in range(2):  # the second time from the cache
        ran = leakgate("scan", run, *map(str, cache), *reports, "-vv", "--jobs", "2")
        assert 1 == ran.code
        outputs += ran.out + ran.err
    files = [path for path in written.rglob("*") if path.is_file()]
    return _spilled(outputs + "".join(path.read_text(errors="replace") for path in files), values)


def _passwords(count: int) -> list[Planted]:
    ways = list(WRITINGS.values())
    values = map(_value, range(count))
    return [
        Planted(value, ways[n % len(ways)](value), f"login db_password={value}\n")
        for n, value in enumerate(values)
    ]


def _examples(seeds: range, share: int = 1) -> list[Planted]:
    """Of each `share`-th rule: the longest random run of letters and digits in what it finds."""
    ways = list(WRITINGS.values())
    found: list[Planted] = []
    for spec in proven_rules()[::share]:
        engine = PortableEngine([spec.pattern])
        for template in spec.proof.examples if spec.proof is not None else ():
            for seed in seeds:
                text = expand(template, seed)
                secret = _found(spec, engine, text)
                if secret is not None:
                    found.append(Planted(secret, ways[len(found) % len(ways)](secret), f"{text}\n"))
    return found


def _found(spec: RuleSpec, engine: PortableEngine, text: str) -> str | None:
    segment = Segment(RawText(Artifact("x"), text.encode(), "utf-8"), text.encode(), SegmentKind.LOG)
    for match in RuleRecognizer([spec]).confirm(segment, engine.scan(segment.data)):
        rest = match.secret.reveal().decode().removeprefix(spec.rule.prefix)
        runs = [run for run in re.findall("[A-Za-z0-9]{14,}", rest) if re.search("[0-9]", run)]
        if match.synthetic is None and match.confidence is not Confidence.LOW and runs:
            return max(runs, key=len)
    return None


def test_no_name_shows_a_value(leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each writing once, in each field, twice: when it is found, and from the cache."""
    monkeypatch.setenv("LEAKGATE_KEY", "0123456789abcdef" * 4)

    assert [] == _tried(leakgate, tmp_path, _passwords(len(WRITINGS)))


@pytest.mark.parametrize("share", [1 if "LEAKGATE_LONG_TESTS" in os.environ else 40])
def test_no_name_shows_a_value_of_a_rule(
    leakgate: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: int
) -> None:
    """The examples of rules, as names have them."""
    monkeypatch.setenv("LEAKGATE_KEY", "0123456789abcdef" * 4)
    planted = _examples(range(1), share)
    spilled: list[Planted] = []
    for start in range(0, len(planted), 200):
        place = tmp_path / str(start)
        place.mkdir()
        spilled += _tried(leakgate, place, planted[start : start + 200])
    print(f"{len(planted) * _PLACES} places of {len(planted)} values, {len(spilled)} seen")  # noqa: T201

    assert [] == [(one.written, one.body) for one in spilled]


def test_the_name_of_a_clean_file_blocks(leakgate: Command, tmp_path: Path) -> None:
    """A folder without anything in it, too; each name is one finding."""
    first, second = (expand("gh" + "p_{alnum:30}{crc32:6}", seed) for seed in (1, 2))
    (tmp_path / "out" / first).mkdir(parents=True)
    (tmp_path / "out" / "sub").mkdir()
    for name in ("a", "b"):
        (tmp_path / "out" / "sub" / f"{second}-{name}").write_text("hi\n")
    ran = leakgate("scan", tmp_path / "out", "--format", "json")
    found = json.loads(ran.out)["findings"]

    assert 1 == ran.code
    assert ["(name)"] * 3 == [one["location"]["pointer"] for one in found]
    assert first not in ran.out
    assert second not in ran.out
