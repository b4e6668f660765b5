"""`leakgate policy`: look at policies and check them."""

from __future__ import annotations

import json

import click

from leakgate import wiring
from leakgate.cli import policy_explain, policy_test, scan_options
from leakgate.cli.gate import own_policy, policy_named
from leakgate.policy.schema import json_schema
from leakgate.policy.show import describe
from leakgate.policy.stages import at_stage
from leakgate.policy.vocabulary import check_words


@click.group("policy")
def command() -> None:
    """Show, check, test and explain policies."""


@command.command("show")
@click.argument("policy", required=False)
@click.option("--stage", metavar="NAME", help="As it judges at this stage; without it, with all its stages.")
@scan_options.no_config
def show(policy: str | None, stage: str | None, *, no_config: bool) -> int:
    """Print a policy as it is resolved, every clause with its origin; without a name, the one that judges."""
    named = own_policy(policy, config=not no_config)
    click.echo(describe(named if stage is None else at_stage(named, stage)), nl=False)
    return 0


@command.command("check")
@click.argument("policies", nargs=-1, required=True)
def check(policies: tuple[str, ...]) -> int:
    """Load policies and say whether they are sound."""
    for name in policies:
        policy = policy_named(name)
        check_words(policy, wiring.all_rules())
        stages = f", stages {', '.join(stage.name for stage in policy.stages)}" if policy.stages else ""
        click.echo(f"{name}: sound; {len(policy.clauses)} clauses{stages}, digest {policy.identity.digest}")
    return 0


@command.command("schema")
def schema() -> int:
    """Print the JSON Schema of policy files, for editors."""
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0


command.add_command(policy_test.command)
command.add_command(policy_explain.command)
