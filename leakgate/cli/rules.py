"""`leakgate rules`: what can be found, and the proof of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from leakgate import wiring
from leakgate.cli.environment import cache_directory, cache_key
from leakgate.detect.packs.reading import KINDS, read_pack
from leakgate.detect.packs.recognizer import pack_recognizer
from leakgate.detect.rules.load import proven_rules
from leakgate.detect.rules.proof import failures
from leakgate.model.detection import Rule
from leakgate.model.errors import UsageError
from leakgate.report.text_safety import for_terminal


@click.group("rules")
def command() -> None:
    """List, show and prove the rules."""


def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in wiring.all_rules()}


@command.command("list")
def list_rules() -> int:
    """One line per rule: id, category, severity, confidence, name."""
    for rule in sorted(_rules().values(), key=lambda rule: (rule.category, rule.family, rule.id)):
        words = (rule.category, rule.severity, rule.confidence)
        click.echo(f"{rule.id:44} {words[0]:8} {words[1]:9} {words[2]:7} {rule.name}")
    return 0


@command.command("show")
@click.argument("rule_id")
def show(rule_id: str) -> int:
    """Everything about one rule."""
    known = _rules()
    if rule_id not in known:
        raise UsageError(f"no rule {rule_id!r}", hint="`leakgate rules list` names them all")
    for key, value in dataclasses.asdict(known[rule_id]).items():
        if value != "":
            click.echo(f"{key + ':':14}{value}")
    return 0


@command.command("check")
def check() -> int:
    """Prove every native rule by its examples and near misses, in both engines."""
    specs = proven_rules()
    broken = list(failures(specs, cache_directory(), cache_key()))
    for sentence in broken:
        click.echo(sentence, err=True)
    proofs = [spec.proof for spec in specs if spec.proof is not None]
    examples = sum(len(proof.examples) + len(proof.near_misses) for proof in proofs)
    click.echo(f"{len(specs)} rules, {examples} examples and near misses, {len(broken)} broken promises")
    return 1 if broken else 0


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from", "kind", type=click.Choice(KINDS), help="Whose file it is; told by its name if not given."
)
def import_rules(file: Path, kind: str | None) -> int:
    """What `leakgate scan --rules FILE` takes of another scanner's file, and what not, with the reason.

    Exit code 1 if a rule is not taken over.
    """
    recognizer, refused = pack_recognizer(read_pack(file, kind))
    for rule in recognizer.rules:
        click.echo(f"taken    {for_terminal(rule.id)}  {for_terminal(rule.name)}")
    for one in refused:
        click.echo(f"refused  {for_terminal(one.shown_id)}: {for_terminal(one.why)}")
    click.echo(f"{len(recognizer.rules)} rules taken over, {len(refused)} refused or in part")
    return 1 if refused else 0
