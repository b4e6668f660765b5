"""What holds for every decoder and any text: true to the reference, true to the place, never a crash."""

from __future__ import annotations

import base64
import html
import json
import quopri
from collections.abc import Sequence
from urllib.parse import quote, unquote_plus, unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakgate.detect.engine.portable import PortableEngine
from leakgate.model.detection import Decoder, Suspect
from leakgate.model.segment import Segment
from leakgate.model.spans import Span
from leakgate.unpack.decoders.base32_runs import Base32
from leakgate.unpack.decoders.base64_runs import Base64
from leakgate.unpack.decoders.doubled_quotes import DOUBLED_QUOTES
from leakgate.unpack.decoders.escapes import ESCAPES, find_escapes
from leakgate.unpack.decoders.forms import find_form_escapes
from leakgate.unpack.decoders.hexadecimal import Hexadecimal
from leakgate.unpack.decoders.quoted_printable import QUOTED_PRINTABLE, find_quoted
from leakgate.unpack.decoders.registry import decoders
from leakgate.unpack.decoders.rewriting import Finder, Rewriting, rewritten
from leakgate.unpack.decoders.wrapped import WRAPPED
from tests.kit.segments import segment

# Control characters are taken out of children, by design; `%`, `&` and quotes start other escapes.
PLAIN = st.text(st.characters(exclude_categories=("C",), exclude_characters="\u2028\u2029"), max_size=60)
QUIET = st.text(st.characters(exclude_categories=("C",), exclude_characters="%&'\\"), max_size=60)
ASCII = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=30, max_size=90)
WORDS = r"""\" \n \u003d \ud83d\ude00 \x41 \303\251 %41 % &lt; &#65; & =3D '' "" '\'' + a=b&c= word é"""
PIECES = st.sampled_from(
    (*WORDS.split(" "), "\n", "=\n", "k=v1\n", "x9y8\n", "\\\n", " stdout P ", "\x1b[1m")
)
ESCAPED = st.lists(PIECES, max_size=30).map("".join)


def everywhere(decoder: Decoder, here: Segment) -> Sequence[Suspect]:
    """One suspect that spans all there is, as many coalesced hits would be."""
    return [Suspect(pattern, Span(0, len(here.data))) for pattern in decoder.patterns[:1]]


def plain_of(finder: Finder, text: str | bytes) -> bytes:
    data = text if isinstance(text, bytes) else text.encode()
    region = Span(0, len(data))
    return rewritten(data, region, finder(data, region))[0]


@given(QUIET)
def test_json_strings_read_as_json_says(text: str) -> None:
    """A string literal decodes to what a JSON parser makes of it."""
    assert json.loads(json.dumps(text)).encode() == plain_of(find_escapes, json.dumps(text)[1:-1])


@given(st.text(st.characters(exclude_categories=("C",), exclude_characters="&'\\"), max_size=60))
def test_percent_escapes_read_as_urllib_says(text: str) -> None:
    """Quoted text decodes to what it was."""
    assert unquote_to_bytes(quote(text)) == plain_of(find_escapes, quote(text))


@given(st.text(st.characters(exclude_categories=("C",), exclude_characters="%'\\"), max_size=60))
def test_entities_read_as_html_says(text: str) -> None:
    """Escaped markup decodes to what it was."""
    assert html.unescape(html.escape(text)).encode() == plain_of(find_escapes, html.escape(text))


@given(st.integers(0, 0x110000))
def test_numbered_entities_read_as_html_says(number: int) -> None:
    """Every numeric reference decodes as in a browser, also those that name no character."""
    entity = f"&#x{number:x};"

    assert html.unescape(entity).encode() == plain_of(find_escapes, entity)


@given(st.binary(max_size=80))
def test_quoted_printable_reads_as_quopri_says(raw: bytes) -> None:
    """Quoted-printable bytes decode to what they were."""
    coded = quopri.encodestring(raw, quotetabs=True)

    assert quopri.decodestring(coded) == plain_of(find_quoted, coded)


@given(st.from_regex(r"[a-z]{1,5}=[a-z+%4142]{0,3}\+[a-z+]{0,9}&[a-z]{1,5}=[a-z+]{0,9}", fullmatch=True))
def test_forms_read_as_urllib_says(form: str) -> None:
    """In a form with several fields, a plus is a space."""
    unbroken = form.replace("%", "%4")

    assert unquote_plus(unbroken) == plain_of(find_form_escapes, unbroken).decode()


@pytest.mark.parametrize(
    "decoder", [ESCAPES, QUOTED_PRINTABLE, DOUBLED_QUOTES, WRAPPED], ids=lambda decoder: decoder.name
)
@given(text=ESCAPED, data=st.data())
def test_places_of_rewritten_text_are_true(decoder: Rewriting, text: str, data: st.DataObject) -> None:
    """Decoding the raw bytes of a place yields the bytes that were found there."""
    here = segment(text)
    whole = Span(0, len(here.data))
    found = list(decoder.replacements(here.data, whole))
    for child in decoder.decode(here, everywhere(decoder, here)):
        if len(child.trail.maps) > 1 or not child.data:
            continue
        start = data.draw(st.integers(0, len(child.data) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(child.data))))
        if b"\n" in child.data[span.start : span.end]:
            continue  # it may run over a gap between regions
        raw = child.trail.to_raw(span)
        inside = [item for item in found if raw.start <= item.start and item.end <= raw.end]
        assert child.data[span.start : span.end] in rewritten(here.data, raw, inside)[0]


@given(ASCII, st.integers(0, 30), st.integers(1, 30))
def test_base64_places_hold_the_value(text: str, start: int, width: int) -> None:
    """The raw bytes of a place decode to the bytes that were found there, exactly the quads of it."""
    here = segment(b"x: " + base64.b64encode(text.encode()))
    for child in Base64().decode(here, [Suspect(Base64.patterns[0], Span(0, len(here.data)))]):
        at = child.data.index(text.encode()) + start
        part = child.data[at : at + min(width, len(text) - start)]
        raw = child.trail.to_raw(Span(at, at + len(part)))
        coded = here.data[raw.start : raw.end]
        assert part in base64.b64decode(coded + b"=" * (-len(coded) % 4))
        assert len(coded) <= (len(part) + 4) // 3 * 4 + 4


@given(ASCII, st.integers(0, 20), st.integers(1, 10))
def test_hex_places_are_exact(text: str, start: int, width: int) -> None:
    """The raw bytes of a place are exactly the digits of what was found there."""
    here = segment(b"x=" + text.encode().hex().encode() + b".")
    for child in Hexadecimal().decode(here, PortableEngine(Hexadecimal.patterns).scan(here.data)):
        at = child.data.index(text.encode()) + start
        raw = child.trail.to_raw(Span(at, at + width))
        assert child.data[at : at + width] == bytes.fromhex(here.data[raw.start : raw.end].decode())


@given(ASCII)
def test_base32_reads_as_the_library_says(text: str) -> None:
    """Text in base32 comes out whole, padded or not."""
    coded = base64.b32encode(text.encode())
    for given_text in (coded, coded.rstrip(b"=")):
        here = segment(b"x=" + given_text)
        suspects = PortableEngine(Base32.patterns).scan(here.data)
        assert [True] * bool(suspects) == [
            text.encode() in child.data for child in Base32().decode(here, suspects)
        ]


@pytest.mark.parametrize("decoder", decoders(), ids=lambda decoder: decoder.name)
@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=300), ESCAPED.map(str.encode)))
def test_any_bytes_are_survived(decoder: Decoder, raw: bytes) -> None:
    """No bytes make a decoder raise, and every place of a child is one of the raw bytes."""
    here = segment(raw)
    suspects = [*PortableEngine(decoder.patterns).scan(raw), *everywhere(decoder, here)]
    for child in decoder.decode(here, suspects):
        for at in range(len(child.data)):
            place = child.trail.to_raw(Span(at, at + 1))
            assert 0 <= place.start <= place.end <= len(raw)
