"""The registry of the zoo: every tool can be run, and its project asks for what a run hands over."""

from __future__ import annotations

import re
import subprocess

import pytest

from benchmarks.zoo.registry import TOOLS
from benchmarks.zoo.slots import EXPECTED, LEAKY, SLOTS
from benchmarks.zoo.tool import Tool

_VARIABLES = {EXPECTED, LEAKY, "ZOO_URL", *(slot.variable for slot in SLOTS)}
_NAMES = re.compile(r"ZOO_[A-Z]+")
_EXACT = re.compile(r"[\w.-]+==[\w.]+|(@[\w.-]+/)?[\w.-]+@\d[\w.-]*")


def _texts(tool: Tool) -> str:
    files = (path for folder in tool.folders for path in sorted(folder.rglob("*")) if path.is_file())
    return "\n".join(path.read_text(encoding="utf-8") for path in files) + tool.command


def test_tools_are_many_and_differ_by_name() -> None:
    """There are at least 45 tools, each with a name of its own."""
    names = [tool.name for tool in TOOLS]

    assert len(set(names)) == len(names) >= 45


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_packages_are_pinned(tool: Tool) -> None:
    """A package of an index has one exact version."""
    loose = [package for package in (*tool.needs.pip, *tool.needs.npm) if not _EXACT.fullmatch(package)]

    assert [] == loose


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_project_writes_what_it_is_handed(tool: Tool) -> None:
    """A project names variables that a run sets and no others; a suite writes at least four texts."""
    named = set(_NAMES.findall(_texts(tool))) - {"ZOO_"}

    assert set() == named - _VARIABLES
    assert len(named & {slot.variable for slot in SLOTS}) >= (4 if tool.tests else 1)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_command_can_be_read_by_the_shell(tool: Tool) -> None:
    """The command of a tool is one that a shell understands."""
    read = subprocess.run(("bash", "-n", "-c", tool.command), capture_output=True, check=False)

    assert b"" == read.stderr


def test_a_suite_that_fails_compares_the_answer() -> None:
    """Where the leaky run has to fail, there is an assertion that does."""
    without = [tool.name for tool in TOOLS if tool.fails and "ZOO_ACTUAL" not in _texts(tool)]

    assert [] == [name for name in without if name != "locust"]
