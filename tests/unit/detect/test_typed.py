"""Values that somebody typed, told from those that machines made."""

from __future__ import annotations

import random
import string

import pytest

from leakgate.detect.labelled.secrets import LabelledSecrets
from leakgate.detect.plausibility.typed import why_typed, why_typed_over
from tests.kit.segments import matches

_RANDOM = "Hid69Ui8HGkFiJlVZxv1KKvg" + "S4Ybm7Nu6GhYZ3JvcVg2"
_HEX = "7558c5a93d6f38dd038df5cc" + "2a7c3d4d7b"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("OOzkR1+hF+1ABCsIFDJMEU" + "1234567890", "sequential characters"),
        ("ess_abc123def456ghi789" + "jkl012mno345", "sequential characters"),
        ("9f8e7d6c5b4a3029" + "182736455463728a", "sequential characters"),
        ("acdeFf05b1a6d4c89023" + "7bf08c5e6e8d2b4d0f2e", "hexadecimal digits of both cases"),
        ("743b294a-cd03-11ec-9d64-" + "0242ac120002", "sample identifier"),
        (_RANDOM, None),
        (_HEX, None),
        (_HEX.upper(), None),
        ("743b294a-cd03-41ec-9d64-" + "0242ac120002", None),
    ],
)
def test_what_hands_type_is_told_from_what_machines_make(value: str, reason: str | None) -> None:
    """Sequences, woven or not, hexadecimal in two cases, and the sample UUIDs of the web."""
    assert reason == why_typed(value.encode())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (_RANDOM + "76543210", "an end typed over"),
        ("1234567" + _RANDOM, "an end typed over"),
        (_HEX + "abcdef", "an end typed over"),
        ("o" * 40 + _RANDOM, "one character repeated"),
        (_RANDOM + "A" * 40, None),
        (_RANDOM + "76543", None),
        (_RANDOM + "765432" + _RANDOM, None),
        ("12345678-ABCD-ABCD-ABCD-" + "1234567890AB", None),
    ],
)
def test_a_token_whose_end_was_typed_over_is_told(body: str, reason: str | None) -> None:
    """One sequence, at an end, and nothing like it in the rest: somebody made a real token unusable."""
    assert reason == why_typed_over(body.encode())


@pytest.mark.parametrize("alphabet", [string.hexdigits[:16], string.digits + string.ascii_letters])
def test_random_values_are_hardly_ever_taken_for_typed(alphabet: str) -> None:
    """One in a thousand at most, for hexadecimal and for letters of both cases."""
    drawn = random.Random(7)
    values = ["".join(drawn.choices(alphabet, k=40)).encode() for _ in range(5000)]

    assert 5 >= sum(why_typed(value) is not None for value in values)


@pytest.mark.parametrize("text", ["nonMatchingToken := '{}'", "FAKE_API_KEY={}", "Wrong API key: {}"])
def test_no_name_excuses_a_random_value(text: str) -> None:
    """Whoever writes the value writes its name; only the value itself can say that it is none."""
    found = matches(LabelledSecrets(), text.format(_RANDOM[:24]))

    assert [None] == [match.synthetic for match in found]


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://user:secret@[2001:db8::" + "12f4]/database",
        "csrf-token=" + _RANDOM,
        "password = '&lt;/div&gt;&lt;div'",
        "'/forgot-password' => 'cms/sites/passwords#update'",
        "M[@%]PW:2Z.Q?2M^S;`4G?E0C.@V&?0KY]]" + '"H3Y@6$#I4V*R^"+B,2P6`A)UL\n',
    ],
)
def test_what_only_looks_like_a_name_and_its_secret_is_none(text: str) -> None:
    """Addresses in URLs, tokens that open nothing by themselves, markup, routes, lines of uuencode."""
    assert [] == matches(LabelledSecrets(), text)
