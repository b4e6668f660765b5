"""What a personal field's value must be to count, and which values are known to be nobody's."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
import yaml

from leakgate.detect.engine.build import build_engine
from leakgate.detect.labelled.personal import LabelledPersonalData
from leakgate.detect.plausibility.personal import CHECKS
from leakgate.model.artifact import Artifact
from leakgate.model.detection import Confidence, Match
from leakgate.model.errors import RuleError
from leakgate.model.segment import RawText, Segment, SegmentKind

Scan = Callable[[str], list[Match]]
Values = Callable[[str], list[tuple[str, str]]]

_FOLDER = resources.files("leakgate.detect.labelled.vocabulary")
_RULES: list[dict[str, Any]] = yaml.safe_load((_FOLDER / "personal.yaml").read_text("utf-8"))["rules"]

# A value for each check; specimen numbers, in parts.
_VALUES = {
    "email": "a.person@" + "northby-mail.org",
    "phone": "+1 212 555 " + "0134",
    "person": "Ottilie Brandwein",
    "full_name": "Ottilie Brandwein",
    "given_name": "Ottilie",
    "address": "17 Tanners Row, Northby, YO1 7XX",
    "bare_address": "17 Tanners Row, Northby, YO1 7XX",
    "date": "1971-03-09",
    "iban": "GB29NWBK6016" + "1331926819",
    "card": "424242424242" + "4242",
    "account": "40917" + "7213",
    "us_ssn": "219-09-" + "9999",
    "us_itin": "912-70-" + "1234",
    "uk_nhs": "943476" + "5919",
    "uk_nino": "QQ123456" + "C",
    "es_nif": "12345678" + "Z",
    "es_nie": "X1234567" + "L",
    "pl_pesel": "44051401" + "359",
    "de_tax_id": "86095742" + "719",
    "fr_nir": "2550814168" + "02538",
    "br_cpf": "11144477" + "735",
    "ca_sin": "046454" + "286",
    "it_fiscal_code": "RSSMRA85T10" + "A562S",
    "in_aadhaar": "23412341" + "2346",
    "in_pan": "ABCPE" + "1234F",
    "au_tfn": "123456" + "782",
    "au_medicare": "21234567" + "01",
    "nl_bsn": "111222" + "333",
    "be_national": "850730" + "03328",
    "se_personnummer": "811228-" + "9874",
    "fi_hetu": "131052-" + "308T",
    "pt_nif": "264357" + "817",
    "ch_ahv": "756.9217." + "0769.85",
    "dk_cpr": "070761-" + "4285",
    "za_id": "8001015" + "009087",
    "passport": "X1857" + "4396",
    "licence": "MORGA" + "753116",
    "register": "MRN-3511" + "3348",
    "imei": "49015420" + "3237518",
    "device": "0a1b2c3d-4e5f-4a6b-8c7d-" + "9e0f1a2b3c4d",
    "icd10": "E11.9",
    "coordinate": "52.52000,13.40495",
    "plate": "M-AB 1234",
    "vehicle": "1HGCM82633A00" + "4352",
    "wallet": "0x52908400098527886E0F" + "7030069857D2E4169EE7",
    "treatment": "penicillin",
    "nationality": "Norwegian",
    "blood": "AB+",
    "restricted": "AX-99",
    "gender": "female",
    "belief": "buddhist",
    "origin": "hispanic",
    "orientation": "bisexual",
    "marital": "divorced",
    "amount": "52,400 EUR",
}


@pytest.fixture(scope="module")
def fast_scan() -> Scan:
    """Matches of a text, by the engine that runs in production."""
    recognizer = LabelledPersonalData()
    engine = build_engine(recognizer.patterns, None)

    def matches(text: str) -> list[Match]:
        data = text.encode()
        segment = Segment(RawText(Artifact("log.txt"), data, "utf-8"), data, SegmentKind.LOG)
        return list(recognizer.confirm(segment, engine.scan(data)))

    return matches


def test_every_check_has_a_value() -> None:
    """The table of these tests and the table of checks are the same."""
    assert CHECKS.keys() == _VALUES.keys()


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: str(rule["id"]))
@pytest.mark.parametrize("joined", ["_", " ", "camel", ""])
def test_every_name_is_found_in_every_spelling(fast_scan: Scan, rule: dict[str, Any], joined: str) -> None:
    """The engine and the parser know every name of the vocabulary, however its words are joined."""
    missing = [
        name
        for name in rule["names"]
        if not fast_scan(f'debug {{"{_spelled(name, joined)}": "{_VALUES[rule["check"]]}"}}\n')
    ]

    assert [] == missing


def _spelled(name: str, joined: str) -> str:
    words = name.split()
    if joined == "camel":
        return words[0] + "".join(word.capitalize() for word in words[1:])
    return joined.join(words)


@pytest.mark.parametrize(
    "text",
    [
        "iban=GB28NWBK6016" + "1331926819",
        "card_number=424242424242" + "4243",
        "pesel: 44051401" + "358",
        'dni="12345678' + 'A"',
        "nhs_number=943476" + "5918",
        "imei=49015420" + "3237519",
    ],
)
def test_wrong_check_digit_is_no_match(values: Values, text: str) -> None:
    """A label cannot make up for a check digit that is wrong."""
    assert [] == values(text)


@pytest.mark.parametrize(
    "text",
    [
        "name: Ottilie Brandwein",
        "customer_name=null",
        "customer_name: string",
        "customer_name=getCustomerName()",
        "customer_name is required",
        "customer_name=order-service",
        "<FullName>Program</FullName>",
        'firstName: "nostrud deserunt"',
        "full_name=octocat/Hello-World",
        'fullName: "Login form should render without errors"',
        'fullName: "org.acme.FooTest"',
        "Patient: the test failed",
        "address: 10.0.26.239",
        "address=0x7ffd3c2a1b00",
        "address: 00:1b:44:11:3a:b7",
        'address: "ip-10-0-26-239.us-west-2.compute.internal"',
        "email address: required",
        "listening on address 127.0.0.1:8080",
        "street: unknown",
        "phone=12345",
        "mobile: true",
        "tel: 2024-01-01",
        "born: yesterday",
        "dob=2024-13-45",
        "account=default",
        "account_id=" + "123456789012",
        "pan=left",
        "sin(0.5)=0.479",
        "passport=strategy",
        "card=visa",
        "gender=unknown",
        "client_email=ci@acme.iam." + "gserviceaccount.com",
    ],
)
def test_what_only_looks_alike_is_no_match(values: Values, text: str) -> None:
    """Words of programs, machines and sentences under a personal label are not personal data."""
    assert [] == values(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("customer_name=John Doe", "name for examples"),
        ("customer_name=Max Mustermann", "name for examples"),
        ("email=jane@" + "example.com", "reserved domain example.com"),
        ("phone=+1 212 555 " + "0134", "number reserved for fiction"),
        ("card_number=4242 4242 4242 " + "4242", "PSP test card"),
        ("ssn=078-05-" + "1120", "published specimen number"),
        ("ssn=666-45-" + "1234", "number never issued as a social security number"),
        ("ssn=000-12-" + "3456", "number never issued as a social security number"),
        ("iban=GB29NWBK6016" + "1331926819", "documented IBAN sample"),
        ("dni=12345678" + "Z", "published specimen number"),
        ("nhs_number=999 000 " + "0018", "number of the range for tests"),
        ("dob=1970-01-01", "date that stands for none"),
        ("street_address=742 Evergreen Terrace", "address for examples"),
    ],
)
def test_what_belongs_to_nobody_says_so(scan: Scan, text: str, reason: str) -> None:
    """Reserved, published and specimen values are matches that say why they are nobody's."""
    assert [reason] == [match.synthetic for match in scan(text)]


def test_invented_but_possible_data_is_not_excused(scan: Scan) -> None:
    """A value that is not on any list of samples is taken for real."""
    assert [None] == [match.synthetic for match in scan("customer_name=Ottilie Brandwein")]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("patient_name=Ottilie Brandwein", Confidence.HIGH),
        ("patient_name='BRANDWEIN, Ottilie'", Confidence.HIGH),
        ("patient_name=Dr. Ottilie von Brandwein-Lerche M.D.", Confidence.HIGH),
        ("patient_name=ottilie brandwein", Confidence.MEDIUM),
        ("patient_name=Оттилия Брандвейн", Confidence.HIGH),
        ("patient_name=欧阳若兰", Confidence.MEDIUM),
        ("patient_name=Ottilie", Confidence.LOW),
        ("first_name=Ottilie", Confidence.MEDIUM),
        ("passport_no=X1857" + "4396", Confidence.MEDIUM),
        ("pesel=44051401" + "359", Confidence.HIGH),
    ],
)
def test_confidence_follows_the_form(scan: Scan, text: str, confidence: Confidence) -> None:
    """Check digits and full names are sure, formats less, single words least."""
    assert [confidence] == [match.confidence for match in scan(text)]


def test_plain_name_with_a_title_is_a_person(values: Values) -> None:
    """A name alone says nothing, a title says person."""
    assert [("PERSON", "Dr. Ottilie Brandwein")] == values("error 403 for name=Dr. Ottilie Brandwein")


def test_plain_name_beside_other_personal_data_is_a_person(values: Values) -> None:
    """A plain name in the object that holds an e-mail address belongs to the same person."""
    address = "o.brandwein@" + "northby-mail.org"

    found = values(f'{{"name": "Ottilie Brandwein", "email": "{address}"}}')

    assert {("PERSON", "Ottilie Brandwein"), ("EMAIL_ADDRESS", address)} == set(found)


def test_plain_name_in_another_object_is_none(values: Values) -> None:
    """What stands beyond a bracket belongs to something else."""
    address = "o.brandwein@" + "northby-mail.org"

    found = values(f'{{"name": "Ottilie Brandwein"}}, {{"email": "{address}"}}')

    assert [("EMAIL_ADDRESS", address)] == found


def test_extra_names_take_part() -> None:
    """A name that the user adds promises what its rule does."""
    recognizer = LabelledPersonalData({"versichertenname": "person-name"})
    data = b"versichertenname=Ottilie Brandwein"
    segment = Segment(RawText(Artifact("log.txt"), data, "utf-8"), data, SegmentKind.LOG)

    found = list(recognizer.confirm(segment, build_engine(recognizer.patterns, None).scan(data)))

    assert ["PERSON"] == [match.rule.entity for match in found]


def test_extra_name_of_no_rule_is_refused() -> None:
    """An unknown rule is the author's mistake and named."""
    with pytest.raises(RuleError, match="no rule 'nonsense'"):
        LabelledPersonalData({"x": "nonsense"})


def test_reasons_never_hold_the_value(scan: Scan) -> None:
    """What is said about a match shows nothing of it."""
    [match] = scan("patient_name=Ottilie Brandwein")

    assert "Ottilie" not in match.because + repr(match)
