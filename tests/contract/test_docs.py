"""
The documents agree with the code: what exists is described, and what is described exists.

Never checks wording; a document that is wrong in prose is a reader's to find.
"""

from __future__ import annotations

import contextlib
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema  # type: ignore[import-untyped]
import pytest

from leakgate import wiring
from leakgate.cli.main import leakgate as command
from leakgate.cli.signals import HUNG_UP, TERMINATED
from leakgate.detect.rules import schema as rule_schema
from leakgate.detect.rules.examples import ALPHABETS
from leakgate.detect.rules.load import rules_of
from leakgate.detect.rules.proof import failures
from leakgate.detect.validators.registry import VALIDATORS
from leakgate.model import errors
from leakgate.model.gap import GapReason
from leakgate.model.verdict import Outcome, Verdict
from leakgate.policy.load import load_policy
from leakgate.policy.shipped import NAMES
from leakgate.policy.vocabulary import check_words
from leakgate.report.registry import REPORTERS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
README, ARCHITECTURE = ROOT / "README.md", ROOT / "ARCHITECTURE.md"
USAGE, POLICY, RULES = (ROOT / "docs" / name for name in ("usage.md", "policy.md", "rules.md"))
TEXT = frozenset({".py", ".md", ".yaml", ".yml", ".toml", ".json", ".txt", ".cfg"})


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(path: Path, heading: str) -> str:
    """What stands below a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text_of(path), re.M | re.S)
    assert found is not None, f"{path.name} has no heading {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, headings left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    rules = {index for index, row in enumerate(cells) if all(re.fullmatch(":?-+:?", cell) for cell in row)}
    return [row for index, row in enumerate(cells) if index not in rules and index + 1 not in rules]


def first_codes(text: str) -> set[str]:
    """Whatever stands in backticks in the first column of the tables in a text."""
    return {code for row in rows(text) for code in re.findall(r"`([^`]+)`", row[0])}


def fenced(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(path), re.M | re.S)


def slug(heading: str) -> str:
    """The anchor that code hosts make of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its words behind `leakgate`."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


def flags(found: click.Command) -> set[str]:
    options = (
        (*param.opts, *param.secondary_opts) for param in found.params if isinstance(param, click.Option)
    )
    return {flag for names in options for flag in names}


COMMANDS = dict(commands(command))
FLAGS = {"-h", "--help"} | flags(command) | {flag for found in COMMANDS.values() for flag in flags(found)}


def shown_commands(path: Path) -> list[str]:
    """Every `leakgate …` of a document: in code spans and in blocks of code, without comments."""
    joined = re.sub(r"\\\n\s*", "", text_of(path))
    spans = re.findall(r"`(leakgate [^`]+)`", joined)
    lines = re.findall(r"^ {4,}(?:\w[^|\n]*\| )?(leakgate [^\n]+)$", joined, re.M)
    return [re.split(r"\s+#|\s+>\s", line)[0] for line in (*spans, *lines) if "…" not in line]


def parse(line: str) -> None:
    """Raises click's UsageError, as the command would."""
    found: click.Command = command
    words = shlex.split(line)[1:]
    while isinstance(found, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        inner = found.get_command(click.Context(found), name)
        if inner is None:
            raise click.UsageError(f"no command {name!r}")
        found = inner
    if not isinstance(found, click.Group) and "--help" not in words:
        # In running text a command may be named without what it needs.
        with contextlib.suppress(click.MissingParameter):
            found.make_context(found.name, words)


def test_every_option_of_a_scan_is_in_the_table() -> None:
    """A row for each option, with its short form, and no row for another."""
    described = {
        flag for row in rows(section(USAGE, "Options")) for flag in re.findall(r"`(--?[a-z][a-z-]*)", row[0])
    }

    assert {"-h", "--help"} | flags(COMMANDS["scan"]) == described


def test_every_option_of_the_guide_exists() -> None:
    """No option is described that the commands do not have."""
    described = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(USAGE)))

    assert set() == described - FLAGS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_guide(name: str) -> None:
    """With all its words."""
    assert re.search(rf"\bleakgate {name}\b", text_of(USAGE))


@EVERY_DOCUMENT
def test_shown_commands_are_understood(document: Path) -> None:
    """Whoever copies a command from a document gets no usage error."""
    for line in shown_commands(document):
        parse(line)


def test_choices_are_in_the_guide() -> None:
    """Formats, categories and policies are named where their option is."""
    options = section(USAGE, "Options")
    chosen = {param.name: param.type for param in COMMANDS["scan"].params}
    words = [word for kind in chosen.values() if isinstance(kind, click.Choice) for word in kind.choices]

    assert [] == [word for word in (*words, *NAMES) if not re.search(rf"[`| ]{word}\b", options)]


def test_variables_of_the_environment_are_in_the_guide() -> None:
    """All that the command reads, and no other."""
    source = "".join(text_of(path) for path in (ROOT / "leakgate" / "cli").glob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", source))
    described = set(re.findall(r"`([A-Z][A-Z_]{4,})`", section(USAGE, "Environment")))

    assert read == described


@pytest.mark.parametrize("document", [README, USAGE], ids=lambda path: str(path.name))
def test_exit_codes(document: Path) -> None:
    """The table has the codes of errors and verdicts, no more and no fewer."""
    base = errors.LeakgateError
    raised = {base.exit_code} | {kind.exit_code for kind in base.__subclasses__()}
    judged = {Verdict(outcome, (), (), ()).exit_code for outcome in Outcome}
    stopped = Verdict(Outcome.PASS, (), (), (), interrupted=True).exit_code

    assert raised | judged | {stopped, TERMINATED, HUNG_UP} == {
        int(row[0]) for row in rows(section(document, "Exit codes"))
    }


def test_exit_codes_mean_the_same_everywhere() -> None:
    """README and guide have the same table."""
    assert rows(section(README, "Exit codes")) == rows(section(USAGE, "Exit codes"))


def test_reports_are_in_the_readme() -> None:
    """Each format has its row."""
    assert set(REPORTERS) == first_codes(section(README, "Reports"))


@EVERY_DOCUMENT
def test_links_lead_somewhere(document: Path) -> None:
    """Files exist, and so do the headings in them."""
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text_of(document)):
        file = document.parent / target if target else document
        assert file.exists(), target
        if anchor:
            assert anchor in map(slug, re.findall(r"^#+ (.+)$", text_of(file), re.M))


@EVERY_DOCUMENT
def test_named_files_exist(document: Path) -> None:
    """What a document calls a file of the project is one."""
    named = re.findall(r"`((?:leakgate|docs|tests|policies|examples)/[\w/.-]+)`", text_of(document))
    missing = [name for name in named if not (ROOT / name).exists()]
    examples_of_a_user = {"policies/ci.yaml"}

    assert set() == set(missing) - examples_of_a_user


def test_the_house_is_as_drawn() -> None:
    """Every folder of the drawing exists, and every package of leakgate is in it."""
    drawing = fenced(ARCHITECTURE, "")[0].split("policies/")[0]
    drawn = set(re.findall(r"^ +(\w+)/ ", drawing, re.M))
    packages = {path.parent.name for path in (ROOT / "leakgate").rglob("*.py")} - {"leakgate", "vocabulary"}

    assert packages | {"rules"} == drawn


def test_named_tests_exist() -> None:
    """A law of the architecture is held by a test that is there."""
    held = set(re.findall(r"`(test_\w+)`", text_of(ARCHITECTURE)))
    source = "".join(text_of(path) for path in (ROOT / "tests").rglob("test_*.py"))

    assert set() == held - set(re.findall(r"^def (test_\w+)", source, re.M))


def test_keys_of_a_rule() -> None:
    """The guide has a row for each key of a record."""
    assert set(rule_schema._KEYS) == first_codes(section(RULES, "A native rule"))


def test_required_keys_of_a_rule() -> None:
    """They are called so."""
    required = {row[0].strip("`") for row in rows(section(RULES, "A native rule")) if row[2] == "required"}

    assert set(rule_schema._REQUIRED) == required


def test_validators_are_in_the_guide() -> None:
    """One row each."""
    assert set(VALIDATORS) == first_codes(section(RULES, "Validators"))


def test_alphabets_are_in_the_guide() -> None:
    """Whoever writes an example knows them all."""
    assert [] == [name for name in ALPHABETS if f"`{name}`" not in section(RULES, "Templates")]


def test_families_are_in_the_guide() -> None:
    """A policy can name what the guide lists, and the guide lists all that a policy can name."""
    assert {rule.family for rule in wiring.all_rules()} == first_codes(section(RULES, "Families"))


def test_the_example_of_a_rule_proves_itself() -> None:
    """Whoever copies the record begins with one that works."""
    [record] = [block for block in fenced(RULES, "yaml") if block.startswith("family:")]

    assert [] == list(failures(list(rules_of(record, "docs/rules.md"))))


def test_reasons_of_gaps_are_in_the_guide() -> None:
    """The policy's words for coverage are all explained."""
    assert set(GapReason) == first_codes(section(POLICY, "Coverage"))


def test_the_policy_of_the_guide_is_sound() -> None:
    """It loads, and its words mean something."""
    for block in fenced(USAGE, "yaml"):
        check_words(load_policy("usage.yaml", text=block), wiring.all_rules())


def test_the_result_in_the_guide_is_valid() -> None:
    """The sample is a document of the published schema."""
    [sample] = fenced(USAGE, "json")
    published = json.loads(text_of(ROOT / "docs" / "result.schema.json"))

    jsonschema.validate(json.loads(sample), published)


def test_the_sample_of_the_readme_could_be_printed() -> None:
    """Its rules and clauses exist, and every value is masked."""
    sample = text_of(README).partition("<!-- sample: begin -->")[2].partition("<!-- sample: end -->")[0]
    entries = re.findall(r"^  (?:CRITICAL|HIGH|MEDIUM|LOW) +(.+?)  (\S+)$", sample, re.M)
    clauses = re.findall(r"blocked by\s+(\S+?)\.?$", sample, re.M)

    assert entries
    assert {name for name, _ in entries} <= {rule.name for rule in wiring.all_rules()}
    assert all(mask.endswith("****") for _, mask in entries)
    assert set(clauses) <= {clause.id for clause in load_policy("default").clauses}


def test_no_file_knows_where_it_was_written() -> None:
    """No path of the machine of an author is left in the project."""
    folders = ("leakgate", "tests", "docs", "examples", "policies", "benchmarks")
    files = [path for name in folders for path in (ROOT / name).rglob("*") if path.suffix in TEXT]
    files += [path for path in ROOT.iterdir() if path.suffix in TEXT or path.name == "Makefile"]
    telling = [path for path in files if path.is_file() and f"{ROOT}/" in text_of(path)]

    assert [] == telling
