"""Cells that are known to be missing, and why. A cell in here that works fails the suite."""

from __future__ import annotations

_BROKEN = "a short value behind a colon that is broken over two lines is not put together"
_AROUND = "the value is reported as the credential around it, not once more by its own name"

_GAPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("hard-wrapped at 80 with prefixes", _BROKEN, ("email", "ssn", "person", "birth-date")),
    (
        "hard-wrapped at 80, hanging indent",
        _BROKEN,
        ("email", "phone", "card", "iban", "ssn", "person", "birth-date"),
    ),
    ("terminal-wrapped at 80", _BROKEN, ("email", "ssn", "person", "birth-date")),
    ("HTTP basic authentication", _AROUND, ("aws", "password")),
    ("JWT claims", _AROUND, ("password",)),
)
KNOWN_GAPS: dict[tuple[str, str], str] = {
    (carrier, value): reason for carrier, reason, values in _GAPS for value in values
}
