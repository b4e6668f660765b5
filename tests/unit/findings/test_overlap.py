"""Which of several matches on the same bytes stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leakgate.findings.overlap import resolve
from leakgate.findings.placed import Placed, placed
from leakgate.model.detection import Confidence, Match
from leakgate.model.offsets import Edit, Edits, Whole
from leakgate.model.segment import Context, Segment
from leakgate.model.spans import Span
from tests.kit.segments import SOME_RULE, match, segment

_GUESS = replace(SOME_RULE, id="guess", specificity=0)
_FORMAT = replace(SOME_RULE, id="format", specificity=3)


@dataclass(frozen=True, slots=True)
class _At:
    pointer: str

    def at(self, offset: int) -> Context:
        return Context(self.pointer)


def _standing(*groups: tuple[Segment, list[Match]]) -> list[tuple[str, int, int]]:
    sightings: list[Placed] = [p for where, found in groups for p in placed(where, found)]
    return [(p.match.rule.id, p.absolute.start, p.absolute.end) for p in resolve(sightings)]


def test_the_more_specific_rule_wins() -> None:
    """A provider's format beats a guess, however wide the guess is."""
    here = segment("token=abcdefghij")

    assert [("format", 6, 16)] == _standing(
        (here, [match(0, "token=abcdefghij", _GUESS), match(6, "abcdefghij", _FORMAT)])
    )


def test_the_surer_match_wins_among_equals() -> None:
    """Confidence decides next, width after it."""
    here = segment("abcdefghij")
    low, high = match(0, "abcdefghij", SOME_RULE, Confidence.LOW), match(2, "cdef", SOME_RULE)

    assert [("some-rule", 2, 6)] == _standing((here, [low, high]))


def test_neighbours_both_stand() -> None:
    """Matches that merely touch do not compete."""
    here = segment("aaaabbbb")

    assert 2 == len(_standing((here, [match(0, "aaaa"), match(4, "bbbb")])))


def test_a_value_seen_raw_and_in_a_field_is_one_at_its_exact_place() -> None:
    """The narrow place wins over the wide one."""
    here = segment('{"k": "abcdef"}')
    field = replace(segment("k: abcdef"), text=here.text, trail=here.trail.through(Whole(Span(0, 15))))

    assert [("some-rule", 7, 13)] == _standing((here, [match(7, "abcdef")]), (field, [match(3, "abcdef")]))


def test_a_decoded_credential_replaces_the_guess_on_its_carrier() -> None:
    """What was inside says more than the wrapping."""
    here = segment("data=QUJDREVG")
    inside = here.derived(b"ABCDEF", "base64", Whole(Span(5, 13)))

    assert [("format", 5, 13)] == _standing(
        (here, [match(5, "QUJDREVG", _GUESS)]), (inside, [match(0, "ABCDEF", _FORMAT)])
    )


def test_a_value_is_not_also_its_writing() -> None:
    """The same rule at the same place finds what was decoded, not once more how it was written."""
    here = segment("pin=a%21b")
    inside = here.derived(b"a!b", "url", Edits((Edit(0, 4, 0), Edit(5, 8, 1))))

    assert [("some-rule", 4, 9)] == _standing((here, [match(4, "a%21b")]), (inside, [match(0, "a!b")]))


def test_the_longest_pointer_stands() -> None:
    """A document that two ways lead to says where it is in the outer one."""
    here = segment("QUJDREVG")
    inner, outer = (
        replace(here.derived(b"ABCDEF", "base64", Whole(Span(0, 8))), contexts=_At(pointer))
        for pointer in ("/sub", "/body#/sub")
    )
    found = [sighting for where in (inner, outer) for sighting in placed(where, [match(0, "ABCDEF")])]

    assert [outer] == [sighting.segment for sighting in resolve(found)]


def test_two_values_in_one_carrier_both_stand() -> None:
    """They share a raw place, not a value."""
    here = segment("data=QUJDREVG")
    inside = here.derived(b"ABC DEF", "base64", Whole(Span(5, 13)))

    assert 2 == len(_standing((inside, [match(0, "ABC"), match(4, "DEF")])))


def test_the_order_of_matches_does_not_matter() -> None:
    """Overlap resolution is a function of the set."""
    here = segment("token=abcdefghij")
    found = [match(0, "token=abcdefghij", _GUESS), match(6, "abcdefghij", _FORMAT), match(6, "abcd")]

    assert _standing((here, found)) == _standing((here, found[::-1]))
