"""
Is a value what a personal field promises? One check per kind, named as vocabularies name it.

Judges text that was decoded before; never looks at labels, never says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from leakgate.detect.adapters.plausibility import is_impersonal
from leakgate.detect.plausibility import belongings
from leakgate.detect.plausibility.credential import Plausible
from leakgate.detect.plausibility.person_name import full_name, person_name
from leakgate.detect.plausibility.street_address import street_address
from leakgate.detect.validators import identifiers, payment
from leakgate.detect.validators.digits import is_run
from leakgate.model.detection import Confidence
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

Judge = Callable[[str], "Plausible | None"]


_TOKEN = expression(r"[^\W_](?:[ ./_+-]{0,2}[^\W_]){3,31}")


@dataclass(frozen=True, slots=True)
class Check:
    """How values of a kind are read and judged.

    `prose`: words to the end of the field; otherwise a token that `shape` begins to match. `joins`: sure
    enough of itself to put together what a line break cut.
    """

    judge: Judge
    prose: bool = False
    joins: bool = False
    shape: re.Pattern[str] = _TOKEN


_HIGH, _MEDIUM, _LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def _said(holds: Callable[[str], bool], confidence: Confidence, because: str) -> Judge:
    verdict = Plausible(confidence, because)
    return lambda text: verdict if holds(text) else None


_EMAIL = expression(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})",
    re.IGNORECASE,
)
_MACHINE = expression(
    r"(?i)@(?:[\w.-]+\.)?(?:iam\.gserviceaccount\.com|noreply\.github\.com|(?:amazonses"
    r"|sns\.amazonaws)\.com)$"
)


def _email(text: str) -> Plausible | None:
    """An address of somebody; one of a role or a machine is less."""
    if _EMAIL.fullmatch(text) is None or _MACHINE.search(text):
        return None
    if is_impersonal(text):
        return Plausible(_LOW, "value is an address of a role")
    return Plausible(_HIGH, "value is an address")


_PHONE = expression(r"(?:\+|00)?\(?\d(?:[ ()./-]{0,3}\d){6,16}")
# Where national numbers are tried: the countries of Presidio's and the policy's locales, most speakers first.
_REGIONS = (
    "US",
    "GB",
    "DE",
    "FR",
    "ES",
    "IT",
    "NL",
    "PL",
    "PT",
    "BR",
    "AT",
    "CH",
    "BE",
    "IE",
    "AU",
    "IN",
    "SE",
)


def phone(text: str) -> Plausible | None:
    """Valid in its numbering plan, or in that of any large country when written nationally."""
    import phonenumbers

    if max(map(len, re.findall(r"\d+", text)), default=0) < 2:
        return None
    international = text.startswith(("+", "00"))
    number = "+" + text[2:] if text.startswith("00") else text
    if date(text) is not None or not any(
        _valid_phone(phonenumbers, number, region) for region in ((None,) if international else _REGIONS)
    ):
        return None
    marked = international or text.startswith("0") or not text.isdigit()
    return Plausible(_HIGH if marked else _MEDIUM, "value is valid in a numbering plan")


def _valid_phone(library: object, text: str, region: str | None) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(text, region)))
    except phonenumbers.NumberParseException:
        return False


_MONTH = (
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|[eé]n|f[eé]v|avr|ao[uû]|mrt|mei|abr|ago)"
)
_DATE = expression(
    rf"""(?ix)
    (?:(?P<y>(?:19|20)\d\d)(?P<s>[-/.]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])
    |(?P<a>\d\d?)(?P<t>[-/. ])(?P<b>\d\d?)(?P=t)(?:19|20)\d\d
    |\d\d?(?:st|nd|rd|th)?[.\s-]+(?:de\s)?{_MONTH}[^\W\d_]*[.,\s-]+(?:de\s)?(?:19|20)\d\d
    |{_MONTH}[^\W\d_]*\.?\s\d\d?(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)
    (?:[T ][\d:.+Z-]{{2,24}})?"""
)


def date(text: str) -> Plausible | None:
    """A calendar date from 1900 on, as people and programs write it."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    if found["a"] is not None:
        first, second = int(found["a"]), int(found["b"])
        if not (0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12):
            return None
    return Plausible(_HIGH, "value is a date")


def _digits_between(least: int, most: int, text: str) -> bool:
    plain = identifiers.compact(text)
    return plain.isascii() and plain.isdigit() and least <= len(plain) <= most and not is_run(plain)


def _code(least: int, most: int, digits: int, text: str) -> bool:
    """Upper-case letters and digits as registers number people; not a word, a UUID or a hash."""
    plain = re.sub(r"[ ./-]", "", text)
    if not plain.isascii() or not plain.isalnum() or not least <= len(plain) <= most:
        return False
    found = sum(char.isdigit() for char in plain)
    return found >= digits and plain == plain.upper() and not (plain.isdigit() and is_run(plain))


_DEVICE = expression(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{40}")
_AMOUNT = expression(
    r"(?i)(?:[$€£¥]|[A-Z]{3})?\s?\d{1,3}(?:[,. ']?\d{3})+(?:[.,]\d{1,2})?\s?(?:[$€£¥]|[A-Z]{3}|k)?"
)
_ICD10 = expression(r"[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?")
_BLOOD = expression(r"(?:A|B|AB|0|O)(?:[+-]| ?Rh[+-]?| (?:pos|neg)(?:itive)?)")


def _formed(shape: re.Pattern[str], because: str) -> Check:
    return Check(_said(lambda text: shape.fullmatch(text) is not None, _LOW, because), shape=shape)


def _formed_by(holds: Callable[[str], bool], because: str) -> Check:
    return Check(_said(holds, _LOW, because), prose=True)


_WORDS = expression(r"[^\W\d_]{4,}(?:[ ,/-]{1,2}[^\W_]{1,24}){0,8}\.?")
_COUNTRY = expression(r"[A-Z]{2,3}|[A-Z\u00c0-\u00dd][^\W\d_]{3,20}(?: [^\W\d_]{2,20}){0,3}")
_NO_WORDS = frozenset(
    {"none", "null", "true", "false", "unknown", "undefined", "string", "optional", "required"}
)


def _is_words(text: str) -> bool:
    return _WORDS.fullmatch(text) is not None and text.lower() not in _NO_WORDS


def _is_country(text: str) -> bool:
    return _COUNTRY.fullmatch(text) is not None and text.lower() not in _NO_WORDS


def _one_of(words: str) -> Judge:
    known = frozenset(words.split())
    verdict = Plausible(_LOW, "value is a known word of its kind")
    return lambda text: verdict if text.lower() in known else None


_GENDERS = (
    "male female m f w d man woman masculine feminine nonbinary non-binary diverse transgender"
    " männlich weiblich divers"
)
_BELIEFS = (
    "christian catholic protestant evangelical orthodox lutheran muslim islam sunni shia jewish judaism"
    " hindu hinduism buddhist buddhism sikh atheist agnostic mormon katholisch evangelisch muslimisch"
    " jüdisch católico catholique"
)
_ORIGINS = "caucasian white black asian hispanic latino latina roma arab african mixed native"
_ORIENTATIONS = "heterosexual homosexual bisexual gay lesbian straight queer asexual pansexual"
_MARITAL = (
    "single married divorced widowed separated engaged ledig verheiratet geschieden verwitwet casado soltero"
)

CHECKS: dict[str, Check] = {
    **{
        name: Check(_said(holds, _HIGH, "check digits match"), joins=True)
        for name, holds in identifiers.CHECKED.items()
    },
    **{
        name: Check(_said(holds, _MEDIUM, "format matches"))
        for name, holds in identifiers.SHAPED.items()
    },
    "iban": Check(_said(payment.iban, _HIGH, "length and check digits match"), joins=True),
    "card": Check(_said(payment.card, _HIGH, "issuer prefix and Luhn digit match"), joins=True),
    "email": Check(_email, shape=_EMAIL),
    "phone": Check(phone, shape=_PHONE, joins=True),
    "date": Check(date, shape=_DATE),
    "account": Check(_said(partial(_digits_between, 6, 17), _MEDIUM, "format matches")),
    "passport": Check(_said(partial(_code, 7, 10, 5), _MEDIUM, "format matches")),
    "licence": Check(_said(partial(_code, 6, 20, 4), _MEDIUM, "format matches")),
    "register": Check(_said(partial(_code, 6, 18, 5), _MEDIUM, "format matches")),
    "device": _formed(_DEVICE, "value is a device identifier"),
    "amount": _formed(_AMOUNT, "value is an amount"),
    "icd10": _formed(_ICD10, "value is an ICD-10 code"),
    "blood": _formed(_BLOOD, "value is a blood group"),
    "restricted": Check(_said(bool, _HIGH, "the policy restricts the field"), prose=True),
    "coordinate": _formed_by(belongings.coordinate, "value is a place in degrees"),
    "plate": _formed_by(belongings.licence_plate, "value is written as a licence plate"),
    "vehicle": Check(_said(belongings.vehicle_number, _MEDIUM, "length and check digit match")),
    "wallet": Check(
        _said(belongings.wallet, _MEDIUM, "value is written as an address of a wallet"),
        shape=expression(r"[0-9A-Za-z]{25,110}"),
    ),
    "treatment": Check(_said(_is_words, _LOW, "value is words"), prose=True),
    "nationality": Check(_said(_is_country, _LOW, "value is words"), prose=True),
    "gender": Check(_one_of(_GENDERS), prose=True),
    "belief": Check(_one_of(_BELIEFS), prose=True),
    "origin": Check(_one_of(_ORIGINS), prose=True),
    "orientation": Check(_one_of(_ORIENTATIONS), prose=True),
    "marital": Check(_one_of(_MARITAL), prose=True),
    "person": Check(person_name, prose=True),
    "full_name": Check(full_name, prose=True),
    "given_name": Check(partial(person_name, given=True), prose=True),
    "address": Check(partial(street_address, strong=True), prose=True),
    "bare_address": Check(partial(street_address, strong=False), prose=True),
}  # fmt: skip
