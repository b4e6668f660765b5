"""Every binary format that says more than its printable strings; told by content, so order hardly matters."""

from __future__ import annotations

from leakgate.unpack.formats.avro_blocks import AvroBlocks
from leakgate.unpack.formats.base import Format
from leakgate.unpack.formats.binary_plist import BinaryPlist
from leakgate.unpack.formats.bson_values import BsonValues
from leakgate.unpack.formats.cbor_values import CborValues
from leakgate.unpack.formats.image_text import ImageText
from leakgate.unpack.formats.msgpack_values import MsgpackValues
from leakgate.unpack.formats.numpy_array import NumpyArray
from leakgate.unpack.formats.parquet_table import ParquetTable
from leakgate.unpack.formats.pcap_payloads import PcapPayloads
from leakgate.unpack.formats.pdf_text import PdfText
from leakgate.unpack.formats.pickle_strings import PickleStrings
from leakgate.unpack.formats.protobuf_strings import ProtobufStrings
from leakgate.unpack.formats.sqlite_database import SqliteDatabase

BINARY_FORMATS: tuple[Format, ...] = (
    SqliteDatabase(),
    PdfText(),
    ImageText(),
    ParquetTable(),
    PcapPayloads(),
    ProtobufStrings(),
    MsgpackValues(),
    CborValues(),
    BsonValues(),
    PickleStrings(),
    BinaryPlist(),
    NumpyArray(),
    AvroBlocks(),
)
