"""What detect-secrets' plugins find in logs, and what they leave alone."""

from __future__ import annotations

import base64
import json
import string

import pytest

from leakgate.detect.adapters.detect_secrets import detect_secrets_recognizers
from tests.unit.detect.adapters.scanning import found, scan
from tests.unit.detect.adapters.values import ALPHANUMERIC, random_text

EVERY = detect_secrets_recognizers()
HEX = "0123456789abcdef"


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


AWS = "AK" + "IA" + random_text(string.ascii_uppercase + "234567", 16)
GITHUB = "gh" + "p_" + random_text(ALPHANUMERIC, 36)
GITLAB = "gl" + "pat-" + random_text(ALPHANUMERIC, 20)
JWT = ".".join((encoded({"alg": "HS256"}), encoded({"sub": "u-77"}), random_text(ALPHANUMERIC, 43)))
NPM = "npm" + "_" + random_text(ALPHANUMERIC, 36)
SLACK = "xo" + "xb-" + "-".join(("263594206564", "2343594206574", random_text(ALPHANUMERIC.lower(), 24)))
SENDGRID = "S" + "G." + random_text(ALPHANUMERIC, 22) + "." + random_text(ALPHANUMERIC, 43)
PASSWORD = "rT7" + "!vq2" + "Zk9w"
HIGH_BASE64 = random_text(ALPHANUMERIC, 48, "b")
AZURE = random_text(ALPHANUMERIC, 86) + "=="


@pytest.mark.parametrize(
    ("text", "rule", "value", "confidence"),
    [
        (f"key {AWS} used", "aws", AWS, "high"),
        (f"remote: {GITHUB}", "github", GITHUB, "high"),
        (f"CI_TOKEN={GITLAB}", "gitlab", GITLAB, "high"),
        (f"Authorization: Bearer {JWT} ok", "jwt", JWT, "high"),
        (f"//registry.npmjs.org/:_authToken={NPM}", "npm", NPM, "high"),
        (f"slack {SLACK}", "slack", SLACK, "high"),
        (f"mail {SENDGRID}", "sendgrid", SENDGRID, "high"),
        (f"AccountKey={AZURE};Suffix=x", "azure-storage-key", AZURE, "high"),
        (
            f"postgres://app:{PASSWORD.replace('!', '')}@db/x",
            "basic-auth",
            PASSWORD.replace("!", ""),
            "medium",
        ),
        (f'db_password = "{PASSWORD}"', "keyword", PASSWORD, "medium"),
        (f'"api_key": "{HIGH_BASE64}"', "base64-high-entropy", HIGH_BASE64, "low"),
        (f'"token": "{random_text(HEX, 32)}"', "hex-high-entropy", random_text(HEX, 32), "low"),
        ("-----BEGIN RSA" + " PRIVATE KEY-----", "private-key", "BEGIN RSA PRIVATE KEY", "medium"),
        ("peer 81.2.69.142:443", "ip-public", "81.2.69.142", "low"),
    ],
)
def test_secret_is_found(text, rule, value, confidence):
    """A plugin's secret is found, and the span covers the value alone."""
    assert (f"detect-secrets/{rule}", value, confidence) in found(scan(EVERY, text))


@pytest.mark.parametrize(
    "text",
    [
        f"sha{GITHUB}",
        f"{AWS}0",
        'password = "${DB_PASSWORD}"',
        'password = "<hidden>"',
        'password = "********"',
        'password = "password"',
        'secretName: "coredns-token-kz92b"',
        'secret = "user.profile.name"',
        'secret = get_secret("vault")',
        f'"etag": "{random_text(HEX, 32)}"',
        f"commit '{random_text(HEX, 40)}'",
        f'"trace_id": "{random_text(HEX, 32)}"',
        "password: hunter2andmore",
        "eyJub3QiLCJqc29u.eyJub3QiLCJqc29u.xx",
        "://host:8080/path@v1",
        "APACHE2LICENSE",
        f'"clientToken": "{HIGH_BASE64}"',
        f"bot 57293839:A{random_text(ALPHANUMERIC, 34)}-and-more",
        'password = "0xAb19D82E' + '7f546cC3"',
        "as: 'edit_password', put: 'cms/sites/passwords#update'",
    ],
)
def test_lookalike_is_left_alone(text):
    """Placeholders, references, names, digests and pieces of longer tokens are no secrets."""
    assert [] == found(scan(EVERY, text))


def test_configuration_needs_no_quotes():
    """In a configuration file, a keyword's value counts without quotes, as it does for detect-secrets."""
    matches = scan(EVERY, f"db_password: {PASSWORD}\n", "deploy/app.yaml")

    assert [("detect-secrets/keyword", PASSWORD, "medium")] == found(matches)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("key " + "AKIA" + "IOSFODNN7" + "EXAMPLE", "documented example or placeholder"),
        (
            ".".join(("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "abc123")),
            "example token of jwt.io",
        ),
        ("xo" + "xp-1234-1234-1234-" + random_text(HEX, 32), "documented example or placeholder"),
    ],
)
def test_documented_example_is_marked(text, reason):
    """A value from documentation is a match that says so."""
    assert [reason] == [match.synthetic for match in scan(EVERY, text)]


@pytest.mark.parametrize(
    "data", [b"\xff'" * 800, b"password = '" * 300, b"'" + b"a" * 5000 + b"'", b"://a:" * 900]
)
def test_hostile_bytes_are_survived(data):
    """Bytes that are no text, and endless runs, raise nothing and find nothing."""
    assert [] == scan(EVERY, data)


def test_reason_says_nothing_of_the_value():
    """The reason of a match holds no part of the secret."""
    [match] = scan(EVERY, f"remote: {GITHUB}")

    assert GITHUB[4:8] not in match.because
