"""From findings and gaps to a verdict."""

from __future__ import annotations

import pytest

from leakgate.model.detection import Category, Confidence
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.model.verdict import Action, GapAction, Outcome
from leakgate.policy.evaluate import evaluate
from leakgate.policy.load import load_policy
from leakgate.policy.policy import Policy
from tests.unit.policy.cases import SOMETHING, finding, gap, policy, rule, seen

_WARN = "{id: rest, when: {}, then: warn}"


def _only(judged: Policy, found: object) -> tuple[Action, str]:
    [decision] = evaluate(judged, [found], [], SOMETHING).decisions  # type: ignore[list-item]
    return decision.action, decision.clause


def test_first_match_decides():
    """An earlier clause wins over a later one, whatever they do."""
    judged = policy("{id: a, when: {category: secret}, then: allow}", "{id: b, when: {}, then: block}")

    assert (Action.ALLOWED, "a") == _only(judged, finding())


def test_no_clause_blocks():
    """A finding that no clause speaks about is blocked."""
    assert (Action.BLOCK, "implicit/block") == _only(
        policy("{id: a, when: {category: pii}, then: allow}"), finding()
    )


def test_strictest_place_decides():
    """A value that one test may leak and another may not is blocked."""
    judged = policy("{id: mine, when: {test: 'login::*'}, then: allow}", "{id: b, when: {}, then: block}")
    found = finding(seen(test="login::a"), seen(test="orders::b"))

    assert (Action.BLOCK, "b") == _only(judged, found)


def test_all_places_allowed():
    """A value that is allowed at each of its places is allowed."""
    judged = policy("{id: mine, when: {test: 'login::*'}, then: allow}", "{id: b, when: {}, then: block}")

    assert (Action.ALLOWED, "mine") == _only(judged, finding(seen(test="login::a"), seen(test="login::b")))


@pytest.mark.parametrize("when", ["{test: '*'}", "{decoded: true}", "{decoded: false}"])
def test_unseen_places_are_not_allowed(when: str):
    """Occurrences that were only counted have no circumstances that could excuse them."""
    judged = policy(f"{{id: mine, when: {when}, then: allow}}", "{id: b, when: {}, then: block}")
    found = finding(seen(test="t", decoded=("hex",)), seen(test="t"), occurrences=51)

    assert (Action.BLOCK, "b") == _only(judged, found)


def test_outcome_pass():
    """Warnings pass."""
    assert Outcome.PASS == evaluate(policy(_WARN), [finding()], [], SOMETHING).outcome


def test_outcome_block():
    """One blocked finding among others blocks."""
    judged = policy("{id: a, when: {path: '*.har'}, then: block}", _WARN)

    assert Outcome.BLOCK == evaluate(judged, [finding(), finding(seen("a.har"))], [], SOMETHING).outcome


@pytest.mark.parametrize(
    ("word", "action", "outcome"),
    [
        ("block", GapAction.BLOCK, Outcome.BLOCK),
        ("incomplete", GapAction.INCOMPLETE, Outcome.INCOMPLETE),
        ("warn", GapAction.WARN, Outcome.PASS),
        ("allow", GapAction.ALLOWED, Outcome.PASS),
    ],
)
def test_gap(word: str, action: GapAction, outcome: Outcome):
    """A gap does what the coverage clause of its reason says."""
    verdict = evaluate(
        policy(_WARN, rest=f"coverage: {{bomb: {word}}}"), [], [gap(GapReason.BOMB)], SOMETHING
    )

    assert (action, "coverage/bomb") == (verdict.gaps[0].action, verdict.gaps[0].clause)
    assert outcome == verdict.outcome


def test_block_beats_incomplete():
    """A blocked finding in an incomplete run blocks."""
    judged = policy("{id: a, when: {}, then: block}")
    verdict = evaluate(judged, [finding()], [gap(GapReason.TIME_LIMIT)], SOMETHING)

    assert (Outcome.BLOCK, 1) == (verdict.outcome, verdict.exit_code)


def test_interrupted():
    """An interrupted run is incomplete and says so by its exit code."""
    verdict = evaluate(policy(_WARN), [], [], SOMETHING, interrupted=True)

    assert (Outcome.INCOMPLETE, 130) == (verdict.outcome, verdict.exit_code)


def test_interrupted_is_said_once():
    """A gap for the interrupt and the flag for it make one reason."""
    gaps = [Gap("(run)", (), Stage.RUN, GapReason.INTERRUPTED, "stopped")]
    verdict = evaluate(policy(_WARN), [], gaps, SOMETHING, interrupted=True)

    assert (
        "The run was interrupted, which leaves the scan incomplete (coverage/interrupted).",
    ) == verdict.reasons


@pytest.mark.parametrize("name", ["default", "strict", "advisory"])
def test_nothing_scanned_is_no_pass(name: str):
    """No shipped policy passes a run that looked at nothing."""
    verdict = evaluate(load_policy(name), [], [], Coverage())

    assert Outcome.PASS != verdict.outcome
    assert [GapReason.NOTHING_SCANNED] == [one.gap.reason for one in verdict.gaps]


def test_nothing_readable_is_nothing_scanned():
    """Artifacts of which none could be read are nothing."""
    verdict = evaluate(policy(_WARN), [], [gap(GapReason.UNREADABLE)], Coverage(artifacts=1))

    assert Outcome.INCOMPLETE == verdict.outcome


def test_empty_files_are_something():
    """Readable files that are all empty were looked at."""
    assert Outcome.PASS == evaluate(policy(_WARN), [], [], Coverage(artifacts=3)).outcome


def test_nothing_scanned_is_said_once():
    """A gap that says already that nothing was scanned gets no twin."""
    gaps = [Gap("(run)", (), Stage.RUN, GapReason.NOTHING_SCANNED, "no file")]

    assert 1 == len(evaluate(policy(_WARN), [], gaps, Coverage()).gaps)


def test_reasons_of_a_block():
    """Reasons count the blocked findings by clause and name the gaps."""
    judged = policy("{id: secrets, when: {category: secret}, then: block}", _WARN)
    verdict = evaluate(judged, [finding(), finding(fingerprint="lg1:01")], [gap(), *_pii_gap()], SOMETHING)

    assert (
        "2 findings are blocked by secrets.",
        "core.1234 was not fully scanned: it is over a size limit, which blocks (coverage/too_large).",
    ) == verdict.reasons


def _pii_gap() -> list[Gap]:
    return [gap(GapReason.OPAQUE, "secret.bin")]


def test_reasons_of_a_pass():
    """A pass says what it lets through."""
    verdict = evaluate(policy(_WARN), [finding()], _pii_gap(), SOMETHING)

    assert (
        "No finding is blocked: 1 warned about.",
        "1 item was not fully scanned, which the policy accepts with a warning.",
    ) == verdict.reasons


def test_reasons_are_bounded():
    """Thousands of gaps of one reason are counted, not listed."""
    gaps = [gap(path=f"core.{number}") for number in range(1000)]
    reasons = evaluate(policy(_WARN), [], gaps, SOMETHING).reasons

    assert 4 == len(reasons)
    assert "997 more were not fully scanned (too_large), which blocks." == reasons[-1]


def test_reasons_hold_no_control_characters():
    """A name with control characters cannot write to a terminal through a reason."""
    [reason] = evaluate(policy(_WARN), [], [gap(path="a\x1b[2J\n\u202eb" + "x" * 9999)], SOMETHING).reasons

    assert reason.isprintable()
    assert len(reason) < 300


DEFAULT_CASES = {
    "live-token": (Category.SECRET, "GITHUB_TOKEN", Confidence.HIGH, None, Action.BLOCK),
    "likely-password": (Category.SECRET, "PASSWORD", Confidence.MEDIUM, None, Action.BLOCK),
    "entropy": (Category.SECRET, "SECRET", Confidence.LOW, None, Action.WARN),
    "example-key": (Category.SECRET, "AWS_KEY", Confidence.HIGH, "documented example key", Action.ALLOWED),
    "card": (Category.PII, "CREDIT_CARD", Confidence.MEDIUM, None, Action.BLOCK),
    "any-country": (Category.PII, "FI_PERSONAL_IDENTITY_CODE", Confidence.MEDIUM, None, Action.BLOCK),
    "weak-number": (Category.PII, "US_PASSPORT", Confidence.LOW, None, Action.WARN),
    "email": (Category.PII, "EMAIL_ADDRESS", Confidence.HIGH, None, Action.BLOCK),
    "phone-like": (Category.PII, "PHONE_NUMBER", Confidence.MEDIUM, None, Action.WARN),
    "name-in-prose": (Category.PII, "PERSON", Confidence.MEDIUM, None, Action.WARN),
    "labelled-name": (Category.PII, "PERSON", Confidence.HIGH, None, Action.BLOCK),
    "address-of-a-host": (Category.PII, "IP_ADDRESS", Confidence.HIGH, None, Action.ALLOWED),
    "hygiene": (Category.HYGIENE, "PRIVATE_PATH", Confidence.HIGH, None, Action.WARN),
}


@pytest.mark.parametrize(
    ("category", "entity", "confidence", "synthetic", "action"),
    DEFAULT_CASES.values(),
    ids=DEFAULT_CASES.keys(),
)
def test_default_policy(
    category: Category, entity: str, confidence: Confidence, synthetic: str | None, action: Action
):
    """The default policy blocks what somebody could use or be harmed by, and warns about guesses."""
    found = finding(of=rule(category=category, entity=entity), confidence=confidence, synthetic=synthetic)

    assert action == _only(load_policy("default"), found)[0]


@pytest.mark.parametrize("category", Category)
def test_strict_policy(category: Category):
    """The strict policy blocks everything of medium confidence."""
    found = finding(of=rule(category=category), confidence=Confidence.MEDIUM)

    assert Action.BLOCK == _only(load_policy("strict"), found)[0]


@pytest.mark.parametrize("category", Category)
def test_advisory_policy(category: Category):
    """The advisory policy warns about what the others block."""
    assert Action.WARN == _only(load_policy("advisory"), finding(of=rule(category=category)))[0]
