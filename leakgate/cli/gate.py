"""
What judges a run, and from where: policy, waivers, baseline, key, and what a change does to them.

Without a word the files in `.leakgate` of the repository are taken: on somebody's own machine as they lie
there; in CI, or with `--base-ref`, from the protected side alone, as the change under test cannot edit that.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import click

from leakgate.cli import environment
from leakgate.cli.ci_branch import ProtectedSide
from leakgate.cli.gate_files import BASELINE, POLICY, WAIVERS, GateFile, Side, open_side
from leakgate.findings.fingerprint import Key
from leakgate.model.committed import NOTHING_VOUCHES, Vouching
from leakgate.model.errors import PolicyError, UsageError
from leakgate.model.records import dataclass
from leakgate.policy import codeowners
from leakgate.policy.accepting import Accepted
from leakgate.policy.baseline import MAX_BYTES as BASELINE_BYTES
from leakgate.policy.baseline import Baseline, read_baseline
from leakgate.policy.git_tree import GitTree, Repository, checkout, open_tree
from leakgate.policy.load import load_policy
from leakgate.policy.nodes import MAX_BYTES, quoted
from leakgate.policy.policy import Policy
from leakgate.policy.shipped import NAMES
from leakgate.policy.stages import at_stage
from leakgate.policy.waivers import Waiver, read_waivers
from leakgate.report.text_safety import for_terminal

if TYPE_CHECKING:
    from leakgate.policy.gate_changes import GateChange

T = TypeVar("T")
Changes: TypeAlias = "tuple[GateChange, ...] | None"
RULES_BYTES = VALUES_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says; `policy` is None where it says nothing.

    `rules` and `values` are files of foreign rules and of known values. `told` is what a CI server says of
    the protected side. Without `config` nothing is found by itself; without `accepting` no waivers, no
    baseline.
    """

    policy: str | None
    waivers: str | None = None
    baseline: str | None = None
    base_ref: str | None = None
    rules: tuple[str, ...] = ()
    stage: str | None = None
    values: tuple[str, ...] = ()
    source_root: Path | None = None
    config: bool = True
    accepting: bool = True
    told: ProtectedSide | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Ready to judge. `changes` is None without a base to compare with; `base` is its commit.

    `protected` are bytes of the base, by the paths that options name. `words` says what judges, in a line.
    """

    policy: Policy
    accepted: Accepted
    key: Key
    changes: tuple[GateChange, ...] | None = None
    base: str | None = None
    protected: Mapping[str, bytes] = field(default_factory=dict)
    vouching: Vouching = NOTHING_VOUCHES
    words: str = ""
    notes: tuple[str, ...] = ()

    def say(self) -> None:
        """The first line of a command, and notes on what was not as one may think; on standard error."""
        if self.words:
            click.echo(f"leakgate: {self.words}", err=True)
        for note in self.notes:
            click.echo(f"leakgate: {note}", err=True)


def open_gate(asked: Asked, today: date) -> Gate:
    """Everything that judges a run of that day (UTC). Raises LeakgateError for what is missing or wrong."""
    side = open_side(Path.cwd(), environment.for_git(), asked.base_ref, asked.told)
    side = replace(side, config=asked.config)
    policy, read = _policy(asked.policy, side)
    policy = at_stage(policy, asked.stage)
    waivers = side.find(asked.waivers, WAIVERS) if asked.accepting else None
    baseline = side.find(asked.baseline, BASELINE) if asked.accepting else None
    known, unused = _baseline(baseline), ""
    if baseline is not None and baseline.found and known is not None and not _has_key(known):
        known, unused = None, " (not used: no LEAKGATE_KEY)"
    key = key_for(known)
    accepted = Accepted(_waivers(waivers), known, _owners(waivers, policy, side), today, key.ephemeral)
    protected = _protected(asked, side)
    changes = _changes(asked, side, read, _path_in(waivers), _path_in(baseline))
    return Gate(
        policy=policy,
        accepted=accepted,
        key=key,
        changes=changes,
        base=None if side.base is None else side.base.commit,
        protected=protected,
        vouching=_vouching(asked, side, policy),
        words=_words(policy, (waivers, baseline), side, unused),
        notes=tuple(side.notes),
    )


def _has_key(baseline: Baseline) -> bool:
    return baseline.public_key is not None or environment.fingerprint_key() is not None


def _words(
    policy: Policy, accepting: tuple[GateFile | None, GateFile | None], side: Side, unused: str = ""
) -> str:
    """
    What judges, in one line: `policy shop (.leakgate/policy.yaml), waivers .leakgate/waivers.yaml`.

    Empty where nothing was found by itself: then the options say it all.
    """
    if not (side.guarded or side.found or not side.config):
        return ""
    source = policy.identity.source
    parts = [f"policy {policy.identity.name} ({'built in' if source == 'builtin' else source})"]
    names = zip(("waivers", "baseline"), accepting, strict=True)
    parts += [f"{what} {file.name}" for what, file in names if file is not None]
    base = f"; base {side.base.commit[:12]} ({side.why})" if side.base is not None else ""
    ignored = "" if side.config else "; --no-config"
    return for_terminal(f"{', '.join(parts)}{unused}{base}{ignored}", 1000)


def _protected(asked: Asked, side: Side) -> dict[str, bytes]:
    """What rules and lists of known values say in the base, by the paths that options name."""
    most = dict.fromkeys(asked.rules, RULES_BYTES) | dict.fromkeys(asked.values, VALUES_BYTES)
    read = {given: side.protected(given, limit) for given, limit in most.items()}
    return {given: raw for given, raw in read.items() if raw is not None}


def _changes(
    asked: Asked, side: Side, judging: Sequence[str], waivers: str | None, baseline: str | None
) -> Changes:
    """What HEAD does to the gate since it left the base, and what is not committed; None without a base.

    `judging` are paths of policies in the base.
    """
    if side.base is None:
        return None
    from leakgate.policy.gate_changes import GatePaths, gate_changes
    from leakgate.policy.uncommitted import uncommitted

    rules = tuple(path for given in asked.rules if (path := side.inside(given)))
    values = tuple(path for given in asked.values if (path := side.inside(given)) and side.base.entry(path))
    paths = GatePaths(tuple(judging), waivers, baseline, rules, values)
    repository = side.repository
    try:
        head = open_tree(repository, "HEAD")
        parted = repository.merge_base(side.base.commit, head.commit)
        committed = gate_changes(repository, parted, head.commit, paths)
        known = {change.path for change in committed}
        return (*committed, *(one for one in uncommitted(head, paths) if one.path not in known))
    except UsageError as exc:
        if side.asked:
            raise
        side.notes.append(f"changes of the gate itself are not told: {exc.message}; {exc.hint}")
        return None


def _vouching(asked: Asked, side: Side, policy: Policy) -> Vouching:
    """Whose fixtures and marks count. Never the working tree's; a note where there is none."""
    if asked.source_root is None:
        return NOTHING_VOUCHES
    from leakgate.cli.vouching import vouching

    return vouching(asked.source_root, side, marks=policy.acceptance.inline_marks)


def policy_named(name: str) -> Policy:
    """A shipped policy, one on disk, or `git:REF:PATH`, with its stages. Raises LeakgateError."""
    return _policy(name, Side(Repository(Path.cwd(), environment.for_git())))[0]


def own_policy(given: str | None, *, config: bool = True) -> Policy:
    """The policy that `given` names, else the one that is found by itself. Raises LeakgateError."""
    side = open_side(Path.cwd(), environment.for_git(), None, environment.protected_side())
    policy, _read = _policy(given, replace(side, config=config))
    Gate(
        policy, Accepted(), Key.of(None), words=_words(policy, (None, None), side), notes=tuple(side.notes)
    ).say()
    return policy


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


def _policy(given: str | None, side: Side) -> tuple[Policy, list[str]]:
    """The policy, and the paths in the repository that it was read from."""
    file = None if given in NAMES else side.find(given, POLICY)
    if file is None:
        if given is None and side.config and (side.guarded or side.base is not None):
            side.notes.append(_unfound(side))
        return load_policy(given or "default"), []
    seen: list[str] = []
    if file.tree is None:
        return load_policy(file.path, read=_beside(side, seen) if side.base is not None else None), seen
    raw = file.read(MAX_BYTES)
    if raw is None:
        if not side.asked and side.base is file.tree:
            side.notes.append(
                f"the base has no policy {quoted(file.path)}, so the built-in policy default judges until it"
                " is merged"
            )
            return load_policy("default"), []
        raise UsageError(
            f"the base has no policy {quoted(file.path)}",
            hint="merge the policy first; until then name a shipped one, such as `--policy default`",
        )
    seen.append(file.path)
    policy = load_policy(file.path, text=_text(raw, file.name), read=_reader(file.tree, seen))
    return replace(policy, identity=replace(policy.identity, source=file.name)), seen


def _unfound(side: Side) -> str:
    where = "the protected side cannot be read" if side.base is None else f"the base has no {POLICY}"
    return f"{where}, so the built-in policy default judges ({side.why})"


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


def _beside(side: Side, seen: list[str]) -> Callable[[str], bytes]:
    """For a policy from outside of the repository: what it extends inside is read from the base."""
    base = side.base
    assert base is not None
    from_base = _reader(base, seen)

    def read(path: str) -> bytes:
        inside = side.inside(path)
        if inside is None or not (side.asked or base.entry(inside) is not None):
            with Path(path).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        return from_base(inside)

    return read


def _path_in(file: GateFile | None) -> str | None:
    return file.path if file is not None and file.tree is not None else None


def read_waiver_file(given: str | None) -> tuple[Waiver, ...]:
    """The waivers of a file on disk: of the usual one, if it is there, where none is given."""
    if given is None and not Path(WAIVERS).exists():
        return ()
    return _waivers(GateFile(given or WAIVERS, None))


def _waivers(file: GateFile | None) -> tuple[Waiver, ...]:
    if file is None:
        return ()
    raw = file.read(MAX_BYTES)
    if raw is None:
        return _absent(file, (), "`leakgate waive` makes one")
    return read_waivers(_text(raw, file.name), file.name)


def _baseline(file: GateFile | None) -> Baseline | None:
    if file is None:
        return None
    raw = file.read(BASELINE_BYTES)
    if raw is None:
        return _absent(file, None, "`leakgate baseline create` makes one")
    return read_baseline(raw, file.name)


def _absent(file: GateFile, nothing: T, hint: str) -> T:
    """A base may lack what the change adds: then nothing is accepted. On disk it is a mistake."""
    if file.tree is not None:
        return nothing
    raise UsageError(f"there is no file {quoted(file.path)}", hint=hint)


def _owners(waivers: GateFile | None, policy: Policy, side: Side) -> tuple[str, ...]:
    """Who owns the waiver file, from the side on which it was read; of a file elsewhere, from the base."""
    if waivers is None or not policy.acceptance.codeowners:
        return ()
    tree = waivers.tree or side.base
    top = checkout(side.repository.folder) if tree is None and waivers.found else None
    for place in codeowners.PLACES:
        raw = GateFile(place if top is None else str(top / place), tree).read(codeowners.MAX_BYTES)
        if raw is not None:
            path = os.path.normpath(waivers.path if top is None else WAIVERS)
            return codeowners.owners_of(path, raw.decode("utf-8", "replace"))
    return ()


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise PolicyError(f"{name}: not valid UTF-8", hint="save the file as UTF-8") from exc
