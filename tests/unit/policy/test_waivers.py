"""Waivers: what is read, when they hold, and what they let through."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from leakgate.model.acceptance import WaiverState
from leakgate.model.errors import PolicyError
from leakgate.model.verdict import Action, Outcome
from leakgate.policy.waivers import Waiver, json_schema, read_waivers
from tests.unit.policy.accepting_cases import (
    BLOCK_ALL,
    day,
    fingerprint,
    judge,
    scoped,
    waiver,
    waiver_text,
)
from tests.unit.policy.cases import finding, policy, seen

_DOCS = Path(__file__).parents[3] / "docs"
FOUND = finding(fingerprint=fingerprint())


def _state(one: Waiver, rest: str = "", owners: tuple[str, ...] = ()) -> tuple[WaiverState, Action]:
    judged = judge(FOUND, waivers=(one,), by=policy(BLOCK_ALL, rest=rest), owners=owners)
    return judged.waivers[0].state, judged.decisions[0].action


def test_a_waiver_lets_its_finding_through():
    """The decision names the waiver, and the policy's clause stays."""
    judged = judge(FOUND, waivers=(waiver(id="old-token"),))

    [decision] = judged.decisions
    assert (Action.WAIVED, "old-token", "all") == (decision.action, decision.waiver, decision.clause)
    assert Outcome.PASS == judged.outcome


def test_a_waiver_is_about_its_fingerprint_alone():
    """Another value of the same rule in the same file is judged by the policy."""
    judged = judge(FOUND, finding(fingerprint=fingerprint(1)), waivers=(waiver(),))

    assert [Action.WAIVED, Action.BLOCK] == [one.action for one in judged.decisions]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, WaiverState.ACTIVE),
        ({"expires": day(14)}, WaiverState.EXPIRING),
        ({"expires": day(15)}, WaiverState.ACTIVE),
        ({"expires": day(0)}, WaiverState.EXPIRING),
        ({"created": day(0)}, WaiverState.ACTIVE),
        ({"created": day(-120)}, WaiverState.ACTIVE),
    ],
)
def test_waivers_that_hold(fields: dict[str, str], state: WaiverState):
    """The first and the last day count; the end is announced two weeks before."""
    assert (state, Action.WAIVED) == _state(waiver(**fields))


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"expires": day(-1)}, WaiverState.EXPIRED),
        ({"created": day(1)}, WaiverState.FUTURE),
        ({"created": day(-121)}, WaiverState.TOO_LONG),
        ({"approver": ""}, WaiverState.UNAPPROVED),
        ({"approver": "olga"}, WaiverState.UNAPPROVED),
        ({"approver": '"@Olga"'}, WaiverState.UNAPPROVED),
    ],
)
def test_waivers_that_do_not_hold(fields: dict[str, str], state: WaiverState):
    """Expired, future, too long, not approved, approved by the owner: the finding blocks."""
    assert (state, Action.BLOCK) == _state(waiver(**fields))


@pytest.mark.parametrize(
    ("rest", "owners", "state"),
    [
        ("acceptance: {approvers: [ADA]}", (), WaiverState.ACTIVE),
        ("acceptance: {approvers: ['@ada', bob]}", (), WaiverState.ACTIVE),
        ("acceptance: {approvers: [bob]}", (), WaiverState.UNAPPROVED),
        ("acceptance: {approvers: [bob]}", ("@ada",), WaiverState.UNAPPROVED),
        ("acceptance: {codeowners: true}", ("@ada",), WaiverState.ACTIVE),
        ("acceptance: {codeowners: true}", (), WaiverState.UNAPPROVED),
        ("acceptance: {max_waiver_days: 69}", (), WaiverState.TOO_LONG),
        ("acceptance: {max_waiver_days: 70}", (), WaiverState.ACTIVE),
        ("acceptance: {announce_days: 60}", (), WaiverState.EXPIRING),
    ],
)
def test_the_policy_says_who_approves_and_for_how_long(
    rest: str, owners: tuple[str, ...], state: WaiverState
):
    """Approvers by name or by CODEOWNERS; a life shorter than 180 days."""
    assert state == _state(waiver(), rest, owners)[0]


def test_self_approval_is_a_setting():
    """Where the policy says so, an owner approves alone."""
    assert WaiverState.ACTIVE == _state(waiver(approver="olga"), "acceptance: {self_approval: true}")[0]


@pytest.mark.parametrize(
    "scope",
    [
        "{entity: FORGE_TOKEN, path: 'out/ci.log'}",
        "{rule: forge-token, path: '**/ci.log'}",
        "{rule: forge-token, path: 'ci.log'}",
        "{rule: forge-token, path: 'out/**'}",
        "{rule: forge-token, test: 'tests.test_login::*'}",
    ],
)
def test_narrow_scopes_waive(scope: str):
    """A rule or entity in full, and a place that is named."""
    found = finding(seen(test="tests.test_login::test_it"), fingerprint=fingerprint())
    judged = judge(found, waivers=(scoped(scope),))

    assert Action.WAIVED == judged.decisions[0].action


@pytest.mark.parametrize(
    "scope",
    [
        "{rule: forge-token}",
        "{entity: FORGE_TOKEN}",
        "{path: 'out/ci.log'}",
        "{rule: '*', path: 'out/ci.log'}",
        "{rule: 'forge-*', path: 'out/ci.log'}",
        "{entity: 'FORGE_?OKEN', path: 'out/ci.log'}",
        "{rule: forge-token, path: '**'}",
        "{rule: forge-token, path: '*/*'}",
        "{rule: forge-token, path: '*.log'}",
        "{rule: forge-token, path: ['out/ci.log', './**']}",
        "{rule: forge-token, test: '*'}",
        "{rule: forge-token, test: 'test*'}",
        "{rule: forge-token, path: 'out/ci.log', test: '*'}",
    ],
)
def test_broad_scopes_waive_nothing(scope: str):
    """A wildcard for what, or a place that could be anywhere."""
    found = finding(seen(test="tests.test_login::test_it"), fingerprint=fingerprint())
    judged = judge(found, waivers=(scoped(scope),))

    assert (WaiverState.TOO_BROAD, Action.BLOCK) == (judged.waivers[0].state, judged.decisions[0].action)


def test_a_scope_over_many_values_waives_none():
    """Twenty values somebody may have looked at; twenty-one are a rule, not an exception."""
    one = scoped("{rule: forge-token, path: 'out/ci.log'}")
    some = [finding(fingerprint=fingerprint(number)) for number in range(20)]

    assert Outcome.PASS == judge(*some, waivers=(one,)).outcome
    more = judge(*some, finding(fingerprint=fingerprint(20)), waivers=(one,))
    assert 21 == more.count(Action.BLOCK)


def test_a_scope_holds_at_every_place():
    """A value that is also elsewhere is not waived."""
    found = finding(seen(), seen("out/other.log"), fingerprint=fingerprint())

    assert Outcome.BLOCK == judge(found, waivers=(scoped("{rule: forge-token, path: ci.log}"),)).outcome


def test_never_waived():
    """What the policy excludes is not waived, whatever the file says."""
    judged = judge(
        FOUND,
        waivers=(waiver(),),
        by=policy(BLOCK_ALL, rest="acceptance: {never_waived: {category: secret}}"),
    )

    assert Outcome.BLOCK == judged.outcome


def test_what_the_policy_allows_needs_no_waiver():
    """It stays allowed, and the waiver waived nothing."""
    judged = judge(FOUND, waivers=(waiver(),), by=policy("{id: ok, when: {}, then: allow}"))

    assert Action.ALLOWED == judged.decisions[0].action
    assert 0 == judged.waivers[0].waived


def test_every_waiver_is_listed_with_what_it_did():
    """Also those that had nothing to do."""
    judged = judge(FOUND, waivers=(waiver(id="used"), waiver(id="idle", fingerprint=fingerprint(9))))

    assert [("used", 1, 1), ("idle", 0, 0)] == [(one.id, one.covers, one.waived) for one in judged.waivers]


def test_a_lapsed_waiver_is_among_the_reasons():
    """Every report shows reasons, so every report says that it expired, and on which day."""
    judged = judge(FOUND, waivers=(waiver(id="old", expires=day(-3)),))

    assert f"Waiver old expired on {day(-3)} and waives nothing" in judged.reasons[-1]


def test_the_end_of_a_waiver_is_announced():
    """Also where the run passes."""
    judged = judge(FOUND, waivers=(waiver(id="old", expires=day(3)),))

    assert Outcome.PASS == judged.outcome
    assert "Waiver old expires in 3 days" in judged.reasons[-1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (waiver_text(expires=""), "waivers[1]: no key 'expires'"),
        (waiver_text(reason=""), "no key 'reason'"),
        (waiver_text(owner=""), "no key 'owner'"),
        (waiver_text(created=""), "no key 'created'"),
        (waiver_text(fingerprint=""), "either `fingerprint` or `scope`"),
        (waiver_text(scope="{rule: a, path: b}"), "either `fingerprint` or `scope`"),
        (waiver_text(fingerprint="lg1:12"), "not a fingerprint"),
        (waiver_text(expires="never"), "not a day"),
        (waiver_text(expires="2030-02-30"), "not a day"),
        (waiver_text(expires="20300615"), "where a day belongs"),
        (waiver_text(expires=day(-11)), "`expires` is before `created`"),
        (waiver_text(expiry=day(3)), "unknown key"),
        (waiver_text(fingerprint="", scope="{}"), "an empty mapping"),
        (waiver_text(fingerprint="", scope="{category: secret}"), "unknown key"),
        (waiver_text() + waiver_text().partition("waivers:\n")[2], "is there already"),
        ("", "empty"),
        ("version: 2\nwaivers: []\n", "newer version"),
        ("version: 1\nwaivers: []\n", "no waivers"),
        ("waivers:\n", "no key 'version'"),
        ("version: 1\nwaivers: [", "not YAML"),
    ],
)
def test_a_malformed_file_is_an_error(text: str, message: str):
    """It names file, line and key; it never is a waiver less."""
    with pytest.raises(PolicyError) as caught:
        read_waivers(text, "waivers.yaml")

    assert message in caught.value.message
    assert caught.value.message.startswith("waivers.yaml")
    assert caught.value.hint


def test_a_file_without_waivers_is_fine():
    """The last one was removed."""
    assert () == read_waivers("version: 1\n", "waivers.yaml")


def test_a_scope_names_itself():
    """A waiver without an id is called by what it is about."""
    one = scoped("{entity: EMAIL_ADDRESS, path: '**/fixtures/**'}")

    assert "EMAIL_ADDRESS@**/fixtures/**" == one.id


def test_the_published_schema():
    """The file in docs/ is made from the table that the loader uses, and knows what is required."""
    published = json.loads((_DOCS / "waivers.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    valid = jsonschema.Draft202012Validator(published).is_valid

    assert json_schema() == published
    assert valid(yaml.safe_load(waiver_text(created="'2030-06-01'", expires="'2030-06-30'")))
    assert not valid(yaml.safe_load(waiver_text(created="'2030-06-01'", expires="")))
