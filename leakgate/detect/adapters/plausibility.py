"""
Shapes that a library's expression accepts but that are something else in a log.

Judges a hit by the bytes at its edges and by its own form; never by a name (see `surroundings`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from leakgate.model.expressions import expression
from leakgate.model.spans import Span

_WORDLIKE = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_")
_GLUE_BEFORE = frozenset(b".-/+%#@~\\")
_GLUE_AFTER = frozenset(b".-:/+")

# Issuer prefixes and lengths: ISO/IEC 7812 ranges as published by the card networks.
_ISSUERS = expression(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}(?:\d{3})?|35(?:2[89]|[3-8]\d)\d{12}"
    r"|(?:2131|1800)\d{11}"
    r"|3(?:0[0-5]|[68]\d|09)\d{11}|62\d{14,17}|(?:50|5[6-9]|6[37])\d{10,17}"
)
_CARD_GROUPS = expression(r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5}|\d+")
_HEX_DUMP = expression(rb"(?:0x[0-9a-fA-F]+|[0-9a-fA-F]*\d[0-9a-fA-F]*):[ \t]+(?:[0-9a-fA-F]{2,4} ?)+$")
# Base58 without 0, O, I and l, in both cases and with some digits; or Bech32 in one case: BIP 173, BIP 350.
_BITCOIN = expression(
    r"(?=.*[a-z])(?=.*[A-Z])(?=.+\d.*\d)[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71}"
)
_VERSION_BEFORE = expression(
    rb"(?:[A-Za-z][\w+]*/|[vV]|version|release|ver|[A-Za-z_][-_]|;|[=~<>]=)[ \"':=]{0,3}$"
    rb"|[Vv]ersion:? \S{0,20}$"
)
_COORDINATE_AFTER = expression(rb":[A-Za-z]|!")  # of a package: `group:name:1.2.3.4:jar`
_PORT_AFTER = expression(rb":\d")
_USERINFO_BEFORE = expression(rb"://[^\s/?#@]*$")
_NOT_A_PERSON = expression(
    r"(?:git|hg|svn|noreply|no-?reply|do-?not-?reply|root|postgres|postmaster|mailer-daemon|daemon|nobody"
    r"|ubuntu|ec2-user|www-data|builds?|ci|actions?|bot|dependabot|renovate|jenkins|admin|administrator|info|support"
    r"|security|help|hello|contact|sales|team|hostmaster|webmaster|abuse|notifications?)(?:\+.*|\[bot\])?@"
    r"|\d+\+[\w.-]+@users\.noreply\.|@(?:users\.)?noreply\.|[0-9a-f]{16,}@|(?:\d[.-]?){10,}",
    re.IGNORECASE,
)


def stands_alone(data: bytes, span: Span) -> bool:
    """Whether the number or code is no part of a longer token (hex, UUID, dotted, path, arithmetic)."""
    before = data[span.start - 1] if span.start else 32
    after = data[span.end] if span.end < len(data) else 32
    beyond = data[span.end + 1] if span.end + 1 < len(data) else 32
    if before in _WORDLIKE or after in _WORDLIKE:
        return False
    if after in _GLUE_AFTER and beyond in _WORDLIKE:
        return False
    if before not in _GLUE_BEFORE:
        return True
    return before in b"/\\" and (span.start < 2 or data[span.start - 2] not in b"0123456789")


def plausible(entity: str, data: bytes, span: Span, value: str) -> bool:
    """Whether what stands at `span` can be the entity at all."""
    judge = _JUDGES.get(entity)
    return stands_alone(data, span) if judge is None else judge(data, span, value)


def is_impersonal(value: str) -> bool:
    """Whether an e-mail address is a role's, a machine's or a message's rather than a person's."""
    return _NOT_A_PERSON.match(value) is not None


def is_grouped_card(value: str) -> bool:
    """Whether a card number is written in the groups that stand on a card."""
    return not value.isdigit()


def _card(data: bytes, span: Span, value: str) -> bool:
    digits = re.sub(r"\D", "", value)
    if not _ISSUERS.fullmatch(digits) or not _CARD_GROUPS.fullmatch(value):
        return False
    reach = max(0, span.start - 96)
    line_start = max(reach, data.rfind(b"\n", reach, span.start) + 1)
    if _HEX_DUMP.search(data, line_start, span.end):
        return False
    return stands_alone(data, span)


def _crypto(data: bytes, span: Span, value: str) -> bool:
    return _BITCOIN.fullmatch(value) is not None and stands_alone(data, span)


def _email(data: bytes, span: Span, value: str) -> bool:
    local, _, domain = value.rpartition("@")
    if len(local) > 64 or len(domain) > 253 or domain.rpartition(".")[2].isdigit():
        return False
    if data[span.end : span.end + 1] == b":" and local == "git":
        return False
    if local.endswith(("/", "=")) or re.match(r"v?\d+[.\d]*\.", domain):
        return False
    return not _USERINFO_BEFORE.search(data[max(0, span.start - 200) : span.start + len(local.encode())])


def _ip(data: bytes, span: Span, value: str) -> bool:
    before = data[span.start - 1 : span.start]
    after = data[span.end : span.end + 2]
    if before.isalnum() or before in (b".", b"_", b"-", b"+") or after[:1] in (b"_", b"-", b"+", b"="):
        return False
    if after[:1].isalnum() or (after[:1] == b"." and after[1:].isalnum()):
        return False
    if ":" in value and not _real_ipv6(value, before, after):
        return False
    if _COORDINATE_AFTER.match(data, span.end):
        return False
    is_version = _VERSION_BEFORE.search(data[max(0, span.start - 32) : span.start])
    return not is_version or _PORT_AFTER.match(data, span.end) is not None


def _real_ipv6(value: str, before: bytes, after: bytes) -> bool:
    """Clock times and C++ scopes have colons too."""
    if before == b":" or after[:1] == b":":
        return False
    groups = [group for group in re.split(r"[:/%]", value) if group]
    has_digits = any(char.isdigit() for group in groups for char in group)
    return (len(groups) >= 3 and has_digits) or value == "::1"


def _mac(data: bytes, span: Span, value: str) -> bool:
    around = data[span.start - 1 : span.start] + data[span.end : span.end + 1]
    if any(byte in _WORDLIKE or byte in b":-." for byte in around):
        return False
    return "." not in value or any(char.isalpha() for char in value)


def _iban(data: bytes, span: Span, value: str) -> bool:
    before = data[span.start - 1 : span.start]
    after = data[span.end : span.end + 1]
    return not (before.isalnum() or before in (b"_", b"+") or after.isalnum() or after in (b"_", b"+", b"="))


# The largest numbers of 32 and 64 bits: what programs write for "none".
_UNSET = frozenset({"2147483647", "4294967295", "4294967294"})


def _account(data: bytes, span: Span, value: str) -> bool:
    return value not in _UNSET and stands_alone(data, span)


_JUDGES: dict[str, Callable[[bytes, Span, str], bool]] = {
    "CREDIT_CARD": _card,
    "CRYPTO": _crypto,
    "EMAIL_ADDRESS": _email,
    "IBAN_CODE": _iban,
    "IP_ADDRESS": _ip,
    "MAC_ADDRESS": _mac,
    "US_BANK_NUMBER": _account,
}
