"""
What judges a run, and from where: policy, waivers, baseline, key, and what a change does to them.

Without `--base-ref` and `git:` everything is read from the working tree, and only what an option names. With
`--base-ref` the base's own files are taken by their usual names, as the change under test cannot edit those.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from leakgate.cli import environment
from leakgate.cli.files import read_bytes
from leakgate.findings.fingerprint import Key
from leakgate.model.errors import PolicyError, UsageError
from leakgate.model.records import dataclass
from leakgate.policy import codeowners
from leakgate.policy.accepting import Accepted
from leakgate.policy.baseline import MAX_BYTES as BASELINE_BYTES
from leakgate.policy.baseline import Baseline, read_baseline
from leakgate.policy.git_tree import GitTree, Repository, open_tree
from leakgate.policy.load import load_policy
from leakgate.policy.nodes import MAX_BYTES, quoted
from leakgate.policy.policy import Policy
from leakgate.policy.shipped import NAMES
from leakgate.policy.stages import at_stage
from leakgate.policy.waivers import Waiver, read_waivers

if TYPE_CHECKING:
    from leakgate.policy.gate_changes import GateChange

T = TypeVar("T")

POLICY, WAIVERS, BASELINE = ".leakgate/policy.yaml", ".leakgate/waivers.yaml", ".leakgate/baseline"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says; `policy` is None where it says nothing.

    `rules` are files of foreign rules. They are read from the working tree, so a change of them is told.
    """

    policy: str | None
    waivers: str | None = None
    baseline: str | None = None
    base_ref: str | None = None
    rules: tuple[str, ...] = ()
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Ready to judge. `changes` is None without a base to compare with; `base` is its commit."""

    policy: Policy
    accepted: Accepted
    key: Key
    changes: tuple[GateChange, ...] | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class _File:
    """One of the gate's files: in a commit, or on disk where `tree` is None."""

    path: str
    tree: GitTree | None

    @property
    def name(self) -> str:
        return self.path if self.tree is None else self.tree.named(self.path)

    def read(self, limit: int) -> bytes | None:
        """The bytes, None where there is no such file. Raises UsageError where it cannot be read."""
        if self.tree is not None:
            return self.tree.read(self.path, limit)
        return read_bytes(Path(self.path), limit)


def open_gate(asked: Asked, today: date) -> Gate:
    """Everything that judges a run of that day (UTC). Raises LeakgateError for what is missing or wrong."""
    repository = Repository(Path.cwd(), environment.for_git())
    base = None if asked.base_ref is None else open_tree(repository, asked.base_ref)
    policy, read = _policy(asked.policy, base, repository)
    policy = at_stage(policy, asked.stage)
    waivers = _find(asked.waivers, WAIVERS, base, repository)
    baseline = _find(asked.baseline, BASELINE, base, repository)
    known = _baseline(baseline)
    key = key_for(known)
    accepted = Accepted(_waivers(waivers), known, _owners(waivers, policy), today, key.ephemeral)
    gate = Gate(policy, accepted, key)
    if base is None:
        return gate
    rules = (_inside(path, repository) for path in asked.rules)
    files = (_path_in(waivers), _path_in(baseline))
    changes = _changes(base, tuple(read), files, tuple(path for path in rules if path is not None))
    return replace(gate, changes=changes, base=base.commit)


def _changes(
    base: GitTree, policies: tuple[str, ...], files: tuple[str | None, str | None], rules: tuple[str, ...]
) -> tuple[GateChange, ...]:
    """What HEAD does to the gate, since it left the base; `files` are waivers and baseline."""
    from leakgate.policy.gate_changes import GatePaths, gate_changes

    repository, head = base.repository, base.repository.commit("HEAD")
    return gate_changes(
        repository, repository.merge_base(base.commit, head), head, GatePaths(policies, *files, rules)
    )


def policy_named(name: str) -> Policy:
    """A shipped policy, one on disk, or `git:REF:PATH`, with its stages. Raises LeakgateError."""
    return _policy(name, None, Repository(Path.cwd(), environment.for_git()))[0]


def key_for(baseline: Baseline | None) -> Key:
    """`LEAKGATE_KEY`, else the key in the baseline, else one for this run alone. Raises PolicyError."""
    given = environment.fingerprint_key()
    if given is None and baseline is not None and baseline.public_key is not None:
        key = Key.public(baseline.public_key)
    else:
        key = Key.of(given)
    if baseline is None:
        return key
    if key.ephemeral:
        raise PolicyError(
            f"{baseline.source}: a baseline needs the key under which it was made",
            hint="set LEAKGATE_KEY (or LEAKGATE_KEY_FILE); for forks, see docs/acceptance.md",
        )
    baseline.check_key(key.check)
    return key


def _policy(given: str | None, base: GitTree | None, repository: Repository) -> tuple[Policy, list[str]]:
    """The policy, and the paths in the repository that it was read from."""
    file = _policy_file(given, base, repository)
    if file is None:
        return load_policy(given or "default"), []
    if file.tree is None:
        return load_policy(file.path), []
    raw = file.read(MAX_BYTES)
    if raw is None:
        raise UsageError(
            f"the base has no policy {quoted(file.path)}",
            hint="merge the policy first; until then name a shipped one, such as `--policy default`",
        )
    seen = [file.path]
    policy = load_policy(file.path, text=_text(raw, file.name), read=_reader(file.tree, seen))
    return replace(policy, identity=replace(policy.identity, source=file.name)), seen


def _policy_file(given: str | None, base: GitTree | None, repository: Repository) -> _File | None:
    """None for a shipped policy."""
    if given is None:
        return _find(None, POLICY, base, repository)
    if given.startswith("git:"):
        return _find(given, POLICY, base, repository)
    return None if base is None or given in NAMES else _find(given, POLICY, base, repository)


def _reader(tree: GitTree, seen: list[str]) -> Callable[[str], bytes]:
    """Reads what a policy extends from the same commit, and notes what was read."""

    def read(path: str) -> bytes:
        clean = os.path.normpath(path)
        raw = tree.read(clean, MAX_BYTES)
        if raw is None:
            raise PolicyError("the base lacks a policy that is extended", hint="merge what is extended first")
        seen.append(clean)
        return raw

    return read


def _find(given: str | None, usual: str, base: GitTree | None, repository: Repository) -> _File | None:
    """Where one of the three files is to be read; None where nobody asked for it and the base has none."""
    if given is not None and given.startswith("git:"):
        ref, colon, path = given.removeprefix("git:").partition(":")
        if not colon or not path:
            raise UsageError(
                f"{quoted(given)} names no file", hint=f"write git:REF:PATH, such as git:origin/main:{usual}"
            )
        return _File(os.path.normpath(path), open_tree(repository, ref))
    if base is None:
        return None if given is None else _File(given, None)
    if given is None:
        return _File(usual, base) if base.repository.entry(base.commit, usual) is not None else None
    inside = _inside(given, repository)
    return _File(given, None) if inside is None else _File(inside, base)


def _inside(path: str, repository: Repository) -> str | None:
    """The path from the root of the repository; None for a file outside, which no pull request edits."""
    top = repository.top().resolve()
    absolute = Path(os.path.normpath(Path.cwd().resolve() / path))
    return absolute.relative_to(top).as_posix() if absolute.is_relative_to(top) else None


def _path_in(file: _File | None) -> str | None:
    return file.path if file is not None and file.tree is not None else None


def read_waiver_file(given: str | None) -> tuple[Waiver, ...]:
    """The waivers of a file on disk: of the usual one, if it is there, where none is given."""
    if given is None and not Path(WAIVERS).exists():
        return ()
    return _waivers(_File(given or WAIVERS, None))


def _waivers(file: _File | None) -> tuple[Waiver, ...]:
    if file is None:
        return ()
    raw = file.read(MAX_BYTES)
    if raw is None:
        return _absent(file, (), "`leakgate waive` makes one")
    return read_waivers(_text(raw, file.name), file.name)


def _baseline(file: _File | None) -> Baseline | None:
    if file is None:
        return None
    raw = file.read(BASELINE_BYTES)
    if raw is None:
        return _absent(file, None, "`leakgate baseline create` makes one")
    return read_baseline(raw, file.name)


def _absent(file: _File, nothing: T, hint: str) -> T:
    """A base may lack what the change adds: then nothing is accepted. On disk it is a mistake."""
    if file.tree is not None:
        return nothing
    raise UsageError(f"there is no file {quoted(file.path)}", hint=hint)


def _owners(waivers: _File | None, policy: Policy) -> tuple[str, ...]:
    """Who owns the waiver file, from the side on which it was read."""
    if waivers is None or not policy.acceptance.codeowners:
        return ()
    for place in codeowners.PLACES:
        raw = _File(place, waivers.tree).read(codeowners.MAX_BYTES)
        if raw is not None:
            path = os.path.normpath(waivers.path)
            return codeowners.owners_of(path, raw.decode("utf-8", "replace"))
    return ()


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise PolicyError(f"{name}: not valid UTF-8", hint="save the file as UTF-8") from exc
