"""Other files that runs leave: JSON logs, mail, databases, images."""

from __future__ import annotations

import base64
import plistlib
import sqlite3
import struct
import tempfile
import zlib
from pathlib import Path
from typing import Any

from tests.carriers.document import Carrier, Document, Page, located
from tests.carriers.traffic import json_lines
from tests.carriers.values import Value

Json = Any  # what json.dumps takes


def _pino(value: Value) -> Json:
    return {
        "level": 30,
        "time": 1772366400000,
        "pid": 7,
        "req": {"id": 4, value.label: value.text},
        "msg": "request",
    }


def _ecs(value: Value) -> Json:
    return {
        "@timestamp": "2026-03-01T12:00:00.000Z",
        "log.level": "INFO",
        "message": f"calling with {value.said}",
        "ecs.version": "1.2.0",
        "service.name": "shop",
    }


def _base64_mail(values: tuple[Value, ...]) -> Document:
    """One part for each value, all in base64 (RFC 2045)."""
    page = Page().add(
        'From: ci\nSubject: results\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b1"\n\n'
    )
    for value in values:
        page.add("--b1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n")
        start = page.size
        page.add(base64.encodebytes(f"Hello,\n{value.said}\nThat is all of it.\n".encode())).mark(
            value, start
        )
        page.add("\n")
    return page.add("--b1--\n").document("mail.eml")


def _table(values: tuple[Value, ...]) -> str:
    columns = ", ".join(f'"{value.label}" text' for value in values)
    return f"create table accounts (id integer primary key, {columns})"


def _sqlite(values: tuple[Value, ...]) -> Document:
    """A row of which every column is a value."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "app.db"
        database = sqlite3.connect(path)
        database.execute(_table(values))
        marks = ", ".join("?" * len(values))
        database.execute(f"insert into accounts values (1, {marks})", [value.text for value in values])
        database.commit()
        database.close()
        raw = path.read_bytes()
    return located("app.db", raw, [(value, value.text) for value in values], encoding=None)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(values: tuple[Value, ...]) -> Document:
    """A screenshot of one pixel with a comment (tEXt) for every value."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    comments = [_chunk(b"tEXt", b"Comment\0" + value.said.encode()) for value in values]
    pixel = _chunk(b"IDAT", zlib.compress(b"\0\0"))
    raw = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + b"".join(comments) + pixel + _chunk(b"IEND", b"")
    return located("shot.png", raw, [(value, value.text) for value in values], encoding=None)


def _environment(values: tuple[Value, ...]) -> Document:
    """The environment block of a core dump: strings that end in a zero byte."""
    page = Page().add(b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 2)
    for value in values:
        page.add(value.label + "=").put(value, value.text).add(b"\0")
    found = page.add(bytes(range(255, -1, -1))).document("core.4711")
    return Document(found.name, found.data, found.text, found.places, encoding=None)


def _plist(values: tuple[Value, ...]) -> Document:
    """Preferences as Apple's systems keep them."""
    raw = plistlib.dumps({value.label: value.text for value in values}, fmt=plistlib.FMT_BINARY)
    return located("prefs.plist", raw, [(value, value.text) for value in values], encoding=None)


def _xml_plist(values: tuple[Value, ...]) -> Document:
    raw = plistlib.dumps({value.label: value.text for value in values})
    return located("Info.plist", raw, [(value, value.text) for value in values])


CARRIERS: tuple[Carrier, ...] = (
    Carrier("pino JSON log", json_lines("pino.log", _pino)),
    Carrier("ECS JSON log", json_lines("ecs.log", _ecs)),
    Carrier("e-mail, base64 part", _base64_mail),
    Carrier("SQLite row", _sqlite),
    Carrier("PNG comment", _png),
    Carrier("property list, XML", _xml_plist),
    Carrier("property list, binary", _plist),
    Carrier("core dump environment", _environment),
)
