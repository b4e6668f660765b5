"""What a JSON document says of places in its plain text. `V` is the value that was found there."""

from __future__ import annotations

import json

from leakgate.model.segment import NO_CONTEXT, Context, Emitter, TestRef
from leakgate.unpack.formats.json_around import JsonAround

V = "the value in question"


def around(text: str) -> Context:
    """The context of the first `V` in a text."""
    return JsonAround(text.encode()).at(text.encode().index(V.encode()))


def test_a_place_has_the_context_of_its_field() -> None:
    """Pointer, test and request, as for a value that was found in the field itself."""
    request = {"method": "POST", "url": "http://a/b", "postData": {"text": json.dumps({"inner": V})}}
    text = json.dumps({"log": {"entries": [{"request": request}]}})

    assert Context("/log/entries/0/request/postData/text", None, None, Emitter(request="POST /b")) == around(
        text
    )


def test_a_trace_knows_its_test_in_every_line() -> None:
    """The first line of a Playwright trace titles all others."""
    lines = [{"type": "context-options", "title": "a.spec.ts:3 › signs in"}, {"params": {"value": V}}]

    found = around("\n".join(map(json.dumps, lines)))

    assert TestRef("a.spec.ts:3 › signs in", "a.spec.ts", 3) == found.test


def test_a_line_of_a_log_is_read_alone() -> None:
    """The pointer begins with the number of the line."""
    text = "\n".join(json.dumps({"level": "info", "msg": text}) for text in ("x", V, "y")) + "\n"

    assert "/1/msg" == around(text).pointer


def test_what_is_no_json_says_nothing() -> None:
    """Neither does a place between values."""
    assert NO_CONTEXT == around(f"plain text {V}")
    assert NO_CONTEXT == JsonAround(b'{"a": "some text"   }').at(19)
    assert NO_CONTEXT == JsonAround(b"").at(0)
