"""
Numbers that states and registers give to persons: do their check digits, or at least their ranges, hold?

Each function takes the number as people write it, with separators, in any case, and says yes or no.
Rules after the issuing authorities, as collected by python-stdnum; never says that a number was issued.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from leakgate.detect.validators.digits import is_run, luhn, mod_11_10, verhoeff, weighted
from leakgate.model.expressions import expression

_SEPARATORS = expression(r"[\s./_-]+")
_NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def compact(text: str) -> str:
    """Upper case, without separators."""
    return _SEPARATORS.sub("", text).upper()


def _digits(text: str, *sizes: int) -> str | None:
    plain = compact(text)
    return plain if plain.isascii() and plain.isdigit() and len(plain) in sizes else None


def _birth(year: str, month: int, day: int) -> bool:
    return year.isdigit() and 1 <= month <= 12 and 1 <= day <= 31


def us_ssn(text: str) -> bool:
    """Nine digits, in groups or not; no check digit. Areas never issued are another's judgement."""
    return re.fullmatch(r"\d{3}([- ])\d{2}\1\d{4}|\d{9}", text) is not None


def us_itin(text: str) -> bool:
    """9xx-70..99-xxxx: IRS, without the groups 89 and 93."""
    return re.fullmatch(r"9\d{2}-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-\d{4}", text) is not None


def uk_nhs(text: str) -> bool:
    """NHS Data Dictionary: modulus 11."""
    plain = _digits(text, 10)
    if plain is None or is_run(plain):
        return False
    return (11 - weighted(plain[:9], range(10, 1, -1)) % 11) % 11 == int(plain[9])


def uk_nino(text: str) -> bool:
    """HMRC manual NIM39110: prefix letters that occur, six digits, suffix A to D."""
    return (
        re.fullmatch(
            r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]|QQ\d{6}[A-D]",
            compact(text),
        )
        is not None
    )


def es_nif(text: str) -> bool:
    """Spanish identity number: eight digits and a letter, modulus 23."""
    plain = compact(text)
    if re.fullmatch(r"\d{8}[A-Z]", plain) is None:
        return False
    return _NIF_LETTERS[int(plain[:8]) % 23] == plain[8]


def es_nie(text: str) -> bool:
    """Spanish foreigner number: X, Y or Z, seven digits and a letter, modulus 23."""
    plain = compact(text)
    if re.fullmatch(r"[XYZ]\d{7}[A-Z]", plain) is None:
        return False
    return es_nif(str("XYZ".index(plain[0])) + plain[1:])


def pl_pesel(text: str) -> bool:
    """Polish population register: a date of birth whose month tells the century, weights 1 3 7 9."""
    plain = _digits(text, 11)
    if plain is None or not _birth(plain[:2], int(plain[2:4]) % 20, int(plain[4:6])):
        return False
    return weighted(plain, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def de_tax_id(text: str) -> bool:
    """German Steuer-IdNr. (section 139b AO): one digit twice or thrice among the first ten, MOD 11,10."""
    plain = _digits(text, 11)
    if plain is None or plain[0] == "0":
        return False
    counts = [plain[:10].count(digit) for digit in set(plain[:10])]
    return max(counts) in (2, 3) and counts.count(1) >= 7 and mod_11_10(plain)


def fr_nir(text: str) -> bool:
    """French register number (INSEE): key is 97 minus the rest modulo 97; Corsica is 2A and 2B."""
    plain = compact(text)
    if re.fullmatch(r"[12378]\d{4}(?:\d\d|2A|2B)\d{8}", plain) is None:
        return False
    number = plain[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(number) % 97 == int(plain[13:])


def br_cpf(text: str) -> bool:
    """Brazilian Receita Federal: two check digits, modulus 11."""
    plain = _digits(text, 11)
    if plain is None or is_run(plain):
        return False
    first = weighted(plain[:9], range(10, 1, -1)) * 10 % 11 % 10
    second = weighted(plain[:10], range(11, 1, -1)) * 10 % 11 % 10
    return plain[9:] == f"{first}{second}"


def ca_sin(text: str) -> bool:
    """Canadian social insurance number: nine digits, Luhn; 0 and 8 are not issued to persons."""
    plain = _digits(text, 9)
    return plain is not None and plain[0] != "8" and not is_run(plain) and luhn(plain)


_ODD_VALUES = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_OMOCODIA = "LMNPQRSTUV"


def it_fiscal_code(text: str) -> bool:
    """Italian codice fiscale (D.M. 12 March 1974): check letter, modulus 26."""
    plain = compact(text)
    digit = rf"[\d{_OMOCODIA}]"
    shape = rf"[A-Z]{{6}}{digit}{{2}}[A-EHLMPRST]{digit}{{2}}[A-Z]{digit}{{3}}[A-Z]"
    if re.fullmatch(shape, plain) is None:
        return False
    places = [int(char) if char.isdigit() else ord(char) - ord("A") for char in plain[:15]]
    total = sum(_ODD_VALUES[place] for place in places[::2]) + sum(places[1::2])
    return total % 26 == ord(plain[15]) - ord("A")


def in_aadhaar(text: str) -> bool:
    """Indian UIDAI: twelve digits, Verhoeff, the first is 2 to 9."""
    plain = _digits(text, 12)
    return plain is not None and plain[0] in "23456789" and verhoeff(plain)


def in_pan(text: str) -> bool:
    """Indian permanent account number: the fourth letter says whose it is; no public check."""
    return re.fullmatch(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", compact(text)) is not None


def au_tfn(text: str) -> bool:
    """Australian tax file number: modulus 11."""
    plain = _digits(text, 9)
    return plain is not None and not is_run(plain) and weighted(plain, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0


def au_medicare(text: str) -> bool:
    """Australian Medicare card: the ninth digit checks the first eight."""
    plain = _digits(text, 10, 11)
    return (
        plain is not None
        and plain[0] in "23456"
        and weighted(plain[:8], (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(plain[8])
    )


def nl_bsn(text: str) -> bool:
    """Dutch burgerservicenummer: the eleven test."""
    plain = _digits(text, 9)
    if plain is None or int(plain) == 0 or is_run(plain):
        return False
    return (weighted(plain[:8], range(9, 1, -1)) - int(plain[8])) % 11 == 0


def be_national(text: str) -> bool:
    """Belgian rijksregisternummer: 97 minus the rest; births from 2000 on count with a 2 before."""
    plain = _digits(text, 11)
    if plain is None or not _birth(plain[:2], int(plain[2:4]) % 20 or 1, int(plain[4:6]) or 1):
        return False
    return any(97 - int(century + plain[:9]) % 97 == int(plain[9:]) for century in ("", "2"))


def se_personnummer(text: str) -> bool:
    """Swedish Skatteverket: Luhn over the last ten digits; coordination numbers add 60 to the day."""
    plain = _digits(text.replace("+", "-"), 10, 12)
    if plain is None:
        return False
    short = plain[-10:]
    return _birth(short[:2], int(short[2:4]), int(short[4:6]) % 60) and luhn(short)


def fi_hetu(text: str) -> bool:
    """Finnish henkilötunnus: a date of birth and its century, a check character of modulus 31."""
    plain = text.strip().upper()
    if re.fullmatch(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", plain) is None:
        return False
    century = "18" if plain[6] == "+" else "20" if plain[6] in "ABCDEF" else "19"
    if not _birth(century + plain[4:6], int(plain[2:4]), int(plain[:2])):
        return False
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(plain[:6] + plain[7:10]) % 31] == plain[10]


def pt_nif(text: str) -> bool:
    """Portuguese número de identificação fiscal of a person: modulus 11."""
    plain = _digits(text, 9)
    if plain is None or plain[0] not in "1234" or is_run(plain):
        return False
    return (11 - weighted(plain[:8], range(9, 1, -1)) % 11) % 11 % 10 == int(plain[8])


def ch_ahv(text: str) -> bool:
    """Swiss AHV number: 756 and an EAN-13 check digit."""
    plain = _digits(text, 13)
    return plain is not None and plain.startswith("756") and weighted(plain, (1, 3) * 6 + (1,)) % 10 == 0


def dk_cpr(text: str) -> bool:
    """Danish CPR number: a date of birth; its check digit is not kept since 2007."""
    plain = _digits(text, 10)
    return plain is not None and _birth(plain[4:6], int(plain[2:4]), int(plain[:2]))


def za_id(text: str) -> bool:
    """South African identity number: a date of birth, Luhn."""
    plain = _digits(text, 13)
    return plain is not None and _birth(plain[:2], int(plain[2:4]), int(plain[4:6])) and luhn(plain)


def imei(text: str) -> bool:
    """3GPP TS 23.003: fifteen digits, Luhn."""
    plain = _digits(text, 15)
    return plain is not None and not is_run(plain) and plain[:2] != "00" and luhn(plain)


# What a vocabulary record may name as its check, and whether a check digit backs it.
CHECKED: dict[str, Callable[[str], bool]] = {
    "uk_nhs": uk_nhs, "es_nif": es_nif, "es_nie": es_nie, "pl_pesel": pl_pesel, "de_tax_id": de_tax_id,
    "fr_nir": fr_nir, "br_cpf": br_cpf, "ca_sin": ca_sin, "it_fiscal_code": it_fiscal_code,
    "in_aadhaar": in_aadhaar, "au_tfn": au_tfn, "au_medicare": au_medicare, "nl_bsn": nl_bsn,
    "be_national": be_national, "se_personnummer": se_personnummer, "fi_hetu": fi_hetu, "pt_nif": pt_nif,
    "ch_ahv": ch_ahv, "za_id": za_id, "imei": imei,
}  # fmt: skip
SHAPED: dict[str, Callable[[str], bool]] = {
    "us_ssn": us_ssn, "us_itin": us_itin, "uk_nino": uk_nino, "in_pan": in_pan, "dk_cpr": dk_cpr,
}  # fmt: skip
