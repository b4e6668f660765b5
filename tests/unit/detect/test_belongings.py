"""Places, vehicles and wallets by their form."""

from __future__ import annotations

import pytest

from leakgate.detect.plausibility.belongings import coordinate, licence_plate, vehicle_number, wallet

VIN = "1HGCM82633A00" + "4352"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("52.520008", True),
        ("-122.399677", True),
        ("13.404954, 52.520008", True),
        ("[52.520, 13.404]", True),
        ("0.00000", False),
        ("52.52", False),
        ("512.520008", False),
        ("152.520, 113.404", False),
        ("17", False),
    ],
)
def test_coordinate(text, holds):
    """Degrees count where they are exact enough to find somebody."""
    assert holds is coordinate(text)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("M-AB 1234", True),
        ("AB12 CDE", True),
        ("1234 BCD", True),
        ("12345", False),
        ("ABCDEF", False),
        ("a-1", False),
    ],
)
def test_licence_plate(text, holds):
    """Groups of capital letters and digits are a plate, one of them alone is not."""
    assert holds is licence_plate(text)


@pytest.mark.parametrize(("text", "holds"), [(VIN, True), (VIN[:-1] + "3", False), (VIN[:-1], False)])
def test_vehicle_number(text, holds):
    """The check digit must hold."""
    assert holds is vehicle_number(text)


@pytest.mark.parametrize(
    ("text", "holds"),
    [("0x" + "52908400098527886E0F7030069857D2E4169EE7", True), ("0x" + "0" * 40, False), ("main", False)],
)
def test_wallet(text, holds):
    """An address has the length of one and is not the null address."""
    assert holds is wallet(text)
