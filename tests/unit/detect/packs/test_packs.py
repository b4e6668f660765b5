"""Rules of other scanners mean here what they mean there, or are refused with a reason."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from leakgate.detect.engine.relax import relax
from leakgate.detect.packs.gitleaks import read_gitleaks
from leakgate.detect.packs.go_syntax import as_python
from leakgate.detect.packs.reading import read_pack
from leakgate.detect.packs.recognizer import compiled, pack_recognizer
from leakgate.detect.packs.trivy import read_trivy
from leakgate.model.detection import Pattern, Suspect
from leakgate.model.errors import RuleError
from leakgate.model.spans import Span
from tests.kit.segments import matches, segment

VALUE = "ab12cd34ef56gh78ij90"
RULE = """
[[rules]]
id = "acme"
description = "Acme token"
regex = '''(?i)\\b(acme_[a-z0-9]{20})(?:['"\\s;]|$)'''
keywords = ["acme_"]
"""


def values(pack_text: str, text: str) -> list[str]:
    """What the rules of a gitleaks file find and do not allow."""
    recognizer, _refused = pack_recognizer(read_gitleaks(pack_text, "f"))
    return [m.secret.reveal().decode() for m in matches(recognizer, text) if m.synthetic is None]


def refusals(pack_text: str) -> dict[str, str]:
    _recognizer, refused = pack_recognizer(read_gitleaks(pack_text, "f"))
    return {one.id: one.why for one in refused}


def test_the_first_group_is_the_value() -> None:
    assert [f"acme_{VALUE}"] == values(RULE, f"x acme_{VALUE}; y")


def test_the_group_that_is_named_is_the_value() -> None:
    rule = "[[rules]]\nid='a'\nregex='(key|tok)=([a-z0-9]{20})'\nsecretGroup=2"

    assert [VALUE] == values(rule, f"tok={VALUE}")


def test_a_keyword_must_occur_in_the_file() -> None:
    rule = "[[rules]]\nid='a'\nregex='[a-z0-9]{20}'\nkeywords=['Acme']"

    assert [] == values(rule, f"id {VALUE}")
    assert [VALUE] == values(rule, f"ACME\n{' ' * 3000}id {VALUE}")


def test_a_value_of_low_entropy_is_none() -> None:
    assert [] == values(RULE + "entropy = 4.5\n", f"acme_{VALUE} ")


@pytest.mark.parametrize(
    "allowlist",
    [
        "[allowlist]\nregexes=['ab12']",
        "[[allowlists]]\nstopwords=['AB12CD']",
        "[allowlist]\npaths=['run[.]log$']",
        "[allowlist]\nregexTarget='line'\nregexes=['ignore me']",
        "[rules.allowlist]\nregexes=['cd34']",
        "[[rules.allowlists]]\ncondition='AND'\nregexes=['cd34']\npaths=['out/']",
        "[[allowlists]]\ntargetRules=['acme']\nstopwords=['ab12']",
    ],
)
def test_what_an_allowlist_names_is_known_to_be_fake(allowlist: str) -> None:
    """It stays a finding, with the reason, so that the report counts it."""
    recognizer, _refused = pack_recognizer(read_gitleaks(RULE + allowlist, "f"))

    (match,) = matches(recognizer, f"ignore me acme_{VALUE} ")

    assert "allowed by the pack" in (match.synthetic or "")


def test_and_means_all() -> None:
    both = "[[rules.allowlists]]\ncondition='AND'\nregexes=['cd34']\npaths=['elsewhere']"

    assert [f"acme_{VALUE}"] == values(RULE + both, f"acme_{VALUE} ")


@pytest.mark.parametrize(
    ("record", "word"),
    [
        ("id='a'\npath='[.]pem$'", "regex"),
        ("id='a'\nregex='(a'", "RE2"),
        ("id='a'\nregex='(?=a)b'", "RE2"),
        ("id='a'\nregex='x*'", "looked for"),
        ("id='a'\nregex='abcd'\nfilter='x'", "'filter'"),
    ],
)
def test_what_is_not_taken_over_is_told(record: str, word: str) -> None:
    assert word in refusals(f"[[rules]]\n{record}")["a"]


def test_commits_and_other_files_are_told() -> None:
    text = "[extend]\npath='base.toml'\n[allowlist]\ncommits=['abc']\n" + RULE

    assert {"(extend)", "(all rules)"} == set(refusals(text))


def test_the_rules_of_trivy() -> None:
    text = """
rules:
  - {id: acme, title: Acme, severity: CRITICAL, regex: 'acme_(?P<tok>[a-z0-9]{20})', secret-group-name: tok}
allow-rules:
  - {id: docs, description: documentation, path: 'docs/'}
disable-rules: [github-pat]
"""
    pack = read_trivy(text, "f")
    recognizer, _refused = pack_recognizer(pack)

    (match,) = matches(recognizer, f"acme_{VALUE}")

    assert (VALUE, "critical", ("github-pat",)) == (
        match.secret.reveal().decode(),
        match.rule.severity.value,
        pack.disabled,
    )


def test_an_evil_expression_takes_no_exponential_time() -> None:
    """RE2 is linear in the text; Python's engine would not come back from this."""
    rule = "[[rules]]\nid='a'\nregex='(a+)+b'"
    started = time.monotonic()

    values(rule, "a" * 5_000 + "c")

    assert time.monotonic() - started < 5.0


@pytest.mark.parametrize(
    ("go", "texts"),
    [
        (r"a(?i)bc", [b"aBC", b"abc"]),
        (r"(?:x(?i)y|z)w", [b"xYw", b"Zw"]),
        (r"ab(?-i:C)\z", [b"abC"]),
        (r"[[:alnum:]_]{3}", [b"a_9"]),
        (r"\Qa.b*\Ec", [b"a.b*c"]),
        (r"(?<name>ab)+", [b"abab"]),
        (r"\p{Greek}+-\x{41}", ["αβ-A".encode()]),
        (r"[^\]\[a-c]x", [b"dx"]),
        (r"[]a]x", [b"]x"]),
        ("[äb]c", ["äc".encode(), b"bc"]),
    ],
)
def test_an_anchor_matches_at_least_what_the_rule_does(go: str, texts: list[bytes]) -> None:
    anchor = re.compile(as_python(go).encode())

    assert all(compiled(go).search(text) for text in texts)
    assert all(anchor.search(text) for text in texts)


@pytest.mark.parametrize("text", ["", "rules = 3", "[[rules]]\nid = 3"])
def test_a_file_without_rules_gives_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(text)

    assert () == read_pack(tmp_path / "x.toml").rules


def test_a_file_that_is_not_toml_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("[[rules]")

    with pytest.raises(RuleError, match="is not TOML"):
        read_pack(tmp_path / "x.toml")


def test_the_path_of_a_rule_must_fit() -> None:
    recognizer, _refused = pack_recognizer(read_gitleaks(RULE + "path='[.]env$'\n", "f"))
    here = segment(f"acme_{VALUE} ", path="out/.env")
    elsewhere = segment(f"acme_{VALUE} ")

    assert [1, 0] == [len(list(recognizer.confirm(s, _suspects(recognizer, s)))) for s in (here, elsewhere)]


def _suspects(recognizer, here):
    from leakgate.detect.engine.portable import PortableEngine

    return PortableEngine(recognizer.patterns).scan(here.data)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_gitleaks, "a = " + "[" * 5000),
        (read_gitleaks, "a = " + "9" * 5000),
        (read_trivy, "[" * 5000),
        (read_trivy, "a: 2020-99-99"),
    ],
    ids=["deep TOML", "huge number", "deep YAML", "no date"],
)
def test_a_file_that_no_parser_takes_is_an_error(read: Callable[[str, str], object], text: str) -> None:
    """One that says so, never a crash."""
    with pytest.raises(RuleError):
        read(text, "f")


def test_a_repetition_that_is_too_large_is_an_error_of_the_rule() -> None:
    """Python's parser has an exception of its own for it."""
    with pytest.raises(RuleError):
        relax(Pattern("acme", b"a{99999999999}"))


@pytest.mark.parametrize(
    "lines",
    [
        "keywords = 'acme'",
        "keywords = 3",
        "entropy = [1]",
        "secretGroup = {a = 1}",
        "secretGroup = 'x'",
    ],
)
def test_a_value_of_another_kind_refuses_the_rule(lines: str) -> None:
    """It is told, and the other rules run."""
    text = f"{RULE}\n[[rules]]\nid='bad'\nregex='abc'\n{lines}\n"

    assert "bad" in refusals(text)
    assert [f"acme_{VALUE}"] == values(text, f"x acme_{VALUE}; y")


@pytest.mark.parametrize(
    "lines",
    [
        "regexes = '.*'",
        "stopwords = 'a'",
        "stopwords = ['']",
        "paths = '.'",
        "paths = [1]",
        "regexes = ['ab12']\nregexTarget = 'anything'",
        "regexes = ['ab12']\npaths = ['nowhere']\ncondition = 'both'",
        "targetRules = 'acme'\nregexes = ['ab12']",
    ],
)
def test_an_allowlist_that_is_not_understood_allows_nothing(lines: str) -> None:
    """A string in the place of a list, read letter by letter, would allow nearly everything."""
    assert [f"acme_{VALUE}"] == values(f"{RULE}\n[[allowlists]]\n{lines}\n", f"x acme_{VALUE}; y")


def test_a_second_rule_of_the_same_id_is_told() -> None:
    """It would replace the first in silence."""
    assert {"acme": "a rule before it has the same id"} == refusals(RULE + RULE)


def test_what_a_pack_allows_is_weaker_than_any_rule() -> None:
    """An allowlist of one rule does not hide what another rule finds in the same place."""
    pack = read_gitleaks("[[rules]]\nid='all'\nregex='.+'\n[rules.allowlist]\nregexes=['.*']", "f")
    recognizer, _refused = pack_recognizer(pack)

    (match,) = matches(recognizer, "password=x")

    assert match.rule.specificity < 0


def test_keywords_are_searched_for_once_in_a_text() -> None:
    """Many hits without a keyword cost one look at the whole text, not one for each."""
    pack = read_gitleaks("[[rules]]\nid='a'\nregex='[a-z0-9]{20}'\nkeywords=['nowhere']", "f")
    recognizer, _refused = pack_recognizer(pack)
    here = segment((f"{VALUE} ".encode() + b" " * 3000) * 2000)
    suspects = [
        Suspect(recognizer.patterns[0], Span(at, at + 30), (at + 20,)) for at in range(0, 6_000_000, 3021)
    ]

    started = time.process_time()
    found = list(recognizer.confirm(here, suspects))

    assert [] == found
    assert time.process_time() - started < 5
