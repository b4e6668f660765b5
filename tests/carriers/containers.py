"""The plain log inside archives and compressed streams, also in one another."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace

from tests.carriers.document import Carrier, Document, Make, located
from tests.carriers.logs import log
from tests.carriers.values import Value

_MEMBER = "logs/app.log"
_OTHERS = (("manifest.json", b'{"version": 1}\n'), ("logs/empty.log", b""))
_log = log(_MEMBER, lambda number: (f"2026-03-01 12:00:{number % 60:02} INFO  ", ""))


def packed(name: str, pack: Callable[[bytes], bytes], *members: str) -> Make:
    """The log as `pack` stores it; its places are the log's own, at `members`."""

    def make(values: tuple[Value, ...]) -> Document:
        inner = _log(values)
        return replace(inner, name=name, data=pack(inner.data), members=members)

    return make


def zipped(raw: bytes, name: str = _MEMBER, others: tuple[tuple[str, bytes], ...] = _OTHERS) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, data in others:
            archive.writestr(other, data)
        archive.writestr(name, raw)
    return out.getvalue()


def _tar(raw: bytes, name: str = _MEMBER, mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for inner, data in (*_OTHERS, (name, raw)):
            member = tarfile.TarInfo(inner)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def _seven(raw: bytes) -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(raw, _MEMBER)
    return out.getvalue()


def _zstandard(raw: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(raw)


def _nested(raw: bytes) -> bytes:
    return _tar(zipped(raw), "results/run.zip", "w:gz")


def _jar(raw: bytes) -> bytes:
    manifest = ("META-INF/MANIFEST.MF", b"Manifest-Version: 1.0\r\n\r\n")
    return zipped(raw, "application.properties", (manifest, ("A.class", b"\xca\xfe\xba\xbe\0\0\0\x41")))


def _document(values: tuple[Value, ...]) -> Document:
    """A WordprocessingML document (ECMA-376): every value in one run of text."""
    head = '<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body>\n'
    parts, forms = [head], []
    for value in values:
        runs = value.text.replace("\n", "</w:t><w:br/><w:t>")
        forms.append((value, runs))
        parts.append(f"<w:p><w:r><w:t>{value.before}{runs}</w:t></w:r></w:p>\n")
    text = "".join([*parts, "</w:body></w:document>\n"]).encode()
    types = ("[Content_Types].xml", b'<?xml version="1.0"?><Types></Types>')
    inner = located("document.xml", text, forms)
    return replace(
        inner,
        name="report.docx",
        data=zipped(text, "word/document.xml", (types,)),
        members=("word/document.xml",),
    )


def _playwright_html(raw: bytes) -> bytes:
    """Playwright's HTML report ends in a data URI of a zip."""
    body = base64.b64encode(zipped(raw, "report.log", ())).decode()
    return (
        "<!DOCTYPE html><html><head><title>Playwright Test Report</title></head><body><div id='root'></div>\n"
        f'<script>\nwindow.playwrightReportBase64 = "data:application/zip;base64,{body}";</script>\n'
        "</body></html>\n"
    ).encode()


CARRIERS: tuple[Carrier, ...] = (
    Carrier("zip", packed("run.zip", zipped, _MEMBER)),
    Carrier("tar", packed("run.tar", _tar, _MEMBER)),
    Carrier("tar.gz", packed("run.tar.gz", lambda raw: _tar(raw, mode="w:gz"), _MEMBER)),
    Carrier("tar.xz", packed("run.tar.xz", lambda raw: _tar(raw, mode="w:xz"), _MEMBER)),
    Carrier("gz", packed("app.log.gz", lambda raw: gzip.compress(raw, mtime=0), "app.log")),
    Carrier("bz2", packed("app.log.bz2", bz2.compress, "app.log")),
    Carrier("xz", packed("app.log.xz", lzma.compress, "app.log")),
    Carrier("zst", packed("app.log.zst", _zstandard, "app.log")),
    Carrier("7z", packed("run.7z", _seven, _MEMBER)),
    Carrier("zip in tar.gz", packed("run.tgz", _nested, "results/run.zip", _MEMBER)),
    Carrier("jar", packed("app.jar", _jar, "application.properties")),
    Carrier("docx", _document),
    Carrier("zip in an HTML report (Playwright)", packed("index.html", _playwright_html, "report.log")),
)
