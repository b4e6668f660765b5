"""What Presidio's recognizers find in logs, and what they leave alone."""

from __future__ import annotations

import re
import socket

import pytest
import tldextract

from leakgate.detect.adapters.opinion import PLAIN_SUFFIXES, library_opinion
from leakgate.detect.adapters.presidio import _compiled, presidio_recognizers
from leakgate.detect.adapters.tables import presidio_table
from tests.unit.detect.adapters.scanning import found, scan
from tests.unit.detect.adapters.values import iban, luhn_completed

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

EVERY = presidio_recognizers(frozenset({"us", "gb", "eu", "ca"}))
VISA = luhn_completed("4" + "539" + "7281" + "0946" + "358")
GROUPED = "-".join(VISA[at : at + 4] for at in range(0, 16, 4))
ACCOUNT = iban("DE", "37040044" + "0987612345")
SSN = "-".join(("536", "22", "8719"))
NHS = "943" + "476" + "5919"
PERSON_MAIL = "marta.kowalczyk" + "@" + "northwind-trading.de"


def found_in(text: str) -> list[tuple[str, str, str]]:
    return found(scan(EVERY, text))


@pytest.mark.parametrize(
    ("text", "rule", "value", "confidence"),
    [
        (f'{{"card_number": "{VISA}"}}', "credit-card", VISA, "high"),
        (f"charged {GROUPED} today", "credit-card", GROUPED, "high"),
        (f"charged {VISA} today", "credit-card", VISA, "medium"),
        (f"pay to {ACCOUNT} HTTP/1.1", "iban-code", ACCOUNT, "high"),
        (f"sent to <{PERSON_MAIL}>", "email-address", PERSON_MAIL, "high"),
        (f"taxpayer_id={SSN}", "us-ssn", SSN, "high"),
        (f"got {SSN} back", "us-ssn", SSN, "medium"),
        (f"<patientNhs>{NHS}</patientNhs>", "uk-nhs", NHS, "high"),
        ("client_ip=81.2.69.142 ok", "ip-address", "81.2.69.142", "medium"),
        ("open 81.2.69.142:443", "ip-address", "81.2.69.142", "low"),
        ("passport no: X12345678", "us-passport", "X12345678", "medium"),
        ('"steuer_id": "65929970489"', "de-tax-id", "65929970489", "high"),
    ],
)
def test_value_is_found(text, rule, value, confidence):
    """A value with valid check digits is found whole, the surer the more its name says."""
    assert (f"presidio/{rule}", value, confidence) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        f"orderId={VISA}",
        f"seq={VISA} done",
        f"trace 0x{VISA}",
        f"8f{VISA}",
        f"card: 9{VISA[1:]}",
        f"id {VISA}-0001",
        f"  0x00b0:  3130 3234 2020 5175 {GROUPED.replace('-', ' ')}",
        "at 1687343847164693 us",
        f"ts={NHS}",
        f"got {NHS} back",
        "npm WARN deprecated request@2.88.2: gone",
        "typescript@5.3.3 extraneous",
        "git@github.com:org/repo.git",
        "https://user:pa55@build.northwind-trading.de/x",
        "Chrome/118.0.0.0 Safari",
        "libfoo-1.2.3.4.jar",
        "signpost-core;1.2.1.2 ...",
        "group:koch-runtime:2.5.2.4:jar",
        "at 12:34:56 std::vector a::b",
        "user 96541809-a97d-4710-b045-a086b7ab2a76",
        "total 8086016K, used 7277906K",
        '"accountId":"123837392027"',
    ],
)
def test_lookalike_is_left_alone(text):
    """Counters, clocks, versions, packages and pieces of longer tokens are no personal data."""
    assert [] == found_in(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("mail jo" + "@" + "shop.example.com", "reserved domain example.com"),
        ("mail jo" + "@" + "acme.test now", "reserved domain test"),
        ("from 192.0.2.44 port 22", "documentation address"),
        ("from 10.0.247.46 port 22", "private address"),
        ("to 2001:db8::1f:2", "documentation address"),
        ("card " + "4242" * 4, "PSP test card"),
        ("card 4000" + "0566" + "5566" + "5556", "PSP test card"),
        ("iban GB29" + "NWBK" + "60161331926819", "documented IBAN sample"),
        ("ssn " + "987-65-" + "4321", "published specimen number"),
        ("nhs number 999 000 " + "0018", "number of the range for tests"),
        ("phone: 1234567" + "890", "digits in a row"),
        ("ether 02:42:ac:11:00:02", "locally administered address"),
    ],
)
def test_specimen_is_marked(text, reason):
    """A value that belongs to nobody is a match that says so."""
    assert [reason] == [match.synthetic for match in scan(EVERY, text)]


def test_email_is_judged_without_the_network(monkeypatch):
    """Looking up the public suffix of an address opens no socket."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)

    assert [("presidio/email-address", PERSON_MAIL, "high")] == found_in(PERSON_MAIL)


@pytest.mark.parametrize("before", ["contact_email=", "x=y&email=", "user/", "q?mail=", "tok~", "{"])
def test_what_stands_before_an_address_is_no_part_of_it(before):
    """The same address is the same value, whatever it is assigned to."""
    assert [("presidio/email-address", PERSON_MAIL, "high")] == found_in(before + PERSON_MAIL)


@pytest.mark.parametrize("address", ["noreply@northwind-trading.de", "ci@northwind-trading.de"])
def test_address_of_a_role_is_a_guess(address):
    """An address that belongs to a machine or a role has low confidence."""
    assert [("presidio/email-address", address, "low")] == found_in(address)


_TWIN_CASES = [
    ("IP_ADDRESS", ("81.2.69.142", "81.2.69.142/99", "2001:db8::1", "::1", "1::2::3", "300.1.1.1")),
    ("MAC_ADDRESS", ("00:17:10:88:bc:02", "ff:ff:ff:ff:ff:ff", "00-00-00-00-00-00", "0017.1088.bc02")),
    ("EMAIL_ADDRESS", (PERSON_MAIL, "a@b.invalid", "a@b.co.uk", "a@4.17.21", "a@host", "a@x.internal")),
]


@pytest.mark.parametrize(("entity", "pieces"), _TWIN_CASES, ids=[case[0] for case in _TWIN_CASES])
def test_twin_judges_like_the_library(entity, pieces):
    """The checks that are made without importing Presidio give Presidio's answers."""
    import importlib

    from presidio_analyzer import EntityRecognizer

    row = next(each for each in presidio_table() if each.entity == entity)
    recognizer = getattr(importlib.import_module(row.module), row.class_name)()

    def verdict(piece: str) -> bool:
        valid, invalid = recognizer.validate_result(piece), recognizer.invalidate_result(piece)
        return valid is not False and not invalid

    ours = {piece: library_opinion(row, piece).score > EntityRecognizer.MIN_SCORE for piece in pieces}

    assert {piece: verdict(piece) for piece in pieces} == ours


def test_locales_choose_the_countries():
    """A country's recognizers are there only where its locale was chosen."""
    german = {rule.entity for each in presidio_recognizers(frozenset({"de"})) for rule in each.rules}

    assert ("DE_TAX_ID" in german, "US_SSN" in german, "CREDIT_CARD" in german) == (True, False, True)


def test_unknown_locale_keeps_the_generic_recognizers():
    """A country that Presidio has nothing for leaves what every country shares."""
    nowhere = {rule.entity for each in presidio_recognizers(frozenset({"is"})) for rule in each.rules}

    assert {"CREDIT_CARD", "IBAN_CODE", "EMAIL_ADDRESS", "PHONE_NUMBER"} <= nowhere


@pytest.mark.parametrize(
    "data", [b"\xff\xfe" * 400, b"4" * 5000, b"a@" * 3000, b"\x00" * 100, b"1." * 3000, b"4111 " * 8000]
)
def test_hostile_bytes_are_survived(data):
    """Bytes that are no text, and endless runs, raise nothing and find nothing."""
    assert [] == scan(EVERY, data)


def test_span_is_in_bytes():
    """After characters of several bytes, the span still covers exactly the value."""
    data = f"größe ñ → ssn: {SSN}".encode()

    [match] = scan(EVERY, data)

    assert SSN.encode() == data[match.span.start : match.span.end]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (NHS, "uk-nhs"),
        (f"  {NHS}\n", "uk-nhs"),
        ("X1234567" + "L", "es-nie"),
        ("AA 12 34 56 B", "uk-nino"),
        ("Z12803456", "us-driver-license"),
        ("1EG4-TE5-" + "MK73", "us-mbi"),
    ],
)
def test_value_that_is_all_there_is_counts_a_little(text, rule):
    """A text that is nothing but a value with check digits or a rare format is a guess at it."""
    assert [(f"presidio/{rule}", text.strip(), "low")] == found_in(text)


@pytest.mark.parametrize(
    "text",
    ["1700000000", "111111111", "912803456", "v1.2.3", "hello world", "2024-05-06", f"{NHS} {NHS[:4]}"],
)
def test_text_that_is_something_else_is_left_alone(text):
    """Times, bare digits without check digits, versions and words are nobody's."""
    assert [] == found_in(text)


@pytest.mark.parametrize("suffix", PLAIN_SUFFIXES)
def test_no_public_suffix_is_longer_than_a_plain_one(suffix):
    """What is taken for registered without the list is registered by the list."""
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True)

    assert suffix in extract.tlds
    assert [] == [other for other in extract.tlds if other.endswith("." + suffix)]


def test_licences_are_those_of_the_library():
    """What is said first of the forms of a licence takes none of them away."""
    [source] = [
        each
        for recognizer in presidio_table()
        if recognizer.entity == "US_DRIVER_LICENSE"
        for each in recognizer.patterns
        if b"[A-Z][0-9]{3,6}|" in each.expression
    ]
    theirs = re.compile(source.expression, re.IGNORECASE)
    text = b"A123 AB12345 12ABC12345 A-Z]]12 123456789X H1R2T a1b2c 12345678AB 123AB1234 driver x1 A123456R"

    ours = [found.span() for found in _compiled(source).finditer(text)]

    assert [found.span() for found in theirs.finditer(text)] == ours
    assert len(ours) > 8
