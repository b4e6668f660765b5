"""Reads the files of names, by the name of the file; never judges what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from leakgate.model.prepared import prepared

NAMES = ("personal", "secrets")


def vocabulary(name: str) -> Any:
    """What `<name>.yaml` says."""
    text = source(name)
    document = prepared(table(name), [text])
    return read(text) if document is None else document


def source(name: str) -> bytes:
    """The text of `<name>.yaml`."""
    return Path(__file__).with_name(f"{name}.yaml").read_bytes()


def table(name: str) -> Path:
    """The same as JSON; `make tables` writes it."""
    return Path(__file__).with_name(f"{name}.json")


def read(text: bytes) -> Any:
    """A file of names without its table."""
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
