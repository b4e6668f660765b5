"""Sealing: one finding per value, masked, keyed, placed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.findings.fingerprint import Key, fingerprint
from leakgate.findings.fixtures import FixtureIndex
from leakgate.findings.lines import Lines
from leakgate.findings.merge import merged
from leakgate.findings.placed import placed
from leakgate.findings.redaction import Redactor
from leakgate.findings.seal import Sealer
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Category, Match, Rule
from leakgate.model.finding import Finding
from leakgate.model.segment import Origin, RawText, Segment
from tests.kit.segments import SOME_RULE, match, segment

_KEY = Key.of("a key of the team")
_PERSONAL = replace(SOME_RULE, id="card", category=Category.PII)


def _sealed(here: Segment, found: list[Match]) -> tuple[Finding, ...]:
    return Sealer(_KEY, lambda text: text).seal(placed(here, found))


def test_a_value_found_twice_is_one_finding_with_two_places() -> None:
    """The first place leads; all are kept."""
    [finding] = _sealed(segment("x=abc\ny=abc\n"), [match(8, "abc"), match(2, "abc")])

    assert 2 == finding.occurrences
    assert [(1, 3), (2, 3)] == [(s.location.line, s.location.column) for s in finding.sightings]


def test_places_beyond_the_cap_are_counted() -> None:
    """A report stays readable; the number stays true."""
    text = "abc " * 80

    [finding] = _sealed(segment(text), [match(4 * n, "abc") for n in range(80)])

    assert (80, 50) == (finding.occurrences, len(finding.sightings))


def test_a_mask_shows_the_constant_prefix_of_a_rule_at_most() -> None:
    """Nothing of the value itself."""
    rule = replace(SOME_RULE, prefix="tok_")

    [finding] = _sealed(segment("tok_secret"), [match(0, "tok_secret", rule)])

    assert "tok_****" == finding.masked


def test_a_value_is_fake_only_where_every_place_says_so() -> None:
    """One real sighting makes it real."""
    here = segment("abc abc")

    [finding] = _sealed(here, [match(0, "abc", synthetic="sample"), match(4, "abc")])

    assert finding.synthetic is None


def test_fingerprints_depend_on_the_key() -> None:
    """Without the key nobody can compare."""
    found = match(0, "abc")

    assert fingerprint(_KEY, found) == fingerprint(Key.of("a key of the team"), found)
    assert fingerprint(_KEY, found) != fingerprint(Key.of("another"), found)
    assert Key.of(None).ephemeral


def test_personal_identifiers_are_compared_without_their_separators() -> None:
    """The same card written twice is the same card."""
    written = [fingerprint(_KEY, match(0, text, _PERSONAL)) for text in ("4929 1", "49291", "4929-1")]

    assert 1 == len(set(written))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "änd\r\nzwö xyz"), ("utf-16-le", "änd\nzwö xyz"), ("utf-32-be", "a\nbcd xyz")],
)
def test_lines_and_columns_count_characters(encoding: str, text: str) -> None:
    """A person opens the place in an editor."""
    raw = text.encode(encoding)
    offset = len(text[: text.index("xyz")].encode(encoding))

    assert (2, 5) == Lines(RawText(Artifact("x"), raw, encoding)).place(offset)


def test_a_slice_knows_where_it_begins() -> None:
    """Lines of later slices go on counting, columns only on the first line."""
    lines = Lines(RawText(Artifact("x"), b"tail\nnext", "utf-8", Origin(1000, 7, 20)))

    assert (7, 22) == lines.place(2)
    assert (8, 1) == lines.place(5)


@given(st.lists(st.sampled_from(["a", "\n", "\u00e9", "\u20ac", "\t"]), min_size=1), st.integers(0, 30))
def test_columns_count_characters(parts: list[str], characters: int) -> None:
    """Columns are characters whatever they take in bytes, also where every one takes one."""
    text = "".join(parts)
    offset = len(text[:characters].encode())

    before = text[:characters]
    expected = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert expected == Lines(RawText(Artifact("x"), text.encode(), "utf-8")).place(offset)


def test_parts_of_one_member_are_merged_without_counting_twice() -> None:
    """What two overlapping slices both saw is one place."""
    first = segment("abc abc", origin=Origin(0, 1, 1))
    second = segment("abc", origin=Origin(4, 1, 5))
    parts = (*_sealed(first, [match(0, "abc"), match(4, "abc")]), *_sealed(second, [match(0, "abc")]))

    [finding] = merged(parts)

    assert (2, 2) == (finding.occurrences, len(finding.sightings))


def test_names_lose_the_values_they_hold() -> None:
    """A token in a file name is masked like any other."""
    redact = Redactor(lambda here: [match(here.data.index(b"abc"), "abc")] if b"abc" in here.data else [])

    assert "logs/****/run.log" == redact("logs/abc/run.log")
    assert "logs/run.log" == redact("logs/run.log")


@pytest.mark.parametrize(
    ("rule", "reason"), [(_PERSONAL, "stands in tests/users.json at 1f2e3d4c5b6a"), (SOME_RULE, None)]
)
def test_fixtures_excuse_personal_data_alone(rule: Rule, reason: str | None) -> None:
    """A value of the repository's own tests is nobody's; a secret in there is a secret all the same."""
    fixtures = FixtureIndex(lambda: [("tests/users.json", "Ottilie Brandwein")], "1f2e3d4c5b6a")
    found = replace(match(2, "Ottilie Brandwein"), rule=rule)

    [finding] = Sealer(_KEY, lambda text: text, fixtures=fixtures).seal(
        placed(segment("x=Ottilie Brandwein\n"), [found])
    )

    assert reason == finding.synthetic


def test_a_value_behind_a_turned_escape_is_masked() -> None:
    r"""A member `\nvalue` of an archive is called `/nvalue`: what follows the escape is looked at alone."""

    def behind_an_escape(here: Segment) -> list[Match]:
        return [match(2, "abcdefgh")] if here.data.startswith(b"\\nabcdefgh") else []

    assert "/n****/b.log" == Redactor(behind_an_escape)("/nabcdefgh/b.log")


def test_a_value_between_encoded_signs_is_masked() -> None:
    """Percent codes of any depth end a word as the signs do that they stand for."""

    def a_word(here: Segment) -> list[Match]:
        at = here.data.find(b" abcdefgh=")
        return [match(at + 1, "abcdefgh")] if at >= 0 else []

    assert "t.n%253D****%2526s" == Redactor(a_word)("t.n%253Dabcdefgh%2526s")


def test_a_value_that_is_the_name_of_an_attribute_is_masked() -> None:
    """The `@` in front is the pointer's own."""

    def a_word(here: Segment) -> list[Match]:
        at = here.data.find(b" abcdefgh")
        return [match(at + 1, "abcdefgh")] if at >= 0 else []

    assert "/a/@****" == Redactor(a_word)("/a/@abcdefgh")
