"""
What the matrix plants: twelve secrets and eight pieces of personal data, all invented.

Built at run time, so that no file of the project holds one that looks live.
"""

from __future__ import annotations

import base64
import textwrap
from dataclasses import dataclass

from leakgate.detect.rules.examples import expand
from tests.unit.detect.adapters.values import iban, luhn_completed


@dataclass(frozen=True, slots=True)
class Value:
    """`text` under `label`, as an application would write it; found as one of `entities`."""

    name: str
    label: str
    text: str
    entities: frozenset[str]
    personal: bool = False

    @property
    def before(self) -> str:
        """What a log line says before the text."""
        if self.personal or self.name == "basic-auth":
            return f"{self.label}: "
        return f"{self.label}="

    @property
    def said(self) -> str:
        return self.before + self.text


def _secret(name: str, label: str, text: str, *entities: str) -> Value:
    return Value(name, label, text, frozenset(entities))


def _personal(name: str, label: str, text: str, *entities: str) -> Value:
    return Value(name, label, text, frozenset(entities), personal=True)


def _jwt() -> str:
    head = '{b64json:"alg":"HS256","typ":"JWT"}'
    claims = '{b64json:"sub":"svc-7731","scope":"orders","exp":1900000000}'
    return expand(head + "." + claims + ".{base64url:43}")


def _pem() -> str:
    """The outline of an RSA key (RFC 8017) whose numbers are random: 318 bytes, and no key."""
    body = b"\x30\x82\x01\x3a\x02\x01\x00\x02\x41\x00" + expand("{alnum:308}").encode()
    label = "RSA PRIVATE" + " KEY"
    lines = textwrap.wrap(base64.b64encode(body).decode(), 64)
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


_PASSWORD = expand("Vq8-{letter:6}!{digit:3}{letter:4}")
_BASIC = base64.b64encode(expand("deploy-bot:Wq{letter:7}7-{digit:4}{letter:5}").encode()).decode()

VALUES: tuple[Value, ...] = (
    _secret("github", "GITHUB_TOKEN", expand("gh" + "p_{alnum:30}{crc32:6}"), "GITHUB_TOKEN"),
    _secret("aws", "aws_secret_access_key", expand("{base64:40}"), "AWS_SECRET_ACCESS_KEY"),
    _secret("slack", "SLACK_BOT_TOKEN", expand("xo" + "xb-{digit:12}-{digit:13}-{alnum:24}"), "SLACK_TOKEN"),
    _secret("stripe", "STRIPE_SECRET_KEY", expand("sk_" + "live_{alnum:24}"), "STRIPE_SECRET_KEY"),
    _secret("jwt", "id_token", _jwt(), "JWT"),
    _secret("pem", "tls_private_key", _pem(), "PRIVATE_KEY"),
    _secret(
        "database-url",
        "DATABASE_URL",
        expand("postgres://orders_app:Wq{letter:7}7{digit:4}{letter:5}@db.northby.internal:5432/orders"),
        "URL_CREDENTIALS",
    ),
    _secret("password", "db_password", _PASSWORD, "PASSWORD"),
    _secret("npm", "NPM_TOKEN", expand("npm" + "_{alnum:30}{crc32:6}"), "NPM_TOKEN"),
    _secret(
        "openai",
        "OPENAI_API_KEY",
        expand("sk-" + "proj-{base64url:74}T3BlbkFJ{base64url:74}"),
        "OPENAI_API_KEY",
    ),
    _secret(
        "sendgrid", "SENDGRID_API_KEY", expand("SG" + ".{base64url:22}.{base64url:43}"), "SENDGRID_API_KEY"
    ),
    _secret("basic-auth", "Authorization", "Basic " + _BASIC, "BASIC_AUTH_CREDENTIALS"),
    _personal("email", "contact_email", "ottilie.brandwein@" + "brevkasten-nord.com", "EMAIL_ADDRESS"),
    _personal("phone", "phone", "+49 171 39" + "28 4417", "PHONE_NUMBER"),
    _personal("card", "card_number", luhn_completed("492917" + "830214667"), "CREDIT_CARD"),
    _personal("iban", "iban", iban("DE", "50010517" + "5407324931"), "IBAN_CODE"),
    _personal("ssn", "ssn", "528-41-" + "7362", "US_SSN"),
    _personal("person", "full_name", "Ottilie Brandwein", "PERSON"),
    _personal("address", "street_address", "17 Tanners Row, Leeds", "STREET_ADDRESS"),
    _personal("birth-date", "date_of_birth", "1971-03-09", "DATE_OF_BIRTH"),
)
