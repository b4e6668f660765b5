"""
XML documents, test reports above all: JUnit and its dialects, TRX, NUnit, xUnit.net, Robot Framework, TestNG.

Reads cut and malformed ones as far as they go; nothing that a document declares is expanded or fetched.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap
from leakgate.model.segment import Segment
from leakgate.unpack.formats.markup import XML
from leakgate.unpack.formats.markup_reading import Grammar, read_markup
from leakgate.unpack.formats.test_scopes import dialect_of

# Parts of a paragraph in OpenDocument and Office Open XML; editors split words as they like.
_INLINE = (
    b"text:span text:a text:s text:bookmark text:bookmark-start text:bookmark-end text:soft-page-break"
    b" w:r w:t w:rPr w:b w:bCs w:i w:iCs w:u w:rFonts w:color w:sz w:szCs w:lang w:noProof w:highlight"
    b" w:proofErr w:bookmarkStart w:bookmarkEnd w:hyperlink w:rStyle a:r a:t a:rPr"
)
_GRAMMAR = Grammar(XML, inline=frozenset(_INLINE.split()))
_ROOT = expression(rb"<(?P<name>[A-Za-z_][\w:.\-]*+)")
_BEGINNING = expression(
    rb"\s*+(?:<\?xml\b|<!DOCTYPE\b(?!\s+html)|<!--|<[A-Za-z_][\w:.\-]*+(?:\s[^<>]*+)?/?>)"
)
_SUFFIXES = (
    *(".xml", ".trx", ".jtl", ".xunit", ".nunit", ".junit"),
    *(".config", ".csproj", ".pom", ".plist", ".resx", ".svg", ".xsd", ".xsl", ".xslt", ".wsdl"),
)
# Roots that are known whatever the file is called; also behind lines that a runner printed first.
_REPORT = expression(
    rb"<(?:testsuites?|TestRun|test-run|test-results|robot|testng-results|assemblies|testResults|testExecutions"
    rb"|coverage|report)[\s>]"
)
_REPORT_WITHIN = 4096


class Xml:
    """XML by its declaration, by a known root, or by its first tag and its name together."""

    name = "xml"

    def matches(self, head: bytes, name: str) -> bool:
        if head.lstrip()[:5] == b"<?xml":
            return True
        named = name.lower().endswith(_SUFFIXES)
        return (named and _BEGINNING.match(head) is not None) or _report_at(head) is not None

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        root = _ROOT.search(document.data, _report_at(document.data) or 0)
        dialect = dialect_of(root["name"] if root is not None else b"", document.data)
        yield from read_markup(document, _GRAMMAR, dialect)


def _report_at(data: bytes) -> int | None:
    """Where the root of a report begins, with nothing before it on its line."""
    for hit in _REPORT.finditer(data, 0, _REPORT_WITHIN):
        if not data[data.rfind(b"\n", 0, hit.start()) + 1 : hit.start()].strip():
            return hit.start()
    return None
