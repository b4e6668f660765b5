"""Values that are too short for whoever should have issued them."""

from __future__ import annotations

import pytest

from leakgate.detect.labelled.secrets import LabelledSecrets
from leakgate.detect.plausibility.published import why_published
from leakgate.detect.rules.cut_off import why_cut_off
from leakgate.model.detection import Confidence
from tests.kit.segments import matches

_RANDOM = "8b6f8d6594749cb659b1be03e6a0" + "a2e7c1d4f5a6"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("gh" + "p_" + _RANDOM[:12], "too short for a token of GitHub"),
        ("59975655:AA" + _RANDOM[:20], "too short for a token of Telegram"),
        ("59975655:AA" + _RANDOM[:33], None),
        ("59975655:A8" + _RANDOM[:20], None),
        ("sk_8b6f8d65-9474-4cb6-" + "a9b1-be03e6a0a2e", None),
        (_RANDOM, None),
        (_RANDOM[:12], None),
        ("sk-" + _RANDOM[:12], None),
    ],
)
def test_a_value_is_measured_by_its_issuer(value: str, reason: str | None) -> None:
    """By its own start alone; starts that many share tell nothing."""
    assert reason == why_cut_off(value.encode())


@pytest.mark.parametrize(
    "name",
    [
        "GITHUB_WEBHOOK_SECRET",
        "front_token",
        "lineApiKey",
        "AMPLITUDE_SECRET_KEY",
        "here_api_key",
        "telegram_token",
    ],
)
def test_no_name_makes_a_value_too_short(name: str) -> None:
    """Whoever the name speaks of, a random value is a secret that somebody chose, of any length."""
    [match] = matches(LabelledSecrets(), f"{name}={_RANDOM[:20]}")

    assert (None, True) == (match.synthetic, match.confidence is not Confidence.LOW)


def test_a_token_that_was_cut_off_is_a_guess() -> None:
    """It is doubted and never excused: a policy may warn of it."""
    [match] = matches(LabelledSecrets(), "api_token=" + "gh" + "p_" + _RANDOM[:16])

    assert (None, Confidence.LOW) == (match.synthetic, match.confidence)


@pytest.mark.parametrize("text", ["{}", "STRIPE_PUBLISHABLE_KEY={}"])
def test_a_key_that_every_page_shows_is_known(text: str) -> None:
    """Publishable keys of Stripe are made for the web."""
    key = "pk" + "_live_" + "51QWCMOcwiKKml6UmgNcwrUMXtIUawj7"

    assert "publishable key" == why_published(text.format(key).encode())


def test_a_key_that_nobody_published_is_not_excused() -> None:
    """Only the very values count."""
    assert why_published(b"AIza" + b"Sy" + b"Q" * 33) is None
