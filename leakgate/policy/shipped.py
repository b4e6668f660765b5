"""The policies that come with leakgate, by name; never looks into the working directory."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

NAMES = ("default", "strict", "advisory")


def shipped_text(name: str) -> str:
    """The text of the shipped policy `name`, from the installed package or the source checkout."""
    package = resources.files("leakgate")
    installed = package / "policies" / f"{name}.yaml"
    if installed.is_file():
        return installed.read_text(encoding="utf-8")
    checkout = Path(str(package)).parent / "policies" / f"{name}.yaml"
    return checkout.read_text(encoding="utf-8")
