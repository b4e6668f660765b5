"""What arrives at GitHub, and what is said where nothing may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leakgate.model.finding import Sighting
from leakgate.model.segment import TestRef
from leakgate.model.verdict import Action, Decision, Verdict
from leakgate.publish.delivery import Delivery, Outcome
from leakgate.publish.github import GithubPublisher, GithubTarget, Patience
from tests.kit import results as kit
from tests.kit.forge import SHA, Answer, Forge, forge

TOKEN = "t" * 12
BLOCKED = kit.verdict(kit.decision(Action.BLOCK))
CLEAN = kit.verdict()
QUICK = Patience(timeout=1, between_writes=0.0, rate_limit=3.0, backoff=0.0)


@pytest.fixture
def hub() -> Iterator[Forge]:
    with forge() as running:
        yield running


def publish(hub: Forge, verdict: Verdict = BLOCKED, **asked: object) -> tuple[Delivery, ...]:
    target = {
        "change": 5,
        "commit": SHA,
        **{k: v for k, v in asked.items() if k in ("change", "head", "name")},
    }
    surfaces = {"comment": False, "check": False, "status": False}
    surfaces |= {key: bool(value) for key, value in asked.items() if key in surfaces}
    publisher = GithubPublisher(GithubTarget(hub.url, "o/r", token=TOKEN, **target), QUICK)
    return publisher.publish(kit.result(verdict), verdict, **surfaces)


def outcomes(done: tuple[Delivery, ...]) -> list[Outcome]:
    return [one.outcome for one in done]


def test_one_comment_is_written_and_then_updated(hub: Forge) -> None:
    """The second run finds its comment and changes it."""
    publish(hub, comment=True)
    two = kit.verdict(kit.decision(Action.BLOCK), kit.decision(Action.WARN))

    done = publish(hub, two, comment=True)

    assert ([Outcome.DELIVERED], 1) == (outcomes(done), len(hub.comments))
    assert "1 warning" in hub.comments[0]["body"]


def test_the_same_is_not_said_twice(hub: Forge) -> None:
    publish(hub, comment=True)

    assert [Outcome.UNCHANGED] == outcomes(publish(hub, comment=True))
    assert 1 == len(hub.writes())


def test_a_clean_run_says_nothing_where_nothing_was_said(hub: Forge) -> None:
    assert [Outcome.UNCHANGED] == outcomes(publish(hub, CLEAN, comment=True))
    assert [] == hub.writes()


def test_a_comment_is_folded_when_all_is_well_again(hub: Forge) -> None:
    publish(hub, comment=True)

    publish(hub, CLEAN, comment=True)

    assert "PASSED" in hub.comments[0]["body"]
    assert "<details><summary>Details</summary>" in hub.comments[0]["body"]


def test_the_comment_is_found_on_the_third_page(hub: Forge) -> None:
    for number in range(250):
        hub.say(f"talk {number}", "somebody", "User")
    publish(hub, comment=True)

    publish(hub, CLEAN, comment=True)

    assert 251 == len(hub.comments)


def test_a_copied_mark_is_not_ours(hub: Forge) -> None:
    """Whoever writes the mark into a comment of their own cannot make us edit it."""
    hub.say("<!-- leakgate:report -->\nall is well", "mallory", "User")

    publish(hub, comment=True)

    assert "<!-- leakgate:report -->\nall is well" == hub.comments[0]["body"]
    assert 2 == len(hub.comments)


def test_a_person_finds_their_own_comment() -> None:
    """With a personal token the account is a user, not a bot."""
    with forge(login="ann") as hub:
        publish(hub, comment=True)
        publish(hub, CLEAN, comment=True)

    assert 1 == len(hub.comments)


def test_gates_of_different_names_have_comments_of_their_own(hub: Forge) -> None:
    publish(hub, comment=True, name="unit")
    publish(hub, comment=True, name="e2e")

    assert 2 == len(hub.comments)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_token_without_rights_is_told_what_it_needs(hub: Forge, status: int) -> None:
    hub.answer("POST", "/comments", Answer(status))

    (done,) = publish(hub, comment=True)

    assert Outcome.REFUSED is done.outcome
    assert done.detail.endswith(f"({status}); it needs pull-requests: write")


def test_what_is_refused_does_not_stop_the_rest(hub: Forge) -> None:
    hub.answer("POST", "/comments", Answer(403))

    done = publish(hub, comment=True, check=True, status=True)

    assert [Outcome.REFUSED, Outcome.DELIVERED, Outcome.DELIVERED] == outcomes(done)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(403, {"Retry-After": "1"}, {"message": "You have exceeded a secondary rate limit"}),
        Answer(429, {"Retry-After": "1"}),
        Answer(503),
    ],
    ids=["secondary limit", "429", "503"],
)
def test_a_rate_limit_is_waited_for(hub: Forge, answer: Answer) -> None:
    hub.answer("POST", "/comments", answer)

    assert [Outcome.DELIVERED] == outcomes(publish(hub, comment=True))
    assert 1 == len(hub.comments)


def test_a_lost_answer_makes_no_second_comment(hub: Forge) -> None:
    """GitHub did write it and then answered 502: it is found and not written again."""
    hub.answer("POST", "/comments", Answer(502, lost=True))

    assert [Outcome.UNCHANGED] == outcomes(publish(hub, comment=True))
    assert 1 == len(hub.comments)


@pytest.mark.parametrize("answer", [Answer(500), Answer(422)], ids=["500", "422"])
def test_an_error_is_a_failure(hub: Forge, answer: Answer) -> None:
    hub.answer("POST", "/comments", answer, answer, answer)

    (done,) = publish(hub, comment=True)

    assert (Outcome.FAILED, f"GitHub did not comment on the pull request ({answer.status})") == (
        done.outcome,
        done.detail,
    )


def test_a_host_that_does_not_answer_is_a_failure(hub: Forge) -> None:
    hub.answer("POST", "/comments", *[Answer(201, wait=1.5)] * 2)

    (done,) = publish(hub, comment=True)

    assert Outcome.FAILED is done.outcome
    assert "could not be reached" in done.detail


def test_nobody_listens() -> None:
    with forge() as hub:
        pass

    assert [Outcome.FAILED] == outcomes(publish(hub, comment=True))


def test_a_check_run_has_all_annotations_in_batches(hub: Forge) -> None:
    """Fifty in a request, two hundred in all."""
    decisions = [kit.decision(Action.BLOCK) for _ in range(300)]

    publish(hub, kit.verdict(*decisions), check=True)

    assert [50] * 4 == [len(sent["output"]["annotations"]) for sent in hub.checks]
    assert ("failure", SHA) == (hub.checks[0]["conclusion"], hub.checks[0]["head_sha"])


def test_new_findings_are_annotated_first(hub: Forge) -> None:
    known = Decision(kit.finding(because="old"), Action.BLOCK, "c", known=True)
    new = Decision(kit.finding(because="fresh"), Action.BLOCK, "c")

    publish(hub, kit.verdict(known, new), check=True)

    first, second = hub.checks[0]["output"]["annotations"]
    assert "fresh" in first["message"]
    assert "old" in second["message"]


def test_an_annotation_stands_at_the_test(hub: Forge) -> None:
    at = Sighting(kit.location(), TestRef("t::x", "tests/t.py", 7))

    publish(hub, kit.verdict(kit.decision(Action.BLOCK, kit.finding(at))), check=True)

    (note,) = hub.checks[0]["output"]["annotations"]
    assert ("tests/t.py", 7, "failure") == (note["path"], note["start_line"], note["annotation_level"])


def test_a_status_is_short(hub: Forge) -> None:
    publish(hub, status=True)

    (sent,) = hub.statuses
    assert ("failure", "leakgate") == (sent["state"], sent["context"])
    assert len(sent["description"]) <= 140


def test_the_pull_request_of_a_fork_is_found_by_its_commit(hub: Forge) -> None:
    hub.pulls = [
        {"number": 8, "head": {"sha": "b" * 40}, "url": f"{hub.url}/repos/o/r/pulls/8"},
        {"number": 9, "head": {"sha": SHA}, "url": f"{hub.url}/repos/o/r/pulls/9"},
    ]

    publish(hub, comment=True, change=None, head=("fork", "fix"))

    assert [("POST", "/repos/o/r/issues/9/comments")] == hub.writes()


def test_an_outdated_run_of_a_fork_says_nothing(hub: Forge) -> None:
    """The branch has moved on: what was scanned is not what is proposed."""
    hub.pulls = [{"number": 8, "head": {"sha": "b" * 40}, "url": f"{hub.url}/repos/o/r/pulls/8"}]

    assert [Outcome.UNCHANGED] == outcomes(publish(hub, comment=True, change=None, head=("fork", "fix")))


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(GithubTarget("https://x", "o/r", None, None, TOKEN))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, body=[1, 2]),  # type: ignore[arg-type]
        Answer(200, body={"message": 3}),
        Answer(301, headers={"Location": "http://127.0.0.2:9/elsewhere"}),
        Answer(200, headers={"Content-Encoding": "gzip"}),
    ],
    ids=["list", "object", "redirect", "no gzip"],
)
def test_an_answer_of_another_shape_is_a_failure(hub: Forge, answer: Answer) -> None:
    """Not an internal error: the verdict has been given, and the other surfaces are still tried."""
    hub.answer("GET", "/comments", *[answer] * 9)

    done = publish(hub, comment=True, status=True)

    assert [Outcome.FAILED, Outcome.DELIVERED] == outcomes(done)


def test_our_name_is_asked_for_once(hub: Forge) -> None:
    """However many people copied the mark."""
    for number in range(5):
        hub.say("<!-- leakgate:report -->\nmine", f"someone{number}", "User")

    publish(hub, comment=True)

    assert 1 == sum(path.endswith("/user") for _method, path in hub.requests)


def test_another_page_on_another_host_is_not_followed(hub: Forge) -> None:
    """The token would go there."""
    for number in range(130):
        hub.say(f"c{number}", "someone", "User")
    away = {"Link": '<http://127.0.0.2:9/repos/o/r/issues/5/comments?page=2>; rel="next"'}
    page = [{"id": 1, "body": "x", "user": {"login": "a", "type": "User", "id": 1}}] * 100
    hub.answer("GET", "/comments", *[Answer(200, away, page)] * 9)  # type: ignore[arg-type]

    assert [Outcome.FAILED] == outcomes(publish(hub, comment=True))
