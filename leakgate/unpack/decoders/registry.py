"""Every decoder of the one pass, in the order in which their children are scanned."""

from __future__ import annotations

from leakgate.model.detection import Decoder
from leakgate.unpack.decoders.armoured import Armoured
from leakgate.unpack.decoders.base32_runs import Base32
from leakgate.unpack.decoders.base64_runs import Base64
from leakgate.unpack.decoders.byte_lists import ByteLists
from leakgate.unpack.decoders.byte_literals import ByteLiterals
from leakgate.unpack.decoders.chunks import Chunks
from leakgate.unpack.decoders.concatenated import CONCATENATED
from leakgate.unpack.decoders.doubled_quotes import DOUBLED_QUOTES
from leakgate.unpack.decoders.dumped_pairs import DUMPED_PAIRS
from leakgate.unpack.decoders.escapes import ESCAPES
from leakgate.unpack.decoders.form_parts import FORM_PARTS
from leakgate.unpack.decoders.forms import FORMS
from leakgate.unpack.decoders.hexadecimal import Hexadecimal
from leakgate.unpack.decoders.named_markup import NAMED_MARKUP
from leakgate.unpack.decoders.pair_lists import PAIR_LISTS
from leakgate.unpack.decoders.quoted_printable import QUOTED_PRINTABLE
from leakgate.unpack.decoders.sql_values import SQL
from leakgate.unpack.decoders.text_tables import TABLES
from leakgate.unpack.decoders.wrapped import WRAPPED

DECODERS: tuple[Decoder, ...] = (
    ESCAPES,
    FORMS,
    QUOTED_PRINTABLE,
    DOUBLED_QUOTES,
    Base64(),
    Base32(),
    Hexadecimal(),
    ByteLists(),
    ByteLiterals(),
    Armoured(),
    Chunks(),
    WRAPPED,
    CONCATENATED,
    SQL,
    TABLES,
    FORM_PARTS,
    NAMED_MARKUP,
    DUMPED_PAIRS,
    PAIR_LISTS,
)


def decoders() -> tuple[Decoder, ...]:
    """All of them; a decoder costs nothing where its patterns do not fire."""
    return DECODERS
