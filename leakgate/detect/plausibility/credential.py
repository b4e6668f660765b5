"""
Does a value look like the credential that its name promises?

Several independent signals: length, alphabet, character classes, entropy, words, and the shapes of things
that stand behind such names in logs without being secrets (types, calls, paths, class names, digests).
"""

from __future__ import annotations

import re
from enum import StrEnum

from leakgate.detect.plausibility.entropy import shannon
from leakgate.detect.plausibility.spelling import spoken
from leakgate.model.detection import Confidence
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass


class Kind(StrEnum):
    """How values of a name are made."""

    PASSWORD = "password"  # noqa: S105 - chosen by people, may be words
    KEY = "key"  # made by machines
    SESSION = "session"  # made by machines, short-lived


@dataclass(frozen=True, slots=True)
class Plausible:
    confidence: Confidence
    because: str


# Things that stand behind sensitive names and are none.
_NOT_A_VALUE = expression(
    rb"(?is)^(?:"
    rb"[\w.$]+\([^)]*\)?.*|[A-Z]\w*\{.*|[/.][^+=]*\(.*"  # a call, an object, an expression
    rb"|\[.*|\{.*|<.*|(?:&amp;)?&lt;/?[a-z]{1,10}(?:&gt;|\s).*"  # a structure
    rb"|(?:[a-z_]+/)+[a-z_]+\#[a-z_]+"  # a route: controller and action
    rb"|[A-Za-z][\w$]*@[0-9a-f]{1,8}"
    rb"|(?:https?|ftp|file|s3|gs)://[^:@]*"  # a URL without credentials
    rb"|(?:/[\w.@ +-]+){2,}/?(?::\d+)*:?|\.{1,2}/[\w./-]+(?::\d+)*:?|[a-z]:\\.*"  # a path
    rb"|[\d.,:/ %+_-]+|0x[0-9a-f]{1,16}"  # numbers, dates, short addresses
    rb"|[\^~<>=]{1,2}v?\d+(?:\.[\dx*]+){1,3}(?:-[\w.]+)?"  # a range of versions
    rb"|s-1-\d+(?:-\d+)+"  # an identity of Windows
    rb"|\d{8}t\d{6}\.\d{6}z-h[0-9a-f]{8}-p[0-9a-f]{8}"  # a session of git's trace2
    rb"|[0-9a-z]{18,28}\|[0-9a-f]{5,8}"  # a pool's identity in c3p0
    rb"|(?:aws4-)?hmac-sha-?\d{1,3}|(?:rsa|ecdsa|ed25519)-sha\d{1,3}"  # algorithms
    rb"|[a-z_]\w*/\d{1,2}"  # a function of Erlang
    rb"|![0-9a-z]{40}"  # Django's mark of an account without a password
    rb"|\d{4}-\d\d-\d\d[t ]\d\d:\d\d[\d:.]*(?:z|[+-]\d\d:?\d\d)?"  # ISO 8601
    rb"|sha(?:1|256|384|512)[-:].*|md5:.*|\$(?:2[aby]|5|6|argon2\w*|pbkdf2[\w-]*|y|apr1)\$.*"  # digests
    rb"|[0-9a-f]{2}(?::[0-9a-f]{2}){5,}"  # fingerprints
    rb"|(?:ssh-(?:rsa|ed25519|dss)|ecdsa-[\w-]+)(?: .*)?"
    rb")$"
)
# A dotted name, or the identity of an object; no name ends with digits and a dollar sign.
_DOTTED = expression(rb"(?i)^(?!.*\d\$$)(?:[a-z_$][\w$]*\.)+[a-z_$][\w$]*(?:@[0-9a-f]{1,8})?$")
# NOTE: One way to read each letter. With `[A-Za-z]?[a-z]*` there were two, and `m_m_m_…` took for ever.
_WORDS = expression(rb"^[A-Z]?[a-z]*(?:[-_. ][A-Z]?[a-z]*)*[.!?]?$")
_IDENTIFIER = expression(
    rb"^(?:[a-z]+(?:[A-Z][a-z]+)+|[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:[_-][a-z]+)+|(?:[A-Z][a-z]+){2,})$"
)
_SIGN = expression(rb"[^\w\s.,/:;\"'`-]")
# Code, regular expressions, markup.
_EXPRESSION = expression(
    rb"\s|A-Z|a-z|0-9|\\[dwsbn]|\(\?|\.[*+]|=>|[=!<>|&]=|&&|\|\||\(\)|\{\}|\.\w{2,}\(|&\w+;"
)
_LEAST_SCRAMBLED, _SCRAMBLED_SIGNS, _SCRAMBLED_ENTROPY = 12, 4, 3.6
_DIGIT = expression(rb"[0-9]")
_LETTER_OR_DIGIT = expression(rb"[0-9A-Za-z]|[\xc3-\xf4][\x80-\xbf]")  # also of other scripts
_SPOKEN_NAME = 0.34  # of a dotted name stand in words; random letters have less
_NAMED = 0.75
_WORDY = 0.6  # of letters and digits in words; one random value in a thousand has as much
_UUID = expression(rb"(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_HEX = expression(rb"^[0-9a-fA-F]+$")
_LEAST_SESSION = 20  # characters; OWASP asks for 64 bits of entropy at least, frameworks give 128
_LEAST = {Kind.PASSWORD: 5, Kind.KEY: 12, Kind.SESSION: 16}


def judge(value: bytes, kind: Kind, *, quoted: bool) -> Plausible | None:
    """How sure one may be that `value` is a credential of this kind, or None: it is not."""
    if not _LEAST[kind] <= len(value) <= 4096:
        return None
    if b"\\u" in value:
        value = _ESCAPED.sub(_letter, value)
    if _is_code(value) or not _LETTER_OR_DIGIT.search(value):
        return None
    if kind is Kind.PASSWORD:
        return _password(value, quoted)
    if kind is Kind.SESSION and _UUID.match(value):
        return Plausible(Confidence.LOW, "value is a UUID, as sessions of test drivers have")
    if kind is Kind.SESSION and len(value) < _LEAST_SESSION and _machine_made(value) is not None:
        return Plausible(Confidence.LOW, "value is short for a session of a user")
    return _machine_made(value)


# Letters of other scripts, as properties files and JSON write them.
_ESCAPED = expression(rb"\\{1,2}u([0-9a-fA-F]{4})")
_FOREIGN = expression(r"[^\W\d_]+(?:[-'’. ][^\W\d_]+)*[.!?:…]?")


def _letter(hit: re.Match[bytes]) -> bytes:
    letter = chr(int(hit[1], 16))
    return letter.encode("utf-8", "replace") if letter.isalpha() and not letter.isascii() else hit[0]


def _is_foreign_text(value: bytes) -> bool:
    """Words with letters that machines do not draw from, as few passwords are."""
    return not value.isascii() and _FOREIGN.fullmatch(value.decode("utf-8", "replace")) is not None


def _password(value: bytes, quoted: bool) -> Plausible | None:
    classes = _classes(value)
    if b" " in value and (not quoted or value.count(b" ") > 5):
        return None
    if not quoted and (_IDENTIFIER.match(value) or value.startswith((b"/", b"./", b"~/"))):
        return None
    if _is_name(value) or _WORDS.match(value) or _is_foreign_text(value):
        return None if not quoted or len(value) < 8 else Plausible(Confidence.LOW, "value is made of words")
    if classes >= 3 and len(value) >= 8:
        return Plausible(Confidence.HIGH, "value mixes character classes")
    if classes >= 2 and len(value) >= 6:
        return Plausible(Confidence.MEDIUM, "value mixes letters with others")
    return Plausible(Confidence.LOW, "value is short or plain")


_JOINED = expression(rb"[_$]{0,2}[A-Za-z]{2,40}(?:[_:/.][A-Za-z]{2,40}){0,6}")


def _is_name(value: bytes) -> bool:
    """Words run together as in names of a program: `overEvery`, `WEB_AUTHN`, `adb:runCommand`."""
    return _JOINED.fullmatch(value) is not None and not value.islower() and spelled_out(value, _NAMED)


def _machine_made(value: bytes) -> Plausible | None:
    if scrambled(value):
        return Plausible(Confidence.MEDIUM, "value mixes signs as no words or code do")
    if (
        b" " in value
        or not value.isascii()
        or _WORDS.match(value)
        or _IDENTIFIER.match(value)
        or spelled_out(value)
    ):
        return None
    entropy = shannon(value)
    if _HEX.match(value):
        plausible = len(value) >= 16 and entropy >= 2.8
        return Plausible(Confidence.HIGH, "value is random hexadecimal") if plausible else None
    classes = _classes(value)
    if entropy >= 3.6 and classes >= 2 and len(value) >= 16:
        return Plausible(Confidence.HIGH, "value is random")
    if entropy >= 3.0 and classes >= 2:
        return Plausible(Confidence.MEDIUM, "value looks random")
    return None


def _is_code(value: bytes) -> bool:
    """A piece of a program or of a path: what stands behind sensitive names and is no value."""
    if _DOTTED.match(value):
        short = len(value) < _LEAST_SCRAMBLED or len(_DIGIT.findall(value)) < 2
        return short or spoken(value) >= _SPOKEN_NAME
    return _NOT_A_VALUE.match(value) is not None and not scrambled(value)


def spelled_out(value: bytes, share: float = _WORDY) -> bool:
    """A name put together from words (`AWSCloudTrailAclCheck`, `kubeadm:default-node-token`)."""
    return spoken(value) >= share


def scrambled(value: bytes) -> bool:
    """Signs and brackets as no expression of a programming language has them: `m{{h}o)p${e]nob`."""
    if len(value) < _LEAST_SCRAMBLED or _EXPRESSION.search(value) or shannon(value) < _SCRAMBLED_ENTROPY:
        return False
    return len(set(_SIGN.findall(value))) >= _SCRAMBLED_SIGNS and len(set(value)) * 2 > len(value)


def _classes(value: bytes) -> int:
    """How many of lower case, upper case, digits and others occur."""
    return sum(bool(re.search(part, value)) for part in (rb"[a-z]", rb"[A-Z]", rb"[0-9]", rb"[^0-9A-Za-z]"))
