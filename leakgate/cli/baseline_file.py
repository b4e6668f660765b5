"""What the commands on a baseline share: their options, the scan, and the file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import click

from leakgate import wiring
from leakgate.cli import environment, scan_options
from leakgate.cli.files import read_bytes, replace_file
from leakgate.cli.gate import Asked, Gate, open_gate, read_waiver_file
from leakgate.cli.gate_files import BASELINE, POLICY, WAIVERS
from leakgate.cli.results import load_result
from leakgate.findings.fingerprint import Key
from leakgate.findings.seal import Verify
from leakgate.model.errors import UsageError
from leakgate.model.verdict import Outcome, Verdict
from leakgate.policy.accepting import Accepted
from leakgate.policy.baseline import MAX_BYTES, Baseline, read_baseline, written
from leakgate.policy.evaluate import evaluate
from leakgate.policy.policy import Policy

# A key of so many characters, drawn at random, cannot be found by trying; a word can.
_ATTRIBUTES = "merge=union"
F = TypeVar("F", bound=Callable[..., Any])

file_option: Callable[[F], F] = click.option(
    "--baseline", "path", default=BASELINE, metavar="FILE", show_default=True, help="The file."
)
waivers_option: Callable[[F], F] = click.option(
    "--waivers", metavar="FILE", help=f"What they speak of is never added. Default: {WAIVERS}, if there."
)


def policy_option(command: F) -> F:
    """`--policy` and the stage at which it judges."""
    staged = click.option("--stage", metavar="NAME", help="The stage of the policy, where it has stages.")
    policy = click.option(
        "--policy",
        metavar="NAME|FILE",
        help=f"What counts as a finding. Default: {POLICY}, if there, else default.",
    )
    return policy(staged(scan_options.no_config(command)))


result_option: Callable[[F], F] = click.option(
    "--result",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Take the findings of a JSON report that was made under the same key, instead of scanning PATH.",
)


def secret_key() -> Key:
    """Raises UsageError without a key, and for one that could be guessed."""
    given = environment.fingerprint_key()
    hint = (
        "make one with `openssl rand -hex 32`, keep it among the secrets of your CI, and set LEAKGATE_KEY"
        " to it here and there; for public projects see --key-in-file"
    )
    if given is None:
        raise UsageError("a baseline needs a key, or its fingerprints hold for one run only", hint=hint)
    return Key.of(given)


def scanned(
    paths: tuple[str, ...],
    key: Key,
    baseline: Baseline,
    chosen: dict[str, Any],
    *,
    look: Verify | None = None,
) -> Verdict:
    """The verdict of a whole scan; `look` sees the values. Raises UsageError where it is not whole."""
    result: str | None = chosen.get("result")
    if (result is None) is not bool(paths):
        raise UsageError("neither paths nor a report, or both", hint="name PATH to scan, or --result FILE")
    today: date = environment.today()
    gate = _judging(chosen, today)
    policy, waivers = gate.policy, read_waiver_file(chosen["waivers"])
    accepted = Accepted(waivers, baseline, today=today)
    if result is not None:
        return _whole(_judged_again(load_result(result), key, policy, accepted), baseline)
    settings = wiring.Settings(
        paths=paths,
        policy=policy,
        selection=policy.detect,
        key=key,
        cache_directory=environment.cache_directory(),
        cache_key=environment.cache_key(),
        include=chosen["include"],
        exclude=chosen["exclude"],
        stdin_name=chosen["stdin_name"],
        source_root=chosen["source_root"],
        jobs=1 if look is not None else chosen["jobs"] or environment.processors(),
        verification=look,
        accepted=accepted,
        vouching=gate.vouching,
    )
    return _whole(wiring.scan(settings, sys.stdin.buffer, lambda _path, _done: None).verdict, baseline)


def _judging(chosen: dict[str, Any], today: date) -> Gate:
    """Policy and fixtures; waivers and baseline of these commands are always those of the working tree."""
    asked = Asked(
        chosen["policy"],
        stage=chosen["stage"],
        source_root=chosen["source_root"],
        config=not chosen["no_config"],
        accepting=False,
        told=environment.protected_side(),
    )
    gate = open_gate(asked, today)
    gate.say()
    return gate


def _judged_again(read: wiring.Judged, key: Key, policy: Policy, accepted: Accepted) -> Verdict:
    """The findings of a report by this policy. Raises UsageError for fingerprints of another key."""
    if read.result.key_check != key.check:
        raise UsageError(
            "the report was made without a key, or under another one: its fingerprints cannot be compared",
            hint="scan again with LEAKGATE_KEY set to the key of the baseline",
        )
    found = read.result
    interrupted = read.verdict.interrupted
    return evaluate(
        policy, found.findings, found.gaps, found.coverage, interrupted=interrupted, accepted=accepted
    )


def _whole(verdict: Verdict, baseline: Baseline) -> Verdict:
    """Raises UsageError for a verdict of a scan that is not whole."""
    if verdict.interrupted or verdict.outcome is Outcome.INCOMPLETE:
        raise UsageError(
            f"the scan is incomplete; {baseline.source} was left as it is", hint=verdict.reasons[0]
        )
    return verdict


def read(path: str) -> Baseline:
    raw = read_bytes(Path(path), MAX_BYTES)
    if raw is None:
        raise UsageError(f"there is no file {path}", hint="`leakgate baseline create` makes one")
    return read_baseline(raw, path)


def read_or_new(path: str) -> Baseline:
    """The baseline in `path`, or an empty one. Raises UsageError without a key to make one with."""
    if Path(path).exists():
        return read(path)
    return Baseline(secret_key().check, MappingProxyType({}), None, path)


def write(baseline: Baseline) -> None:
    replace_file(Path(baseline.source), written(baseline))


def attributes(path: Path) -> str:
    """Tells git to keep the lines of both sides in a merge; a file beside it, so that it moves along."""
    target = path.parent / ".gitattributes"
    wanted = f"{path.name} {_ATTRIBUTES}"
    present = (read_bytes(target, MAX_BYTES) or b"").decode("utf-8", "surrogateescape")
    if wanted not in present.splitlines():
        joint = "" if not present or present.endswith("\n") else "\n"
        replace_file(target, f"{present}{joint}{wanted}\n")
    return target.as_posix()


def findings(number: int) -> str:
    return f"{number:,} finding" if number == 1 else f"{number:,} findings"
