"""Which kind of pack a file is, told by its content."""

from __future__ import annotations

from pathlib import Path

from leakgate.detect.packs.gitleaks import read_gitleaks
from leakgate.detect.packs.pack import Pack
from leakgate.detect.packs.trivy import read_trivy
from leakgate.model.errors import RuleError

LARGEST = 8 << 20
KINDS = ("gitleaks", "betterleaks", "trivy")


def read_pack(path: Path, kind: str | None = None) -> Pack:
    """The pack in `path`; `kind` is one of KINDS, or told by the name. Raises RuleError."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as exc:
        raise RuleError(f"{path} cannot be read ({exc.strerror})", hint="name a file of rules") from exc
    return pack_of(raw, path, kind)


def pack_of(raw: bytes, path: Path, kind: str | None = None) -> Pack:
    """The pack whose bytes were read already, from whatever `path` stands for. Raises RuleError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise RuleError(f"{path} is not UTF-8 text", hint="name a file of rules") from exc
    if len(raw) > LARGEST:
        raise RuleError(f"{path} is larger than {LARGEST >> 20} MiB", hint="name a file of rules")
    if kind == "trivy" or (kind is None and path.suffix in (".yaml", ".yml")):
        return read_trivy(text, path.name)
    return read_gitleaks(text, path.name)
