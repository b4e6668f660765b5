"""
Personal data that belongs to nobody: names for examples, specimen numbers from forms and manuals.

Says why in a few words, never what. Cards, IBANs, SSNs and e-mail domains are in `adapters.specimens`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from leakgate.detect.validators.identifiers import compact
from leakgate.model.expressions import expression


def _set(parts: str) -> frozenset[str]:
    return frozenset(parts.replace("_", "").split())


_NAMES = expression(
    r"(?i)(?:(?:john|jane|jan|jim|joe|janie|baby|mary|richard) (?:[a-z]\.? )?(?:q\.? )?(?:doe|roe|public"
    r"|sixpack|bloggs)"
    r"|(?:fred|joe|jo) bloggs|(?:max|maxi?|erika|marta|otto) (?:muster\w*|normalverbraucher)"
    r"|\w+ muster(?:mann|frau)"
    r"|(?:juan|juana|fulano|fulana|mengano|zutano) (?:p[eé]rez|de tal|nadie)|(?:jean|jeanne"
    r"|marie) (?:dupont|dupond|durand)"
    r"|(?:mario|maria) rossi|(?:jan|anna) (?:kowalsk[ia]|janssen|modaal|nov[aá]k(?:ov[aá])?)|(?:joão"
    r"|maria) (?:da )?silva"
    r"|alice(?: and)? bob|(?:foo|test|sample|demo|dummy|fake|example|mock|some|any) \w+|\w+ (?:foo|bar|test"
    r"|tester|example"
    r"|sample|demo|user|testuser|dummy)|(?:first|last|full|given|your|my)[ _-]?name.*|alice|bob|charlie"
    r"|mallory|trent"
    r"|foo|bar|baz|mustermann|doe|smith, john|john smith|\w+,? testo?|lorem ipsum.*|hong gildong|yamada taro"
    r"|j(?:ane|oe) smith|bob (?:smith|jones)|ada lovelace|alan turing|grace hopper|linus torvalds"
    r"|mickey mouse|(?:homer|bart|lisa|marge) simpson|donald duck|harry potter|luke skywalker"
    r"|darth vader|james bond"
    r"|sherlock holmes|peter parker|bruce wayne|clark kent|tony stark|frodo baggins|leanne graham"
    r"|ervin howell"
    r"|(?:张三|李四|王五|山田太郎|山田花子|홍길동))"
)
_STREETS = expression(
    r"(?i)123,? (?:main|fake|any|sample|example|test|elm|high)\b|\b(?:742 evergreen terrace"
    r"|musterstra(?:ß|ss)e|musterstadt"
    r"|musterweg|anytown|sesame street|example|lorem ipsum|fake street|sample street|test street"
    r"|10 downing street|1600 pennsylvania ave\w*|calle falsa|rue de l'exemple|221b baker street"
    r"|4 privet drive|42 wallaby way)\b"
)
_DATES = _set("19700101 19000101 20000101 19900101 19800101 01011970 01011900 01012000 01011990 01011980")
# From forms, laws and manuals of the issuers, and from what documentation repeats.
_NUMBERS: dict[str, frozenset[str]] = {
    "ES_NIF": _set("0000_0000T 1234_5678Z 9999_9999R 0000_0001R 1111_1111H"),
    "ES_NIE": _set("X0000_000T X1234_567L Y0000_000Z Z0000_000M"),
    "PL_PESEL": _set("440514_01359 440514_01458 020708_03628 0000_0000_000 900101_12340"),
    "DE_TAX_ID": _set(
        "864_675_39_018 819_627_34_501 479_361_88_501 021_464_10_537 860_957_42_719 659_299_70_489"
    ),
    "BR_CPF": _set("123_456_789_09 012_345_678_90 529_982_247_25 111_444_777_35"),
    "CA_SIN": _set("046_454_286 130_692_544 123_456_782"),
    "FR_NIR": _set("2_55_08_14_168_025_38 1_80_12_45_678_901_33 1_84_12_76_451_089_46"),
    "UK_NINO": _set("AB_123456_C QQ_123456_A QQ_123456_B QQ_123456_C QQ_123456_D JG_103759_A"),
    "UK_NHS": _set("943_476_5919 943_476_5870 401_023_2137 485_777_3456 123_456_7881 012_345_6789"),
    "IT_FISCAL_CODE": _set("RSSMRA_85T10_A562S RSSMRA_80A01_H501U MRTMTT_25D09_F205Z RSSMRA_70A01_H501S"),
    "IN_AADHAAR": _set("2341_2341_2346 4999_4101_1108 3675_9834_6015 9999_4105_7058 9999_7119_0643"),
    "IN_PAN": _set("ABCPE_1234_F AAAPL_1234_C ABCPD_1234_E"),
    "AU_TFN": _set("123_456_782 876_543_210"),
    "NL_BSN": _set("111_222_333 123_456_782 999_990_019"),
    "IMEI": _set("490_154_203_237_518 356_938_035_643_809 352_099_001_761_481 123_456_789_012_347"),
    "SE_PERSONNUMMER": _set("19811228_9874 811228_9874 19121212_1212 121212_1212 640823_3234"),
    "FI_PERSONAL_IDENTITY_CODE": _set("131052_308T 010101_0101"),
}


def sample_reason(entity: str, text: str) -> str | None:
    """Why `text` is known to be nobody's, or None."""
    judge = _JUDGES.get(entity)
    if judge is not None:
        return judge(text)
    return "published specimen number" if compact(text) in _NUMBERS.get(entity, ()) else None


def _name(text: str) -> str | None:
    return "name for examples" if _NAMES.fullmatch(text) else None


def _street(text: str) -> str | None:
    return "address for examples" if _STREETS.search(text) else None


def _date(text: str) -> str | None:
    return "date that stands for none" if re.sub(r"\D", "", text)[:8] in _DATES else None


def _finnish(text: str) -> str | None:
    # Individual numbers 900 to 999 are for temporary use and never given to a person.
    plain = text.strip().upper()
    if plain.replace("-", "") in _NUMBERS["FI_PERSONAL_IDENTITY_CODE"] or plain[7:8] == "9":
        return "published specimen number"
    return None


def _nhs(text: str) -> str | None:
    # The range 999 is reserved for tests: NHS Digital.
    plain = compact(text)
    if plain.startswith("999"):
        return "number of the range for tests"
    return "published specimen number" if plain in _NUMBERS["UK_NHS"] else None


def _nino(text: str) -> str | None:
    # The prefixes QQ and TN are never given out: HMRC manual NIM39110.
    plain = compact(text)
    if plain.startswith("QQ") or plain in _NUMBERS["UK_NINO"]:
        return "published specimen number"
    return None


def _ssn(text: str) -> str | None:
    # Areas 000, 666 and from 900 on, group 00 and serial 0000 are never issued: SSA POMS RM 10201.035.
    digits = compact(text)
    if digits[:3] in ("000", "666") or digits[0] == "9" or digits[3:5] == "00" or digits[5:] == "0000":
        return "number never issued as a social security number"
    return "published specimen number" if digits == "".join(("1234", "56789")) else None


_JUDGES: dict[str, Callable[[str], str | None]] = {
    "PERSON": _name,
    "STREET_ADDRESS": _street,
    "DATE_OF_BIRTH": _date,
    "FI_PERSONAL_IDENTITY_CODE": _finnish,
    "UK_NHS": _nhs,
    "UK_NINO": _nino,
    "US_SSN": _ssn,
}
