"""
XML documents, test reports above all: JUnit and its dialects, TRX, NUnit, xUnit.net, Robot Framework, TestNG.

Reads cut and malformed ones as far as they go; nothing that a document declares is expanded or fetched.
"""

from __future__ import annotations

import re
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
    rb"^\s*+<(?:testsuites?|TestRun|test-run|test-results|robot|testng-results|assemblies|testResults|testExecutions"
    rb"|coverage|report)[\s>]",
    re.MULTILINE,
)


class Xml:
    """XML by its declaration, by a known root, or by its first tag and its name together."""

    name = "xml"

    def matches(self, head: bytes, name: str) -> bool:
        if head.lstrip()[:5] == b"<?xml":
            return True
        named = name.lower().endswith(_SUFFIXES)
        return (named and _BEGINNING.match(head) is not None) or _REPORT.search(head, 0, 4096) is not None

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        known = _REPORT.search(document.data, 0, 4096)
        root = _ROOT.search(document.data, known.start() if known is not None else 0)
        dialect = dialect_of(root["name"] if root is not None else b"", document.data)
        yield from read_markup(document, _GRAMMAR, dialect)
