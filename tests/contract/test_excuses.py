"""What excuses a value: the documentation names every reason, and hardly any real value has one."""

from __future__ import annotations

import ast
import random
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import phonenumbers
import pytest

from leakgate.detect.adapters.heuristics import why_example
from leakgate.detect.adapters.phone import why_fictional
from leakgate.detect.adapters.presidio import known_fake
from leakgate.detect.plausibility.personal_samples import sample_reason
from leakgate.detect.plausibility.published import why_published
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.detect.plausibility.typed import why_typed, why_typed_over
from leakgate.detect.rules.cut_off import why_cut_off
from leakgate.detect.validators.digits import luhn
from tests.contract.test_docs import ROOT, rows, text_of

_DETECT = ROOT / "leakgate" / "detect"
_EXCUSING = (  # modules whose functions answer with a reason or None, and those functions, if not all
    ("plausibility/synthetic.py", None),
    ("plausibility/typed.py", None),
    ("plausibility/published.py", None),
    ("plausibility/personal_samples.py", None),
    ("plausibility/placeholder_addresses.py", None),
    ("program/literal.py", None),
    ("program/judgement.py", None),
    ("adapters/specimens.py", None),
    ("adapters/phone.py", {"why_fictional"}),
    ("adapters/heuristics.py", {"why_example"}),
    ("recognizers/addresses.py", {"_published"}),
)
_ALPHABETS = {
    "base62": string.ascii_letters + string.digits,
    "hexadecimal": "0123456789abcdef",
    "capital hexadecimal": "0123456789ABCDEF",
    "digits": string.digits,
    "base64": string.ascii_letters + string.digits + "+/",
    "base64url": string.ascii_letters + string.digits + "-_",
    "base32": string.ascii_uppercase + "234567",
    "base36": string.ascii_lowercase + string.digits,
    "passwords": string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~",
}
_DRAWN = 4000
_REGIONS = ("US", "GB", "DE", "FR", "AU", "SE", "IT", "ES", "IN", "BR", "NL", "CA")


def _reasons(path: str, functions: set[str] | None) -> Iterator[str]:
    tree = ast.parse((_DETECT / path).read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or (functions and function.name not in functions):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from _texts(node.value, constants)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_whole", "_inside"):
            yield str(getattr(call.args[0], "value", ""))


def _texts(node: ast.expr, constants: dict[str, object]) -> Iterator[str]:
    """The texts that an expression may have as its value."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield f"{text}…"
        case ast.Name(id=name) if isinstance(text := constants.get(name), str):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body, constants), *_texts(orelse, constants))
        case ast.BoolOp(values=values):
            for value in values:
                yield from _texts(value, constants)


def _given_directly() -> Iterator[str]:
    """Reasons that stand in the call that makes a match or a verdict."""
    for path in sorted(_DETECT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "synthetic":
                yield from _texts(node.value, {})


def test_the_documentation_lists_every_excuse() -> None:
    """No reason of the code is missing there, and none stands there that the code does not give."""
    written = {row[0].strip("`") for row in rows(text_of(Path(ROOT / "docs" / "excuses.md")))}
    given = {reason for path, functions in _EXCUSING for reason in _reasons(path, functions)}
    given |= {*_given_directly(), "well-known default password"}

    assert written == {reason for reason in given if reason}


def _why_example(value: bytes) -> str | None:
    return why_example(value.decode())


@pytest.mark.parametrize("length", [12, 16, 20, 32, 40, 64, 128, 400, 1000])
@pytest.mark.parametrize("alphabet", _ALPHABETS)
@pytest.mark.parametrize(
    "judge", [synthetic_reason, why_typed_over, _why_example, why_published, why_cut_off]
)
def test_random_values_are_hardly_ever_excused(
    judge: Callable[[bytes], str | None], alphabet: str, length: int
) -> None:
    """At most one in 1,000 of each alphabet and length."""
    drawn = random.Random(f"{alphabet} {length}")
    number = _DRAWN if length < 200 else _DRAWN // 4
    values = ("".join(drawn.choices(_ALPHABETS[alphabet], k=length)).encode() for _ in range(number))

    assert number // 1000 + 1 >= sum(judge(value) is not None for value in values)


@pytest.mark.parametrize("length", [16, 20, 32, 40, 64, 128, 400, 1000])
@pytest.mark.parametrize("alphabet", sorted({*_ALPHABETS} - {"digits", "passwords"}))
def test_random_keys_are_hardly_ever_taken_for_typed(alphabet: str, length: int) -> None:
    """At most one in 1,000 of what machines make; passwords are never asked."""
    drawn = random.Random(f"{alphabet} {length}")
    number = _DRAWN if length < 200 else _DRAWN // 4
    values = ("".join(drawn.choices(_ALPHABETS[alphabet], k=length)).encode() for _ in range(number))

    assert number // 1000 + 1 >= sum(why_typed(value) is not None for value in values)


@pytest.mark.parametrize("region", _REGIONS)
@pytest.mark.parametrize(
    "form", [phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.NATIONAL]
)
def test_random_telephones_are_hardly_ever_excused(region: str, form: int) -> None:
    """At most one valid number in 1,000, in each plan and writing."""
    drawn = random.Random(region)
    numbers = [_telephone(region, drawn) for _ in range(3000)]

    assert 3 >= sum(why_fictional(phonenumbers.format_number(each, form)) is not None for each in numbers)


def _telephone(region: str, drawn: random.Random) -> phonenumbers.PhoneNumber:
    example = phonenumbers.example_number_for_type(region, drawn.choice((0, 1)))
    width = len(str(example.national_number))
    while True:
        digits = int("".join(drawn.choices(string.digits, k=width)))
        number = phonenumbers.PhoneNumber(country_code=example.country_code, national_number=digits)
        if len(str(digits)) == width and phonenumbers.is_valid_number(number):
            return number


def test_random_people_are_hardly_ever_excused() -> None:
    """At most one in 1,000 names, addresses of e-mail, cards and numbers, all of them made at random."""
    drawn = random.Random(5)

    excused = [entity for _ in range(5000) for entity, value in _person(drawn) if known_fake(entity, value)]

    assert all(excused.count(entity) <= 5 for entity in set(excused))


def _person(drawn: random.Random) -> Iterator[tuple[str, str]]:
    given, family = (_word(drawn) for _ in "gf")
    yield "PERSON", f"{given.title()} {family.title()}"
    yield "EMAIL_ADDRESS", f"{given}.{family}@{_word(drawn)}.{drawn.choice(('com', 'de', 'org', 'io'))}"
    yield "EMAIL_ADDRESS", f"{given[0]}{family}@{_word(drawn)}-{_word(drawn)}.com"
    yield "STREET_ADDRESS", f"{drawn.randint(1, 9999)} {family.title()} Street, Springfield, IL 62704"
    body = "4" + "".join(drawn.choices(string.digits, k=14))
    yield "CREDIT_CARD", next(f"{body}{digit}" for digit in range(10) if luhn(f"{body}{digit}"))
    area = drawn.choice([n for n in range(1, 900) if n != 666])
    yield "US_SSN", f"{area:03}-{drawn.randint(1, 99):02}-{drawn.randint(1, 9999):04}"
    yield "DATE_OF_BIRTH", f"{drawn.randint(1930, 2010)}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}"
    yield "PL_PESEL", "".join(drawn.choices(string.digits, k=11))


def _word(drawn: random.Random) -> str:
    syllables = drawn.choices(("ma", "ri", "lo", "ken", "ste", "bur", "vi", "tal", "dor", "nik"), k=3)
    return "".join(syllables)


def test_an_address_of_examples_is_told_whole() -> None:
    """The name of a town or a street that is real somewhere is no evidence."""
    real = ("1212 Oak Avenue, Springfield, IL 62704", "12 Baker Street, Leeds", "9 Downing Street, Bath")

    assert [None] * 3 == [sample_reason("STREET_ADDRESS", each) for each in real]
    assert sample_reason("STREET_ADDRESS", "221b Baker Street, London") is not None


@pytest.mark.parametrize("head", ["env.", "vault:", "secret.", "data:", "config."])
def test_a_random_value_behind_the_word_for_a_store_is_no_reference(head: str) -> None:
    """A reference is a path or a name."""
    drawn = random.Random(3)
    value = "".join(drawn.choices(string.ascii_letters + string.digits, k=24))

    assert synthetic_reason(f"{head}{value}".encode()) is None
    assert re.match("reference", synthetic_reason(f"{head}database/password".encode()) or "")
