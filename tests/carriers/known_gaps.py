"""Cells that are known to be missing, and why. A cell in here that works fails the suite."""

from __future__ import annotations

_AROUND = "the value is reported as the credential around it, not once more by its own name"

_GAPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("HTTP basic authentication", _AROUND, ("aws", "password")),
    ("JWT claims", _AROUND, ("password",)),
)
KNOWN_GAPS: dict[tuple[str, str], str] = {
    (carrier, value): reason for carrier, reason, values in _GAPS for value in values
}
