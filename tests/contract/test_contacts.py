"""Contacts of software: the documentation names every shape, and no person in a record is taken for one."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from leakgate.detect.contacts.addresses import (
    ADDRESSES,
    SIGNS,
    address_of_a_role,
    address_of_nobody,
    sign_of_an_account,
)
from leakgate.detect.contacts.judge import RULES, Contacts
from leakgate.detect.contacts.lines import LINES, LineShape
from leakgate.model.detection import CONTACT_FAMILY, Confidence, Match, Rule
from leakgate.model.secret import Secret
from leakgate.model.spans import Span
from tests.contract.test_docs import ROOT, rows, section
from tests.kit.segments import segment

_DOCS = ROOT / "docs" / "contacts.md"
_NAME, _MAIL = "Nora Lindqvist", "nora.lindqvist@kestrel-mill.dev"
_CONTEXT = {  # what stands around a line where the shape wants it
    "vim-version": ("Included patches: 1-52\n", ""),
    "maven-developers": ("[INFO]     Sources URL: https://code.example.com\n", ""),
    "package-stanza": ("Package: mill\nVersion: 1.2-3\n", "\nArchitecture: amd64"),
    "configure-check": (
        "checking for gcc... gcc\nchecking whether it is old... no\n",
        "\nchecking for make... yes",
    ),
    "banner": ("* Mill version 8 *\n", "\n* This program is no free software *"),
}
_PARAGRAPHS = ("banner", "configure-check", "package-stanza")
_RECORDS = (  # where a shape's own text may stand as data
    '{{"id": 4411, "note": "{text}", "plan": "gold"}}',
    "4411;{text};gold",
    "INSERT INTO customers VALUES (4411, '{text}', 'gold');",
    "POST /customers id=4411&note={text}&plan=gold",
    "customer 4411: {text} (gold)",
    "| 4411 | {text} | gold |",
)


def _filled(shape: LineShape, name: str, mail: str) -> str:
    before, behind = _CONTEXT.get(shape.id, ("", ""))
    return before + shape.example.format(name=name, mail=mail) + behind


def _judged(text: str, value: str, entity: str) -> Match:
    data = text.encode()
    start = data.index(value.encode())
    span = Span(start, start + len(value.encode()))
    rule = next(rule for known, rule in RULES.items() if known == entity)
    found = Rule(
        "any/rule", rule.name, entity, rule.category, rule.severity, Confidence.HIGH, family="pii-contact"
    )
    match = Match(found, span, Secret(data[span.start : span.end]), Confidence.HIGH, "found")
    return Contacts(segment(text)).judged(match)


def _is_contact(text: str, value: str, entity: str) -> bool:
    return _judged(text, value, entity).rule.family == CONTACT_FAMILY


def test_the_documentation_lists_every_shape_of_lines() -> None:
    """Identity, meaning and example of each, in the order of the table."""
    written = [[cell.strip("`") for cell in row] for row in rows(section(_DOCS, "Lines and fields"))]

    assert [[s.id, s.what.replace("`", ""), _shown(s.example)] for s in LINES] == [
        [row[0], row[1].replace("`", ""), row[2]] for row in written
    ]


def _shown(example: str) -> str:
    return example.replace("\n", "⏎").replace("{name}", "NAME").replace("{mail}", "MAIL").strip()


def test_the_documentation_lists_every_shape_of_addresses() -> None:
    """Those told by themselves, and those told by one sign."""
    written = [[cell.strip("`") for cell in row] for row in rows(section(_DOCS, "Addresses"))]
    shapes = [[s.id, s.what, s.example] for s in ADDRESSES] + [list(sign) for sign in SIGNS]

    assert shapes == [[row[0], row[1].replace("`", ""), row[2]] for row in written] or [
        [a, b.replace("`", ""), c] for a, b, c in shapes
    ] == [[row[0], row[1].replace("`", ""), row[2]] for row in written]


@pytest.mark.parametrize("shape", LINES, ids=[shape.id for shape in LINES])
def test_a_contact_in_the_line_of_its_tool_is_told(shape: LineShape) -> None:
    """The name and the address that the example of each shape holds, also behind a runner's time."""
    text = _filled(shape, _NAME, _MAIL)
    stamped = "\n".join(f"2024-05-01T10:00:00.1234567Z {line}" for line in text.split("\n"))

    for value, entity in ((_NAME, "PERSON"), (_MAIL, "EMAIL_ADDRESS")):
        if value in text:
            assert _is_contact(text, value, entity), entity
            assert _is_contact(stamped, value, entity) or shape.id in _PARAGRAPHS, entity


@pytest.mark.parametrize("shape", LINES, ids=[shape.id for shape in LINES])
def test_people_in_records_are_no_contacts(shape: LineShape) -> None:
    """1,000 random people in the words of each shape, within a record: not one is excused."""
    drawn = random.Random(shape.id)
    excused = 0
    for name, mail in _people(drawn, 1000):
        record = drawn.choice(_RECORDS).format(text=_filled(shape, name, mail).replace("\n", " "))
        for value, entity in ((name, "PERSON"), (mail, "EMAIL_ADDRESS")):
            excused += value in record and not shape.anywhere and _is_contact(record, value, entity)

    assert 0 == excused


def test_people_are_no_roles_lists_or_machines() -> None:
    """Of 10,000 random addresses of people hardly one has the form of an address of nobody."""
    drawn = random.Random(11)
    taken = [mail for _, mail in _people(drawn, 10_000) if address_of_nobody(mail) or address_of_a_role(mail)]

    assert len(taken) <= 10


def _people(drawn: random.Random, number: int) -> Iterator[tuple[str, str]]:
    for _ in range(number):
        given, family, company = (_word(drawn) for _ in range(3))
        local = drawn.choice(
            (f"{given}.{family}", f"{given[0]}{family}", given, f"{given}_{family}{drawn.randint(1, 99)}")
        )
        domain = drawn.choice(
            (f"{company}.com", f"mail.{company}.de", f"{company}-{family}.org", "gmail.com")
        )
        yield f"{given.title()} {family.title()}", f"{local}@{domain}"


def _word(drawn: random.Random) -> str:
    return "".join(drawn.choices(("ma", "ri", "lo", "ken", "ste", "bur", "vi", "tal", "dor", "nik"), k=3))


@pytest.mark.parametrize("shape", ADDRESSES, ids=[shape.id for shape in ADDRESSES])
def test_an_address_of_nobody_is_told_by_itself(shape: object) -> None:
    """The example of each shape, in a sentence."""
    example = shape.example  # type: ignore[attr-defined]

    assert _is_contact(f"sent to {example} again", example, "EMAIL_ADDRESS")


@pytest.mark.parametrize(
    "text",
    [
        "Cloning into 'x' from deploy@build7.kestrel-labs.net:/srv/git/x.git",
        "fetch org-4711@github.com:kestrel/mill.git",
        "Principal: HTTP/web@KESTREL-LABS.NET",
        "call sip:1001@pbx.kestrel-labs.net",
    ],
)
def test_an_account_of_a_machine_is_told_by_its_sign(text: str) -> None:
    """A path behind it, a service before it."""
    data = text.encode()
    at = data.index(b"@")
    start = max(data.rfind(mark, 0, at) for mark in (b" ", b"/", b":")) + 1
    end = next((i for i in range(at, len(data)) if data[i : i + 1] == b":"), len(data))

    assert sign_of_an_account(data, Span(start, end)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "jane.roe@kestrel-labs.net:/srv",
        "sip:jane.roe@kestrel-labs.net",
        "user jane@KESTREL-LABS.NET",
        "mail jane@kestrel-labs.net: hello",
    ],
)
def test_an_account_of_a_person_has_no_such_sign(text: str) -> None:
    """A name with a dot is none of an account, a principal without a service is a person's."""
    data = text.encode()
    start = max(data.rfind(mark, 0, data.index(b"@")) for mark in (b" ", b":")) + 1
    end = data.find(b":", data.index(b"@"))

    assert sign_of_an_account(data, Span(start, end if end > 0 else len(data))) is None


@pytest.mark.parametrize(
    "text",
    [
        "Author: {name} <{mail}>",
        "Maintainer: {name} <{mail}>\nPlan: gold",
        "Copyright (c) 2019 Mill Ltd., customer {name} <{mail}> ordered",
        '$ LABEL maintainer="Mill" customer="{name} <{mail}>" total=3',
        'gpg: key 0A1B2C3D: public key "Mill" imported for {name} <{mail}>',
    ],
)
def test_a_customer_on_the_line_is_none_of_the_tool(text: str) -> None:
    """What a tool does not write there, or without what it writes around, is no line of a tool."""
    assert not _is_contact(text.format(name=_NAME, mail=_MAIL), _MAIL, "EMAIL_ADDRESS")


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        (
            '{{"name": "mill", "version": "1.2.0", "license": "MIT", "author": {{"email": "{mail}"}}}}',
            True,
        ),
        ('{{"purl": "pkg:deb/mill@1", "name": "mill", "publisher": "{name} <{mail}>"}}', True),
        ('{{"Name": "mill", "Version": "1-2", "SrcName": "mill", "Maintainer": "{name} <{mail}>"}}', True),
        ('{{"name": "Order", "version": 3, "author": "{name} <{mail}>"}}', False),
        ('{{"name": "mill", "version": "1.2.0", "license": "MIT", "customer": "{mail}"}}', False),
        ('{{"author": "{mail}", "title": "A review", "text": "good"}}', False),
    ],
)
def test_only_an_object_that_describes_a_package_names_its_maker(text: str, contact: bool) -> None:
    """By the keys beside it, and by its own."""
    assert contact is _is_contact(text.format(name=_NAME, mail=_MAIL), _MAIL, "EMAIL_ADDRESS")
