"""Bodies that a document calls Base64 are read as what they hold."""

from __future__ import annotations

import base64
import json

import pytest

from tests.unit.unpack.formats.json_fields_of import Field, fields_of, raw_at

TEXT = b'{"user": "somebody", "note": "a body of some length"}'
ENCODED = base64.b64encode(TEXT).decode()


def _decoded(document: object) -> list[Field]:
    return [field for field in fields_of(json.dumps(document)) if field.decoded]


@pytest.mark.parametrize(
    "document",
    [
        {"log": {"entries": [{"response": {"content": {"encoding": "base64", "text": ENCODED}}}]}},
        {"content": {"text": ENCODED, "encoding": "base64"}},
        {"response": {"base64Body": ENCODED}},
        {"body": {"base64_string": ENCODED}},
        {"body": {"encoded": "base64", "content": ENCODED}},
        {"base64Body": ENCODED.rstrip("=")},
        {"base64Body": "\n".join([ENCODED[:20], ENCODED[20:]])},
    ],
)
def test_body_is_decoded(document: object) -> None:
    """Whatever names it: HAR, WireMock, cassettes, Pact; also wrapped and without padding."""
    [field] = _decoded(document)

    assert (field.value, field.decoded) == (TEXT, ("base64",))


def test_place_in_a_body_is_exact_to_the_quad() -> None:
    """Of the encoded text, only the quads of the part are covered."""
    raw = raw_at(json.dumps({"base64Body": ENCODED}), b"somebody")

    assert b"somebody" in base64.b64decode(raw)
    assert len(raw) <= 16


@pytest.mark.parametrize("body", ["AAAA=", "!!!!", base64.b64encode(bytes(range(256))).decode()])
def test_what_is_no_text_is_left_alone(body: str) -> None:
    """Images and archives are left to the decoders."""
    assert _decoded({"base64Body": body}) == []


def test_cut_body_is_decoded_as_far_as_it_goes() -> None:
    """A last digit that says nothing is left out."""
    [field] = _decoded({"base64Body": ENCODED[:41]})

    assert field.value == TEXT[:30]


def test_nothing_is_guessed() -> None:
    """Without the document's word a value stays as it stands."""
    assert _decoded({"text": ENCODED, "encoding": "utf-8"}) == []
