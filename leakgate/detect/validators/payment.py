"""
Payment card numbers and IBANs: issuer ranges, lengths and check digits.

Says whether a number can exist; never whether it was issued.
"""

from __future__ import annotations

import re

from leakgate.detect.validators.digits import luhn, mod_97_10
from leakgate.model.expressions import expression

# Issuer prefixes and lengths: ISO/IEC 7812 ranges as published by the card networks.
_ISSUED = expression(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}(?:\d{3})?|35(?:2[89]|[3-8]\d)\d{12}"
    r"|3(?:0[0-5]|[68]\d|09)\d{11}|62\d{14,17}|(?:50|5[6-9]|6[37])\d{10,17}|(?:2131|1800)\d{11}"
)
# Lengths by country: SWIFT IBAN registry, release 96.
_COUNTRIES = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG YE",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
_LENGTHS = {code: size for size, codes in _COUNTRIES.items() for code in codes.split()}


def card(text: str) -> bool:
    """A number within an issuer's range, with a valid Luhn digit."""
    digits = re.sub(r"[ -]", "", text)
    return digits.isascii() and _ISSUED.fullmatch(digits) is not None and luhn(digits)


def iban(text: str) -> bool:
    """ISO 13616: a country's length and MOD 97-10."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"[A-Z]{2}\d\d[A-Z0-9]{11,29}", plain) is None:
        return False
    return _LENGTHS.get(plain[:2]) == len(plain) and mod_97_10(plain[4:] + plain[:4])
