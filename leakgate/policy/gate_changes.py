"""
What of the gate itself a change touches: its policy, waivers, baseline, the step that runs it, its owners.

Never says whether a change is bad. The base judged the run either way; this tells those who review it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.model.committed import Offer
from leakgate.model.expressions import expression
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.records import dataclass
from leakgate.policy import codeowners
from leakgate.policy.gate_rule import GATE_RULE
from leakgate.policy.git_objects import Entry
from leakgate.policy.git_tree import LINK, NONE, SUBMODULE, Change, Repository

_FOLDER = ".leakgate"
_NAME = b"leakgate"
_MOST_BYTES = 4 << 20
# Files that run commands for a code host or before a push: any change counts where one side names leakgate.
_RUNNERS = expression(
    r"\.(?:github|gitlab|gitea|forgejo|circleci|buildkite|azure-pipelines|azuredevops|teamcity|woodpecker|husky"
    r"|githooks|semaphore|harness)/.*"
    r"|(?:.*/)?(?:\.gitlab-ci[^/]*\.ya?ml|azure-pipelines[^/]*\.ya?ml|jenkinsfile[^/]*|bitbucket-pipelines\.yml"
    r"|\.drone\.ya?ml|\.travis\.yml|\.woodpecker\.ya?ml|appveyor\.yml|\.appveyor\.yml|cloudbuild\.ya?ml"
    r"|buildspec\.ya?ml|action\.ya?ml|\.pre-commit-config\.yaml|\.pre-commit-hooks\.yaml|lefthook\.ya?ml)",
    re.DOTALL,
)
# Files of many uses: they count where a line that names leakgate differs.
_OTHERS = expression(
    r"(?:.*/)?(?:\.[a-z]*ignore|\.gitattributes|\.gitmodules|makefile|justfile|taskfile\.ya?ml|tox\.ini|noxfile\.py"
    r"|dockerfile[^/]*|package\.json|pyproject\.toml|[^/]*requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class GateChange:
    """A file of the gate that differs between the merge base and HEAD; `role` says what it is to the gate."""

    path: str
    role: str
    deed: str
    version: str


@dataclass(frozen=True, slots=True)
class GatePaths:
    """The paths that judged this run, from the root of the repository; None where one has none there."""

    policies: tuple[str, ...] = ()
    waivers: str | None = None
    baseline: str | None = None
    rules: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    def roles(self) -> dict[str, str]:
        known = dict.fromkeys(self.rules, "its rules") | dict.fromkeys(self.policies, "the policy")
        known |= dict.fromkeys(self.values, "its list of known values")
        known |= {self.waivers: "the waivers"} if self.waivers else {}
        return known | ({self.baseline: "the baseline"} if self.baseline else {})


def gate_changes(repository: Repository, before: str, after: str, paths: GatePaths) -> tuple[GateChange, ...]:
    """Every change of the gate's own files between two commits, by path."""
    return tuple(judged_changes(repository, repository.changes(before, after), paths))


def judged_changes(
    repository: Repository, changes: Sequence[Change], paths: GatePaths
) -> Iterator[GateChange]:
    """Those of some changes that are changes of the gate."""
    roles = {path.casefold(): role for path, role in paths.roles().items()}
    for change in changes:
        role = roles.get(change.path.casefold()) or _role(repository, change, paths)
        if role is not None:
            yield GateChange(change.path, role, _deed(change), change.after.object)


def _role(repository: Repository, change: Change, paths: GatePaths) -> str | None:
    path = change.path.casefold()
    if path.partition("/")[0].startswith(_FOLDER):
        return "a file of the gate"
    if _leads_to(change, paths):
        return "the folder of the gate"
    if change.path in codeowners.PLACES:
        return "the owners of the gate" if _moves_owners(repository, change, paths) else None
    sides = _RUNNERS.fullmatch(path), _OTHERS.fullmatch(path)
    if not any(sides):
        return None
    before, after = (_content(repository, entry) for entry in (change.before, change.after))
    if sides[0] and (_NAME in before.lower() or _NAME in after.lower()):
        return "the step that runs the gate"
    return "what the gate depends on" if _naming(before) != _naming(after) else None


def _leads_to(change: Change, paths: GatePaths) -> bool:
    """A link or submodule in the place of a folder above one of the files."""
    odd = {change.before.mode, change.after.mode} & {LINK, SUBMODULE}
    return bool(odd) and any(path.startswith(f"{change.path}/") for path in paths.roles())


def _moves_owners(repository: Repository, change: Change, paths: GatePaths) -> bool:
    guarded = (*paths.roles(), f"{_FOLDER}/policy.yaml", f"{_FOLDER}/waivers.yaml", change.path)
    sides = [
        _content(repository, entry).decode("utf-8", "replace") for entry in (change.before, change.after)
    ]
    return any(len({codeowners.owners_of(path, text) for text in sides}) > 1 for path in guarded)


def _content(repository: Repository, entry: Entry) -> bytes:
    if entry.mode in (NONE, SUBMODULE) or not entry.object.strip("0"):
        return b""
    return repository.content(entry, _MOST_BYTES)


def _naming(content: bytes) -> list[bytes]:
    return [line.strip() for line in content.splitlines() if _NAME in line.lower()]


def _deed(change: Change) -> str:
    if change.after.mode == NONE:
        return "deleted or moved away"
    if change.after.mode == LINK:
        return "made a symbolic link"
    if change.after.mode == SUBMODULE:
        return "made a submodule"
    return "added" if change.before.mode == NONE else "changed"


def as_offered(offer: Offer) -> GateChange:
    """A fixture or mark that came with the change and would have excused what was found."""
    return GateChange(offer.path, offer.role, "would excuse what this run wrote, and does not", "")


def as_finding(change: GateChange, fingerprint: str) -> Finding:
    """For the reports; holds nothing of the file but its name."""
    shown = "".join(char if char.isprintable() else "?" for char in change.path)
    return Finding(
        fingerprint=fingerprint,
        rule=GATE_RULE,
        confidence=GATE_RULE.confidence,
        masked=f"{change.role}: {change.deed}",
        because=f"the change under test touches {change.role}; the base judged this run, not the change",
        synthetic=None,
        sightings=(Sighting(Location(shown, (), 0, 0, line=1, column=1, end_line=1, end_column=1)),),
        occurrences=1,
    )
