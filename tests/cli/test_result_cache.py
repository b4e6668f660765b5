"""`--result-cache`: the same result, sooner; nothing is believed unsigned, no raw value is kept."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leakgate.remembered import store as module
from tests.conftest import Command
from tests.kit import tokens

_KEY = "a key of the team"
_PADDING = "2026-01-02T03:04:05Z INFO all is well, nothing to see here\n" * 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run with a leak in a log, in a report and in an archive, a clean log, and a damaged archive."""
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "app.log").write_text(f"{_PADDING}DEBUG token={tokens.github()} ok\n")
    (folder / "clean.log").write_text(_PADDING)
    report = f'<testcase classname="a" name="b"><system-out>{tokens.github(1)}</system-out></testcase>'
    (folder / "junit.xml").write_text(f"<testsuite>{report}<!--{_PADDING}--></testsuite>")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("inner.log", f"{_PADDING}password: {tokens.password()}\n")
    (folder / "trace.zip").write_bytes(held.getvalue())
    (folder / "cut.gz").write_bytes(gzip.compress(b"".join(b"%d" % n for n in range(9000)))[:-40])
    return folder


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def scan(
    leakgate: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """The JSON result of a scan with the cache and a key, or with none; without durations."""

    def run(*arguments: str, key: str | None = _KEY, cache: bool = True) -> Any:
        if key is None:
            monkeypatch.delenv("LEAKGATE_KEY", raising=False)
        else:
            monkeypatch.setenv("LEAKGATE_KEY", key)
        cached = ("--result-cache", str(tmp_path / "results")) if cache else ()
        found = leakgate("scan", folder, *cached, *arguments, "--format", "json")
        result = json.loads(found.out)
        del result["timing"], result["run"]
        result["said"] = found.err
        return result

    return run


def taken(result: Any) -> int:
    """How many artifacts came from the cache; what is left is what a scan without one says."""
    return int(result["coverage"].pop("from_cache"))


def test_the_result_is_the_same(scan: Callable[..., Any]) -> None:
    """Findings, fingerprints, places, tests, gaps and counts; all of it comes from the cache."""
    without, first, second = scan(cache=False), scan(), scan()

    assert [0, 0, 5] == [taken(result) for result in (without, first, second)]
    assert without == first == second
    assert 3 == len(without["findings"])


def test_the_summary_says_what_came_from_the_cache(
    leakgate: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the line that says what was looked at."""
    monkeypatch.setenv("LEAKGATE_KEY", _KEY)
    leakgate("scan", folder, "--result-cache", tmp_path / "results")

    run = leakgate("scan", folder, "--result-cache", tmp_path / "results")

    assert "5 from the result cache" in run.out


def test_names_may_change(scan: Callable[..., Any], folder: Path) -> None:
    """The bytes count, and the ending of the name; findings have their new places."""
    scan()
    (folder / "app.log").rename(folder / "moved.log")
    (folder / "trace.zip").rename(folder / "trace.bin")

    result = scan()

    assert 4 == taken(result)
    assert {"moved.log", "junit.xml", "trace.bin"} == {
        Path(finding["location"]["path"]).name for finding in result["findings"]
    }


def test_changed_bytes_are_scanned(scan: Callable[..., Any], folder: Path) -> None:
    """Also where the size stays."""
    scan()
    path = folder / "clean.log"
    path.write_text(path.read_text()[:-42] + f" {tokens.github(2)}\n")

    result = scan()

    assert 4 == taken(result)
    assert 4 == len(result["findings"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("--policy", "strict"),
        ("--category", "secret"),
        ("--known-values-env", "LEAKGATE_TEST_VALUE"),
        ("--rules", "{pack}"),
        ("--verify",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_decides_a_result_must_be_the_same(
    scan: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Policy, categories, known values and foreign rules; and nothing is taken where providers are asked."""
    monkeypatch.setenv("LEAKGATE_TEST_VALUE", tokens.aws_secret())
    monkeypatch.setenv("LEAKGATE_VERIFY_URLS", "github=https://127.0.0.1:1")
    pack = tmp_path / "pack.toml"
    pack.write_text("[[rules]]\nid = 'x'\nregex = '''zzz[0-9]{30}'''\n")
    scan()

    assert 0 == taken(scan(*(each.format(pack=pack) for each in arguments)))


def test_other_known_values_find_other_leaks(
    scan: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value that the pipeline holds from today on was clean text yesterday."""
    value = tokens.aws_secret().replace("/", "x")
    (folder / "clean.log").write_text(f"{_PADDING}{value}\n")
    monkeypatch.setenv("LEAKGATE_TEST_VALUE", tokens.aws_secret(1))
    scan("--known-values-env", "LEAKGATE_TEST_VALUE")
    monkeypatch.setenv("LEAKGATE_TEST_VALUE", value)

    result = scan("--known-values-env", "LEAKGATE_TEST_VALUE")

    assert 0 == taken(result)
    assert "known-value" in {finding["rule"] for finding in result["findings"]}


@pytest.mark.parametrize(
    "where", ["leakgate.remembering.__version__", "leakgate.remembered.circumstances.sys.version"]
)
def test_another_version_scans_again(
    scan: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Of leakgate, or of what it runs on."""
    scan()
    monkeypatch.setattr(where, "another")

    assert 0 == taken(scan())


def test_another_key_believes_nothing(scan: Callable[..., Any]) -> None:
    """What somebody else signed is told, and scanned again."""
    scan(key="another key of the team")

    result = scan()

    assert 0 == taken(result)
    assert "was not written with this key" in result["said"]


def test_a_forged_entry_does_not_make_a_leak_pass(
    scan: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    """Without the key, nobody can say that leaking bytes are clean."""
    scan()
    file = tmp_path / "results" / "results.lgr"
    lines = file.read_bytes().split(b"\n")
    clean = b"[[1,0,100,0],[],[],[]]"
    forged = [b" ".join((*line.split(b" ")[:2], clean)) if line.count(b" ") else line for line in lines]
    file.write_bytes(b"\n".join(forged))

    result = scan()

    assert 0 == taken(result)
    assert 3 == len(result["findings"])
    assert "changed since" in result["said"]


def test_without_a_key_only_what_is_clean_is_kept(scan: Callable[..., Any], tmp_path: Path) -> None:
    """Fingerprints of another run say nothing; the log and the cut archive are taken from the cache."""
    scan(key=None)

    result = scan(key=None)

    assert 2 == taken(result)
    assert 3 == len(result["findings"])
    assert b"lg1:" not in (tmp_path / "results" / "results.lgr").read_bytes()


def test_without_a_key_another_machine_believes_nothing(
    scan: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that CI carries from one to the next holds no key to sign with."""
    scan(key=None)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))

    assert 0 == taken(scan(key=None))


def test_without_a_place_for_a_key_there_is_no_cache(
    scan: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and everything is scanned."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    result = scan(key=None)

    assert "no result cache" in result["said"]
    assert 3 == len(result["findings"])
    assert not (tmp_path / "results").exists()


def test_no_planted_value_is_in_the_cache(scan: Callable[..., Any], tmp_path: Path) -> None:
    """Neither as it is, nor in base64, hexadecimal digits or part."""
    scan(key=None)
    scan()
    held = b"".join(path.read_bytes() for path in (tmp_path / "results").iterdir())

    for value in (tokens.github(), tokens.github(1), tokens.password()):
        raw = value.encode()
        for form in (
            raw,
            base64.b64encode(raw)[:-4],
            raw.hex().encode(),
            raw[: len(raw) // 2],
            raw[len(raw) // 2 :],
        ):
            assert form not in held


def test_what_was_not_scanned_in_time_is_not_kept(
    scan: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run has the time."""
    from leakgate.pipeline import clock

    class Late:
        now = 0.0

        def monotonic(self) -> float:
            self.now += 10.0
            return self.now

    with monkeypatch.context() as late:
        late.setattr(clock, "time", Late())
        scan("--max-seconds", "1")

    result = scan()

    assert 0 == taken(result)
    assert 3 == len(result["findings"])


def test_a_checkout_that_names_who_wrote_a_leak_is_asked_each_time(
    scan: Callable[..., Any], tmp_path: Path
) -> None:
    """With a source root only what is clean comes from the cache."""
    scan("--source-root", str(tmp_path))

    assert 2 == taken(scan("--source-root", str(tmp_path)))


def test_a_cache_that_cannot_be_written_is_a_note(
    scan: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result and the exit code are those of a scan without one."""

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.tempfile, "mkstemp", full)

    result = scan()

    assert "leakgate: the result cache cannot be written" in result["said"]
    assert 3 == len(result["findings"])


def test_a_directory_that_others_may_write_is_a_note(scan: Callable[..., Any], tmp_path: Path) -> None:
    """Nothing is read from it."""
    scan()
    (tmp_path / "results").chmod(0o777)

    result = scan()

    assert 0 == taken(result)
    assert "can be written by others" in result["said"]
