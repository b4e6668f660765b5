"""
Leaks to plant: credentials in the formats of their issuers, and data of invented people.

Everything is drawn from a generator at run time and opens nothing. Never writes.
"""

from __future__ import annotations

import base64
import json
import string
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_WEB64 = _BASE62 + "-_"
_BASE32 = string.ascii_uppercase + "234567"
_FIRST = ("Orsolya", "Tjark", "Nerina", "Bastian", "Ylva", "Matteo", "Ilse", "Corvin", "Leonie", "Anselm")
_LAST = (
    "Brandtner",
    "Okkerse",
    "Vielhaber",
    "Stromvik",
    "Pellegrand",
    "Hasselqvist",
    "Dornieden",
    "Karstlund",
)
_SYLLABLES = ("ve", "lo", "rin", "tas", "ko", "mur", "zel", "pan", "dri", "fo", "gas", "hul", "wex", "bri")
_WORDS = (
    "Winter",
    "Falcon",
    "Copper",
    "Meadow",
    "Velvet",
    "Anchor",
    "Thunder",
    "Saffron",
    "Pebble",
    "Lantern",
)
_SIGNS = "!%+?*"


@dataclass(frozen=True, slots=True)
class Leak:
    """A value that must not be in a run; `forms` are other stretches of text that hold it whole.

    A finding of the password alone and one of the whole address it stands in are both right.
    """

    kind: str
    value: str
    forms: tuple[str, ...] = ()


def _pick(rng: Random, alphabet: str, count: int) -> str:
    return "".join(rng.choices(alphabet, k=count))


def _with_crc(prefix: str, body: str) -> str:
    """As GitHub and npm do: the CRC-32 of the random part in base 62, six characters."""
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, rest = divmod(number, 62)
        digits = _BASE62[rest] + digits
    return prefix + body + digits


def _json64(members: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(members, separators=(",", ":")).encode()).decode().rstrip("=")


def github(rng: Random) -> Leak:
    return Leak("github-token", _with_crc("ghp_", _pick(rng, _BASE62, 30)))


def npm(rng: Random) -> Leak:
    return Leak("npm-token", _with_crc("npm_", _pick(rng, _BASE62, 30)))


def gitlab(rng: Random) -> Leak:
    return Leak("gitlab-token", "glpat-" + _pick(rng, _WEB64[:-2], 20))


def stripe(rng: Random) -> Leak:
    return Leak("stripe-key", "sk_" + "live_" + _pick(rng, _BASE62, 24))


def slack(rng: Random) -> Leak:
    numbers = _pick(rng, "123456789", 12), _pick(rng, "123456789", 13)
    return Leak("slack-token", "xoxb-" + "-".join((*numbers, _pick(rng, _BASE62, 24))))


def google(rng: Random) -> Leak:
    return Leak("google-key", "AIza" + "Sy" + _pick(rng, _BASE62, 33))


def sendgrid(rng: Random) -> Leak:
    return Leak("sendgrid-key", f"SG.{_pick(rng, _BASE62, 22)}.{_pick(rng, _BASE62, 43)}")


def aws_secret(rng: Random) -> Leak:
    return Leak("aws-secret-key", _pick(rng, _BASE62 + "/+", 40))


def jwt(rng: Random) -> Leak:
    claims = {"sub": _pick(rng, string.digits, 9), "iss": "sso", "exp": 1_900_000_000 + rng.randrange(10**7)}
    head = _json64({"alg": "HS256", "typ": "JWT"})
    return Leak("jwt", f"{head}.{_json64({**claims})}.{_pick(rng, _WEB64, 43)}")


def opaque(rng: Random) -> Leak:
    """A token that no issuer's format gives away."""
    return Leak("opaque-token", _pick(rng, _BASE62, 40))


def password(rng: Random) -> Leak:
    """What a person chooses: words, digits and a sign."""
    words = rng.sample(_WORDS, 2)
    return Leak("password", f"{words[0]}{rng.choice(_SIGNS)}{words[1]}{rng.randrange(100, 9999)}")


def random_password(rng: Random) -> Leak:
    """What a password manager makes; no sign needs escaping in an address."""
    return Leak("password", _pick(rng, _BASE62, 18))


def connection(rng: Random) -> Leak:
    secret = random_password(rng).value
    scheme = rng.choice(("postgresql", "mysql", "amqp", "mongodb"))
    return Leak(
        "connection-string", secret, (f"{scheme}://shop_app:{secret}@db-3.shop.internal:5432/orders",)
    )


def basic(rng: Random) -> Leak:
    secret = random_password(rng).value
    return Leak("basic-auth", base64.b64encode(f"shop-app:{secret}".encode()).decode(), (secret,))


def private_key(rng: Random) -> Leak:
    """An Ed25519 key: its DER is a fixed head and 32 random bytes."""
    der = bytes.fromhex("302e020100300506032b657004220420") + rng.randbytes(32)
    body = base64.b64encode(der).decode()
    begin, end = (f"-----{word} PRIVATE KEY-----" for word in ("BEGIN", "END"))
    return Leak("private-key", body, (f"{begin}\n{body}\n{end}", f"{begin}\n{body}\n{end}\n"))


def email(rng: Random) -> Leak:
    name = f"{rng.choice(_FIRST)}.{rng.choice(_LAST)}{rng.randrange(10, 99)}".lower()
    domain = "".join(rng.sample(_SYLLABLES, 4)) + rng.choice((".de", ".fr", ".net", ".com"))
    return Leak("email", f"{name}@{domain}")


def phone(rng: Random) -> Leak:
    return Leak("phone", f"+49 151 {rng.randrange(10**7, 10**8)}")


def iban(rng: Random) -> Leak:
    account = _pick(rng, "123456789", 1) + _pick(rng, string.digits, 17)
    check = 98 - int(account + "131400") % 97  # D = 13, E = 14
    return Leak("iban", f"DE{check:02d}{account}")


def card(rng: Random) -> Leak:
    digits = "4" + _pick(rng, "23456789", 1) + _pick(rng, string.digits, 13)
    return Leak("card", digits + _luhn(digits))


def _luhn(digits: str) -> str:
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(digits)))
    return str(-sum(number - 9 * (number > 9) for number in doubled) % 10)


Maker = Callable[[Random], Leak]

TOKENS: tuple[Maker, ...] = (github, gitlab, stripe, slack, google, sendgrid, npm)
"""Formats that say whose they are."""
