"""Every format that is read with its own meaning; asked in this order, the particular before the general."""

from __future__ import annotations

from leakgate.unpack.formats.base import Format
from leakgate.unpack.formats.binary_registry import BINARY_FORMATS
from leakgate.unpack.formats.html import Html
from leakgate.unpack.formats.json_document import JsonDocument
from leakgate.unpack.formats.mail import Mail
from leakgate.unpack.formats.table import Table
from leakgate.unpack.formats.xml import Xml
from leakgate.unpack.formats.yaml_document import YamlDocument

FORMATS: tuple[Format, ...] = (
    *BINARY_FORMATS,
    Html(),
    Xml(),
    JsonDocument(),
    YamlDocument(),
    Mail(),
    Table(),
)


def format_for(head: bytes, name: str) -> Format | None:
    """The first format that the beginning of a document is."""
    return next((known for known in FORMATS if known.matches(head, name)), None)
