"""Hostile and damaged input through the real command: the right exit code, gaps named, the rest unharmed."""

from __future__ import annotations

import io
import json
import os
import struct
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.kit import tokens

MIB = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one leaking log: whatever lies beside it, that leak is found."""
    place = tmp_path / "run"
    place.mkdir()
    (place / "leak.log").write_text(f"token={tokens.github()}\n")
    return place


def scanned(leakgate: Command, folder: Path, *arguments: str) -> dict[str, Any]:
    """The JSON report of a run that blocks, as the leak beside the hostile thing must be found."""
    run = leakgate("scan", folder, "--format", "json", *arguments)
    assert 1 == run.code, run.err
    assert "" == run.err
    document: dict[str, Any] = json.loads(run.out)
    assert any(finding["location"]["path"].endswith("leak.log") for finding in document["findings"])
    return document


def gaps(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Innermost name and reason of each gap."""
    return [(([Path(gap["path"]).name, *gap["members"]])[-1], gap["reason"]) for gap in document["gaps"]]


def zipped(*items: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in items:
            archive.writestr(name, data)
    return held.getvalue()


def encrypted() -> bytes:
    """A zip whose only member says that it is encrypted."""
    held = bytearray(zipped(("a.log", b"x" * 50)))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        held[held.index(signature) + flags] |= 1
    return bytes(held)


def overlapping() -> bytes:
    """A zip whose directory lists one member twice."""
    held = zipped(("a.log", b"x" * 50))
    start, end = held.index(b"PK\1\2"), held.index(b"PK\5\6")
    entry, tail = held[start:end], bytearray(held[end:])
    struct.pack_into("<HHL", tail, 8, 2, 2, 2 * len(entry))
    return held[:start] + 2 * entry + bytes(tail)


def nested(levels: int) -> bytes:
    held = b"end"
    for level in range(levels):
        held = zipped((f"{level}.zip", held))
    return held


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("cut.zip", zipped(("a.log", os.urandom(5000)))[:2000], "malformed"),
        ("cut.tar.gz", b"\x1f\x8b\x08" + bytes(7) + os.urandom(300), "malformed"),
        ("cut.zst", b"\x28\xb5\x2f\xfd" + bytes(9), "malformed"),
        ("cut.xz", b"\xfd7zXZ\0" + os.urandom(40), "malformed"),
        ("cut.bz2", b"BZh91AY&SY" + os.urandom(40), "malformed"),
        ("cut.7z", b"7z\xbc\xaf\x27\x1c" + os.urandom(100), "malformed"),
        ("locked.zip", encrypted(), "encrypted"),
        ("bomb.zip", zipped(("zeros", bytes(40 * MIB))), "bomb"),
        ("overlap.zip", overlapping(), "bomb"),
        ("nest.zip", nested(12), "too_deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_archive_is_a_gap(
    leakgate: Command, folder: Path, name: str, data: bytes, reason: str
) -> None:
    """It is named with its reason, and the leak beside it is found."""
    (folder / name).write_bytes(data)

    document = scanned(leakgate, folder)

    assert reason in {why for _, why in gaps(document)}
    assert all(gap["path"].endswith(name) for gap in document["gaps"])


def test_member_names_lead_nowhere(leakgate: Command, folder: Path, tmp_path: Path) -> None:
    """Members called `../x` or `/x` are scanned in memory; nothing is written."""
    leak = f"token={tokens.github(1)}".encode()
    (folder / "up.zip").write_bytes(zipped(("../../escaped.log", leak), ("/escaped.log", leak)))
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (folder / "links.tar").write_bytes(held.getvalue())

    document = scanned(leakgate, folder)

    assert 3 == len(document["findings"])
    assert ["run"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("name", "junk"),
    [
        ("one line", b"x1y " * MIB),
        ("NUL", bytes(2 * MIB)),
        ("invalid UTF-8", bytes(range(128, 256)) * 2000),
        ("escapes", b"\x1b[31m\x1b]0;t\x07\r\b" * 20_000),
        ("half a character", b"\xe2\x82"),
        ("line ends", b"\r\n\r\r\n" * 50_000),
        ("brackets", b"[" * 100_000),
        ("entities", b"&#x41;" * 50_000),
        ("escaped", b"\\" * 200_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_leak_behind_junk_is_found(leakgate: Command, folder: Path, name: str, junk: bytes) -> None:
    """Long lines, binary rubbish and broken encodings hide nothing."""
    (folder / "junk.log").write_bytes(junk + f" token={tokens.github(2)} ".encode())

    document = scanned(leakgate, folder)

    assert {"junk.log", "leak.log"} == {Path(f["location"]["path"]).name for f in document["findings"]}


@pytest.mark.parametrize(
    "extension", ["json", "xml", "yaml", "har", "html", "csv", "eml", "sqlite", "pdf", "png"]
)
@pytest.mark.parametrize("data", [b"[" * 100_000, b"<a>" * 50_000, b'{"a":' * 20_000, b"- " * 5_000, b"\0"])
def test_a_document_that_is_none_leaves_the_rest_unharmed(
    leakgate: Command, folder: Path, extension: str, data: bytes
) -> None:
    """Whatever a name or a first byte promises, no reader crashes or is reported as a bug."""
    (folder / f"odd.{extension}").write_bytes(data)

    assert "recognizer_failed" not in {why for _, why in gaps(scanned(leakgate, folder))}


@pytest.mark.parametrize(
    "name",
    [
        b"a\nb.log",
        b"\x1b[2Jx.log",
        b"::set-output name=x::y",
        b"n" * 251 + b".log",
        b"\xff\xfe.log",
        b" ",
        b"-q",
    ],
)
@pytest.mark.parametrize("format_", ["console", "json", "junit", "sarif", "markdown"])
def test_a_hostile_file_name_is_shown_harmlessly(
    leakgate: Command, folder: Path, name: bytes, format_: str
) -> None:
    """No control byte and no workflow command of a name reaches the output."""
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(f"token={tokens.github(3)}\n")

    run = leakgate("scan", folder, "--format", format_)

    assert (1, "") == (run.code, run.err)
    assert "\x1b" not in run.out
    assert not any(line.startswith("::") for line in run.out.splitlines())
    run.out.encode("utf-8")


def _descend(levels: int, name: str) -> Path:
    """The folder so many levels below the current one, which becomes the current one."""
    for _ in range(levels):
        Path(name).mkdir()
        os.chdir(name)
    return Path.cwd()


def test_a_deep_tree_is_walked(leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Down to its last file."""
    monkeypatch.chdir(folder)
    (_descend(400, "d") / "deep.log").write_text(f"token={tokens.github(4)}\n")
    monkeypatch.undo()

    assert 2 == len(scanned(leakgate, folder)["findings"])


def test_what_stands_below_too_long_a_path_is_scanned(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system does not open it by its name; whoever packs the folder reaches it all the same."""
    monkeypatch.chdir(folder)
    _descend(25, "d" * 200)
    Path("deep.log").write_text(f"token={tokens.github(4)}\n")
    monkeypatch.undo()

    document = scanned(leakgate, folder)

    assert ([], 2) == (gaps(document), len(document["findings"]))


def test_links_that_lead_in_circles_end(leakgate: Command, folder: Path) -> None:
    """Loops are gaps, links to what is scanned anyway are not scanned twice."""
    (folder / "self").symlink_to("self")
    (folder / "up").symlink_to(".")
    (folder / "there").symlink_to("back")
    (folder / "back").symlink_to("there")
    (folder / "gone").symlink_to("nowhere")

    document = scanned(leakgate, folder)

    assert 1 == document["coverage"]["artifacts"]
    assert {"self", "there", "back", "gone"} == {name for name, _ in gaps(document)}


def test_many_small_files_are_each_counted(leakgate: Command, folder: Path) -> None:
    """None is skipped on the way."""
    for number in range(2000):
        (folder / f"{number}.log").write_text(f"line {number}\n")

    assert 2001 == scanned(leakgate, folder)["coverage"]["artifacts"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [(1, "denied"), (2, "vanished"), (5, "unreadable"), (13, "denied"), (24, "unreadable")],
)
def test_a_file_that_cannot_be_opened_is_a_gap(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    """The system's word is told, for every kind of refusal."""
    (folder / "bad.log").write_text("x")
    opened = os.open

    def refusing(path: str, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith("bad.log"):
            raise OSError(number, os.strerror(number))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refusing)

    document = scanned(leakgate, folder)

    assert [("bad.log", reason)] == gaps(document)
    assert os.strerror(number) in document["gaps"][0]["detail"]


def test_a_file_that_shrinks_while_it_is_read_is_a_gap(
    leakgate: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What vanished was not scanned, and that is said."""
    from leakgate.sources import content

    (folder / "shrinks.log").write_bytes(b"line\n" * 100_000)
    measured = content._size_of

    def shrinking(descriptor: int) -> int:
        size = measured(descriptor)
        if size == 500_000:
            os.truncate(folder / "shrinks.log", 1000)
        return size

    monkeypatch.setattr(content, "_size_of", shrinking)

    assert [("shrinks.log", "changed")] == gaps(scanned(leakgate, folder))


def test_an_empty_file_alone_passes(leakgate: Command, tmp_path: Path) -> None:
    """There was something, and it was looked at to its end."""
    (tmp_path / "empty.log").touch()

    run = leakgate("scan", tmp_path, "--format", "json")

    assert (0, []) == (run.code, json.loads(run.out)["gaps"])


def test_a_folder_of_what_is_no_file_is_incomplete(leakgate: Command, tmp_path: Path) -> None:
    """A gap alone is not a scan."""
    os.mkfifo(tmp_path / "pipe")

    assert 3 == leakgate("scan", tmp_path).code
