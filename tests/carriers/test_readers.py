"""Completeness: every reader that exists is registered, tested and named on the page."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.carriers.readers import READERS, ROOT, Reader
from tests.carriers.table import PAGE

_TESTS = Path(__file__).parents[1] / "unit" / "unpack"
_FOLDERS = ("containers", "formats", "formats/json_kinds", "decoders")
# What each protocol asks for; a module that has it, itself or in an object, defines a reader.
_PROTOCOLS = (("matches", "members"), ("matches", "read"), ("patterns", "decode"), ("matches", "test_of"))
# Protocols, mechanisms of which readers are made, and what stands for "none of them".
_NO_READERS = {"Container", "Format", "Rewriting", "Labelling", "JsonKind", "Decoder", "ANY_JSON"}

# Readers whose tests show their input and do not say their name.
_SHOWN = {
    "containers/ar_archive.py": "!<arch>",
    "containers/bzip2_stream.py": "bz2.compress(",
    "containers/gzip_stream.py": "gzip.compress(",
    "containers/sevenzip_archive.py": "py7zr.",
    "containers/tar_archive.py": "tarfile.",
    "containers/unread_archive.py": "Rar!",
    "containers/xz_stream.py": "lzma.compress(",
    "containers/zip_archive.py": "zipfile.ZipFile(",
    "containers/zstd_stream.py": "zstandard.",
    "decoders/base32_runs.py": "base64.b32encode(",
    "decoders/forms.py": "John+Doe",
    "formats/json_kinds/go_test.py": '"Action": "output"',
    "formats/json_kinds/pytest_html.py": "jsonblob",
}


def _modules() -> Iterator[str]:
    for folder in _FOLDERS:
        for file in sorted((ROOT / folder).glob("*.py")):
            if not file.stem.startswith("__") and "registry" not in file.stem:
                yield f"{folder}/{file.name}"


def _defined(module: str) -> list[str]:
    """The names of the readers that `module` defines and does not import."""
    loaded = importlib.import_module("leakgate.unpack." + module.removesuffix(".py").replace("/", "."))
    source = inspect.getsource(loaded)
    return [name for name, held in vars(loaded).items() if _is_reader(name, held) and _is_own(name, source)]


def _is_reader(name: str, held: object) -> bool:
    if name in _NO_READERS or name.startswith("_"):
        return False
    return any(all(hasattr(held, part) for part in (*protocol, "name")) for protocol in _PROTOCOLS)


def _is_own(name: str, source: str) -> bool:
    return f"\nclass {name}" in source or f"\n{name} = " in source or f"\n{name}: " in source


_DEFINING = [module for module in _modules() if _defined(module)]


def test_readers_are_recognised_as_such() -> None:
    """The check sees each protocol: a container, a format, a kind of JSON, a decoder."""
    known = {
        "containers/zip_archive.py",
        "formats/html.py",
        "formats/json_kinds/ctrf.py",
        "decoders/escapes.py",
    }

    assert known <= set(_DEFINING)


@pytest.mark.parametrize("module", _DEFINING)
def test_every_reader_is_registered(module: str) -> None:
    """A reader that nobody asks reads nothing."""
    assert module in {reader.module for reader in READERS}


@pytest.mark.parametrize("module", _DEFINING)
def test_every_reader_has_a_test(module: str) -> None:
    """Some test of unpacking names the reader, or shows what it reads."""
    words = {*_defined(module), Path(module).stem, _SHOWN.get(module, Path(module).stem)}

    assert any(word in text for text in _sources() for word in words)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.kind}-{reader.name}")
def test_every_reader_is_on_the_page(reader: Reader) -> None:
    """docs/carriers.md names it with its module."""

    assert f"| {reader.name} | `{reader.module}` |" in PAGE.read_text(encoding="utf-8")


def _sources() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(_TESTS.rglob("*.py"))]
