"""What arrives at GitLab, and what is said where nothing may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leakgate.model.verdict import Action, Verdict
from leakgate.publish.delivery import Delivery, Outcome
from leakgate.publish.gitlab import GitlabPublisher, GitlabTarget, Patience
from tests.kit import results as kit
from tests.kit.forge import SHA, Answer, Forge, forge

BLOCKED = kit.verdict(kit.decision(Action.BLOCK))
CLEAN = kit.verdict()


@pytest.fixture
def hub() -> Iterator[Forge]:
    with forge(login="leak-bot") as running:
        yield running


def publish(
    hub: Forge,
    verdict: Verdict = BLOCKED,
    *,
    comment: bool = True,
    status: bool = False,
    change: int | None = 3,
) -> tuple[Delivery, ...]:
    target = GitlabTarget(hub.url, "group/app", SHA, change, "t" * 12)
    publisher = GitlabPublisher(target, Patience(timeout=2))
    return publisher.publish(kit.result(verdict), verdict, comment=comment, status=status)


def test_one_note_is_written_and_then_updated(hub: Forge) -> None:
    publish(hub)

    (done,) = publish(hub, CLEAN)

    assert (Outcome.DELIVERED, "updated", 1) == (done.outcome, done.detail, len(hub.comments))
    assert "PASSED" in hub.comments[0]["body"]


def test_the_same_is_not_said_twice(hub: Forge) -> None:
    publish(hub)

    assert Outcome.UNCHANGED is publish(hub)[0].outcome


def test_a_copied_mark_is_not_ours(hub: Forge) -> None:
    hub.say("<!-- leakgate:report -->\nall is well", "mallory", "User")

    publish(hub)

    assert 2 == len(hub.comments)


def test_the_note_is_found_on_the_third_page(hub: Forge) -> None:
    for number in range(250):
        hub.say(f"talk {number}", "somebody", "User")
    publish(hub)

    publish(hub, CLEAN)

    assert 251 == len(hub.comments)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_token_without_rights_is_told_what_it_needs(hub: Forge, status: int) -> None:
    hub.answer("POST", "/notes", Answer(status))

    (done,) = publish(hub)

    assert Outcome.REFUSED is done.outcome
    assert "it needs to be a project access token" in done.detail


def test_a_rate_limit_is_waited_for(hub: Forge) -> None:
    hub.answer("POST", "/notes", Answer(429, {"Retry-After": "1"}))

    assert Outcome.DELIVERED is publish(hub)[0].outcome


def test_a_lost_answer_makes_no_second_note(hub: Forge) -> None:
    hub.answer("POST", "/notes", Answer(500, lost=True))

    assert Outcome.UNCHANGED is publish(hub)[0].outcome
    assert 1 == len(hub.comments)


def test_an_error_is_a_failure(hub: Forge) -> None:
    hub.answer("POST", "/notes", Answer(422), Answer(422))

    assert Outcome.FAILED is publish(hub)[0].outcome


def test_no_merge_request_is_nothing_to_do(hub: Forge) -> None:
    assert Outcome.UNCHANGED is publish(hub, change=None)[0].outcome


def test_a_status_is_set(hub: Forge) -> None:
    publish(hub, comment=False, status=True)

    (sent,) = hub.statuses
    assert ("failed", "leakgate") == (sent["state"], sent["name"])
