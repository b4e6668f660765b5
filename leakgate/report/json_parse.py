"""
Bytes that claim to be a result document -> the document, in the shape of the wire types.

The bytes may come from anybody: a cut, forged or foreign file is an error in one line. Says nothing about
whether the parts of the document agree with each other.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn, cast

from leakgate.model.errors import ResultError
from leakgate.model.expressions import expression
from leakgate.report import json_wire as wire
from leakgate.report.json_conform import Misfit, shape_of

# 100,000 findings of ten places each are about as much; decoded it takes ten times the memory.
MAX_BYTES = 256 << 20

_AGAIN = "write it again with `leakgate scan --report json=FILE`"
_NO_RUN = {"started": None, "ended": None, "commit": None, "url": None}
_VERSION = expression(r"leakgate\.result/([0-9]{1,4})")


def parse(raw: bytes) -> wire.ResultWire:
    """Raises ResultError for whatever is not one whole document of `leakgate.result/1`."""
    document = _decoded(raw)
    _check_version(document)
    document.setdefault("run", _NO_RUN)  # releases before 1.1 did not say
    try:
        shape_of(wire.ResultWire)(document)
    except Misfit as exc:
        raise _misfit(exc) from None
    return cast(wire.ResultWire, document)


def _decoded(raw: bytes) -> Any:
    if len(raw) > MAX_BYTES:
        raise ResultError(
            f"the result file is larger than {MAX_BYTES >> 20} MiB", hint="narrow the scan, or scan in parts"
        )
    if not raw.strip():
        raise ResultError("the result file is empty", hint=_AGAIN)
    try:
        # Some shells write a byte order mark where output is redirected.
        text = raw.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise ResultError("the result file is not UTF-8 text", hint=_AGAIN) from None
    except json.JSONDecodeError as exc:
        where = f"it stops making sense in line {exc.lineno}"
        raise ResultError(f"the result file is cut short or is no JSON: {where}", hint=_AGAIN) from None
    except (ValueError, RecursionError):
        raise ResultError("the result file is no JSON that a scan writes", hint=_AGAIN) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Readers differ on which of two equal keys counts, so that a forger could show each its own."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands twice")
    return members


def _no_constant(_word: str) -> NoReturn:
    raise ValueError("NaN and infinities are no JSON")


def _check_version(document: Any) -> None:
    named = document.get("schema") if isinstance(document, dict) else None
    if named == wire.SCHEMA_ID:
        return
    version = _VERSION.fullmatch(named) if isinstance(named, str) else None
    if version is None:
        raise ResultError(f"the file is no result of leakgate: `schema` is not {wire.SCHEMA_ID}", hint=_AGAIN)
    raise ResultError(
        f"the result file has version {int(version[1])} of the schema, this leakgate reads version 1",
        hint="use the release of leakgate that wrote it, or a newer one",
    )


def _misfit(exc: Misfit) -> ResultError:
    where = f"`{exc.where}`" if exc.where else "the document"
    return ResultError(
        f"the result file does not fit {wire.SCHEMA_ID}: {where} {exc.what}",
        hint="it was changed, or written by another release of leakgate; use the same release to read it",
    )
