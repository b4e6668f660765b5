"""
The `leakgate` command.

Imports as little as a command needs: `leakgate --version` must not wait for engines and models.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import logging
import sys
from collections.abc import Sequence

import click

from leakgate import __version__
from leakgate.cli import streams
from leakgate.cli.core_dumps import forbid_core_dumps
from leakgate.cli.signals import Abandoned, heeding_termination, hold, release
from leakgate.model.errors import LeakgateError, ReportError

_COMMANDS = {
    "scan": "scan",
    "report": "report",
    "publish": "publish",
    "rules": "rules",
    "policy": "policy",
    "init": "init",
    "diff": "diff",
    "explain": "explain",
    "baseline": "baseline",
    "waive": "waive",
    "audit": "audit",
    "hook": "hook",
    "completion": "completion",
}


class _LazyGroup(click.Group):
    """Commands are imported when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"leakgate.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leakgate")
def leakgate() -> None:
    """Keep secrets and personal data from leaving a test run.

    Exit codes: 0 pass, 1 blocked, 2 usage or policy error, 3 incomplete (also: nothing scanned),
    4 a report could not be written or published, 70 internal error, 129 hung up,
    130 interrupted, 143 terminated.
    """
    if click.get_current_context().invoked_subcommand != "scan":  # which first leaves its reports
        release()
    forbid_core_dumps()


# At its end the interpreter looks for cycles in all that is left, which takes a tenth of a short run and
# gives back memory that goes back anyway.
atexit.register(gc.freeze)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and exits; every error ends in one line, one hint and the right exit code."""
    # Nearly all that a scan makes is freed by counting references; looking for cycles after every 700
    # objects, as is usual, costs a tenth of the start and more in texts with many hits.
    gc.set_threshold(100_000, 20, 20)
    # A library's log line may quote what it was given: scanned text.
    logging.disable(logging.CRITICAL)
    streams.adopt()
    with heeding_termination() as termination:
        hold()
        code = termination.exit_code(_run(arguments))
    # Python remembers an interrupt that came inside of `exec`, as dataclasses use it, and would end by
    # SIGINT in place of our exit code; the next `exec` makes it forget.
    exec("")  # noqa: S102
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """The exit code of the command; nothing but it comes out of here."""
    try:
        code = leakgate.main(args=arguments, prog_name="leakgate", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt, SystemExit, Abandoned) as exc:  # noqa: BLE001 - the last resort: never pass
        code, words = _explained(exc)
        try:
            click.echo(words, err=True, nl=bool(words))
        except OSError:
            return code  # nobody can be told; the exit code still tells
    return code if isinstance(code, int) else 0


def _explained(exc: BaseException) -> tuple[int, str]:
    """Exit code and words for people; never the text of an exception that is not ours."""
    match exc:
        case click.Abort() | KeyboardInterrupt():
            return 130, "leakgate: interrupted"
        case Abandoned():
            streams.forsake_output()
            return 130, "leakgate: stopped at once; reports that are missing were not written"
        case click.ClickException():
            shown = io.StringIO()
            exc.show(shown)
            return 2, shown.getvalue().rstrip()
        case LeakgateError():
            hint = f"\n  hint: {exc.hint}" if exc.hint else ""
            return exc.exit_code, f"leakgate: {exc.message}{hint}"
        case SystemExit() | OSError():
            # Click exits where a reader went away. It does not know the verdict, so this is no pass.
            streams.forsake_output()
            why = getattr(exc, "strerror", None) or "its reader went away"
            return ReportError.exit_code, f"leakgate: the output could not be written ({why})"
    kind = type(exc).__name__
    return 70, f"leakgate: internal error ({kind}); this is a bug of leakgate, please report it"


if __name__ == "__main__":
    main()
