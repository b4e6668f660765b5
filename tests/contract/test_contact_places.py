"""Names in credits, programs and dumps: no finding there, and one as soon as a person's record is like it."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from leakgate.detect.contacts.addresses import address_of_nobody, in_a_heap_record
from leakgate.detect.contacts.credits import Credits
from leakgate.detect.contacts.judge import Contacts, shape_at
from leakgate.detect.program.comment import why_no_person
from leakgate.model.detection import Category, Confidence, Match, Rule, Severity
from leakgate.model.secret import Secret
from leakgate.model.segment import Context, SegmentKind
from leakgate.model.spans import Span
from tests.kit.segments import segment

_NAME = "Nora Lindqvist"
_CODE = "function a(e,t){return e.x=t,b(e)}if(!c){d();return f(g[0])}\n"


def _span(text: str, value: str = _NAME) -> Span:
    start = text.encode().index(value.encode())
    return Span(start, start + len(value.encode()))


def _credited(text: str) -> bool:
    return Credits(text.encode()).holds(_span(text))


@pytest.mark.parametrize(
    "text",
    [
        (
            f" With contributions from:\n[An Institute]\n   {_NAME}  : Hessian\n   Ada Kestrel : Gradient\n"
            "   Ole van den Berg : Symmetry\n"
        ),
        (
            "We acknowledge colleagues\n   Ada Kestrel, O. Mill : Integrals\n   "
            f"{_NAME} and Bo T. Mill   : Model\n"
        ),
        f"  General program by\n  Ada Jo Kestrel, Bo Mill,\n  {_NAME}, Cy Tarn\n",
        f"   SCF\n  by Ada Kestrel, {_NAME}, Bo Mill\n   and Cy D. Tarn\n",
        f"\n A. Kestrel,  B. C. Mill,  D. Tarn,\n E. Fell,  {_NAME},  G. H. Beck,  I. Lund,\n J. Holm\n",
        f"  X : {_NAME}, A. B. Kestrel and C. D. Mill, J. Chem. Phys. 12, 2657 (1969).\n",
    ],
)
def test_a_list_of_authors_is_one_of_credits(text: str) -> None:
    """By its heading, its byline, or because it names authors as references do."""
    assert _credited(text)


@pytest.mark.parametrize(
    "text",
    [
        f"Customers\n   {_NAME}   : gold\n   Ada Kestrel      : silver\n   Bo Mill  : gold\n",
        f"With contributions from:\n{_NAME}, 44711881\nAda Kestrel, 44711882\nBo Mill, 44711883\n",
        f"authors\n{_NAME} nora@kestrel.dev\nAda Kestrel ada@kestrel.dev\nBo Mill bo@mill.dev\n",
        f"Shipped to {_NAME}, A. B. Kestrel and C. D. Mill on (1969)\n",
        f"Checked in\n{_NAME}, Ada Kestrel, Bo Mill\n",
    ],
)
def test_a_list_of_customers_is_none_of_credits(text: str) -> None:
    """Without a heading, or with what identifies a person."""
    assert not _credited(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{_CODE}/**\n * Thanks to {_NAME} for this trick.\n */\n{_CODE}", _NAME),
        (f"{_CODE}// Props to {_NAME}\n// for the idea\n{_CODE}", _NAME),
        (f'{_CODE}e.warn("Orama is slow today, use less of it");{_CODE}', "Orama"),
        (
            (
                '[{name:"Lisp",mime:"text/x",mode:"lisp",ext:["l"]},{name:"Dylan",mime:"text/y",mode:"d",ext:["d"]},'
                '{name:"Ebnf",mime:"text/z"}]'
            ),
            "Dylan",
        ),
    ],
)
def test_a_word_of_a_program_is_no_person(text: str, value: str) -> None:
    """In comments whoever they name, in literals what one word names."""
    assert why_no_person(text.encode(), _span(text, value)) is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"order 4711 is late\n/* {_NAME} */\nplease call back\n", _NAME),
        (f"2024-05-01 start\n// {_NAME} has paid\n2024-05-01 end of the day\n", _NAME),
        (f'{_CODE}login("{_NAME}", 3);{_CODE}', _NAME),
        (f'{_CODE}e.send("Dear {_NAME}, your order is late");{_CODE}', _NAME),
        (f'{_CODE}e.name="Dylan";{_CODE}', "Dylan"),
        (f'{_CODE}{{"body":"Pauline, may I speak to you?","id":37}}\n{_CODE}', "Pauline"),
        (f'{_CODE}mail: text part: "It was between Pauline and us";{_CODE}', "Pauline"),
        ("{ name: 'Dylan', plan: 'gold', id: 4, town: 'Ulm', age: 3, paid: true }", "Dylan"),
        ('{"name":"Dylan","plan":"gold","id":4,"town":"Ulm","age":3,"paid":true}', "Dylan"),
        (f'{_CODE}/* a */ window.user={{"name":"{_NAME}"}};/* b */{_CODE}', _NAME),
    ],
)
def test_data_in_a_program_may_be_a_person(text: str, value: str) -> None:
    """A literal that is a name, a full name in a message, an object as it is shown."""
    assert why_no_person(text.encode(), _span(text, value)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2019 " + "Ada Mill, " * 20 + "=",
        "font-family:" + "Ada Mill," * 130 + "=",
        "* " + "Ada " * 300,
    ],
)
def test_a_long_line_of_names_is_read_in_one_way(line: str) -> None:
    """A second of the processor at most, where each comma once doubled the time."""
    data = line.encode()
    start = data.index(b"Ada")
    before = process_time()

    shape_at(data, Span(start, start + 3))

    assert process_time() - before < 1.0


@pytest.mark.parametrize(
    ("value", "header"), [("Sec-Fetch-Dest", True), ("Sec-Lindqvist", False), (_NAME, False)]
)
def test_a_header_of_browsers_is_no_person(value: str, header: bool) -> None:
    """By its reserved beginning, wherever it stands."""
    rule = Rule("any/rule", "Name", "PERSON", Category.PII, Severity.MEDIUM, Confidence.MEDIUM, family="nlp")
    text = f'{{"name":"{value}","value":"document"}}'
    found = Match(rule, _span(text, value), Secret(value.encode()), Confidence.MEDIUM, "found")

    assert header is (Contacts(segment(text)).judged(found).rule is not rule)


class _At:
    """Every place of a document, under one pointer."""

    def __init__(self, pointer: str) -> None:
        self._context = Context(pointer=pointer)

    def at(self, offset: int) -> Context:
        return self._context


@pytest.mark.parametrize(
    ("pointer", "reason"),
    [
        ("/install/3/metadata/author_email", "pip-report"),
        ("/install/3/metadata/description", "pip-report"),
        ("/log/entries/0/request/headers/5/name", "header-name"),
        ("/data/sourcesContent/0", "source-map"),
        ("/customers/3/metadata/author_email", None),
        ("/install/3/customer/description", None),
        ("/log/entries/0/request/headers/5/value", None),
        ("/data/names/0", None),
    ],
)
def test_a_field_of_a_tools_document_names_no_person_of_the_run(pointer: str, reason: str | None) -> None:
    """By the whole path of the field, as the format has it."""
    rule = Rule("any/rule", "Name", "PERSON", Category.PII, Severity.MEDIUM, Confidence.MEDIUM, family="nlp")
    found = Match(rule, Span(0, len(_NAME)), Secret(_NAME.encode()), Confidence.MEDIUM, "found")
    place = replace(segment(_NAME), kind=SegmentKind.FIELDS, contexts=_At(pointer))

    judged = Contacts(place).judged(found)

    assert judged.because == (f"contact of software: {reason}" if reason else "found")


def _record(string: bytes, number: bytes) -> bytes:
    return b"\x01\0\0\0\0" + (len(number) + len(string)).to_bytes(4, "big") + number + string


@pytest.mark.parametrize("number", [b"\0\0\x7f\xf0GGv@", b"\0\0\x7f\xf0GG@0", b"GGv@"])
def test_a_string_of_a_heap_dump_is_no_address(number: bytes) -> None:
    """Where the sign stands in the number of the string's record."""
    data = _record(b"abc", number) + _record(b"Finalizer.java", number) + _record(b"x", number)
    end = data.index(b".java") + 5

    assert in_a_heap_record(data, Span(end - 16, end)) == "heap-dump"


@pytest.mark.parametrize("number", [b"\0\0\x7f\xf0GGv@", b"\0\0\x7f\xf0GG40"])
def test_an_address_in_a_heap_dump_is_one(number: bytes) -> None:
    """Also where the number before it reads like a part of it."""
    data = _record(b"abc", number) + _record(b"jane.roe@kestrel-labs.net", number) + _record(b"x", number)
    start = data.index(b"jane")

    for first in (start, start - 1, start - 3):
        assert in_a_heap_record(data, Span(first, start + 25)) is None


@pytest.mark.parametrize(
    "local",
    ["umac-64-etm", "hmac-sha2-256-etm", "kex-strict-s-v00", "rsa-sha2-512-cert-v01", "zlib",
     "publickey-hostbound-v00",     "sntrup761x25519-sha512"],
)  # fmt: skip
def test_numbers_are_parts_of_names_of_algorithms(local: str) -> None:
    """As OpenSSH writes them."""
    assert address_of_nobody(f"{local}@ssh.example") == "algorithm"


@pytest.mark.parametrize(
    "local", ["ed", "rsa", "data", "x", "s", "des", "cast", "64-s", "ed.sha", "ed-jones"]
)
def test_a_short_name_is_none_of_an_algorithm(local: str) -> None:
    """One part alone may be what somebody is called."""
    assert address_of_nobody(f"{local}@kestrel.dev") is None
