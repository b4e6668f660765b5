"""`leakgate completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from leakgate.model.errors import UsageError


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print the completion script of a shell; put it where the shell looks for such scripts."""
    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"no completion for {shell!r}", hint="bash, zsh and fish are supported")
    root = context.find_root()
    click.echo(found(root.command, {}, "leakgate", "_LEAKGATE_COMPLETE").source())
    return 0
