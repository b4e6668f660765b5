"""The text of PDF files is read where its reader is installed, and a gap where not."""

from __future__ import annotations

import sys
import zlib

import pytest

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.pdf_text import PdfText
from tests.unit.unpack.formats.binary_fields_of import fields_of, gaps_of, items_of

PDF = PdfText()


def _pdf(*texts: str, info: str = "") -> bytes:
    """A file with one page for each text, whose contents are compressed."""
    count = len(texts)
    kids = " ".join(f"{4 + 2 * nth} 0 R" for nth in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for nth, text in enumerate(texts):
        body = zlib.compress(f"BT /F1 9 Tf 9 9 Td {text} ET".encode())
        page = f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * nth} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        stream = f"<</Length {len(body)}/Filter/FlateDecode>>stream\n".encode() + body + b"\nendstream"
        objects += [page.encode(), stream]
    objects.append(f"<<{info}>>".encode())
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj".encode() + body + b"endobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>"
    return data + f"{table}{trailer}\nstartxref\n{len(data)}\n%%EOF".encode()


def test_pages_are_read() -> None:
    """Strings that are set piece by piece are whole again, each on its page."""
    pytest.importorskip("pypdf")

    fields = fields_of(PDF, _pdf("(first) Tj", "[(tok) -10 (en=some) 5 (thing)] TJ"))

    assert [("page 1", b"first", "/pages/1"), ("page 2", b"token=something", "/pages/2")] == [
        (field.label, field.value, field.pointer) for field in fields
    ]


def test_properties_are_read() -> None:
    """Who wrote it is said by name."""
    pytest.importorskip("pypdf")

    assert ("Author", b"Some body") in [
        (f.label, f.value) for f in fields_of(PDF, _pdf("(x) Tj", info="/Author(Some body)"))
    ]


def test_cut_file_is_a_gap_behind_what_could_be_read() -> None:
    """Every beginning is read without an exception."""
    pytest.importorskip("pypdf")
    whole = _pdf("(first) Tj")

    assert all(items_of(PDF, whole[:length]) is not None for length in range(5, len(whole), 23))


def test_damage_is_a_gap() -> None:
    """A file that is none but for its mark says so."""
    pytest.importorskip("pypdf")

    assert [GapReason.MALFORMED] == [gap.reason for gap in gaps_of(PDF, b"%PDF-1.4\nnothing of the kind obj")]


def test_without_its_reader_a_file_is_a_gap_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its text is compressed, so nothing else has looked at it."""
    monkeypatch.setitem(sys.modules, "pypdf", None)

    [gap] = gaps_of(PDF, _pdf("(first) Tj"))

    assert (GapReason.UNSUPPORTED, True) == (gap.reason, "leakgate-ci" in gap.detail)
