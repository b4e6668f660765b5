"""YAML: scalars in every style, labels, places and damage."""

from __future__ import annotations

import base64

import pytest

from leakgate.model.gap import GapReason
from leakgate.unpack.formats.registry import format_for
from leakgate.unpack.formats.yaml_document import YamlDocument
from tests.unit.unpack.formats.reading import fields, gaps, pairs, place

_WORDS = "a body that is recorded as text"
_BASE64 = base64.b64encode(_WORDS.encode()).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("password: hunter2", ("password", "hunter2")),
        ("password: 'hun''ter2'", ("password", "hun'ter2")),
        ('password: "hun\\x74\\u0065r\\n2"', ("password", "hunter\n2")),
        ('password: "hun\\\n  ter2"', ("password", "hunter2")),
        ('password: "hun\n  ter2"', ("password", "hun ter2")),
        ("password: hun\n  ter2", ("password", "hun ter2")),
        ("password: |\n  hun\n    ter2\n", ("password", "hun\n  ter2\n")),
        ("password: >-\n  hun\n  ter2\n\n  end", ("password", "hun ter2\n\nend")),
        ("password: &anchor !tag 'hunter2'", ("password", "hunter2")),
        ("headers:\n  Authorization:\n  - Bearer abc", ("Authorization", "Bearer abc")),
        ("env:\n- name: PASSWORD\n  value: hunter2", ("PASSWORD", "hunter2")),
        ("{password: hunter2}", ("password", "hunter2")),
        ("? [a, b]\n: hunter2\n", ("?", "hunter2")),
        ("string: !!binary |\n  " + _BASE64[:20] + "\n  " + _BASE64[20:], ("string", _WORDS)),
        ("kind: Secret\ndata:\n  password: aHVudGVyMg==", ("password", "hunter2")),
        ("data:\n  password: aHVudGVyMg==\nkind: Secret", ("password", "hunter2")),
        ("data:\n  password: aHVudGVyMg==\nkind: ConfigMap", ("password", "aHVudGVyMg==")),
        ("é: 'ñ'\npassword: hunter2", ("password", "hunter2")),
    ],
)
def test_scalars(text: str, expected: tuple[str, str]) -> None:
    """A value is what YAML says it is, under its key."""
    assert expected in pairs(YamlDocument(), text)


@pytest.mark.parametrize(
    ("text", "value", "raw"),
    [
        ("é: ñandú\npassword: hunter2", "hunter2", "hunter2"),
        ("a: |\n    one\n    secret\n", "secret", "secret"),
        ("a: >\n    sec\n    ret\n", "sec ret", "sec\n    ret"),
        ("a: 'it''s secret'", "secret", "secret"),
        ('a: "\\tsec\\x72et"', "secret", "sec\\x72et"),
        ("kind: Secret\ndata:\n  a: aHVudGVyMg==", "ter2", "dGVyMg"),
    ],
)
def test_places(text: str, value: str, raw: str) -> None:
    """A value leads back to the bytes it was written as."""
    assert raw == place(YamlDocument(), text, value, value)


def test_pointers() -> None:
    """A place is named by keys and positions, documents behind the first by their number."""
    text = "a:\n  b/c: [one, two]\n---\nd: three\n"

    assert ["/a/b~1c/0", "/a/b~1c/1", "/1/d"] == [read.pointer for read in fields(YamlDocument(), text)]


def test_aliases_are_not_followed() -> None:
    """What an alias stands for is read once."""
    text = "a: &a [one]\nb: &b [*a, *a]\nc: [*b, *b]\nd: two"

    assert [("a", "one"), ("d", "two")] == pairs(YamlDocument(), text)


def test_damage_is_read_up_to_it() -> None:
    """A template or a cut file is read as far as it is YAML."""
    assert [("a", "one")] == pairs(YamlDocument(), "a: one\n{% if x %}\nb: two\n")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_bounded(opening: str) -> None:
    """Endless nesting leaves a gap, at once."""
    assert [GapReason.TOO_DEEP] == [gap.reason for gap in gaps(YamlDocument(), opening * 100_000)]


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe\x00", b"a: \x1b[31m\x85\xc2", b'a: "' + b" " * 100_000, b"a: |", b"'"]
)
def test_any_bytes(text: bytes) -> None:
    """Bytes that are no YAML raise nothing."""
    assert gaps(YamlDocument(), text) == []


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"a: b", "x.yml", "YAML"),
        (b"interactions:\n- request:\n", "cassette", "YAML"),
        (b"---\n# made by betamax\nhttp_interactions:\n", "x", "YAML"),
        (b"level: info\n", "x.log", None),
    ],
)
def test_what_is_yaml(head: bytes, name: str, expected: str | None) -> None:
    """The name decides, and what tools begin their files with."""
    known = format_for(head, name)

    assert expected == (known.name if known is not None else None)
