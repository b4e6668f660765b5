"""What is planted in the zoo: values that are right in their format, and texts that hold them or do not."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.zoo import leaks
from benchmarks.zoo.slots import SLOTS, environment, texts
from leakgate.detect.rules.examples import base62_crc32

_SEEDS = range(40)


def test_tokens_carry_the_checksum_of_their_issuer() -> None:
    """The last six characters of GitHub's and npm's tokens are the checksum of the random part."""
    for seed in _SEEDS:
        for token in (leaks.github(Random(seed)).value, leaks.npm(Random(seed)).value):
            body = token[4:-6]
            assert base62_crc32(body.encode(), 6) == token[-6:]


def test_cards_and_accounts_have_their_check_digits() -> None:
    """A card passes Luhn's test, an account the one of ISO 13616."""
    for seed in _SEEDS:
        card, iban = leaks.card(Random(seed)).value, leaks.iban(Random(seed)).value
        doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(card))]
        assert sum(number - 9 * (number > 9) for number in doubled) % 10 == 0
        assert int(iban[4:] + "1314" + iban[2:4]) % 97 == 1


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: slot.variable)
def test_a_leaky_text_holds_its_leaks(slot) -> None:  # type: ignore[no-untyped-def]
    """Each way to write a leaky text holds at least one leak, whole and as it is listed."""
    for make in slot.leaky:
        text = make(Random(7))
        assert text.leaks
        assert all(
            leak.value in text.text or any(form in text.text for form in leak.forms) for leak in text.leaks
        )


def test_the_same_seed_draws_the_same_texts() -> None:
    """A run can be made again; another tool gets other values."""
    assert texts("a", leaky=True) == texts("a", leaky=True)
    assert texts("a", leaky=True) != texts("b", leaky=True)


def test_a_clean_run_holds_no_leak_and_fails_nothing() -> None:
    """No leak is listed, the answer is the expected one, and nothing says that the run leaks."""
    drawn = texts("a", leaky=False)
    variables = environment(drawn, leaky=False)

    assert not any(text.leaks for text in drawn.values())
    assert variables["ZOO_EXPECTED"] == variables["ZOO_ACTUAL"]
    assert "" == variables["ZOO_LEAKY"]


def test_a_leaky_run_compares_with_another_answer() -> None:
    """The assertion of a leaky run fails."""
    variables = environment(texts("a", leaky=True), leaky=True)

    assert variables["ZOO_EXPECTED"] != variables["ZOO_ACTUAL"]
