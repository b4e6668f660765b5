"""Encoded values: base64, base32, hex and byte lists, compressed or not."""

from __future__ import annotations

import base64
import gzip
import io
import random
import time
import zipfile
import zlib
from urllib.parse import quote

import pytest

from leakgate.model.detection import Suspect
from leakgate.model.segment import SegmentKind
from leakgate.model.spans import Span
from leakgate.unpack.decoders.base64_runs import Base64
from leakgate.unpack.decoders.hexadecimal import Hexadecimal
from tests.unit.unpack.decoders.unfolding import children, raw_of, segment, texts, unfolded

PLAIN = '{"user": "ann", "note": "smörgås", "pin": "not-a-real-value"}'
RAW = PLAIN.encode()
NOISE = random.Random(7).randbytes(200_000)


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def wrapped(text: str, width: int, lead: str = "") -> str:
    return "\n".join(lead + text[i : i + width] for i in range(0, len(text), width))


def deflated(raw: bytes) -> bytes:
    codec = zlib.compressobj(9, zlib.DEFLATED, -15)
    return codec.compress(raw) + codec.flush()


def hexdump(raw: bytes) -> str:
    lines = (
        f"{i:08x}  {raw[i : i + 8].hex(' ')}  {raw[i + 8 : i + 16].hex(' ')}  |................|"
        for i in range(0, len(raw), 16)
    )
    return "\n".join(lines)


def xxd(raw: bytes) -> str:
    return "\n".join(
        f"{i:08x}: {raw[i : i + 16].hex(' ', 2):39}  ................" for i in range(0, len(raw), 16)
    )


CASES = {
    "standard": f"payload={b64(RAW)} end",
    "unpadded": f"payload={b64(RAW).rstrip('=')} end",
    "url-safe": f"/path/{base64.urlsafe_b64encode(RAW).decode()}",
    "data-uri": f"src='data:application/json;base64,{b64(RAW)}'",
    "three-times": b64(base64.b64encode(base64.b64encode(RAW))),
    "wrapped": f"body: {wrapped(b64(RAW), 40)}\nnext\n",
    "wrapped-no-quads": f"{wrapped(b64(RAW), 43)}\nnext\n",
    "indented": f"body: |\n{wrapped(b64(RAW), 40, '    ')}\nnext\n",
    "prefixed": wrapped(b64(RAW), 40, "2024-05-07T01:13:56.123Z app_1  | "),
    "literal-newlines": wrapped(b64(RAW), 40).replace("\n", "\\n"),
    "percent": f"q={quote(b64(RAW))}",
    "gzip": f"x={b64(gzip.compress(RAW))}",
    "zlib": f"x={b64(zlib.compress(RAW))}",
    "zlib-truncated": f"x={b64(zlib.compress(RAW + NOISE.hex().encode())[:4000])}",
    "saml-redirect": f"GET /?SAMLRequest={quote(b64(deflated(RAW)), safe='')}&x=1",
    "utf-16": f"powershell -enc {b64(PLAIN.encode('utf-16-le'))}",
    "base32": f"x={base64.b32encode(RAW).decode()}",
    "hex": f"proctitle={RAW.hex().upper()}",
    "hex-literal": f"0x{RAW.hex()}",
    "hex-wrapped": f"{wrapped(RAW.hex(), 64)}\nnext",
    "hex-escapes": "".join(f"\\x{byte:02x}" for byte in RAW),
    "hexdump": hexdump(RAW),
    "xxd": xxd(RAW),
    "buffer": f"<Buffer {RAW.hex(' ')}>",
    "go-bytes": f"[{' '.join(map(str, RAW))}]",
    "java-bytes": f"[{', '.join(map(str, RAW))}]",
    "c-bytes": f"{{ 0x{RAW.hex(':').replace(':', ', 0x')} }}",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_the_value_stands_in_a_child(text: str) -> None:
    """Each encoding of a text leads to the whole text."""
    assert any(PLAIN in found for found in texts(text))


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_its_place_is_within_the_raw_text(text: str) -> None:
    """What was found in a child is placed in a stretch of the raw text."""
    raw = segment(text).data

    assert all(raw_of(child, "ann") in raw for child in unfolded(text) if PLAIN.encode() in child.data)


QUIET = {
    "sha256": "sha256:79b0056597fbee6694e63a2e6ef6c6d4464e8cba3d90273b79b0056597fbee66",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "random": b64(NOISE[:3000]),
    "png": b64(b"\x89PNG\r\n\x1a\n" + NOISE[:3000] + b"text in the picture, well readable"),
    "words": "ThisIsAnIdentifierOfConsiderableLength /usr/lib/python3/dist-packages/",
    "table": "1234 5678 9012 3456 7890 1234 5678 9012 3456 7890 1234",
    "base32-noise": "k=" + base64.b32encode(NOISE[:100]).decode(),
}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET.keys())
def test_noise_has_no_child(text: str) -> None:
    """Digests, identifiers, pictures and random bytes make no child."""
    assert [] == texts(text)


def test_base64_places_are_exact_to_the_quad() -> None:
    """A part of a decoded value leads to the quads it stands in, through line breaks."""
    raw = b"aaabbbcccdddeeefffggghhhiiijjjkkklllmmm"
    [child] = children(Base64(), wrapped(b64(raw), 24) + "\n")

    assert b64(b"ccc").encode() == raw_of(child, "ccc")
    assert b64(b"fff").encode() + b64(b"ggg").encode() == raw_of(child, "fffggg").replace(b"\n", b"")


def test_hex_places_are_exact_to_the_pair() -> None:
    """A part of a decoded value leads to its own digits."""
    [child] = children(Hexadecimal(), "x=" + b"some text in hexadecimal".hex())

    assert b"text".hex().encode() == raw_of(child, "text")


def test_a_short_value_keeps_its_label() -> None:
    """A decoded value stands behind the name that stood before it, and leads back to both."""
    [child] = children(Base64(), f"data:\n  password: {b64(b'hunter2')}\n")

    assert b"password: hunter2" == child.data
    assert f"password: {b64(b'hunter2')}".rstrip("=").encode() == raw_of(child, "password: hunter2")


def test_claims_of_a_token_are_decoded() -> None:
    """Of a JWT the claims become a child; the header and the signature do not."""
    parts = (b'{"alg": "none", "typ": "JWT"}', b'{"sub": "somebody"}', NOISE[:32])
    token = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)

    assert ['{"sub": "somebody"}'] == texts(f"Bearer {token}")


def test_an_archive_goes_to_the_unpacker() -> None:
    """A zip in base64 becomes a child that begins as a zip does, for the unpacker to open."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", PLAIN)

    [child] = children(Base64(), b64(out.getvalue()))

    assert (SegmentKind.BLOB, out.getvalue()) == (child.kind, child.data)


def test_a_bomb_goes_to_the_unpacker() -> None:
    """A compressed value that grows too much is not inflated here: the unpacker stops it and says so."""
    bomb = b"\0" * 20_000_000
    found = [
        *unfolded(f"x={b64(zlib.compress(bomb))}", depth=1),
        *unfolded(f"x={b64(gzip.compress(bomb))}", depth=1),
    ]

    assert [b"\x1f\x8b", b"\x1f\x8b"] == [child.data[:2] for child in found]
    assert all(len(child.data) < 100_000 for child in found)


def test_text_next_to_garbage_is_still_seen() -> None:
    """Characters of the alphabet before and behind a value do not hide it."""
    assert any("not-a-real-value" in text for text in texts(f"/x/{b64(RAW).rstrip('=')}/profile"))


def test_ten_megabytes_are_quick() -> None:
    """A large nested value takes time in proportion to its size."""
    here = segment(base64.b64encode(base64.b64encode(RAW * 90_000))[:10_000_000])
    before = time.perf_counter()

    [child] = Base64().decode(here, [Suspect(Base64.patterns[0], Span(0, 100))])

    assert time.perf_counter() - before < 5
    assert 7_500_000 == len(child.data)
