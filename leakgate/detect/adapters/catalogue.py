"""
What Presidio's entities mean here: family, severity, and when a value is believed.

Facts only: no scanning, no library.
"""

from __future__ import annotations

from leakgate.model.detection import Confidence, Severity
from leakgate.model.records import dataclass

_HIGH, _MEDIUM, _LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW


@dataclass(frozen=True, slots=True)
class Trait:
    """`alone` is the confidence of a value that no word speaks for; None where it counts for nothing.

    `also` are names that speak for the entity, besides Presidio's context words.
    """

    name: str
    family: str
    severity: Severity
    alone: Confidence | None = None
    also: tuple[str, ...] = ()


_NATIONAL = "pii-national-id"
_TAX = "pii-tax-id"
_FINANCE = "pii-financial"
_HEALTH = "pii-health"
_TRAVEL = "pii-travel-document"
_VEHICLE = "pii-vehicle"
_CONTACT = "pii-contact"
_NETWORK = "pii-network"
_COMPANY = "pii-company"

TRAITS: dict[str, Trait] = {
    "CREDIT_CARD": Trait(
        "Payment card number", _FINANCE, _HIGH, Confidence.MEDIUM,
        ("pan", "cardnumber", "card no", "cc", "ccnum", "debit", "kreditkarte", "tarjeta"),
    ),
    "IBAN_CODE": Trait("IBAN", _FINANCE, _HIGH, Confidence.HIGH, ("account", "konto")),
    "CRYPTO": Trait("Bitcoin address", _FINANCE, _MEDIUM, Confidence.MEDIUM),
    "ABA_ROUTING_NUMBER": Trait("US bank routing number", _FINANCE, _LOW),
    "US_BANK_NUMBER": Trait(
        "US bank account number", _FINANCE, _HIGH, None,
        ("account number", "account no", "accountno", "bank account", "acct number", "accountnumber"),
    ),
    "EMAIL_ADDRESS": Trait("E-mail address", _CONTACT, _MEDIUM, Confidence.HIGH),
    "PHONE_NUMBER": Trait("Phone number", _CONTACT, _MEDIUM, Confidence.MEDIUM),
    "IP_ADDRESS": Trait(
        "IP address", _NETWORK, _LOW, Confidence.LOW,
        ("client", "remote addr", "remote address", "forwarded for", "real ip", "peer"),
    ),
    "MAC_ADDRESS": Trait("MAC address", _NETWORK, _LOW, Confidence.LOW, ("hwaddr", "lladdr")),
    "MEDICAL_LICENSE": Trait("US DEA medical licence", _HEALTH, _MEDIUM),
    "US_SSN": Trait(
        "US social security number", _NATIONAL, _HIGH, Confidence.MEDIUM,
        ("taxpayer id", "tax id", "social security number", "social security"),
    ),
    "US_ITIN": Trait("US taxpayer number", _TAX, _HIGH, None, ("taxpayer id", "tax id")),
    "US_PASSPORT": Trait("US passport number", _TRAVEL, _HIGH, None, ("passport number", "passport no")),
    "US_DRIVER_LICENSE": Trait("US driver licence", _NATIONAL, _HIGH, None, ("drivers license", "dl number")),
    "US_MBI": Trait("US Medicare beneficiary identifier", _HEALTH, _HIGH, Confidence.LOW),
    "US_NPI": Trait("US national provider identifier", _HEALTH, _LOW),
    "US_CLAIM_NUMBER": Trait("US healthcare claim number", _HEALTH, _MEDIUM),
    "US_HEALTH_INSURANCE_MEMBER_ID": Trait(
        "US health insurance member", _HEALTH, _HIGH, None,
        ("member id", "subscriber id", "insurance id", "policy number", "member number"),
    ),
    "US_PRESCRIPTION_NUMBER": Trait("US prescription number", _HEALTH, _HIGH),
    "US_PRIOR_AUTHORIZATION_NUMBER": Trait("US prior authorization number", _HEALTH, _MEDIUM),
    "US_PROVIDER_TAX_ID": Trait("US provider tax number", _HEALTH, _LOW),
    "US_REFERRAL_NUMBER": Trait("US referral number", _HEALTH, _MEDIUM),
    "UK_NHS": Trait("UK NHS number", _HEALTH, _HIGH, None, ("nhs number", "patient nhs")),
    "UK_NINO": Trait("UK national insurance number", _NATIONAL, _HIGH, Confidence.LOW),
    "UK_DRIVING_LICENCE": Trait("UK driving licence", _NATIONAL, _HIGH, Confidence.MEDIUM),
    "UK_PASSPORT": Trait("UK passport number", _TRAVEL, _HIGH),
    "UK_POSTCODE": Trait("UK postcode", _CONTACT, _LOW),
    "UK_VEHICLE_REGISTRATION": Trait(
        "UK vehicle registration", _VEHICLE, _LOW, None, ("plate", "number plate", "licence plate")
    ),
    "DE_BSNR": Trait("German practice number", _HEALTH, _LOW),
    "DE_FUEHRERSCHEIN": Trait("German driving licence", _NATIONAL, _HIGH),
    "DE_HANDELSREGISTER": Trait("German company register number", _COMPANY, _LOW),
    "DE_HEALTH_INSURANCE": Trait("German health insurance number", _HEALTH, _HIGH),
    "DE_ID_CARD": Trait("German identity card", _NATIONAL, _HIGH),
    "DE_KFZ": Trait("German vehicle registration", _VEHICLE, _LOW),
    "DE_LANR": Trait("German physician number", _HEALTH, _LOW),
    "DE_PASSPORT": Trait("German passport number", _TRAVEL, _HIGH),
    "DE_PLZ": Trait("German postcode", _CONTACT, _LOW),
    "DE_SOCIAL_SECURITY": Trait("German social security number", _NATIONAL, _HIGH, Confidence.LOW),
    "DE_TAX_ID": Trait("German tax identifier", _TAX, _HIGH, None, ("tax id", "steuer id", "tin")),
    "DE_TAX_NUMBER": Trait("German tax number", _TAX, _MEDIUM),
    "DE_VAT_ID": Trait("German VAT number", _COMPANY, _LOW),
    "ES_NIE": Trait("Spanish foreigner number", _NATIONAL, _HIGH),
    "ES_NIF": Trait("Spanish identity number", _NATIONAL, _HIGH, None, ("dni", "nif")),
    "ES_PASSPORT": Trait("Spanish passport number", _TRAVEL, _HIGH),
    "FI_PERSONAL_IDENTITY_CODE": Trait("Finnish personal identity code", _NATIONAL, _HIGH, Confidence.LOW),
    "IT_DRIVER_LICENSE": Trait("Italian driving licence", _NATIONAL, _HIGH),
    "IT_FISCAL_CODE": Trait("Italian fiscal code", _NATIONAL, _HIGH, Confidence.MEDIUM),
    "IT_IDENTITY_CARD": Trait("Italian identity card", _NATIONAL, _HIGH),
    "IT_PASSPORT": Trait("Italian passport number", _TRAVEL, _HIGH),
    "IT_VAT_CODE": Trait("Italian VAT number", _COMPANY, _LOW),
    "PL_PESEL": Trait("Polish PESEL number", _NATIONAL, _HIGH),
    "SE_ORGANISATIONSNUMMER": Trait("Swedish company number", _COMPANY, _LOW),
    "SE_PERSONNUMMER": Trait("Swedish personal number", _NATIONAL, _HIGH),
    "TR_LICENSE_PLATE": Trait("Turkish vehicle registration", _VEHICLE, _LOW),
    "TR_NATIONAL_ID": Trait("Turkish identity number", _NATIONAL, _HIGH),
    "IN_AADHAAR": Trait("Indian Aadhaar number", _NATIONAL, _HIGH),
    "IN_GSTIN": Trait("Indian GST number", _COMPANY, _LOW),
    "IN_PAN": Trait("Indian permanent account number", _TAX, _HIGH),
    "IN_PASSPORT": Trait("Indian passport number", _TRAVEL, _HIGH),
    "IN_VEHICLE_REGISTRATION": Trait("Indian vehicle registration", _VEHICLE, _LOW),
    "IN_VOTER": Trait("Indian voter number", _NATIONAL, _HIGH),
    "AU_ABN": Trait("Australian business number", _COMPANY, _LOW),
    "AU_ACN": Trait("Australian company number", _COMPANY, _LOW),
    "AU_MEDICARE": Trait("Australian Medicare number", _HEALTH, _HIGH),
    "AU_TFN": Trait("Australian tax file number", _TAX, _HIGH),
    "CA_POSTAL_CODE": Trait("Canadian postcode", _CONTACT, _LOW),
    "CA_SIN": Trait("Canadian social insurance number", _NATIONAL, _HIGH, None, ("social insurance number",)),
    "KR_BRN": Trait("Korean business number", _COMPANY, _LOW),
    "KR_DRIVER_LICENSE": Trait("Korean driving licence", _NATIONAL, _HIGH),
    "KR_FRN": Trait("Korean foreigner number", _NATIONAL, _HIGH),
    "KR_PASSPORT": Trait("Korean passport number", _TRAVEL, _HIGH),
    "KR_RRN": Trait("Korean resident number", _NATIONAL, _HIGH),
    "NG_NIN": Trait("Nigerian identity number", _NATIONAL, _HIGH),
    "NG_VEHICLE_REGISTRATION": Trait("Nigerian vehicle registration", _VEHICLE, _LOW),
    "PH_PASSPORT": Trait("Philippine passport number", _TRAVEL, _HIGH),
    "PH_TIN": Trait("Philippine taxpayer number", _TAX, _HIGH),
    "PH_UMID": Trait("Philippine UMID number", _NATIONAL, _HIGH),
    "SG_NRIC_FIN": Trait("Singaporean identity number", _NATIONAL, _HIGH),
    "SG_UEN": Trait("Singaporean entity number", _COMPANY, _LOW),
    "TH_TNIN": Trait("Thai identity number", _NATIONAL, _HIGH),
    "ZA_COMPANY_REGISTRATION": Trait("South African company registration", _COMPANY, _LOW),
    "ZA_DRIVER_LICENSE": Trait("South African driving licence", _NATIONAL, _HIGH),
    "ZA_ID_NUMBER": Trait("South African identity number", _NATIONAL, _HIGH),
    "ZA_INCOME_TAX_NUMBER": Trait("South African income tax number", _TAX, _HIGH),
    "ZA_LICENSE_PLATE": Trait("South African licence plate", _VEHICLE, _LOW),
    "ZA_PASSPORT": Trait("South African passport number", _TRAVEL, _HIGH),
    "ZA_TRAFFIC_REGISTER_NUMBER": Trait("South African traffic register number", _NATIONAL, _MEDIUM),
    "ZA_VAT_NUMBER": Trait("South African VAT number", _COMPANY, _LOW),
}  # fmt: skip

# Context words of Presidio that logs are full of: on their own they speak for nothing.
_COMMON = (
    "account address ag approval association auth authorization auto bank billing bir building canada car "
    "certificate cf check crn delivery document dorf epic fin firma gesellschaft id identification "
    "identity individual insured invoice iva kg kv lic licence license mailing medical member mot nas "
    "number ort pass permit pi policy praxis provider rdo rechnung reg registration save security "
    "shipping sin social specialty sss stadt states subscriber tax tin transaction travel ug united us "
    "vat zip "
)
COMMON_WORDS = frozenset(_COMMON.split())

# Names that say that the number is something else: counters, clocks, identifiers of machines.
EXACT_WORDS = frozenset({"cf", "crn", "epic", "fin", "nas", "sin", "tin", "vat", "zip"})

_CONTRARY = (
    "build bytes checksum commit correlation count counter cursor digest duration elapsed epoch etag "
    "event hash id ids idx index instance invoice job length line millis ms nanos nonce ns offset ord order "
    "page pid port position ref request rev revision run seed seq sequence serial session sha size span "
    "step thread tid time timeout timestamp total trace transaction ts txn uid usec uuid ver version "
)
CONTRARY_NAMES = frozenset(_CONTRARY.split())

_COUNTRIES = {
    "au": "australia", "ca": "canada", "de": "germany", "es": "spain", "fi": "finland", "gb": "uk",
    "in": "india", "it": "italy", "kr": "korea", "ng": "nigeria", "ph": "philippines", "pl": "poland",
    "se": "sweden", "sg": "singapore", "th": "thai", "tr": "turkey", "uk": "uk", "us": "us",
    "za": "south_africa",
}  # fmt: skip
# Folders of Presidio by locale.
LOCALES: dict[str, tuple[str, ...]] = {
    "all": tuple(dict.fromkeys(_COUNTRIES.values())),
    "eu": ("germany", "spain", "italy", "poland", "finland", "sweden"),
    **{code: (country,) for code, country in _COUNTRIES.items()},
}

# MEDICAL_LICENSE stands in Presidio's folder of the United States, but belongs to its default set.
EVERYWHERE = frozenset({"MEDICAL_LICENSE"})
