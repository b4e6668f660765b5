"""What is wrong with a policy is said with its line, its key, and the nearest valid word."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.model.errors import PolicyError
from leakgate.policy.load import load_policy

_HEAD = "version: 1\nextends: default\n"
_CLAUSE = _HEAD + "clauses:\n  - {id: a, when: %s, then: block}\n"

MESSAGES = {
    "empty": ("", "p.yaml: empty", "clauses:"),
    "null": ("~", "p.yaml: empty", "clauses:"),
    "comment-only": ("# nothing\n", "p.yaml: empty", "clauses:"),
    "word": ("default", "p.yaml:1: a single value where a mapping belongs", "version"),
    "list": ("- a", "p.yaml:1: a list where a mapping belongs", "version"),
    "no-version": ("extends: default", "p.yaml:1: no key 'version'", "version"),
    "newer": (
        "version: 2\nfuture: yes",
        "p.yaml:1: version: a policy of a newer version",
        "upgrade leakgate",
    ),
    "version-0": ("version: 0\nextends: default", "p.yaml:1: version: out of range", "write 1"),
    "version-text": ("version: '1'\nextends: default", "p.yaml:1: version: not a whole number", "write 1"),
    "version-true": ("version: true\nextends: default", "p.yaml:1: version: not a whole number", "write 1"),
    "no-clauses": ("version: 1\nname: a", "p.yaml:1: no clauses", "extends"),
    "empty-clauses": (_HEAD + "clauses: []", "p.yaml:3: clauses: no clauses", "at least one"),
    "null-clauses": (_HEAD + "clauses:", "p.yaml:3: clauses: no clauses", "at least one"),
    "unknown-top": (_HEAD + "clases: []", "p.yaml:3: unknown key", "did you mean 'clauses'?"),
    "unknown-when": (
        _CLAUSE % "{categry: pii}",
        "p.yaml:4: clauses[1].when: unknown key",
        "did you mean 'category'?",
    ),
    "unknown-detect": (
        _HEAD + "detect:\n  locale: us",
        "p.yaml:4: detect: unknown key",
        "did you mean 'locales'?",
    ),
    "unknown-coverage": (
        _HEAD + "coverage:\n  too_larg: warn",
        "p.yaml:4: coverage: unknown key",
        "did you mean 'too_large'?",
    ),
    "unknown-limit": (
        _HEAD + "limits: {max_dept: 3}",
        "p.yaml:3: limits: unknown key",
        "did you mean 'max_depth'?",
    ),
    "category": (
        _CLAUSE % "{category: sercet}",
        "p.yaml:4: clauses[1].when.category: not a category",
        "did you mean 'secret'?",
    ),
    "category-in-list": (
        _CLAUSE % "{category: [pii, Secret]}",
        "p.yaml:4: clauses[1].when.category[2]: not a category",
        "did you mean 'secret'?",
    ),
    "severity": (
        _CLAUSE % "{severity: {at_least: hihg}}",
        "p.yaml:4: clauses[1].when.severity.at_least: not a severity",
        "did you mean 'high'?",
    ),
    "severity-none": (
        _CLAUSE % "{severity: {at_least: high, at_most: low}}",
        "p.yaml:4: clauses[1].when.severity: no severity satisfies this",
        "at_least: high",
    ),
    "confidence": (
        _CLAUSE % "{confidence: sure}",
        "p.yaml:4: clauses[1].when.confidence: not a confidence",
        "high, medium, low",
    ),
    "entity": (
        _CLAUSE % "{entity: credit-card}",
        "p.yaml:4: clauses[1].when.entity: not an entity",
        "upper case",
    ),
    "rule": (
        _CLAUSE % "{rule: 'github[pat'}",
        "p.yaml:4: clauses[1].when.rule: not a glob over rule ids",
        "wildcards",
    ),
    "synthetic": (
        _CLAUSE % "{synthetic: 'true'}",
        "p.yaml:4: clauses[1].when.synthetic: neither true nor false",
        "without quotes",
    ),
    "count-empty": (
        _CLAUSE % "{count: {}}",
        "p.yaml:4: clauses[1].when.count: an empty mapping",
        "at_least, at_most",
    ),
    "count-reversed": (
        _CLAUSE % "{count: {at_least: 3, at_most: 2}}",
        "p.yaml:4: clauses[1].when.count: at_least is over at_most",
        "change one",
    ),
    "empty-list": (
        _CLAUSE % "{entity: []}",
        "p.yaml:4: clauses[1].when.entity: an empty list",
        "at least one",
    ),
    "empty-glob": (
        _CLAUSE % "{path: ''}",
        "p.yaml:4: clauses[1].when.path: nothing where a glob belongs",
        "write a glob",
    ),
    "then": (
        _HEAD + "clauses: [{id: a, when: {}, then: blok}]",
        "p.yaml:3: clauses[1].then: not what a clause does",
        "did you mean 'block'?",
    ),
    "no-id": (_HEAD + "clauses: [{when: {}, then: warn}]", "p.yaml:3: clauses[1]: no key 'id'", "add `id:`"),
    "reserved-id": (
        _HEAD + "clauses: [{id: implicit/block, when: {}, then: warn}]",
        "p.yaml:3: clauses[1].id: not a clause id",
        "not implicit/",
    ),
    "same-id": (
        _HEAD
        + "clauses:\n  - {id: a, when: {synthetic: true}, then: warn}\n  - {id: a, when: {}, then: warn}",
        "p.yaml:5: clauses[2]: an id that another clause has",
        "line 4",
    ),
    "behind-catch-all": (
        _HEAD
        + "clauses:\n  - {id: a, when: {}, then: warn}\n  - {id: b, when: {category: pii}, then: block}",
        "p.yaml:5: clauses[2]: can never decide: the clause in line 4 takes all that it would",
        "move this one up",
    ),
    "behind-wider": (
        _HEAD
        + "clauses:\n  - {id: a, when: {category: [pii, secret]}, then: warn}\n"
        + "  - {id: b, when: {category: pii, path: '*.log'}, then: block}",
        "p.yaml:5: clauses[2]: can never decide: the clause in line 4 takes all that it would",
        "move this one up",
    ),
    "lenient-nothing": (
        _HEAD + "coverage: {nothing_scanned: warn}",
        "p.yaml:3: coverage.nothing_scanned: not what a gap does here",
        "block, incomplete",
    ),
    "lenient-interrupt": (
        _HEAD + "coverage: {interrupted: allow}",
        "p.yaml:3: coverage.interrupted: not what a gap does here",
        "block, incomplete",
    ),
    "size": (
        _HEAD + "limits: {max_member_bytes: 12 potatoes}",
        "p.yaml:3: limits.max_member_bytes: not a size",
        "256MiB",
    ),
    "time": (_HEAD + "limits: {max_seconds: 0}", "p.yaml:3: limits.max_seconds: out of range", "10m"),
    "overlap": (
        _HEAD + "limits:\n  slice_bytes: 64KiB\n  slice_overlap: 64KiB",
        "p.yaml:5: limits.slice_overlap is over half of limits.slice_bytes",
        "65536",
    ),
    "country": (
        _HEAD + "detect: {locales: [usa]}",
        "p.yaml:3: detect.locales[1]: not a country code",
        "did you mean",
    ),
    "carrier": (
        _HEAD + "clauses: [{id: a, when: {carrier: harr}, then: block}]",
        "p.yaml:3: clauses[1].when.carrier: not a carrier",
        "'har'",
    ),
    "known-and-new": (
        _HEAD + "clauses: [{id: a, when: {known: true, new_only: true}, then: block}]",
        "p.yaml:3: clauses[1].when: `known: true` and `new_only: true` exclude",
        "remove one",
    ),
    "expression": (
        _HEAD + "clauses: [{id: a, when: {expr: finding.pth == 'a'}, then: block}]",
        "p.yaml:3: clauses[1].when.expr: a field that `finding` does not have",
        "'path'",
    ),
    "budget-id": (
        _HEAD + "budgets: [{id: budget/a, when: {}, at_most: 1, then: block}]",
        "p.yaml:3: budgets[1].id: not a clause id",
        "not implicit/",
    ),
    "budget-twice": (
        _HEAD + "budgets: [&a {id: a, when: {}, at_most: 1, then: block}, *a]",
        "p.yaml:3: budgets[2]: an id that another budget has",
        "rename one",
    ),
    "budget-allow": (
        _HEAD + "budgets: [{id: a, when: {}, at_most: 1, then: allow}]",
        "p.yaml:3: budgets[1].then: not what a budget does",
        "block, warn",
    ),
    "budget-endless": (
        _HEAD + "budgets: [{id: a, when: {}, then: warn}]",
        "p.yaml:3: budgets[1]: no key 'at_most'",
        "",
    ),
    "stage-none": (
        _HEAD + "stages: {none: {coverage: {bomb: block}}}",
        "p.yaml:3: stages: not a stage",
        "pull_request",
    ),
    "stage-null": (
        _HEAD + "stages: {main: }",
        "p.yaml:3: stages[1]: a single value where a mapping belongs",
        "clauses",
    ),
    "stage-unreachable": (
        _HEAD + "stages: {main: {clauses: [{id: a, when: {}, then: warn}, {id: b, when: {}, then: block}]}}",
        "p.yaml:3: stages[1].clauses[2]: can never decide: the clause in line 3 takes all that it would",
        "first that matches",
    ),
    "default-stage": (_HEAD + "default_stage: main", "'p.yaml': `default_stage` names no stage", "stages"),
    "extends": (_HEAD.replace("default", "defalt"), "p.yaml:2: extends: no such policy", "'default'"),
    "extends-file": (
        _HEAD.replace("default", "./base.yaml"),
        "a file cannot be extended from here",
        "shipped policies only",
    ),
    "same-key": ("version: 1\nversion: 1", "p.yaml:2: a key that this mapping has already", "keep one"),
    "syntax": ("version: 1\na: b: c", "p.yaml:2: not YAML: mapping values are not allowed", "syntax"),
    "control": ("a: \x00", "p.yaml: not YAML: it holds what YAML does not allow", "control"),
    "surrogate": ("a: \udc80", "p.yaml: not valid UTF-8", "UTF-8"),
    "tag": (
        "version: !!python/object:os.system 1",
        "p.yaml:1: a YAML tag",
        "remove",
    ),
    "list-key": ("? [a]\n: b", "p.yaml:1: a key that is not a word", "plain words"),
    "alias-in-itself": ("a: &a [*a]", "p.yaml:1: an alias before its anchor is complete", "above"),
    "alias-bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
            for old, new in zip("abcdef", "bcdefg", strict=True)
        ),
        "p.yaml:5: over 20000 values",
        "fewer aliases",
    ),
    "nested": ("[" * 100_000, "p.yaml:1: nested over 20 levels", "four"),
    "documents": (_HEAD + "---\nversion: 1", "p.yaml:3: a second document", "remove `---`"),
    "long": ("#" * (1 << 20) + "\n", "p.yaml: 1048577 bytes, over the limit of 1048576", "policy"),
}


@pytest.mark.parametrize(("text", "message", "hint"), MESSAGES.values(), ids=MESSAGES.keys())
def test_message(text: str, message: str, hint: str):
    """The message starts with file, line and key, and the hint says what to do."""
    with pytest.raises(PolicyError) as caught:
        load_policy("p.yaml", text=text)

    assert message == caught.value.message[: len(message)]
    assert hint in caught.value.hint


@pytest.mark.parametrize("text", [text for text, _, _ in MESSAGES.values()], ids=MESSAGES.keys())
def test_message_is_one_short_printable_line(text: str):
    """Whatever a policy holds, its message fits on a terminal line or two."""
    with pytest.raises(PolicyError) as caught:
        load_policy("p.yaml", text=text)

    assert caught.value.message.isprintable()
    assert caught.value.hint.isprintable()
    assert len(caught.value.message) < 200


def test_unknown_name():
    """A misspelt name of a shipped policy names the right one."""
    with pytest.raises(PolicyError, match="no policy 'strickt'") as caught:
        load_policy("strickt")

    assert "did you mean 'strict'?" in caught.value.hint


@pytest.mark.parametrize("name", ["gone.yaml", "gone/policy", "a\0b.yaml", "x" * 5000 + ".yml", "./"])
def test_unreadable_file(name: str):
    """A file that cannot be read is the author's error, not a crash."""
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy(name)


@pytest.mark.parametrize("raw", [b"\xff\xfev\x00e\x00", b"name: caf\xe9"])
def test_other_encodings(raw: bytes, tmp_path: Path):
    """A file in another encoding is refused rather than guessed at."""
    file = tmp_path / "p.yaml"
    file.write_bytes(raw)

    with pytest.raises(PolicyError, match="not valid UTF-8"):
        load_policy(str(file))


def test_huge_file(tmp_path: Path):
    """A file over the limit is refused after reading no more than the limit."""
    file = tmp_path / "p.yaml"
    file.write_bytes(b"#" * (3 << 20))

    with pytest.raises(PolicyError, match="1048577 bytes, over the limit"):
        load_policy(str(file))
