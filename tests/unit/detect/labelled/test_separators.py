"""Separators that cannot belong to a known name are told at a look."""

from __future__ import annotations

import pytest

from leakgate.detect.labelled.extent import continued
from leakgate.detect.labelled.names import Vocabulary
from leakgate.detect.labelled.separators import may_separate
from leakgate.detect.labelled.syntax import values

VOCABULARY = Vocabulary({"email": 1, "street address": 2, "address line 2": 3})


@pytest.mark.parametrize(
    "text",
    [
        "email=",
        "user.email:",
        '"email" :',
        "'email',",
        '\\"email\\" ,',
        "email]=",
        "email =>",
        "email str=",
        "email 2 =",
        "&quot;email&quot;:",
        "address line 2:",
        '<email kind="home" lang=',
        '"name": "email", "type": "string", "value":',
        'name="email" value=',
        "email is",
    ],
)
def test_separators_of_names_are_kept(text):
    """Whatever may stand between a name and its separator does not hide it."""
    assert may_separate(text.encode(), len(text), VOCABULARY)


@pytest.mark.parametrize(
    "text", ["the address of host=", "address unknown, port:", "email them,", "an email -> list>"]
)
def test_separators_of_other_words_are_not(text):
    """What separates another word is no separator of the name before it."""
    assert not may_separate(text.encode(), len(text), VOCABULARY)


@pytest.mark.parametrize(
    "text",
    [
        "email=v",
        "email value=v",
        "email 2: v",
        '"email": "v"',
        "('email', 'v')",
        "<email a='b'>v</email>",
        "email => v",
        'name="email" value="v"',
    ],
)
def test_what_syntax_accepts_is_kept(text):
    """No separator behind which a value would be found is lost."""
    data = text.encode()
    ends = [end for end in range(1, len(data) + 1) if data[end - 1] in b"=:>,"]

    assert list(values(data, ends, VOCABULARY)) == list(
        values(data, [end for end in ends if may_separate(data, end, VOCABULARY)], VOCABULARY)
    )


def test_of_a_long_line_the_beginning_is_not_looked_for():
    """A value at the end of a long line goes on with the next line, whatever the text begins with."""
    data = b"log 12 " + b"x" * 1000 + b" email: ann@\nlog 12 example.com\n"

    [found] = [continued(data, data.index(b"@") + 1)]

    assert b"log 12 example.com" == data[found.start : found.end]
