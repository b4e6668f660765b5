"""Where the value of a personal field begins and ends, whatever wrote it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Values = Callable[[str], list[tuple[str, str]]]

_NAME = "Ottilie Brandwein"
_ADDRESS = "17 Tanners Row, Northby, YO1 7XX"


@pytest.mark.parametrize(
    "text",
    [
        "customer_name={}",
        "customer_name={}\nnext line",
        'INFO {{"id": 1, "customerName": "{}", "note": "ok"}}',
        '{{\\"customer_name\\": \\"{}\\"}}',
        '{{\\\\\\"customer_name\\\\\\":\\\\\\"{}\\\\\\"}}',
        "payload={{'id': 1, 'customer_name': '{}', 'active': True}}",
        "Config(host=localhost, customerName={}, retries=3)",
        "Config(host=localhost, customerName={}) created",
        "params={{page=7, customerName={}, sort=asc}}",
        '{{:id=>1, :customer_name=>"{}", :active=>true}}',
        '{{"utf8"=>"x", "customer_name"=>"{}"}}',
        "DETAIL:  Key (customer_name)=({}) already exists.",
        "Duplicate entry '{}' for key 'customers.customer_name'",
        "1 validation error for Order\ncustomer_name\n  not valid (type=value_error; input_value='{}')",
        "[parameters: {{'customer_name': '{}', 'tenant': 3}}]",
        'SELECT * FROM t WHERE "t"."customer_name" = \'{}\' LIMIT 1',
        "UPDATE users SET customer_name = '{}' WHERE id = 42",
        '<input type="hidden" name="customer_name" value="{}">',
        "<customerName>{}</customerName>",
        '[{{"name":"customer_name","value":"{}"}}]',
        '{{"key": "app.customer_name", "type": "string", "value": "{}"}}',
        '{{"key":"app.customer_name","value":{{"stringValue":"{}"}}}}',
        "AUDIT user changed customer_name from null to {}",
        "  customer_name: {}",
        'level=info msg="done" customer_name="{}" retries=3',
        '+   "customerName": "{}",',
        "customer_name  = '{}'",
        "Customer Name: {}",
    ],
)
def test_value_is_found_whole(values: Values, text: str) -> None:
    """The whole name of a person is found in every syntax, and nothing else."""
    assert [("PERSON", _NAME)] == values(text.format(_NAME))


@pytest.mark.parametrize(
    "text",
    [
        "shipping_address={}",
        "Key (shipping_address)=({}) already exists.",
        "User(id=1, shippingAddress={}, role=member)",
        "shipping_address={} retries=3",
        "'shipping_address': '{}',",
    ],
)
def test_commas_and_blanks_belong_to_an_address(values: Values, text: str) -> None:
    """An address runs to the next field and not to the next comma."""
    assert [("STREET_ADDRESS", _ADDRESS)] == values(text.format(_ADDRESS))


def test_query_strings_are_read_through_their_encoding(values: Values) -> None:
    """Percent escapes hide nothing, and the value ends where the parameter does."""
    text = "GET /find?page=2&full_name=Ottilie%20Brandwein&sort=asc HTTP/1.1"

    assert [("PERSON", "Ottilie%20Brandwein")] == values(text)


def test_character_references_are_read_through(values: Values) -> None:
    """An at sign written as a reference is one."""
    text = "<td>email: o.brandwein&#64;" + "northby-mail.org</td>"

    assert ["EMAIL_ADDRESS"] == [entity for entity, _ in values(text)]


def test_number_in_groups_ends_before_the_next_word(values: Values) -> None:
    """Blanks within a number do not take in the words behind it."""
    number = "GB29 NWBK 6016 " + "1331 9268 19"

    assert [("IBAN_CODE", number)] == values(f"iban={number} accepted")


def test_bracket_that_belongs_to_the_number_stays(values: Values) -> None:
    """A telephone number may begin with a bracket."""
    assert [("PHONE_NUMBER", "(212) 555-0134")] == values("phone: (212) 555-0134")


def test_number_cut_by_a_line_break_is_put_together(values: Values) -> None:
    """A number that goes on behind the logger's prefix of the next line is one number."""
    first, rest = "GB29NWBK60", "161331926819"
    text = f"2024-01-02T03:04:05Z iban={first}\n2024-01-02T03:04:05Z {rest}\n"

    [(entity, value)] = values(text)

    assert ("IBAN_CODE", True) == (entity, value.startswith(first) and value.endswith(rest))


@pytest.mark.parametrize("opening", ["(", "[", '"', "'", "=", "\\" * 40, "<" * 40])
def test_hostile_openings_are_survived(values: Values, opening: str) -> None:
    """Unclosed brackets and quotes without end cost neither time nor an error."""
    assert [] == values(f"customer_name={opening * 2000}")


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("org.junit.ComparisonFailure: expected:<[open]> but was:<[{}]>", "ES_NIF"),
        ("E       AssertionError: assert '{}' == 'open'", "ES_NIF"),
        ("  binding parameter [2] as [VARCHAR] - [{}]", "ES_NIF"),
        ("  binding parameter (2:VARCHAR) <- [{}]", "ES_NIF"),
        ('    Received: "{}"', "ES_NIF"),
        ("21945,decade,{},2024-03-01,active", "ES_NIF"),
    ],
)
def test_value_shown_alone_is_found(values, text, entity):
    """What an assertion or a bind parameter shows needs no name if its own form says what it is."""
    number = "48392017" + "V"

    assert [(entity, number)] == values(text.format(number))


@pytest.mark.parametrize("value", ["1700000000", "20240509", "41864592031", "Done Here", "v1.2.3"])
def test_ordinary_value_shown_alone_is_nothing(values, value):
    """Times, dates, words and numbers with wrong check digits are left alone in assertions."""
    assert [] == values(f"expected:<[open]> but was:<[{value}]>")


CARD = "2623" + "3221" + "6460" + "8847"


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        (f"I have lost my card {CARD}. Please block it", "CREDIT_CARD", CARD),
        (f"card number {CARD} is lost", "CREDIT_CARD", CARD),
        ("I was born 15th June 1991", "DATE_OF_BIRTH", "15th June 1991"),
        ("she was born on 1991-06-15 in", "DATE_OF_BIRTH", "1991-06-15"),
        ("Ottilie lives at 17 Tanners Row, Northby", "STREET_ADDRESS", "17 Tanners Row, Northby"),
        ("my new address is 17 Tanners Row because", "STREET_ADDRESS", "17 Tanners Row"),
    ],
)
def test_value_told_by_a_sentence_is_found(values, text, entity, value):
    """A word that announces a value is enough where the value itself can be checked."""
    assert (entity, value) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "graphics card 1234567890123456 found",
        "process born 15 seconds ago in 2024",
        "config located at 12 paths",
        "packet sent to 10 hosts in 3 ms",
        "the library lives in /opt/12/road",
    ],
)
def test_sentence_of_a_log_tells_nothing(values, text):
    """Numbers without check digits, durations and counts are left alone."""
    assert [] == values(text)
