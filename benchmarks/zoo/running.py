"""
Runs a tool twice, harmless and leaky, and keeps what it leaves with the list of what was planted.

`ROOT/runs/TOOL/{clean,leaky}/` are the artifacts, `truth.jsonl` and `run.json` stand beside them, the copies
of the project in `ROOT/work/TOOL/`. Never judges.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from .installing import NotInstalled, install, surroundings
from .serving import shop
from .slots import SLOTS, Text, environment, texts
from .tool import Tool

CLEAN, LEAKY = "clean", "leaky"
_PEOPLE = {"GIT_AUTHOR_NAME": "Shop CI", "GIT_AUTHOR_EMAIL": "ci@example.com"}
_COMMITTER = {"GIT_COMMITTER_NAME": "Shop CI", "GIT_COMMITTER_EMAIL": "ci@example.com"}


@dataclass(frozen=True, slots=True)
class Planted:
    """One leak of a run: what it is, which test writes it and how, the lines of source that do."""

    kind: str
    value: str
    forms: tuple[str, ...]
    test: str | None
    carrier: str
    variable: str
    source: tuple[tuple[str, int], ...]


class Unusable(Exception):
    """A run is not what it should be; the message says how."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything of a zoo is."""

    root: Path

    def run(self, tool: str) -> Path:
        return self.root / "runs" / tool

    def work(self, tool: str, variant: str) -> Path:
        return self.root / "work" / tool / variant

    def is_made(self, tool: str) -> bool:
        """Both runs are there and as they should be."""
        said = self.run(tool) / "run.json"
        return said.exists() and "reason" not in json.loads(said.read_text(encoding="utf-8"))

    @property
    def environments(self) -> Path:
        return self.root / "env"


def make(tool: Tool, places: Places) -> str | None:
    """Both runs of a tool. What cannot be had, or is not as it should be: the reason, also in run.json."""
    home = places.run(tool.name)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    said: dict[str, object] = {"tool": tool.name, "family": tool.family, "versions": tool.versions}
    try:
        found = install(tool, places.environments)
        for variant in (CLEAN, LEAKY):
            said[variant] = _run(tool, variant, places, found)
    except (NotInstalled, Unusable) as exc:
        said["reason"] = str(exc)
    (home / "run.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    return str(said["reason"]) if "reason" in said else None


def _run(tool: Tool, variant: str, places: Places, found: Mapping[str, str]) -> int:
    leaky = variant == LEAKY
    drawn = texts(tool.name, leaky=leaky)
    out, work = places.run(tool.name) / variant, places.work(tool.name, variant)
    shutil.rmtree(work, ignore_errors=True)
    for folder in tool.folders:
        shutil.copytree(folder, work, dirs_exist_ok=True)
    if "NODE_HOME" in found:
        (work / "node_modules").symlink_to(found["NODE_HOME"])
    out.mkdir()
    variables = {**surroundings(), **_PEOPLE, **_COMMITTER, **found, **environment(drawn, leaky=leaky)}
    with shop(variables) as address:
        code = _start(tool, work, out, {**variables, "OUT": str(out), "ZOO_URL": address})
    if leaky:
        _write_truth(tool, drawn, out.with_name("truth.jsonl"))
    if bool(code) is not (leaky and tool.fails):
        raise Unusable(
            f"the {variant} run ended with exit code {code}; its last words are in {variant}/console.log"
        )
    return code


def _start(tool: Tool, work: Path, out: Path, variables: Mapping[str, str]) -> int:
    """The exit code. The group of processes is ended as a whole when its time is up."""
    with (out / "console.log").open("wb") as console:
        process = subprocess.Popen(
            ("bash", "-euc", tool.command),
            cwd=work,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return process.wait(timeout=tool.seconds)
        except subprocess.TimeoutExpired as exc:
            raise Unusable(f"not done after {tool.seconds} s") from exc
        finally:
            # What the command left running belongs to its session, which is ours alone.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _write_truth(tool: Tool, drawn: Mapping[str, Text], path: Path) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for planted in planted_in(tool, drawn):
            lines.write(json.dumps(asdict(planted)) + "\n")


def planted_in(tool: Tool, drawn: Mapping[str, Text]) -> Iterator[Planted]:
    """Every leak of the texts, with the lines of the project that name the variable it came by."""
    for slot in SLOTS:
        for leak in drawn[slot.variable].leaks:
            yield Planted(
                leak.kind,
                leak.value,
                leak.forms,
                slot.test if tool.tests else None,
                slot.carrier,
                slot.variable,
                tuple(_lines(tool, slot.variable)),
            )


def _lines(tool: Tool, variable: str) -> Iterator[tuple[str, int]]:
    for folder in tool.folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                    if variable in line:
                        yield path.relative_to(folder).as_posix(), number


def read_truth(path: Path) -> tuple[Planted, ...]:
    """What `_write_truth` wrote."""
    with path.open(encoding="utf-8") as lines:
        return tuple(_planted(json.loads(line)) for line in lines)


def _planted(said: dict[str, object]) -> Planted:
    values = {**said, "forms": tuple(said["forms"]), "source": tuple(tuple(at) for at in said["source"])}  # type: ignore[arg-type, attr-defined]
    return Planted(**values)  # type: ignore[arg-type]
