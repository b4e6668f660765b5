"""Every carrier of the matrix, by group."""

from __future__ import annotations

from tests.carriers import containers, databases, dumps, encodings, escapes, files, logs, reports, traffic
from tests.carriers.document import Carrier

GROUPS: tuple[tuple[str, tuple[Carrier, ...]], ...] = (
    ("Logs", logs.CARRIERS),
    ("Escapes", escapes.CARRIERS),
    ("Encodings", encodings.CARRIERS),
    ("Dumps", dumps.CARRIERS),
    ("Databases and tables", databases.CARRIERS),
    ("Containers", containers.CARRIERS),
    ("Recorded traffic", traffic.CARRIERS),
    ("Test reports", reports.CARRIERS),
    ("Other files", files.CARRIERS),
)
CARRIERS: tuple[Carrier, ...] = tuple(carrier for _, group in GROUPS for carrier in group)
