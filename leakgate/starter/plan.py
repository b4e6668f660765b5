"""
The files that a repository starts with, as text, and what its people do next.

Never writes; whoever writes must not overwrite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from leakgate import __version__
from leakgate.model.records import dataclass
from leakgate.starter.reference import reference
from leakgate.starter.survey import Survey

POLICY = ".leakgate/policy.yaml"
WORKFLOW = ".github/workflows/leakgate.yml"
INCLUDE = ".gitlab/leakgate.yml"


@dataclass(frozen=True, slots=True)
class Planned:
    """A file, relative to the repository, and what it is for."""

    path: str
    text: str
    purpose: str


def planned(name: str, found: Survey) -> tuple[Planned, ...]:
    """The policy, and a step for each CI service that is known. `name` is that of the repository."""
    files = [Planned(POLICY, policy_text(name), "the policy")]
    if found.github:
        files.append(
            Planned(
                WORKFLOW,
                _template("github.yml").replace("REFERENCE", reference()),
                "a workflow that judges what earlier jobs uploaded",
            )
        )
    if found.gitlab:
        files.append(Planned(INCLUDE, _include(found), "a job to include in .gitlab-ci.yml"))
    return tuple(files)


def policy_text(name: str) -> str:
    """A policy that loads as it is; what a team will want next stands in it as comments."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.")[:80] or "repository"
    return _template("policy.yaml").replace("NAME", plain)


def next_steps(found: Survey) -> Iterator[str]:
    """What to do, in order; commands of leakgate stand in backticks."""
    places = " ".join(_quoted(place) for place in _places(found))
    yield f"look at what a run left: `leakgate scan {places} --policy {POLICY}`"
    for runner in found.runners:
        if runner.hint:
            yield f"{runner.name}: {runner.hint}"
    if found.github:
        yield f"in the job of the tests, in place of its step and its upload:\n{_step(found)}"
        yield f"or behind it: `uses: ./{WORKFLOW}`, see the head of that file"
    if found.gitlab:
        yield f"in .gitlab-ci.yml: `include: [{{local: {INCLUDE}}}]`"
    for service in found.others:
        yield f"{service}: `leakgate scan {places} --policy {POLICY}` behind the tests; 0 is a pass"
    if found.pre_commit:
        yield "for pushes: the hook `leakgate` in .pre-commit-config.yaml, with `stages: [pre-push]`"
    yield f"on each machine: `leakgate hook install --policy {POLICY}`"
    yield f"where there is too much to mend at once: `leakgate baseline create {places}` (needs LEAKGATE_KEY)"


def _places(found: Survey) -> tuple[str, ...]:
    return found.places or ("out",)


def _quoted(place: str) -> str:
    return f"'{place}'" if "*" in place else place


def _step(found: Survey) -> str:
    paths = "\n".join(f"              {place}" for place in _places(found))
    commands = [runner.command for runner in found.runners if runner.command]
    filled = {
        "FOLDERS": "out",
        "COMMAND": ("\n" + " " * 12).join(commands) or "./run-the-tests 2>&1 | tee out/console.log",
        "REFERENCE": reference(),
        "PATHS": paths,
    }
    text = _template("step.yml")
    for word, value in filled.items():
        text = text.replace(word, value)
    return text.rstrip()


def _include(found: Survey) -> str:
    needs = f"  needs: [{', '.join(_yaml(job) for job in found.jobs)}]\n" if found.jobs else ""
    paths = " ".join(_quoted(place) for place in _places(found))
    text = _template("gitlab.yml").replace("VERSION", __version__)
    return text.replace("NEEDS\n", needs).replace("PATHS", paths)


def _yaml(text: str) -> str:
    return '"' + re.sub(r'["\\\x00-\x1f]', "", text) + '"'


def _template(name: str) -> str:
    return (resources.files("leakgate.starter") / "templates" / name).read_text(encoding="utf-8")
