"""
The class of data that an entity is, and the clauses of regulations that speak of it; standard library only.

A table of facts after the texts named in `REFERENCES`; no legal advice, and never a judgement of one value.
"""

from __future__ import annotations

from enum import StrEnum

from leakgate.model.detection import CONTACT_FAMILY, Category, Rule
from leakgate.model.records import dataclass


class DataClass(StrEnum):
    """Roughly from what harms most when it leaks."""

    CREDENTIAL = "credential"  # opens something
    HEALTH = "health"  # of somebody's health, or their number in the health system
    SPECIAL = "special"  # religion, origin, orientation: GDPR Art. 9 but for health
    FINANCIAL = "financial"  # cards, accounts, income
    IDENTIFIER = "identifier"  # who somebody is: names, births, numbers of states and registers
    CONTACT = "contact"  # how to reach somebody
    LOCATION = "location"  # where somebody is or lives, less exact than an address
    DEVICE = "device"  # machines and vehicles that belong to somebody
    RESTRICTED = "restricted"  # fields that the policy itself restricts
    BUSINESS = "business"  # numbers of companies; of a person where the company is one
    SOFTWARE_CONTACT = "software_contact"  # who made a piece of software, as its tools say in public
    TECHNICAL = "technical"  # no data of anybody


REFERENCES: dict[str, str] = {
    "GDPR": "Regulation (EU) 2016/679",
    "PCI DSS": "Payment Card Industry Data Security Standard 4.0.1",
    "HIPAA": "45 CFR 164.514(b)(2)(i), the identifiers of the safe harbor method",
}


@dataclass(frozen=True, slots=True)
class Classification:
    """`regulations` are clauses such as `GDPR Art. 9(1)`, in the order of `REFERENCES`; may be empty."""

    data_class: DataClass
    regulations: tuple[str, ...]


def _of(data_class: DataClass, *regulations: str) -> Classification:
    return Classification(data_class, regulations)


def _hipaa(letter: str) -> str:
    return f"HIPAA 164.514(b)(2)(i)({letter})"


_PERSONAL = "GDPR Art. 4(1)"
_NATIONAL_NUMBER = "GDPR Art. 87"
_SPECIAL = "GDPR Art. 9(1)"

_CREDENTIAL = _of(DataClass.CREDENTIAL, "GDPR Art. 32(1)", "PCI DSS 8.6.2")
_TECHNICAL = _of(DataClass.TECHNICAL)
_SOFTWARE_CONTACT = _of(DataClass.SOFTWARE_CONTACT)
_NATIONAL = _of(DataClass.IDENTIFIER, _PERSONAL, _NATIONAL_NUMBER, _hipaa("R"))
_SOCIAL_SECURITY = _of(DataClass.IDENTIFIER, _PERSONAL, _NATIONAL_NUMBER, _hipaa("G"))
_LICENCE = _of(DataClass.IDENTIFIER, _PERSONAL, _hipaa("K"))
_HEALTH_PLAN = _of(DataClass.HEALTH, _PERSONAL, _SPECIAL, _hipaa("I"))
_HEALTH_RECORD = _of(DataClass.HEALTH, _PERSONAL, _SPECIAL, _hipaa("H"))
_HEALTH_NUMBER = _of(DataClass.HEALTH, _PERSONAL, _SPECIAL, _hipaa("R"))
_HEALTH_PROVIDER = _of(DataClass.HEALTH, _PERSONAL, _hipaa("K"))
_ACCOUNT = _of(DataClass.FINANCIAL, _PERSONAL, _hipaa("J"))
_CARD = _of(DataClass.FINANCIAL, _PERSONAL, "PCI DSS 3.4.1", "PCI DSS 3.5.1", _hipaa("J"))
_PLATE = _of(DataClass.DEVICE, _PERSONAL, _hipaa("L"))
_DEVICE = _of(DataClass.DEVICE, _PERSONAL, _hipaa("M"))
_GEOGRAPHIC = _of(DataClass.LOCATION, _PERSONAL, _hipaa("B"))
_COMPANY = _of(DataClass.BUSINESS)
_BELIEF = _of(DataClass.SPECIAL, _PERSONAL, _SPECIAL)
_TRAIT = _of(DataClass.IDENTIFIER, _PERSONAL)

_GROUPS: tuple[tuple[Classification, str], ...] = (
    (_of(DataClass.IDENTIFIER, _PERSONAL, _hipaa("A")), "PERSON"),
    (_of(DataClass.IDENTIFIER, _PERSONAL, _hipaa("C")), "DATE_OF_BIRTH"),
    (_of(DataClass.CONTACT, _PERSONAL, _hipaa("D")), "PHONE_NUMBER"),
    (_of(DataClass.CONTACT, _PERSONAL, _hipaa("F")), "EMAIL_ADDRESS"),
    (_of(DataClass.CONTACT, _PERSONAL, _hipaa("B")), "STREET_ADDRESS"),
    (_of(DataClass.DEVICE, _PERSONAL, _hipaa("O")), "IP_ADDRESS"),
    (_DEVICE, "MAC_ADDRESS DEVICE_ID IMEI"),
    (_GEOGRAPHIC, "LOCATION COORDINATES CA_POSTAL_CODE DE_PLZ UK_POSTCODE"),
    (_CARD, "CREDIT_CARD"),
    (_ACCOUNT, "IBAN_CODE BANK_ACCOUNT US_BANK_NUMBER ABA_ROUTING_NUMBER CRYPTO"),
    (_of(DataClass.FINANCIAL, _PERSONAL), "SALARY"),
    (_BELIEF, "RELIGION ETHNICITY SEXUAL_ORIENTATION"),
    (_TRAIT, "GENDER MARITAL_STATUS NATIONALITY"),
    (_of(DataClass.RESTRICTED, _PERSONAL), "RESTRICTED_FIELD"),
    (_SOCIAL_SECURITY, "US_SSN CA_SIN FR_NIR CH_AHV DE_SOCIAL_SECURITY UK_NINO"),
    (
        _NATIONAL,
        (
            "AU_TFN BE_NATIONAL_NUMBER BR_CPF DE_ID_CARD DE_TAX_ID DE_TAX_NUMBER DK_CPR ES_NIE ES_NIF"
            " FI_PERSONAL_IDENTITY_CODE IN_AADHAAR IN_PAN IN_VOTER IT_FISCAL_CODE IT_IDENTITY_CARD KR_FRN"
            " KR_RRN NATIONAL_ID NG_NIN NL_BSN PH_TIN PH_UMID PL_PESEL PT_NIF SE_PERSONNUMMER SG_NRIC_FIN"
            " TH_TNIN TR_NATIONAL_ID US_ITIN ZA_ID_NUMBER ZA_INCOME_TAX_NUMBER ZA_TRAFFIC_REGISTER_NUMBER"
        ),
    ),
    (
        _LICENCE,
        (
            "DRIVER_LICENSE DE_FUEHRERSCHEIN IT_DRIVER_LICENSE KR_DRIVER_LICENSE UK_DRIVING_LICENCE"
            " US_DRIVER_LICENSE ZA_DRIVER_LICENSE PASSPORT DE_PASSPORT ES_PASSPORT IN_PASSPORT IT_PASSPORT"
            " KR_PASSPORT PH_PASSPORT UK_PASSPORT US_PASSPORT ZA_PASSPORT"
        ),
    ),
    (
        _PLATE,
        (
            "LICENSE_PLATE VEHICLE_ID DE_KFZ IN_VEHICLE_REGISTRATION NG_VEHICLE_REGISTRATION TR_LICENSE_PLATE"
            " UK_VEHICLE_REGISTRATION ZA_LICENSE_PLATE"
        ),
    ),
    (_HEALTH_PLAN, "AU_MEDICARE DE_HEALTH_INSURANCE US_HEALTH_INSURANCE_MEMBER_ID US_MBI US_CLAIM_NUMBER"),
    (_HEALTH_RECORD, "MEDICAL_RECORD_NUMBER UK_NHS"),
    (
        _HEALTH_NUMBER,
        "HEALTH US_PRESCRIPTION_NUMBER US_PRIOR_AUTHORIZATION_NUMBER US_REFERRAL_NUMBER",
    ),
    (_HEALTH_PROVIDER, "MEDICAL_LICENSE US_NPI US_PROVIDER_TAX_ID DE_BSNR DE_LANR"),
    (
        _COMPANY,
        (
            "AU_ABN AU_ACN DE_HANDELSREGISTER DE_VAT_ID IN_GSTIN IT_VAT_CODE KR_BRN SE_ORGANISATIONSNUMMER"
            " SG_UEN ZA_COMPANY_REGISTRATION ZA_VAT_NUMBER"
        ),
    ),
)
PERSONAL_ENTITIES: dict[str, Classification] = {
    entity: classification for classification, entities in _GROUPS for entity in entities.split()
}


def data_class_of(rule: Rule) -> Classification:
    """What the finds of `rule` are; personal data that the table lacks are identifiers."""
    match rule.category:
        case Category.SECRET:
            return _CREDENTIAL
        case Category.HYGIENE:
            return _TECHNICAL
        case Category.PII if rule.family == CONTACT_FAMILY:
            return _SOFTWARE_CONTACT
        case Category.PII:
            return PERSONAL_ENTITIES.get(rule.entity, _TRAIT)
