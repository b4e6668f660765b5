"""Files that several programs wrote, each in an encoding of its own: nothing in them is passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakgate.detect.rules.examples import expand
from tests.conftest import Command


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("lines", [1, 40])
def test_single_bytes_behind_wide_text(leakgate: Command, tmp_path: Path, codec: str, lines: int) -> None:
    """A Windows shell appends them to what PowerShell began."""
    token = expand("gh" + "p_{alnum:30}{crc32:6}", 4)
    begun = ("\ufeff" + "started\r\n" * lines).encode(codec)
    (tmp_path / "run.log").write_bytes(begun + f"token {token}\r\n".encode())

    run = leakgate("scan", tmp_path, "--format", "json")

    (finding,) = json.loads(run.out)["findings"]
    at = finding["location"]
    assert (1, "github-pat") == (run.code, finding["rule"])
    assert (len(begun) + 6, len(begun) + 6 + len(token)) == (at["byte_start"], at["byte_end"])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_alone_is_found_once(leakgate: Command, tmp_path: Path, codec: str) -> None:
    token = expand("gh" + "p_{alnum:30}{crc32:6}", 4)
    (tmp_path / "run.log").write_bytes(f"\ufeffname 東京都渋谷区\r\ntoken {token}\r\n".encode(codec))

    run = leakgate("scan", tmp_path, "--format", "json")

    (finding,) = json.loads(run.out)["findings"]
    assert (2, 7, 1) == (finding["location"]["line"], finding["location"]["column"], finding["occurrences"])
