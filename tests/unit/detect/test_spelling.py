"""Words and letters drawn at random, told apart without a dictionary."""

from __future__ import annotations

import random
import string

import pytest

from leakgate.detect.plausibility.credential import Kind, judge, scrambled
from leakgate.detect.plausibility.payload import why_payload
from leakgate.detect.plausibility.spelling import reads_like_words, spoken
from leakgate.detect.plausibility.synthetic import synthetic_reason

_ALPHABETS = {
    "alphanumeric": string.ascii_letters + string.digits,
    "letters": string.ascii_letters,
    "small": string.ascii_lowercase,
    "capitals": string.ascii_uppercase,
}


@pytest.mark.parametrize(
    "text",
    [
        "thisismypassword",
        "controller:default-node-token",
        "AWSCloudTrailAclCheck",
        "SponsoredProductsRemoteSearchClickPagination",
        "current-user-session-manager",
    ],
)
def test_names_put_together_from_words_read_like_words(text: str) -> None:
    """Whatever joins the words, or nothing at all."""
    assert reads_like_words(text.encode())


@pytest.mark.parametrize("alphabet", _ALPHABETS.values(), ids=_ALPHABETS.keys())
def test_random_values_do_not_read_like_words(alphabet: str) -> None:
    """Of a thousand random values of 20 characters not one is taken for words."""
    source = random.Random(7)
    values = ["".join(source.choices(alphabet, k=20)).encode() for _ in range(1000)]

    assert [] == [value for value in values if reads_like_words(value)]


@pytest.mark.parametrize("text", ["", "1234", "abcdefghij1234567890", "+/="])
def test_alphabets_and_numbers_are_no_words(text: str) -> None:
    """A run of the alphabet is easy to say and means nothing."""
    assert 0.0 == spoken(text.encode())


def test_a_password_of_signs_is_no_code() -> None:
    """Brackets that close what was never opened, and signs that no operator has."""
    value = b"m{{q}x)p${z]" + b"kob(wdy[fz>-_$#w}}"

    assert scrambled(value)
    assert judge(value, Kind.PASSWORD, quoted=False) is not None


@pytest.mark.parametrize(
    "text",
    [
        "hash(password,salt)",
        "/^#csrf-token=([A-Za-z0-9+\\/=]+)$/",
        "n?Object.assign({},n):{},r=n.match(t)",
        "self.get_password(user)[0]",
        "&gt;4&lt;563^%$&amp;5w(a)",
    ],
)
def test_code_and_markup_are_not_scrambled(text: str) -> None:
    """Calls, regular expressions, minified programs, entities."""
    assert not scrambled(text.encode())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAAUCAYAAABMDlehAAAANklEQ", "the beginning of a picture or an archive"),
        ("36eb4ef51d9d769c", "an identifier"),
        ("sha256-YOQ1sm+cGZ11dEbQI2Sa+NvKfhgvktmYSk4tUywE/Rs=", "a digest or a boundary"),
        ("30440220381402d7f355d63001f464fe12845e326ee1d501", "a signature"),
        ("eyJuYW1lIjoid2ViIiwiY29uZmlnIjp7InVybCI6Imh0dHA6Ly9h", "encoded text"),
        ("--with-pmix-symbol-rename-of-products", "words"),
        ("hJMRQUZOuXPatHMkngtGLcdueDLRhLfMPlOwmVeexkDqYmVoYkrr", "letters without a digit"),
        ("Vq8kRtz91Lw" + "Zx72Hq3nP0sT", None),
    ],
)
def test_what_only_looks_random_is_known_for_what_it_is(text: str, reason: str | None) -> None:
    """Pictures, text, signatures and identifiers are no keys."""
    assert reason == why_payload(text.encode())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("$DB_PASSWORD", "template or variable"),
        ("$ESXipass", "template or variable"),
        ("$sV_xq" + "gOTHn64Gv3DPA5", None),
        ('\\$_POST["password"]', "template or variable"),
        ("ENC(2dfRFqV/cS6TzRd+JyO=)", "encrypted value"),
        ("{cipher}8SDd3WHDOjf7mq69", "encrypted value"),
    ],
)
def test_variables_and_encrypted_values_are_let_through(text: str, reason: str | None) -> None:
    """A dollar sign alone makes no variable of a random value."""
    assert reason == synthetic_reason(text.encode())
