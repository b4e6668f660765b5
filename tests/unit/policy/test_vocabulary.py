"""Words of a policy that no rule has."""

from __future__ import annotations

import pytest

from leakgate.model.errors import PolicyError
from leakgate.policy.vocabulary import check_words
from tests.unit.policy.cases import policy, rule

RULES = (rule(), rule(id="presidio/email-address", entity="EMAIL_ADDRESS", family="pii-contact"))


@pytest.mark.parametrize(
    ("when", "message", "hint"),
    [
        ("{entity: EMAIL_ADRESS}", "a clause: no entity is called like that", "'EMAIL_ADDRESS'"),
        ("{rule: forge-tokn}", "a clause: no rule is called like that", "'forge-token'"),
        ("{family: 'cloud-*'}", "a clause: no family is called like that", "shows what there is"),
    ],
)
def test_unknown_word(when: str, message: str, hint: str):
    """A word that fits no rule is an error with its line and the nearest word."""
    with pytest.raises(PolicyError) as caught:
        check_words(policy(f"{{id: a, when: {when}, then: block}}"), RULES)

    assert f"p.yaml:4: {message}" == caught.value.message
    assert hint in caught.value.hint


def test_unknown_word_in_detect():
    """The same holds for what is not to be looked for."""
    judged = policy("{id: a, when: {}, then: warn}", rest="detect: {entities: {exclude: [EMAIL]}}")

    with pytest.raises(
        PolicyError, match=r"^p.yaml:2: detect.entities.exclude: no entity is called like that"
    ):
        check_words(judged, RULES)


def test_known_words():
    """Words and globs that fit some rule are fine."""
    check_words(
        policy("{id: a, when: {entity: 'EMAIL_*', rule: 'presidio/*', family: forge}, then: warn}"), RULES
    )
