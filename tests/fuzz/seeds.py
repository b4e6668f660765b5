"""
Valid inputs with planted values, made at run time: the carriers of the matrix, and what no carrier is.

Small on purpose: a mutation must have a fair chance to hit what a reader decides by.
"""

from __future__ import annotations

import io
import json
import lzma
import pickle
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from tests.carriers.registry import CARRIERS
from tests.carriers.scanning import fitting
from tests.carriers.values import Value
from tests.fuzz.target import CANARIES
from tests.unit.unpack import test_git_objects as git
from tests.unit.unpack.archives import tar_of, zip_of
from tests.unit.unpack.formats import test_avro_blocks as avro
from tests.unit.unpack.formats import test_packed_trees as trees
from tests.unit.unpack.formats import test_parquet_table as parquet
from tests.unit.unpack.formats import test_pcap_payloads as pcap
from tests.unit.unpack.formats import test_pdf_text as pdf
from tests.unit.unpack.formats import test_protobuf_strings as protobuf


@dataclass(frozen=True, slots=True)
class Seed:
    """A file, by a name that fits it."""

    name: str
    data: bytes


TOKEN, PACKAGE, CARD = (canary.encode() for canary in CANARIES)
LOG = b"12:00:01 DEBUG token=" + TOKEN + b"\n12:00:02 npm " + PACKAGE + b"\ncard_number: " + CARD + b"\n"
_PLANTED = (
    Value("github", "GITHUB_TOKEN", CANARIES[0], frozenset()),
    Value("npm", "NPM_TOKEN", CANARIES[1], frozenset()),
    Value("card", "card_number", CANARIES[2], frozenset(), personal=True),
)


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them."""
    return (*_carried(), *(Seed(name, make()) for name, make in _OTHERS.items()))


def _carried() -> Iterator[Seed]:
    for carrier in CARRIERS:
        fits = {value.name for value in fitting(carrier)}
        document = carrier.make(tuple(value for value in _PLANTED if value.name in fits))
        yield Seed(document.name, document.data)


def _json(document: object) -> bytes:
    return json.dumps(document).encode()


def _ar() -> bytes:
    head = b"a.log/          1700000000  0     0     100644  %-10d`\n" % len(LOG)
    return b"!<arch>\n" + head + LOG + b"\n" * (len(LOG) % 2)


def _numpy() -> bytes:
    out = io.BytesIO()
    np.save(out, np.array([CANARIES[0], "two", CANARIES[1]]))
    return out.getvalue()


def _record() -> dict[bytes, object]:
    return {b"token": TOKEN, b"list": [b"a", {b"npm": PACKAGE}], b"card": CARD, b"n": 1}


def _protobuf() -> bytes:
    attribute = protobuf._attribute(b"token", TOKEN)
    return protobuf._field(1, protobuf._field(1, attribute) + protobuf._field(2, PACKAGE))


def _tricky_zip() -> bytes:
    """A script in front, a comment behind, one member of each method, names that lead outside."""
    out = io.BytesIO()
    out.write(b"#!/bin/sh\nexit\n")
    with zipfile.ZipFile(out, "w") as archive:
        for name, method in (("../../up", 0), ("b\\c", 8), ("/abs", 12), ("d" * 300, 14)):
            archive.writestr(name, LOG, method)
        archive.comment = TOKEN
    return out.getvalue()


def _tricky_tar() -> bytes:
    """Links, long names, a sparse claim and a device."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            entry = tarfile.TarInfo("n" * 150)
            entry.type, entry.linkname = kind, "../" * 40
            archive.addfile(entry)
        entry = tarfile.TarInfo("a.log")
        entry.size = len(LOG)
        archive.addfile(entry, io.BytesIO(LOG))
    return out.getvalue()


def _playwright() -> bytes:
    opening = {"type": "context-options", "title": "a.spec.ts:3 › shop › pays"}
    told = {"type": "console", "text": f"token={CANARIES[0]}"}
    return b"\n".join(map(_json, (opening, told, {"type": "before", "params": {"value": CANARIES[1]}})))


def _report(**keys: object) -> Callable[[], bytes]:
    return lambda: _json({**keys, "output": f"token={CANARIES[0]}", "note": f"\n{CANARIES[1]}"})


_SPEC = {
    "title": "pays",
    "file": "a.spec.ts",
    "line": 3,
    "tests": [{"results": [{"stdout": [{"text": "x"}]}]}],
}
_OTHERS: dict[str, Callable[[], bytes]] = {
    "lib.a": _ar,
    "objects/ab/cdef": lambda: zlib.compress(b"blob %d\0" % len(LOG) + LOG),
    "pack-1.pack": lambda: git._pack(git._entry(3, LOG), git._entry(2, b"names"), git._entry(1, b"author")),
    "old.lzma": lambda: lzma.compress(LOG, lzma.FORMAT_ALONE),
    "some.rar": lambda: b"Rar!\x1a\x07\x01\x00" + LOG,
    "tricky.zip": _tricky_zip,
    "tricky.tar": _tricky_tar,
    "nested.zip": lambda: zip_of(
        {"a.tar": tar_of({"b.zip": zip_of({"c.log": LOG})}), "d.json": _json({"t": CANARIES[0]})}
    ),
    "page.pdf": lambda: pdf._pdf(f"({CANARIES[0]}) Tj", "(two) Tj"),
    "rows.parquet": lambda: parquet._parquet({"token": [CANARIES[0], "x"], "n": [1, 2]}),
    "net.pcap": lambda: pcap._pcap(pcap._tcp(LOG[:60], 1), pcap._tcp(LOG[60:], 61)),
    "net.pcapng": lambda: pcap._pcapng(pcap._tcp(b"HTTP/1.1 200 OK\r\n\r\n" + LOG, 1)),
    "spans.pb": _protobuf,
    "record.msgpack": lambda: trees._msgpack(_record()),
    "record.cbor": lambda: trees._cbor(_record()),
    "record.bson": lambda: trees._bson(_record()),
    "record.pickle": lambda: pickle.dumps({"token": CANARIES[0], "list": ["a", CANARIES[1]], "n": 2**70}),
    "array.npy": _numpy,
    "rows.avro": lambda: avro._avro(b"deflate", avro._deflated(LOG), avro._deflated(LOG)),
    "trace.trace": _playwright,
    "report.json": _report(config={}, suites=[{"title": "a", "specs": [_SPEC], "suites": []}], specs=[]),
    "pytest-html.json": _report(
        tests={
            "tests/t.py::a": [{"log": CANARIES[0], "resultsTableRow": ["<td>a</td>"], "result": "Failed"}]
        },
        result="Failed",
        log="",
        resultsTableRow=[],
        environment={},
    ),
    "newman.json": _report(
        collection={"item": []},
        run={
            "executions": [
                {
                    "item": {"name": "pay", "id": "1"},
                    "response": {"stream": {"type": "Buffer", "data": [103, 104]}},
                }
            ]
        },
    ),
    "0-result.json": _report(
        uuid="1",
        historyId="2",
        fullName="tests.t#a",
        name="a",
        status="passed",
        steps=[{"name": "s", "steps": []}],
        labels=[{"name": "suite", "value": "t"}],
        start=1,
        stop=2,
    ),
}
