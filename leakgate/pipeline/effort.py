"""How much work makes up for another process, in bytes to scan; measures nothing itself."""

from __future__ import annotations

# What is scanned in the time that it takes to start a process, about.
WORTH_A_PROCESS = 4_000_000
FILE = 10_000  # what a file costs beside its bytes
