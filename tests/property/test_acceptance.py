"""Whatever is accepted: more findings never help, and neither does a waiver less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.finding import Finding
from leakgate.model.verdict import Action, Outcome, Verdict
from leakgate.policy.baseline import Baseline
from leakgate.policy.waivers import Waiver
from tests.unit.policy.accepting_cases import baseline, day, fingerprint, judge, scoped, waiver
from tests.unit.policy.cases import finding, policy, seen

_POLICIES = [
    policy("{id: all, when: {}, then: block}"),
    policy("{id: a, when: {path: '*.log'}, then: warn}", "{id: b, when: {}, then: block}"),
    policy("{id: a, when: {synthetic: true}, then: allow}", "{id: b, when: {}, then: block}"),
    policy("{id: all, when: {}, then: block}", rest="acceptance: {approvers: [ada], max_waiver_days: 100}"),
]
_RANK = {Outcome.PASS: 0, Outcome.INCOMPLETE: 1, Outcome.BLOCK: 2}
_LENIENT = {Action.WAIVED, Action.BASELINED, Action.ALLOWED}


@st.composite
def _findings(draw: st.DrawFn) -> Finding:
    path = draw(st.sampled_from(["out/ci.log", "out/a.har", "fixtures/b.json"]))
    synthetic = draw(st.sampled_from([None, "a sample"]))
    return finding(seen(path), fingerprint=fingerprint(draw(st.integers(0, 30))), synthetic=synthetic)


@st.composite
def _waivers(draw: st.DrawFn, created: st.SearchStrategy[int] | None = None) -> Waiver:
    start = draw(created or st.integers(-300, 30))
    fields = {
        "id": f"w{draw(st.integers(0, 10**9))}",
        "approver": draw(st.sampled_from(["", "ada", "olga", "eve"])),
        "created": day(start),
        "expires": day(start + draw(st.integers(0, 250))),
    }
    where = draw(st.sampled_from(["", "out/ci.log", "**", "fixtures/**", "*.log"]))
    if where:
        return scoped(f"{{rule: forge-token, path: '{where}'}}", **fields)
    return waiver(fingerprint=fingerprint(draw(st.integers(0, 30))), **fields)


_RUNS = st.lists(_findings(), max_size=30)
_FILES = st.lists(_waivers(), max_size=5)
_KNOWN: st.SearchStrategy[Baseline | None] = st.one_of(
    st.none(), st.lists(st.integers(0, 30), max_size=5).map(lambda them: baseline(*map(fingerprint, them)))
)


def _no_better(worse: Verdict, better: Verdict) -> bool:
    return _RANK[worse.outcome] >= _RANK[better.outcome]


@given(_RUNS, _findings(), _FILES, _KNOWN, st.sampled_from(_POLICIES))
def test_a_finding_more_never_improves_a_verdict(run, more, waivers, known, judged_by) -> None:
    """Whatever is waived or known."""
    before = judge(*run, waivers=tuple(waivers), known=known, by=judged_by)
    after = judge(*run, more, waivers=tuple(waivers), known=known, by=judged_by)

    assert _no_better(after, before)
    assert after.count(Action.BLOCK) >= before.count(Action.BLOCK)


@given(_RUNS, _FILES, _KNOWN, st.sampled_from(_POLICIES), st.data())
def test_a_waiver_less_never_improves_a_verdict(run, waivers, known, judged_by, data) -> None:
    """Neither the outcome nor the number of findings that block."""
    left = [one for one in waivers if data.draw(st.booleans())]
    before = judge(*run, waivers=tuple(waivers), known=known, by=judged_by)
    after = judge(*run, waivers=tuple(left), known=known, by=judged_by)

    assert _no_better(after, before)
    assert after.count(Action.BLOCK) >= before.count(Action.BLOCK)


@given(_RUNS, _FILES, st.sampled_from(_POLICIES))
def test_only_a_waiver_that_holds_waives(run, waivers, judged_by) -> None:
    """Expired, future, too long, too broad, unapproved: never the name on a decision."""
    judged = judge(*run, waivers=tuple(waivers), by=judged_by)
    holding = {one.id for one in judged.waivers if one.state.waives}

    assert {one.waiver for one in judged.decisions if one.action is Action.WAIVED} <= holding


@given(_RUNS, _FILES, _KNOWN, st.sampled_from(_POLICIES))
def test_acceptance_only_ever_softens_what_the_policy_says(run, waivers, known, judged_by) -> None:
    """One finding at a time, in the order given, with the policy's clause kept."""
    alone = judge(*run, by=judged_by)
    accepted = judge(*run, waivers=tuple(waivers), known=known, by=judged_by)

    for strict, lenient in zip(alone.decisions, accepted.decisions, strict=True):
        assert (strict.finding, strict.clause) == (lenient.finding, lenient.clause)
        assert strict.action is lenient.action or lenient.action in _LENIENT - {Action.ALLOWED}
