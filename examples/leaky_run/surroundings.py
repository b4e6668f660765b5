"""The rest of the run: a debug step's environment, server logs, fixtures, and files that are clean."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib

from leaky_run import people, tokens
from leaky_run.carriers import Compressed, Document, Plant
from leaky_run.scenario import Scenario


def environment(scenario: Scenario) -> Document:
    """`env > debug/.env`, the step somebody added to find out why the deploy failed."""
    text = "\n".join(
        [
            "CI=true",
            f"GITHUB_SHA={scenario.commit}",
            f"GITHUB_RUN_ID={scenario.run_id}",
            "GITHUB_TOKEN=***",
            f"RELEASE_TOKEN={scenario.github}",
            f"AWS_ACCESS_KEY_ID={scenario.aws_id}",
            f"AWS_SECRET_ACCESS_KEY={scenario.aws_secret}",
            f"DATABASE_URL={scenario.database}",
            "LOG_LEVEL=debug",
            f"PAYMENT_KEY={scenario.stripe}",
        ]
    )
    return Document.of_text(
        "debug/.env",
        text + "\n",
        Plant("GITHUB_TOKEN", scenario.github),
        Plant("AWS_ACCESS_KEY_ID", scenario.aws_id),
        Plant("AWS_SECRET_ACCESS_KEY", scenario.aws_secret),
        Plant("URL_CREDENTIALS", scenario.database),
        Plant("STRIPE_KEY", scenario.stripe),
    )


def server_log(scenario: Scenario) -> Compressed:
    """The service's log, rotated and compressed; support staff would recognise every customer in it."""
    lines = [_line("INFO", "server.py:31", "listening on 0.0.0.0:8080")]
    plants: list[Plant] = []
    for customer in (scenario.buyer, *scenario.others):
        lines += [
            _line("INFO", "refunds.py:10", f"customer name: {customer.name}, e-mail: {customer.email}"),
            _line(
                "INFO",
                "refunds.py:11",
                f"Refund approved for {customer.name}, who lives at {customer.street}, {customer.city}.",
            ),
            _line("INFO", "refunds.py:12", f"refund 17.90 EUR to IBAN {_grouped(customer.iban)}"),
            _line("DEBUG", "refunds.py:13", f"card={customer.card} phone={customer.phone}"),
        ]
        plants += [
            Plant("PERSON", customer.name),
            Plant("EMAIL_ADDRESS", customer.email),
            Plant("IBAN_CODE", _grouped(customer.iban)),
            Plant("CREDIT_CARD", customer.card),
            Plant("PHONE_NUMBER", customer.phone),
        ]
    lines += [_line("ERROR", "keys.py:22", "cannot load signing key, dumping it:"), scenario.private_key]
    plants.append(Plant("PRIVATE_KEY", scenario.private_key))
    inner = Document.of_text("orders-api.log", "\n".join(lines) + "\n", *plants)
    return Compressed("logs/orders-api.log.gz", inner)


def fixtures() -> Document:
    """Values that look like leaks and are published examples: a good gate names them and lets them pass."""
    access_key, secret_key = tokens.documented_aws_pair()
    mail = "jane.doe@" + "example.com"
    card = people.psp_test_card()
    rows = [
        "name,email,card,aws_access_key_id,aws_secret_access_key",
        f"Jane Doe,{mail},{card},{access_key},{secret_key}",
    ]
    return Document.of_text(
        "fixtures/accounts.csv",
        "\n".join(rows) + "\n",
        Plant("EMAIL_ADDRESS", mail, synthetic=True),
        Plant("CREDIT_CARD", card, synthetic=True),
        Plant("AWS_ACCESS_KEY_ID", access_key, synthetic=True),
        Plant("AWS_SECRET_ACCESS_KEY", secret_key, synthetic=True),
    )


def clean(scenario: Scenario) -> tuple[Document, ...]:
    """Nothing to find, much that tempts: hashes, identifiers, versions, a picture."""
    digest = hashlib.sha256(scenario.commit.encode()).hexdigest()
    migrations = "\n".join(f"Applying orders.{number:04d}_step... OK" for number in range(1, 40)) + "\n"
    image = f"image registry.staging.internal/shop@sha256:{digest}"
    build = f"commit {scenario.commit}\n{image}\n\x1b[32mdone\x1b[0m in 12.4s\n"
    summary = {"tests": 6, "failed": 3, "duration": 3.21, "run": scenario.run_id, "commit": scenario.commit}
    locked = f"requests==2.32.3 \\\n    --hash=sha256:{digest}\n"
    return (
        Document.of_text("logs/migrations.log", migrations),
        Document.of_text("logs/build.log", build),
        Document.of_text("reports/summary.json", json.dumps(summary, indent=2) + "\n"),
        Document.of_text("reports/requirements.lock", locked),
        Document.of_text(
            "test-results/.last-run.json", json.dumps({"status": "failed", "failedTests": []}) + "\n"
        ),
        Document("test-results/checkout-pays-by-card-chromium/test-failed-1.png", _picture()),
    )


def _line(level: str, caller: str, message: str) -> str:
    return f"2026-03-04T09:30:12.114Z {level:<5} orders-api [{caller}] {message}"


def _grouped(iban: str) -> str:
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def _picture() -> bytes:
    """A grey PNG of 64 by 64 pixels."""
    size = 64
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * size for _ in range(size)))
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
