"""
Credentials in valid formats, made at run time.

Every one is random and opens nothing; none stands in this file as a literal.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import string
import textwrap
import zlib
from random import Random

_ALPHANUMERIC = string.digits + string.ascii_uppercase + string.ascii_lowercase
_GITHUB_RANDOM = 30
_GITHUB_CHECKSUM = 6


def github_token(rng: Random) -> str:
    """30 random characters and their CRC-32 in base 62, as GitHub documented in April 2021."""
    body = _pick(rng, _ALPHANUMERIC, _GITHUB_RANDOM)
    return "gh" + "p_" + body + _base62(zlib.crc32(body.encode()), _GITHUB_CHECKSUM)


def aws_access_key(rng: Random) -> str:
    return "AK" + "IA" + _pick(rng, string.ascii_uppercase + "234567", 16)


def aws_secret_key(rng: Random) -> str:
    return base64.b64encode(rng.randbytes(30)).decode()


def stripe_live_key(rng: Random) -> str:
    return "sk_" + "live_" + _pick(rng, _ALPHANUMERIC, 24)


def slack_bot_token(rng: Random) -> str:
    numbers = "-".join(_pick(rng, "123456789", 12) for _ in range(2))
    return "xo" + "xb-" + numbers + "-" + _pick(rng, _ALPHANUMERIC, 24)


def session_jwt(rng: Random, subject: str) -> str:
    """Signed with HS256 under a random key (RFC 7519)."""
    head = _url64(_compact({"alg": "HS256", "typ": "JWT"}))
    claims: dict[str, str | int] = {
        "sub": subject,
        "scope": "orders:write",
        "jti": rng.randbytes(8).hex(),
        "exp": 1_900_000_000,
    }
    signed = f"{head}.{_url64(_compact(claims))}"
    mac = hmac.new(rng.randbytes(32), signed.encode(), hashlib.sha256)
    return f"{signed}.{_url64(mac.digest())}"


def password(rng: Random) -> str:
    """Mixed, without characters that a URL, a shell or XML would escape."""
    return (
        _pick(rng, string.ascii_letters, 9)
        + _pick(rng, string.digits, 4)
        + _pick(rng, string.ascii_letters, 5)
    )


def database_url(rng: Random, scheme: str, host: str) -> str:
    return f"{scheme}://orders_app:{password(rng)}@{host}/orders"


def private_key(rng: Random) -> str:
    """An RSA key's outline (RFC 8017, A.1.2) with random numbers: it parses, and is no key."""
    sizes = (256, 3, 256, 128, 128, 128, 128, 128)
    numbers = b"".join(_der(0x02, b"\x00" + b"\x80" + rng.randbytes(size - 1)) for size in sizes)
    body = base64.b64encode(_der(0x30, _der(0x02, b"\x00") + numbers)).decode()
    label = "RSA PRIVATE" + " KEY"
    return "\n".join([f"-----BEGIN {label}-----", *textwrap.wrap(body, 64), f"-----END {label}-----"])


def documented_aws_pair() -> tuple[str, str]:
    """The pair that AWS prints in its own documentation; everybody has it, so it is no leak."""
    return "AK" + "IA" + "IOSFODNN7" + "EXAMPLE", "wJalrXUtnFEMI/K7MDENG" + "/bPxRfiCY" + "EXAMPLEKEY"


def _pick(rng: Random, alphabet: str, count: int) -> str:
    return "".join(rng.choices(alphabet, k=count))


def _base62(number: int, width: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_ALPHANUMERIC))
        digits = _ALPHANUMERIC[digit] + digits
    return digits.rjust(width, "0")


def _compact(value: dict[str, str | int]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _url64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _der(tag: int, content: bytes) -> bytes:
    """One element in the distinguished encoding of X.690, long form where it needs one."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content
