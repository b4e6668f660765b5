"""Cells that are known to be missing, and why. A cell in here that works fails the suite."""

from __future__ import annotations

KNOWN_GAPS: dict[tuple[str, str], str] = {}
