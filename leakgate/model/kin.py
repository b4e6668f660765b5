"""What of a name a scan depends on, beside the bytes that bear it."""

from __future__ import annotations

from collections.abc import Callable

from leakgate.model.artifact import Artifact

Kin = tuple[str, ...]
KinOf = Callable[[Artifact], Kin]


def ending(name: str) -> str:
    """The last two parts of a file name that begin with a dot: all that is ever asked of a name as such.

    `report.JSON` gives `.JSON`, `trace.pb.bin` gives `.pb.bin`, a name without a dot gives nothing.
    """
    base = name.rpartition("/")[2]
    dot = base.rfind(".")
    before = base.rfind(".", 0, dot) if dot > 0 else -1
    if dot < 0:
        return ""
    return base[before:] if before >= 0 else base[dot:]
