"""Names, files, inheritance and values of policies."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.model.detection import Category
from leakgate.model.errors import PolicyError
from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.model.verdict import GapAction
from leakgate.policy.clauses import Origin
from leakgate.policy.document import COVERAGE_DEFAULTS
from leakgate.policy.load import load_policy
from leakgate.policy.shipped import NAMES
from tests.unit.policy.cases import policy

_REST = "{id: rest, when: {}, then: warn}"


@pytest.mark.parametrize("name", NAMES)
def test_shipped(name: str):
    """Each shipped policy loads by its name, is called so, and says that it is built in."""
    identity = load_policy(name).identity

    assert (name, "builtin") == (identity.name, identity.source)


def test_shipped_name_beats_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file called like a shipped policy does not take its place."""
    (tmp_path / "strict").write_text(f"version: 1\nclauses: [{_REST}]", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert "builtin" == load_policy("strict").identity.source


def test_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file is taken by its path, even without suffix; its name is that of the file."""
    (tmp_path / "mine").write_text(f"version: 1\nclauses: [{_REST}]", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    identity = load_policy("mine").identity

    assert ("mine", "mine") == (identity.name, identity.source)


def test_byte_order_mark(tmp_path: Path):
    """A byte order mark is no reason to refuse a file."""
    file = tmp_path / "p.yaml"
    file.write_bytes(f"\ufeffversion: 1\nclauses: [{_REST}]".encode())

    assert "rest" == load_policy(str(file)).clauses[0].id


def test_defaults():
    """A policy of clauses alone looks for everything, within the limits and coverage of leakgate."""
    plain = policy(_REST)

    assert Limits() == plain.limits
    assert frozenset(Category) == plain.detect.categories
    assert () == plain.detect.nlp_entities
    assert COVERAGE_DEFAULTS == {clause.reason: clause.action for clause in plain.coverage}


def test_every_reason_has_a_coverage_clause():
    """No gap is without a clause."""
    assert tuple(GapReason) == tuple(clause.reason for clause in policy(_REST).coverage)


@pytest.mark.parametrize(
    ("written", "size"), [("512MiB", 512 << 20), ("1 GB", 10**9), ("4096", 4096), ("2KiB", 2048)]
)
def test_sizes(written: str, size: int):
    """Sizes are bytes, with a unit if one is given."""
    assert size == policy(_REST, rest=f"limits: {{max_member_bytes: {written}}}").limits.max_member_bytes


@pytest.mark.parametrize(("written", "seconds"), [("90", 90.0), ("90s", 90.0), ("5m", 300.0), ("1h", 3600.0)])
def test_times(written: str, seconds: float):
    """Times are seconds, with a unit if one is given."""
    assert seconds == policy(_REST, rest=f"limits: {{max_seconds: {written}}}").limits.max_seconds


def test_norway():
    """`no` is a country, not a boolean."""
    assert frozenset({"no"}) == policy(_REST, rest="detect: {locales: [no]}").detect.locales


def test_groups_of_countries():
    """`eu` stands for its member states and `uk` for `gb`."""
    locales = policy(_REST, rest="detect: {locales: [eu, uk]}").detect.locales

    assert 28 == len(locales)
    assert {"de", "gr", "gb"} <= locales


def test_aliases():
    """An anchor may stand for a list that is used twice."""
    text = "{id: a, when: {entity: &cards [CREDIT_CARD, IBAN_CODE], confidence: high}, then: block}"
    clauses = policy(text, "{id: b, when: {entity: *cards}, then: warn}").clauses

    assert clauses[0].when.entity == clauses[1].when.entity


def test_notes_may_be_paragraphs():
    """A note over several lines is read as one."""
    clause = "{id: a, when: {}, then: warn, note: 'one\n      two'}"

    assert "one two" == policy(clause).clauses[0].note


def test_child_clauses_come_first():
    """The clauses of a policy are asked before those that it extends."""
    child = policy("{id: mine, when: {entity: US_SSN}, then: allow}", rest="extends: strict")

    expected = ["mine", "synthetic", "software-contacts", "medium", "secrets/possible", "possible"]
    assert expected == [c.id for c in child.clauses]


def test_child_takes_an_id():
    """A parent's clause whose id the child uses is left out."""
    child = policy("{id: medium, when: {confidence: high}, then: block}", rest="extends: strict")

    expected = ["medium", "synthetic", "software-contacts", "secrets/possible", "possible"]
    assert expected == [clause.id for clause in child.clauses]


def test_child_with_catch_all():
    """A child that takes everything uses no clause of its parent, but its settings."""
    child = policy(_REST, rest="extends: default")

    assert ["rest"] == [clause.id for clause in child.clauses]
    assert load_policy("default").detect == child.detect


def test_child_settings_win_key_by_key():
    """What the child says about one key leaves the parent's other keys alone."""
    child = load_policy("p.yaml", text="version: 1\nextends: strict\ncoverage: {encrypted: warn}")

    assert GapAction.WARN == child.on(GapReason.ENCRYPTED).action
    assert GapAction.BLOCK == child.on(GapReason.MALFORMED).action


def test_nested_settings_win_key_by_key():
    """The same holds one level deeper."""
    text = "version: 1\nextends: default\ndetect: {entities: {only: [PERSON]}}"
    child = load_policy("p.yaml", text=text)

    assert ("PERSON",) == child.detect.enabled_entities
    assert load_policy("default").detect.disabled_entities == child.detect.disabled_entities


def test_extends_is_relative_to_the_file(tmp_path: Path):
    """A parent is looked for beside the file that names it, over several steps."""
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "base.yaml").write_text(f"version: 1\nclauses: [{_REST}]", encoding="utf-8")
    (tmp_path / "team" / "mid.yaml").write_text("version: 1\nextends: ./base.yaml", encoding="utf-8")
    (tmp_path / "p.yaml").write_text("version: 1\nextends: team/mid.yaml", encoding="utf-8")
    loaded = load_policy(str(tmp_path / "p.yaml"))

    assert Origin((tmp_path / "team" / "base.yaml").as_posix(), 2) == loaded.clauses[0].origin


def test_circles(tmp_path: Path):
    """A policy that extends itself, by whatever detour, is an error."""
    (tmp_path / "a.yaml").write_text("version: 1\nextends: ./b.yaml", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("version: 1\nextends: ../x/../a.yaml", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("version: 1\nextends: ./sub/../a.yaml", encoding="utf-8")
    (tmp_path / "sub").mkdir()

    with pytest.raises(PolicyError, match="a circle"):
        load_policy(str(tmp_path / "a.yaml"))


def test_text_from_elsewhere_reads_parents_from_there():
    """Parents of a policy from a git ref come through the reader of that ref, not from the disk."""
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return f"version: 1\nclauses: [{_REST}]".encode()

    load_policy("ci/p.yaml", text="version: 1\nextends: ./base.yaml", read=read)

    assert ["ci/base.yaml"] == asked


def test_digest_ignores_layout():
    """Comments, names, notes, order of keys and of alternatives do not change the digest."""
    one = policy("{id: a, when: {category: [pii, secret]}, then: warn, note: why}", rest="name: x")
    two = policy("{then: warn, id: a, when: {category: [secret, pii]}} # hm", rest="name: y")

    assert one.identity.digest == two.identity.digest


@pytest.mark.parametrize(
    "rest",
    [
        "limits: {max_depth: 7}",
        "coverage: {bomb: warn}",
        "detect: {locales: [us]}",
        "detect: {categories: pii}",
    ],
)
def test_digest_covers_settings(rest: str):
    """Whatever can change a verdict changes the digest."""
    assert policy(_REST).identity.digest != policy(_REST, rest=rest).identity.digest


def test_digest_covers_the_order_of_clauses():
    """The same clauses in another order are another policy."""
    one, two = "{id: a, when: {category: pii}, then: warn}", "{id: b, when: {synthetic: true}, then: allow}"

    assert policy(one, two).identity.digest != policy(two, one).identity.digest
