"""Values that are too short for whoever should have issued them."""

from __future__ import annotations

import pytest

from leakgate.detect.plausibility.published import why_published
from leakgate.detect.rules.cut_off import why_cut_off

_RANDOM = "8b6f8d6594749cb659b1be03e6a0" + "a2e7c1d4f5a6"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("token", "gh" + "p_" + _RANDOM[:12], "too short for a token of GitHub"),
        ("AMPLITUDE_SECRET_KEY", _RANDOM[:31], "too short for a token of Amplitude"),
        ("wandbApiKey", _RANDOM[:20], "too short for a token of Weights & Biases"),
        ("wandbApiKey", _RANDOM, None),
        ("someApiKey", _RANDOM[:20], None),
        ("telegram_token", "59975655:A" + _RANDOM[:36], "not as long as a token of Telegram"),
        ("telegram_token", "59975655:A" + _RANDOM[:34], None),
        ("cache_token", "59975655:A" + _RANDOM[:36], None),
        ("token", "sk_8b6f8d65-9474-4cb6-" + "a9b1-be03e6a0a2e", "a UUID that was cut off"),
        ("token", "sk_8b6f8d65-9474-4cb6-" + "a9b1-be03e6a0a2e7", None),
        ("AMPLITUDE_SECRET_KEY", _RANDOM[:32], None),
        ("token", _RANDOM, None),
        ("token", "sk-" + _RANDOM[:12], None),
    ],
)
def test_a_value_is_measured_by_its_issuer(name: str, value: str, reason: str | None) -> None:
    """By its start or by the issuer in its name; starts that many share tell nothing."""
    assert reason == why_cut_off(value.encode(), name)


@pytest.mark.parametrize("text", ["{}", "STRIPE_PUBLISHABLE_KEY={}"])
def test_a_key_that_every_page_shows_is_known(text: str) -> None:
    """Publishable keys of Stripe are made for the web."""
    key = "pk" + "_live_" + "51QWCMOcwiKKml6UmgNcwrUMXtIUawj7"

    assert "publishable key" == why_published(text.format(key).encode())


def test_a_key_that_nobody_published_is_not_excused() -> None:
    """Only the very values count."""
    assert why_published(b"AIza" + b"Sy" + b"Q" * 33) is None
