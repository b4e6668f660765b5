"""National identifiers, cards and IBANs: specimen numbers of their issuers pass, a changed digit does not."""

from __future__ import annotations

import pytest

from leakgate.detect.validators import identifiers, payment
from leakgate.detect.validators.digits import is_run

# Published by the issuers, or repeated by every description of the number; in parts, as nobody's.
_SPECIMENS = {
    "uk_nhs": ("943 476", " 5919"),
    "es_nif": ("123456", "78Z"),
    "es_nie": ("X-1234", "567-L"),
    "pl_pesel": ("440514", "01359"),
    "de_tax_id": ("86 095", " 742 719"),
    "fr_nir": ("2 55 08 14", " 168 025 38"),
    "br_cpf": ("111.444.", "777-35"),
    "ca_sin": ("046 454", " 286"),
    "it_fiscal_code": ("RSSMRA", "85T10A562S"),
    "in_aadhaar": ("2341 2341", " 2346"),
    "au_tfn": ("123 456", " 782"),
    "nl_bsn": ("1112.22", ".333"),
    "be_national": ("85.07.30", "-033.28"),
    "se_personnummer": ("811228", "-9874"),
    "fi_hetu": ("131052", "-308T"),
    "pt_nif": ("264 357", " 817"),
    "ch_ahv": ("756.9217.", "0769.85"),
    "za_id": ("8001015", "009087"),
    "imei": ("49-015420", "-323751-8"),
    "au_medicare": ("2123 45", "670 1"),
}


def _specimen(name: str) -> str:
    return "".join(_SPECIMENS[name])


def _with_last_digit_changed(text: str) -> str:
    # Medicare's last digit counts the cards; the one before it is checked.
    at = max(place for place, char in enumerate(text) if char.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def test_every_check_has_a_specimen() -> None:
    """No check with a check digit goes untested."""
    assert identifiers.CHECKED.keys() == _SPECIMENS.keys()


@pytest.mark.parametrize("name", _SPECIMENS)
def test_specimen_passes(name: str) -> None:
    """The published specimen of an identifier is one."""
    assert identifiers.CHECKED[name](_specimen(name))


@pytest.mark.parametrize("name", sorted(_SPECIMENS.keys() - {"au_medicare"}))
def test_changed_digit_fails(name: str) -> None:
    """An identifier with one digit changed is none."""
    assert not identifiers.CHECKED[name](_with_last_digit_changed(_specimen(name)))


@pytest.mark.parametrize("name", [*identifiers.CHECKED, *identifiers.SHAPED])
@pytest.mark.parametrize("text", ["", "0", "a", "١٢٣٤٥٦٧٨٩٠", "-" * 50, "9" * 500, "\x00", "²³"])
def test_anything_else_fails_quietly(name: str, text: str) -> None:
    """No text makes a check raise, and none of these is an identifier."""
    assert not {**identifiers.CHECKED, **identifiers.SHAPED}[name](text)


def test_nino_has_no_reserved_prefix() -> None:
    """A national insurance number does not begin with letters that are kept back."""
    assert identifiers.uk_nino("AB 12 34 56 " + "C")
    assert not identifiers.uk_nino("GB 12 34 56 " + "C")


def test_card_needs_issuer_and_luhn_digit() -> None:
    """A payment card number has the prefix of an issuer and a valid last digit."""
    assert payment.card("4242 4242 " + "4242 4242")
    assert not payment.card("4242 4242 " + "4242 4243")
    assert not payment.card("8000 0000 " + "0000 0002")


def test_iban_needs_length_and_check_digits() -> None:
    """An IBAN has the length of its country and matching check digits."""
    assert payment.iban("GB29 NWBK 6016 " + "1331 9268 19")
    assert not payment.iban("GB28 NWBK 6016 " + "1331 9268 19")
    assert not payment.iban("GB29 NWBK 6016 " + "1331 9268")


@pytest.mark.parametrize(
    ("digits", "expected"), [("1111", True), ("1234", True), ("4321", True), ("1357", False)]
)
def test_runs_are_told_apart(digits: str, expected: bool) -> None:
    """Repeated and consecutive digits are runs."""
    assert expected is is_run(digits)
