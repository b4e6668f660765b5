"""A folder of hostile names, of things that are no files, and of a file larger than any disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.corpus import LEAK
from tests.faults.scanning import Scan, scanned

_PATIENCE = 120  # seconds; some 5 on an idle machine
_MEMORY = 400  # MiB at the peak; some 140

# As Linux takes them: any bytes but `/` and NUL, 255 of them.
NAMES = (
    b"new\nline.log",
    b"\r\n::error::done.log",
    b"tab\tand  blanks .log",
    b" ",
    b"\x1b[2J\x1b]0;title\x07.log",
    b"\xc2\x9b31mred.log",
    "gpj.\u202egol".encode(),
    "zero\u200bwidth\ufeff.log".encode(),
    b"n" * 255,
    "\u4e2d".encode() * 85,
    b"\xff\xfe\x80.log",
    b"half \xe4\xb8.log",
    b"--policy=advisory",
    b"-rf",
    b"*?[a].log",
    b"$(reboot)`id`;&|.log",
    b"%s%n%2e%2e%00.log",
    b"<img src=x onerror=alert(1)>.log",
    b"[x](javascript:a) | **b** `c`.md",
    b"=cmd|' '!A1.csv",
    b"C:\\x\\..\\y.log",
    b"a!b!c.zip!",
    b"..a",
    b"...",
)
_NO_FILES: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "socket": lambda path: os.mknod(path, stat.S_IFSOCK | 0o600),
    "itself": lambda path: path.symlink_to(path.name),
    "endless": lambda path: path.symlink_to("/dev/zero"),
    "noise.log": lambda path: path.symlink_to("/dev/urandom"),
    "outside": lambda path: path.symlink_to("/etc"),
    "above": lambda path: path.symlink_to(".."),
    "nowhere": lambda path: path.symlink_to("nothing"),
}
_HOLE = 10 << 30  # bytes


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory, engine_cache: Path) -> Scan:
    folder = tmp_path_factory.mktemp("f") / "run"
    folder.mkdir()
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(LEAK)
    for name, make in _NO_FILES.items():
        make(folder / name)
    (folder / "ring").mkdir()
    (folder / "ring" / "ring").symlink_to(".")
    (folder / "sparse.bin").write_bytes(bytes(9) + LEAK)
    os.truncate(folder / "sparse.bin", _HOLE)
    return scanned(folder, engine_cache, _PATIENCE)


def test_it_ends_with_a_verdict(scan: Scan) -> None:
    """Blocked, by what was found; no word on standard error, in bounded memory."""
    assert (1, "", True) == (scan.code, scan.errors, scan.memory < _MEMORY)


def test_every_name_is_scanned(scan: Scan) -> None:
    """What a file is called hides nothing that is in it."""
    names = [finding["location"]["path"].rpartition("/run/")[2] for finding in scan.document["findings"]]

    assert len(NAMES) + 1 == len(set(names))


def test_names_say_nothing_to_a_terminal(scan: Scan) -> None:
    """No report has a control, a mark of direction or half a character of theirs."""
    page = scan.page.replace("\n", "")

    assert [] == [char for char in page if not char.isprintable()]
    assert "\n::error::" not in scan.page


@pytest.mark.parametrize("name", _NO_FILES)
def test_what_is_no_file_is_told(scan: Scan, name: str) -> None:
    """Nothing waits for a writer or reads without end; each is a gap."""
    assert 1 == len(scan.about(name, "gaps"))


def test_a_ring_of_links_ends(scan: Scan) -> None:
    """A folder that holds itself is walked once."""
    assert len(scan.about("ring", "gaps")) <= 1


def test_a_hole_of_gigabytes_is_told(scan: Scan) -> None:
    """Its beginning is scanned, the rest is too large."""
    assert ["github-pat"] == [finding["rule"] for finding in scan.about("sparse.bin", "findings")]
    assert ["too_large"] == [gap["reason"] for gap in scan.about("sparse.bin", "gaps")]
