"""What a tool of the zoo is: how it is had, its project, how it is run. Starts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROJECTS = Path(__file__).with_name("projects")


@dataclass(frozen=True, slots=True)
class Needs:
    """Pinned packages of one environment, shared by tools that need the same; commands that must be there.

    `debian` are packages of the distribution, whose release pins them. What Maven, Go and Cargo need stands
    in the project, with its version.
    """

    pip: tuple[str, ...] = ()
    npm: tuple[str, ...] = ()
    debian: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """`command` is run by a shell in a copy of `project`; artifacts go to `$OUT`, its output to console.log.

    `fails`: the planted assertion makes the leaky run exit with another code than 0. `tests`: its artifacts
    name tests. `also` are folders of projects laid over the first.
    """

    name: str
    family: str
    project: str
    command: str
    needs: Needs = Needs()
    fails: bool = True
    tests: bool = True
    also: tuple[str, ...] = ()
    seconds: int = 900

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(PROJECTS / name for name in (self.project, *self.also))

    @property
    def versions(self) -> str:
        """The first pinned package, or that the distribution says which."""
        pinned = (*self.needs.pip, *self.needs.npm)
        return pinned[0] if pinned else ", ".join(self.needs.debian[:1]) or "as installed"
