"""
Values that are known to belong to nobody: reserved by a standard, or published as test values.

Says why in a few words, never what. A specimen is still a match; the policy decides about it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from leakgate.detect.plausibility.placeholder_addresses import placeholder_address
from leakgate.model.expressions import expression

# RFC 2606, RFC 6761 and RFC 6762.
_RESERVED_DOMAIN = expression(
    r"(?:^|[@.])(example\.(?:com|net|org|edu)|example|test|invalid|localhost|local|localdomain)$",
    re.IGNORECASE,
)


def _joined(parts: str) -> frozenset[str]:
    return frozenset(parts.replace("_", "").split())


# Published by payment providers for their sandboxes (Stripe, Adyen, PayPal, Braintree, Worldpay, Square),
# written in parts so that they are no card numbers in this file.
_TEST_CARDS = _joined(
    "4242_4242_4242_4242 4000_0566_5566_5556 5555_5555_5555_4444 2223_0031_2200_3222 5200_8282_8282_8210 "
    "5105_1051_0510_5100 3782_822463_10005 3714_496353_98431 3787_344936_71000 6011_1111_1111_1117 "
    "6011_0009_9013_9424 6011_9811_1111_1113 3056_9300_0902_0004 3622_720627_1667 3056_930902_5904 "
    "3852_000002_3237 3566_0020_2036_0505 3530_1113_3330_0000 6200_0000_0000_0005 4012_8888_8888_1881 "
    "4222_2222_2222_2 4111_1111_1111_1111 4988_4388_4388_4305 4166_6766_6766_6746 4646_4646_4646_4644 "
    "5555_4444_3333_1111 5555_3412_4444_1115 5577_0000_5577_0004 5136_3333_3333_3335 5585_5585_5585_5583 "
    "2222_4107_4036_0010 2222_4000_7000_0005 2222_4000_1000_0008 3700_000000_00002 3600_666633_3344 "
    "3569_9900_1009_5841 6445_6445_6445_6445 6011_6011_6011_6611 6759_6498_2643_8453 "
    "6799_9901_0000_0000_019 4917_6100_0000_0000 4444_3333_2222_1111 5454_5454_5454_5454 "
    "4462_0300_0000_0000 4917_3000_0000_0008 4917_6100_0000_0000_003 5019_7170_1010_3742 "
    "6331_1019_9999_0016 4009_3488_8888_1881 4012_0000_3333_0026 4012_0000_7777_7777 4500_6000_0000_0061 "
    "4217_6511_1111_1119 4005_5192_0000_0004 2131_0000_0000_0008 1800_0000_0000_002 6304_0000_0000_0000 "
    "5610_5910_8101_8250 4532_0151_1283_0366 5425_2334_3010_9903 4263_9826_4026_9299 2720_9920_0000_0000 "
    "3742_454554_00126 4701_3222_1111_1234 4539_1488_0343_6467 5425_2334_3010_9903 4716_1083_9999_7161 "
    "4007_0000_0002_7 4024_0071_0390_2143 5406_0000_0000_0000 "
)

# The examples of the SWIFT IBAN registry, and those that documentation repeats.
_SAMPLE_IBANS = _joined(
    "GB29_NWBK_6016_1331_9268_19 GB82_WEST_1234_5698_7654_32 GB33_BUKB_2020_1555_5555_55 "
    "GB94_BARC_1020_1530_0934_59 DE89_3704_0044_0532_0130_00 DE75_5121_0800_1245_1261_99 "
    "DE91_1000_0000_0123_4567_89 FR14_2004_1010_0505_0001_3M02_606 FR76_3000_6000_0112_3456_7890_189 "
    "NL91_ABNA_0417_1643_00 NL02_ABNA_0123_4567_89 CH93_0076_2011_6238_5295_7 BE68_5390_0754_7034 "
    "BE71_0961_2345_6769 ES91_2100_0418_4502_0005_1332 ES79_2100_0813_6101_2345_6789 "
    "IT60_X054_2811_1010_0000_0123_456 AT61_1904_3002_3457_3201 AT48_3200_0000_1234_5864 "
    "PL61_1090_1014_0000_0712_1981_2874 PL10_1050_0099_7603_1234_5678_9123 SE45_5000_0000_0583_9825_7466 "
    "SE35_5000_0000_0549_1000_0003 NO93_8601_1117_947 DK50_0040_0440_1162_43 FI21_1234_5600_0007_85 "
    "PT50_0002_0123_1234_5678_9015_4 IE29_AIBK_9311_5212_3456_78 IE12_BOFI_9000_0112_3456_78 "
    "LU28_0019_4006_4475_0000 CZ65_0800_0000_1920_0014_5399 HU42_1177_3016_1111_1018_0000_0000 "
    "RO49_AAAA_1B31_0075_9384_0000 TR33_0006_1005_1978_6457_8413_26 SA03_8000_0000_6080_1016_7519 "
    "AE07_0331_2345_6789_0123_456 BR15_0000_0000_0000_1093_2840_814P_2 GR16_0110_1250_0000_0001_2300_695 "
    "HR12_1001_0051_8630_0016_0 SK31_1200_0000_1987_4263_7541 SI56_2633_0001_2039_086 "
    "EE38_2200_2210_2014_5685 LV80_BANK_0000_4351_9500_1 LT12_1000_0111_0100_1000 "
    "MT84_MALT_0110_0001_2345_MTLC_AST0_01S CY17_0020_0128_0000_0012_0052_7600 "
    "BG80_BNBG_9661_1020_3456_78 IS14_0159_2600_7654_5510_7303_39 "
)

# Published by the US Social Security Administration, and in a wallet of 1938.
_SPECIMEN_SSNS = _joined("078_05_1120 219_09_9999 457_55_5462")


def why_synthetic(entity: str, value: str) -> str | None:
    """Why `value` is known to be fake, or None."""
    judge = _JUDGES.get(entity)
    return judge(value) if judge else None


def _email(value: str) -> str | None:
    found = _RESERVED_DOMAIN.search(value)
    return f"reserved domain {found[1].lower()}" if found else placeholder_address(value)


def _card(value: str) -> str | None:
    digits = re.sub(r"\D", "", value)
    if digits in _TEST_CARDS:
        return "PSP test card"
    if "0000000" in digits or len(set(digits)) <= 3:
        return "card number too regular to be issued"
    return None


def _iban(value: str) -> str | None:
    plain = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    return "documented IBAN sample" if plain in _SAMPLE_IBANS else None


def _ssn(value: str) -> str | None:
    digits = re.sub(r"\D", "", value)
    if digits in _SPECIMEN_SSNS or digits.startswith("98765432"):
        return "published specimen number"
    return "area never issued as a social security number" if digits.startswith("9") else None


def _ip(value: str) -> str | None:
    try:
        address = ipaddress.ip_interface(value.partition("%")[0]).ip
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    if any(address in block for block in _DOCUMENTATION if block.version == address.version):
        return "documentation address"
    if address.is_global and not address.is_multicast:
        return None
    return "private address" if address.is_private else "reserved address"


# RFC 5737, RFC 3849 and RFC 9637.
_DOCUMENTATION = tuple(
    ipaddress.ip_network(block)
    for block in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")
)


def _mac(value: str) -> str | None:
    digits = re.sub(r"[^0-9A-Fa-f]", "", value).lower()
    if digits.startswith(("00005e0053", "01005e9010")):
        return "documentation address"  # RFC 7042
    first = int(digits[:2], 16)
    if first & 1:
        return "group address"
    return "locally administered address" if first & 2 else None


_JUDGES: dict[str, Callable[[str], str | None]] = {
    "CREDIT_CARD": _card,
    "EMAIL_ADDRESS": _email,
    "IBAN_CODE": _iban,
    "IP_ADDRESS": _ip,
    "MAC_ADDRESS": _mac,
    "US_SSN": _ssn,
}
