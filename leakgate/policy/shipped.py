"""The policies that come with leakgate, by name; never looks into the working directory."""

from __future__ import annotations

from pathlib import Path

NAMES = ("default", "strict", "advisory")


def shipped_text(name: str) -> str:
    """The text of the shipped policy `name`, from the installed package or the source checkout."""
    package = Path(__file__).parents[1]
    installed = package / "policies" / f"{name}.yaml"
    if installed.is_file():
        return installed.read_text(encoding="utf-8")
    return (package.parent / "policies" / f"{name}.yaml").read_text(encoding="utf-8")
