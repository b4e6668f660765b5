"""How the name that a value is assigned to is read."""

from __future__ import annotations

import pytest

from leakgate.detect.adapters.surroundings import REACH, attached_name, line_before, words


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        (b'{"ssn": "', b"ssn"),
        (b'{\\"ssn\\":\\"', b"ssn"),
        (b"user_ssn=", b"user_ssn"),
        (b"<ssn>", b"ssn"),
        (b'<field kind="x">', b"field"),
        (b"run --ssn ", b"ssn"),
        (b":ssn=>'", b"ssn"),
        (b"Key (ssn)=(", b"ssn"),
        (b"GET /ssn/", b"ssn"),
        (b"Card Number: ", b"Card Number"),
        (b"we got ", b""),
        (b"", b""),
    ],
)
def test_name_is_read(prefix, name):
    """Assignments of many notations give their name; plain words before a value do not."""
    assert name == attached_name(prefix)


@pytest.mark.parametrize(
    "spelling",
    ["socialSecurityNumber", "social_security-number", "Social Security Number", "social.security.number"],
)
def test_spellings_are_the_same(spelling):
    """A name is the same words however they are joined."""
    assert " social security number " == words(spelling)


def test_never_looks_past_the_line_or_the_reach():
    """What stands on the line before, or too far back, is not seen."""
    data = b"ssn: \n" + b"x" * (REACH + 50)

    assert (b"xx", REACH) == (line_before(data, 8), len(line_before(data, len(data))))
