"""`leakgate hook`: look at what a push carries before it leaves the machine."""

from __future__ import annotations

import os
import site
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

import leakgate
from leakgate import wiring
from leakgate.cli import environment
from leakgate.cli.gate import Asked, open_gate
from leakgate.cli.hook_file import UNSET, HookFile
from leakgate.cli.outputs import write_all
from leakgate.model.errors import ReportError, UsageError
from leakgate.model.selection import Selection
from leakgate.sources.git import Git
from leakgate.sources.git_push import open_push
from leakgate.sources.git_updates import Update, parse_updates

F = TypeVar("F", bound=Callable[..., Any])

_STOPPED = """\
leakgate: the push was stopped; nothing has left this machine.
  fix:  take the values out of the commits that hold them, not only out of the last one:
        `git commit --amend` for the last, `git rebase -i` for earlier ones; then push again.
        Revoke what was pushed anywhere before.
  note: `git push --no-verify` skips this check and every other hook. It is meant for false alarms
        that you have looked at; the gate of the CI server still judges."""


@click.group("hook")
def command() -> None:
    """Check what `git push` is about to send."""


def _judging(function: F) -> F:
    for name, about in (
        ("--stage", "The stage of the policy, where it has stages."),
        ("--baseline", "Findings that are known."),
        ("--waivers", "Findings that are accepted for a time."),
        ("--policy", "default, strict, advisory, or a policy file."),
    ):
        metavar = {"--policy": "NAME|FILE", "--stage": "NAME"}.get(name, "FILE")
        function = click.option(name, metavar=metavar, help=about)(function)
    return function


@command.command("install")
@_judging
def install(policy: str | None, waivers: str | None, baseline: str | None, stage: str | None) -> int:
    """Install the pre-push hook of this repository, before any hook that is there.

    The hook goes where git looks for hooks (core.hooksPath is heeded). The options are written into it.
    """
    gate = open_gate(Asked(policy, waivers, baseline, stage=stage), environment.today())
    named = (("--policy", policy), ("--waivers", waivers), ("--baseline", baseline))
    options = [f"{option}={_absolute(value)}" for option, value in named if value is not None]
    options += [] if stage is None else [f"--stage={stage}"]
    hook = HookFile(_git().path("hooks"))
    try:
        chained = hook.install(sys.executable, _isolated(), options)
    except OSError as exc:
        raise ReportError(
            f"the hook cannot be written to {hook.path} ({exc.strerror})", hint="check who owns that folder"
        ) from exc
    click.echo(f"installed {hook.path}" + (f"; {hook.chained.name} runs before it" if chained else ""))
    # What a key can sign is compiled now: the first push must not wait for it.
    wiring.build_detector(
        _selection(gate.policy.detect), environment.cache_directory(), cache_key=environment.cache_key()
    )
    return 0


@command.command("uninstall")
def uninstall() -> int:
    """Take the pre-push hook away and put back what was there before."""
    hook = HookFile(_git().path("hooks"))
    try:
        gone = hook.uninstall()
    except OSError as exc:
        raise ReportError(
            f"the hook cannot be removed from {hook.path} ({exc.strerror})", hint="check who owns that folder"
        ) from exc
    click.echo(f"removed {hook.path}" if gone else f"there is no hook at {hook.path}")
    return 0


@command.command("run")
@_judging
@click.argument("remote", required=False)
@click.argument("address", required=False)
def run(
    *,
    policy: str | None,
    waivers: str | None,
    baseline: str | None,
    stage: str | None,
    remote: str | None,
    address: str | None,
) -> int:
    """Judge what a push would send; git and pre-commit call this.

    REMOTE and ADDRESS are what git tells a pre-push hook; the refs come on standard input.
    """
    told = environment.pre_commit_push()
    if told is None and remote is None:
        raise UsageError(
            "nothing says what is pushed",
            hint="let git call this: `leakgate hook install`; or pre-commit, with `stages: [pre-push]`",
        )
    updates = parse_updates(_standard_input()) if told is None else _of_pre_commit(told)
    if not any(update.local for update in updates):
        return 0
    push = open_push(_git(), updates, told.remote if told is not None else remote or address or "")
    if push.is_empty:
        return 0
    gate = open_gate(Asked(policy, waivers, baseline, stage=stage), environment.today())
    settings = wiring.Settings(
        paths=(),
        policy=gate.policy,
        selection=_selection(gate.policy.detect),
        key=gate.key,
        cache_directory=environment.cache_directory(),
        cache_key=environment.cache_key(),
        accepted=gate.accepted,
    )
    judged = wiring.scan_push(settings, push, lambda path, done: None)
    if judged.verdict.exit_code == 0:
        return 0
    write_all(judged, (), "console", quiet=False, verbose=0)
    click.echo(_STOPPED, err=True)
    return judged.verdict.exit_code


def _selection(detect: Selection) -> Selection:
    """Without the language model: loading it takes longer than a person waits for a push."""
    return replace(detect, nlp_entities=())


def _isolated() -> tuple[str, ...]:
    """Options with which this Python finds leakgate, and no module of the working tree or the environment.

    Raises UsageError where it would not find it.
    """
    home = Path(leakgate.__file__).resolve()
    users = Path(site.getusersitepackages()).resolve()
    options = ("-E", "-P") if home.is_relative_to(users) else ("-I",)
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    tried = subprocess.run(  # noqa: S603 - this Python, fixed arguments
        (sys.executable, *options, "-m", "leakgate", "--version"),
        cwd=Path(sys.executable).parent,
        env=kept,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if tried.returncode != 0:
        raise UsageError(
            "leakgate is not installed where a hook would find it: it is known by PYTHONPATH or folder only",
            hint="install it with pip or pipx, and call that `leakgate hook install`",
        )
    return options


def _git() -> Git:
    return Git(Path.cwd(), environment.for_own_git())


def _of_pre_commit(told: environment.PreCommitPush) -> tuple[Update, ...]:
    [found] = _git().objects([told.tip])
    if found.kind == "missing":
        raise UsageError(
            "pre-commit names a commit that is not here",
            hint="run it as a pre-push hook: `stages: [pre-push]`",
        )
    return (Update(found.id, told.known),)


def _standard_input() -> bytes:
    if sys.stdin.isatty():
        raise UsageError("standard input says nothing of refs", hint="let git call this command")
    return sys.stdin.buffer.read()


def _absolute(value: str) -> str:
    """Hooks run at the root of the working tree, wherever the options were given."""
    return str(Path(value).resolve()) if Path(value).is_file() else value
