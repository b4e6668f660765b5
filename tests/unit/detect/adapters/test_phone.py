"""Telephone numbers in logs."""

from __future__ import annotations

import pytest

from leakgate.detect.adapters.phone import PhoneNumbers
from tests.unit.detect.adapters.scanning import found, scan

PHONES = (PhoneNumbers(frozenset({"us", "gb", "eu"})),)
GERMAN = "+49 30 " + "126543" + "78"
BRITISH = "0121 " + "238 " + "4006"


@pytest.mark.parametrize(
    ("text", "value", "confidence"),
    [
        (f'"contactPhone": "{GERMAN}"', GERMAN, "high"),
        (f"ring {GERMAN} now", GERMAN, "medium"),
        (f"phone_number={BRITISH}", BRITISH, "high"),
        (f"mobile: {GERMAN.replace(' ', '')}", GERMAN.replace(" ", ""), "high"),
        (f"x {GERMAN.replace(' ', '')} y", GERMAN.replace(" ", ""), "low"),
    ],
)
def test_number_is_found(text, value, confidence):
    """A number that is valid in its plan is found, the surer the more its name says."""
    assert [("presidio/phone-number", value, confidence)] == found(scan(PHONES, text))


@pytest.mark.parametrize(
    "text",
    [
        f"order {BRITISH}",
        "phone=1687343847164693",
        "version 1.0+20230101123456",
        "call at 2024-03-01 12:00:00",
        f"seq={GERMAN}",
        "mobile build 10204",
    ],
)
def test_lookalike_is_left_alone(text):
    """Numbers without a telephone-like name, dates and counters are no telephone numbers."""
    assert [] == scan(PHONES, text)


@pytest.mark.parametrize("number", ["(555) 555-0192", "212-555-0119", "+1 212 555 0119", "+44 7700 900123"])
def test_number_of_fiction_is_marked(number):
    """A number reserved for fiction is a match that says so."""
    assert ["number reserved for fiction"] == [match.synthetic for match in scan(PHONES, f"phone: {number}")]


@pytest.mark.parametrize("text", ["V8Window call time: 2286.743", "GET /contact/ - 80 - 66.249.64.36 ok"])
def test_decimals_and_ip_addresses_are_no_numbers(text):
    """A decimal number, or a port before an IP address, is not taken for a telephone number."""
    assert [] == found(scan([PhoneNumbers(frozenset({"all"}))], text))


@pytest.mark.parametrize(
    "text",
    ["ring (425) 882 9080 now", "My other number is 212-456-1111", "nobody is answering at 212-456-1111"],
)
def test_number_in_groups_needs_little(text):
    """Brackets around an area code, or a faint word, are enough for a guess."""
    assert ["low"] == [match.confidence.value for match in scan(PHONES, text)]


def test_exchange_without_subscribers_is_marked():
    """Numbers of the exchange 555 are nobody's in North America."""
    [match] = scan(PHONES, "phone: 404-555-1212")

    assert "exchange 555, which has no subscribers" == match.synthetic
