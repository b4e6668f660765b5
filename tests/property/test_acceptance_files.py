"""Whatever stands in waivers, a baseline, an audit log or CODEOWNERS: an answer, or the one kind of error."""

from __future__ import annotations

from contextlib import suppress
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from leakgate.audit.chain import Broken, read_chain
from leakgate.model.errors import PolicyError
from leakgate.policy.baseline import Baseline, read_baseline, written
from leakgate.policy.codeowners import owners_of
from leakgate.policy.waivers import read_waivers
from tests.unit.policy.accepting_cases import waiver_text

_HEX = st.text("0123456789abcdef", min_size=32, max_size=32)
_RULES = st.from_regex(r"[A-Za-z0-9_.-]{1,20}(/[A-Za-z0-9_.-]{1,20})?", fullmatch=True)
_ENTRIES = st.dictionaries(_HEX.map("lg1:{}".format), _RULES, max_size=20)


def _damaged(text: str) -> st.SearchStrategy[str]:
    """The text with a stretch replaced by something else."""
    places = st.integers(0, len(text))
    return st.tuples(places, places, st.text(max_size=20)).map(
        lambda drawn: text[: min(drawn[:2])] + drawn[2] + text[max(drawn[:2]) :]
    )


@given(st.one_of(st.text(), _damaged(waiver_text())))
def test_any_waiver_file(text: str) -> None:
    """It is read, or it is the author's to mend."""
    with suppress(PolicyError):
        read_waivers(text, "w.yaml")


@given(_ENTRIES, _HEX, st.one_of(st.none(), _HEX.map(lambda half: half * 2)))
def test_a_baseline_comes_back(entries: dict[str, str], check: str, key: str | None) -> None:
    """Every entry of every rule."""
    made = Baseline(check, MappingProxyType(entries), key, "b")

    assert made == read_baseline(written(made).encode(), "b")


@given(_ENTRIES, st.data())
def test_a_damaged_baseline_never_grows(entries: dict[str, str], data: st.DataObject) -> None:
    """What is cut out is an error or less that is known, and what is left was there."""
    text = written(Baseline("ab" * 16, MappingProxyType(entries)))
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    with suppress(PolicyError):
        read = read_baseline((text[:first] + text[last:]).encode(), "b")
        # A cut inside of two lines can join them to one that is whole: never of more than was there.
        assert len(read.entries) <= len(entries)


@given(
    st.one_of(st.binary(max_size=300), st.just(written(Baseline("ab" * 16, MappingProxyType({}))).encode()))
)
def test_any_bytes_are_no_crash(raw: bytes) -> None:
    """As a baseline and as an audit log."""
    with suppress(PolicyError):
        read_baseline(raw, "b")
    with suppress(Broken):
        read_chain(raw.splitlines(keepends=True), None)


@given(st.text("*?/[]!#@ab \\\n", max_size=60))
def test_any_codeowners(text: str) -> None:
    """Always some owners or none."""
    assert all(owner in text for owner in owners_of(".leakgate/waivers.yaml", text))
