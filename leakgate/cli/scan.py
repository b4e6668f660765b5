"""`leakgate scan`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakgate import wiring
from leakgate.cli import environment, scan_options
from leakgate.cli.gate import Asked, Gate, open_gate
from leakgate.cli.interrupted import unjudged
from leakgate.cli.outputs import parse_report, write_all, write_files
from leakgate.cli.run_identity import ended, identity, stopped
from leakgate.cli.scan_options import Options
from leakgate.cli.signals import finishing, release
from leakgate.cli.unfinished import check_apart, leave_unfinished, telling_interrupts
from leakgate.model.detection import Category
from leakgate.model.errors import UsageError
from leakgate.model.limits import MIB
from leakgate.policy.policy import Policy
from leakgate.report.progress import Progress

if TYPE_CHECKING:
    from leakgate.detect.packs.recognizer import PackRecognizer
    from leakgate.remembering import ResultCache
    from leakgate.verify.liveness import Verification


@click.command("scan")
@click.argument("paths", nargs=-1, metavar="PATH...")
@scan_options.judging
@scan_options.choosing
@scan_options.knowing
@scan_options.accepting
@scan_options.reporting
def command(*, paths: tuple[str, ...], **chosen: Any) -> int:
    """Scan files, directories, archives or standard input and judge what is found by a policy.

    PATH is a file, a directory (everything below it), a glob, an archive, or - for standard input.
    """
    if not paths:
        raise UsageError(
            "no path to scan",
            hint="name the folder that the test run left, for example `leakgate scan build`",
        )
    options = Options(**chosen)
    files = [parse_report(report) for report in options.reports]
    check_apart(paths, files)
    started = identity(named=bool(files) or options.chosen != "console")
    asked_for = options.policy or "default"
    try:
        environment.fingerprint_key()
    except UsageError:
        # Nothing is begun: no report is made, but an old one must not pass for one of this run.
        leave_unfinished([one for one in files if one.path.exists()], asked_for, started)
        raise
    leave_unfinished(files, asked_for, started)
    with telling_interrupts(files, asked_for, started):
        release()
        gate = open_gate(asked(options), environment.today())
        if not options.quiet:
            gate.say()
        settings = replace(
            _settings(paths, options, gate), run=started, own_files=tuple(str(one.path) for one in files)
        )
    record = None if options.audit_log is None else _audit(options.audit_log)
    progress = Progress(sys.stderr, enabled=not options.quiet and sys.stderr.isatty())
    try:
        judged = wiring.scan(
            settings, sys.stdin.buffer, lambda path, done: progress.advance(path, done, None)
        )
    except KeyboardInterrupt:
        judged = unjudged(settings)
    finally:
        progress.finish()
    judged = ended(judged)
    for note in () if options.quiet else judged.notes:
        click.echo(f"leakgate: {note}", err=True)
    with finishing():
        try:
            write_all(judged, files, options.chosen, quiet=options.quiet, verbose=options.verbose)
            if (late := stopped(judged)) is not judged:
                judged = late  # told to stop while reports were written: they say what the process says
                write_files(judged, files, plain=True)
        finally:
            if record is not None:
                words = record(judged, judged.paths, gate.base)
                click.echo("" if options.quiet else words, err=True, nl=not options.quiet)
    return judged.verdict.exit_code


def _settings(paths: tuple[str, ...], options: Options, gate: Gate) -> wiring.Settings:
    """What was chosen and what the environment says, as the scan takes it."""
    policy = _bounded(gate.policy, options)
    narrowed = policy.detect.narrowed(map(Category, options.categories))
    return wiring.Settings(
        paths=paths,
        policy=policy,
        selection=narrowed if options.categories else policy.detect,
        key=gate.key,
        cache_directory=environment.cache_directory(),
        cache_key=environment.cache_key(),
        include=options.include,
        exclude=options.exclude,
        stdin_name=options.stdin_name,
        source_root=options.source_root,
        # One process asks each provider once; several would ask several times.
        jobs=1 if options.verify else options.jobs or environment.processors(),
        verification=_verification() if options.verify else None,
        known_values=_known_values(options, gate),
        packs=_packs(options, gate),
        accepted=gate.accepted,
        gate_changes=gate.changes,
        vouching=gate.vouching,
        result_cache=_result_cache(options, gate),
        public_names=partial(_public_names, options.source_root, gate.base),
    )


def _public_names(source_root: Path | None, base: str | None) -> frozenset[str]:
    """Files below the source root in the base commit, or in HEAD where no base was named."""
    from leakgate.policy.git_tree import Repository

    try:
        return Repository(source_root or Path.cwd(), environment.for_git()).files(base or "HEAD")
    except UsageError:
        return frozenset()  # no repository: no name is public


def _audit(path: Path) -> Callable[[wiring.Judged, tuple[str, ...], str | None], str]:
    """Adds the run to the log, which can be written to; what to tell the user."""
    from leakgate.cli import audit

    log = audit.open_log(path)
    log.ready()
    return partial(audit.record, log)


def _verification() -> Verification:
    from leakgate.cli.verification import open_verification

    return open_verification()


def _known_values(options: Options, gate: Gate) -> tuple[tuple[str, str], ...]:
    if not (options.known_values_env or options.known_values_files):
        return ()
    from leakgate.cli.known_values import read_known_values

    return read_known_values(options.known_values_env, options.known_values_files, gate.protected)


def _result_cache(options: Options, gate: Gate) -> ResultCache | None:
    if options.result_cache is None or options.verify:
        return None  # what a provider says today it may not say tomorrow
    from leakgate.cli.result_cache import open_result_cache

    return open_result_cache(options.result_cache, gate.key)


def _packs(options: Options, gate: Gate) -> tuple[PackRecognizer, ...]:
    if not options.packs:
        return ()
    from leakgate.cli.packs import open_packs

    return open_packs(options.packs, gate.protected)


def _bounded(policy: Policy, options: Options) -> Policy:
    """The same policy with at most so much time and memory; never more than it allows."""
    limits = policy.limits
    seconds, memory = limits.max_seconds, limits.max_memory_bytes
    if options.max_seconds is not None:
        seconds = min(seconds, float(options.max_seconds))
    if options.max_memory is not None:
        memory = min(memory, options.max_memory * MIB)
    return replace(policy, limits=replace(limits, max_seconds=seconds, max_memory_bytes=memory))


def asked(options: Options) -> Asked:
    """What judges, as far as the command line and the CI server say."""
    return Asked(
        policy=options.policy,
        waivers=options.waivers,
        baseline=options.baseline,
        base_ref=options.base_ref,
        rules=tuple(str(path) for path in options.packs),
        stage=options.stage,
        values=tuple(str(path) for path in options.known_values_files),
        source_root=options.source_root,
        config=not options.no_config,
        told=environment.protected_side(),
    )
