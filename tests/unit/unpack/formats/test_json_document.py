"""Every string of a JSON document has its name, its pointer and its exact place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.gap import Gap, GapReason
from leakgate.unpack.formats.json_document import TELLS_MORE, JsonDocument, telling_lines
from leakgate.unpack.formats.json_syntax import lines
from tests.unit.unpack.formats.json_fields_of import fields_of, items_of, labelled, raw_at


@pytest.mark.parametrize(
    "head",
    [
        b'{"a": 1}',
        b'\n  [{"a": 1}]',
        b"[]",
        b'// settings\n{"a": 1}',
        b'{"a": 1}\n{"a": 2}\n',
        b'{\n  "a": [\n    1,\n    2\n  ]\n}',
        b'{"cut": "in the mid',
    ],
)
def test_json_is_told_by_its_beginning(head: bytes) -> None:
    """Documents, lines of documents and documents that were cut are JSON, whatever they are called."""
    assert JsonDocument().matches(head, "some.log")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"[INFO] building\n",
        b"[2024] done\n",
        b"{name} is missing\n",
        b'{"event": 1}\nTraceback\nFile "x"\n  raise\nValueError\n',
        b"<a/>",
        b"key: {}\n",
    ],
)
def test_logs_are_not_json(head: bytes) -> None:
    """A log that begins with a bracket, or has a line of JSON, is left to the scan of raw text."""
    assert not JsonDocument().matches(head, "some.json")


def test_pointer_follows_rfc_6901() -> None:
    """Keys are escaped, elements are counted from 0."""
    [field] = fields_of('{"a/b": [true, {"m~n": "some value"}]}')

    assert field.context.pointer == "/a~1b/1/m~0n"


def test_lines_are_counted_in_the_pointer() -> None:
    """The first token of a pointer into lines of JSON is the line."""
    pointers = [field.context.pointer for field in fields_of('{"a": "one\\n"}\n{"a": "two\\n"}\n')]

    assert pointers == ["/0/a", "/1/a"]


def test_plain_log_lines_are_left_to_the_raw_scan() -> None:
    """A line of a JSON log without escapes and without names beside values yields nothing."""
    assert fields_of('{"level": "info", "msg": "ready"}\n{"level": "info", "msg": "done"}\n') == []


def test_escapes_are_undone() -> None:
    """The value is what the program wrote, also beyond the basic plane."""
    written = 'line\n"quoted" \\ / é \U0001f600'

    [field] = fields_of(json.dumps({"a": written}))

    assert field.value.decode() == written


def test_part_of_an_escaped_string_leads_to_its_bytes() -> None:
    """A span behind escapes covers exactly what was written for it."""
    assert raw_at('{"a": "\\u00e9\\n\\"pass\\u0077ord\\""}', b"password") == b"pass\\u0077ord"


# Without controls, which terminals take out, and halves of pairs, which UTF-8 does not have.
_TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=4)


@given(st.lists(_TEXTS, min_size=1, max_size=4), st.booleans())
def test_fields_lead_back_to_their_strings(written: list[str], ascii_only: bool) -> None:
    """What a field leads back to is the string as the document has it."""
    text = json.dumps({"a": [{"b": value} for value in written]}, ensure_ascii=ascii_only)

    fields = fields_of(text)

    assert [field.value.decode() for field in fields] == written
    assert [json.loads(b'"' + field.raw + b'"') for field in fields] == written


_BROKEN = (b"a\\qbcd", b"\\ud800 alone", b"\\u12", b"\xff\xfe\\n", b"\\ude00\\ud83d")


@pytest.mark.parametrize("broken", _BROKEN)
def test_broken_strings_are_read(broken: bytes) -> None:
    """An escape that is none, half a pair and bytes that are not UTF-8 cost nothing but themselves."""
    [field] = fields_of(b'{"a": "' + broken + b' and the rest"}')

    assert field.value.endswith(b" and the rest")
    assert field.raw == broken + b" and the rest"


def test_cut_document_gives_what_it_has() -> None:
    """A string that the end of the file cuts is a field; nothing is a gap."""
    assert labelled('{"a": {"token": "first", "other": "secon') == {"token": b"first", "other": b"secon"}


def test_cut_line_does_not_hide_the_next() -> None:
    """In lines of JSON every line begins anew."""
    text = '{"a": "x\\ny"}\n{"b": {"c": "never clo\n{"d": "z\\nafter"}\n'

    assert fields_of(text)[-1].context.pointer == "/2/d"


def test_documents_may_follow_each_other() -> None:
    """The second document of a file has its number in front."""
    pointers = [field.context.pointer for field in fields_of('{\n"a": "first"\n}\n{\n"a": "second"\n}')]

    assert pointers == ["/a", "/1/a"]


def test_comments_hold_no_structure() -> None:
    """Brackets and quotes in comments are none."""
    assert labelled('{ // "x": {\n /* ] */ "key1": "value", "key2": NaN, "key3": "other",}') == {
        "key1": b"value",
        "key3": b"other",
    }


def test_duplicate_keys_are_all_read() -> None:
    """The first of two members of a name is not lost."""
    assert [f.value for f in fields_of('{"a": "first", "a": "second"}')] == [b"first", b"second"]


def test_long_integers_are_values() -> None:
    """Card and account numbers may be numbers; counts and Unix times are none."""
    text = '{"card": 4000000000000000, "n": 12345, "at": 1700000000, "ms": 1700000000123, "pi": 3.14159265}'

    assert labelled(text) == {"card": b"4000000000000000"}


def test_separators_in_a_value_do_not_end_its_field() -> None:
    """The separators of fields become spaces inside a value."""
    [field] = fields_of('{"a": "one\\u001etwo\\u001fthree"}')

    assert field.value == b"one two three"


def test_colours_are_taken_out() -> None:
    """A colour code inside a value hides nothing."""
    [field] = fields_of('{"a": "pass\\u001b[1mword"}')

    assert field.value == b"password"
    assert field.raw == b"pass\\u001b[1mword"


def test_lines_of_one_text_are_one_field() -> None:
    """Elements that end their lines are put together, each with its own place."""
    text = '{"source": ["first line\\n", "second line\\n", "and the last"]}'

    [field] = fields_of(text)

    assert field.value == b"first line\nsecond line\nand the last"
    assert raw_at(text, b"second") == b"second"


def test_place_in_a_text_of_lines_has_the_pointer_of_its_line() -> None:
    """The pointer is that of the element in which a place stands."""
    [item] = items_of('{"source": ["first line\\n", "second line\\n", "and the last"]}')

    assert item.contexts.at(item.data.index(b"second")).pointer == "/source/1"


def test_too_deep_nesting_is_a_gap() -> None:
    """A million brackets end the reading, not the scan."""
    [*_, gap] = items_of(b'{"a": "seen", "b": ' + b"[" * 1_000_000)

    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.TOO_DEEP


def test_what_stood_before_too_deep_nesting_is_read() -> None:
    """The values before the limit are not lost."""
    assert labelled(b'{"a": "seen", "b": ' + b"[" * 1_000) == {"a": b"seen"}


def test_many_values_come_in_batches() -> None:
    """No value is lost, doubled or moved where batches meet."""
    written = [f"value {number}" for number in range(20_000)]

    assert [field.value.decode() for field in fields_of(json.dumps(written))] == written


@given(st.binary(max_size=200))
def test_any_bytes_are_read(tail: bytes) -> None:
    """Nothing that stands behind a bracket makes the reader fail."""
    for field in fields_of(b'{"a": ' + tail):
        assert field.context.pointer is not None


@given(st.lists(st.sampled_from(["{", '"a": "b"', "\\t", '"value"', ":", "\n", "\\", '\\"', " ", "\n\n"])))
def test_lines_worth_reading_keep_their_numbers(parts: list[str]) -> None:
    """Of a log, the lines with more to tell are found, numbered among those that are not empty."""
    data = "".join(parts).encode()

    expected = [
        (number, start, end)
        for number, (start, end) in enumerate(lines(data))
        if TELLS_MORE.search(data, start, end)
    ]
    assert expected == list(telling_lines(data))
