"""E-mail addresses that nobody has."""

from __future__ import annotations

import pytest

from leakgate.detect.plausibility.placeholder_addresses import placeholder_address

AT = "@"


@pytest.mark.parametrize(
    ("local", "domain", "reason"),
    [
        ("john.doe", "gmail.com", "name for examples"),
        ("test.user+1", "gmail.com", "name for examples"),
        ("user7", "northby-mail.org", None),
        ("tester2", "northby-mail.org", "name for examples"),
        ("max.mustermann", "web.de", "name for examples"),
        ("anything", "test.com", "domain for examples"),
        ("ottilie", "mail.your-company.com", "domain for examples"),
        ("jane", "example.co.uk", "domain for examples"),
        ("melissa", "northby-mail.org", None),
        ("barbara.foote", "northby-mail.org", None),
        ("ottilie", "contest.com", None),
        ("ottilie", "acmesoft.com", None),
    ],
)
def test_address_for_examples(local, domain, reason):
    """Names and domains of manuals are nobody's; those that merely begin alike are somebody's."""
    assert reason == placeholder_address(local + AT + domain)
