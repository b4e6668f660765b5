"""
The `leakgate` command.

Imports as little as a command needs: `leakgate --version` must not wait for engines and models.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Sequence

import click

from leakgate import __version__
from leakgate.model.errors import LeakgateError

_COMMANDS = {"scan": "scan", "rules": "rules", "policy": "policy", "completion": "completion"}


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
    4 a report could not be written or published, 70 internal error, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and exits; every error ends in one line, one hint and the right exit code."""
    # A library's log line may quote what it was given: scanned text.
    logging.disable(logging.CRITICAL)
    try:
        code = leakgate.main(args=arguments, prog_name="leakgate", standalone_mode=False)
    except click.ClickException as exc:
        exc.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("leakgate: interrupted", err=True)
        sys.exit(130)
    except LeakgateError as exc:
        click.echo(f"leakgate: {exc.message}", err=True)
        if exc.hint:
            click.echo(f"  hint: {exc.hint}", err=True)
        sys.exit(exc.exit_code)
    except BrokenPipeError:
        # The reader of our output went away; the verdict is unknown to it, so this is no pass.
        sys.stderr.close()
        sys.exit(4)
    except Exception as exc:  # noqa: BLE001 - the last resort: say so without scanned text, never pass
        click.echo(
            f"leakgate: internal error ({type(exc).__name__}); this is a bug of leakgate, please report it",
            err=True,
        )
        sys.exit(70)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
