"""Known values: every writing is found, parts of random ones too, and what is common is refused by name."""

from __future__ import annotations

import base64
import html
import json
import random
import string
import time
import urllib.parse

import pytest

from leakgate.detect.engine import literals
from leakgate.detect.engine.literals import Literals
from leakgate.detect.known import recognizer
from leakgate.detect.known.reading import named_values
from leakgate.detect.known.recognizer import KnownValues
from leakgate.detect.known.values import guard
from leakgate.model.detection import Match
from leakgate.model.errors import UsageError
from tests.kit.segments import segment

_SIGNS = 'p@ss "w/ord"&x7!\''


def _random(size: int, seed: int = 7) -> str:
    return "".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=size))


TOKEN = _random(36)


def found(values: dict[str, str], text: str | bytes) -> list[Match]:
    known, _refused = guard(values.items())
    recognizer = KnownValues(known)
    here = segment(text)
    return list(recognizer.confirm(here, recognizer.suspects(here.data)))


def refusals(**values: str) -> dict[str, str]:
    _known, refused = guard(values.items())
    return {one.name: one.why for one in refused}


@pytest.mark.parametrize("value", [TOKEN, _SIGNS, "Zurück-zum-Ufer-9"], ids=["random", "signs", "letters"])
@pytest.mark.parametrize(
    "write",
    [
        str,
        json.dumps,
        html.escape,
        lambda v: urllib.parse.quote(v, safe=""),
        lambda v: urllib.parse.quote(urllib.parse.quote(v, safe=""), safe=""),
        urllib.parse.quote_plus,
        lambda v: v.encode().hex(),
        lambda v: v.encode().hex().upper(),
        lambda v: base64.b64encode(v.encode()).decode(),
        lambda v: base64.b64encode(b"\xff" + v.encode() + b"\xff").decode(),
        lambda v: base64.urlsafe_b64encode(b"\xff\xfe" + v.encode() + b"\xff").decode(),
        lambda v: v.encode()[::-1].decode("latin-1") if v.isascii() else v,
    ],
    ids=[
        "plain",
        "json",
        "html",
        "url",
        "url2",
        "form",
        "hex",
        "HEX",
        "base64",
        "base64-1",
        "base64-2",
        "reversed",
    ],
)
def test_every_writing_is_found(value: str, write: object) -> None:
    """One match that holds the value itself, whatever the writing."""
    assert callable(write)

    (match,) = found({"DEPLOY": value}, f"x = <{write(value)}>\n")

    assert value.encode() == match.secret.reveal()


@pytest.mark.parametrize("kept", [12, 20, 35])
@pytest.mark.parametrize("start", [0, 1, 5])
def test_a_long_part_of_a_random_value_is_found(kept: int, start: int) -> None:
    part = TOKEN[start : start + kept]

    (match,) = found({"DEPLOY": TOKEN}, f"cut {part}... end")

    assert (4, 4 + len(part)) == (match.span.start, match.span.end)
    assert "part of" in match.because


def test_a_short_part_is_no_finding() -> None:
    assert [] == found({"DEPLOY": TOKEN}, f"prefix {TOKEN[:10]} and {TOKEN[-10:]}")


def test_a_part_of_a_sentence_is_no_finding() -> None:
    """A value made of words is known as a whole only."""
    assert [] == found(
        {"PHRASE": "the quick brown fox and 7 lazy dogs"}, "saw the quick brown fox and 8 cats"
    )


def test_a_short_value_inside_a_longer_word_is_no_finding() -> None:
    value = "k7" + _random(7)

    assert [] == found({"PIN": value}, f"abc{value}def")
    assert 1 == len(found({"PIN": value}, f"pin={value};"))


def test_the_name_is_told_and_the_value_is_not() -> None:
    (match,) = found({"DEPLOY": TOKEN}, TOKEN)

    assert "is the value of DEPLOY, which the pipeline holds" == match.because


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("", "empty"),
        ("abc", "shorter"),
        ("aaaaaaaaab", "repeats"),
        ("20260102", "number"),
        ("production", "word"),
        ("us-east-1", "common"),
        ("eu-central-1", "common"),
        ("Marguerite", "word"),
        ("https://db.shop.test:5432/", "address"),
    ],
)
def test_what_would_be_everywhere_is_refused(value: str, word: str) -> None:
    assert word in refusals(X=value)["X"]


def test_the_password_of_an_address_counts_by_itself() -> None:
    password = "Zk" + _random(12)
    url = f"postgres://app:{password}@db.internal/orders"

    assert 1 == len(found({"URL": url}, f"PGPASSWORD {password}"))
    assert [] == found({"URL": url}, "connected to db.internal/orders as app")


def test_lines_of_a_key_count_by_themselves() -> None:
    body = [_random(64, seed) for seed in range(5)]
    key = "\n".join(["-----BEGIN A KEY-----", *body, "-----END A KEY-----"])

    assert 1 == len(found({"KEY": key}, f"... {body[2]} ..."))
    assert [] == found({"KEY": key}, "-----BEGIN A KEY-----")


def test_the_text_behind_base64_counts_too() -> None:
    config = base64.b64encode(f"user: app\ntoken: x\n{TOKEN}\n".encode()).decode()

    assert 1 == len(found({"KUBECONFIG": config}, f"using {TOKEN}"))


def test_both_searches_find_the_same_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one without Hyperscan is the oracle."""
    values = [b"abcab", b"cab", b"\x00\xff.*", TOKEN.encode()]
    data = b"abcabcab \x00\xff.* " + TOKEN.encode() + b" abca"
    fast = Literals(values).ends(data)
    monkeypatch.setattr(literals, "_has_hyperscan", lambda: False)

    assert fast == Literals(values).ends(data)
    assert fast != ()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ('{"A_B": "one two", "n": 3}', [("A_B", "one two"), ("n", "3")]),
        (
            '[{"key": "M", "value": "v1", "masked": true}, {"key": "N", "value": "v2", "masked": false}]',
            [("M", "v1")],
        ),
        (
            "# note\nexport A='x y'\nB=\"l1\\nl2\"\n\nC=plain\n",
            [("A", "x y"), ("B", "l1\nl2"), ("C", "plain")],
        ),
        ('K="first\nsecond"\n', [("K", "first\nsecond")]),
        ("just a value\n", [("f, line 1", "just a value")]),
        ("EMPTY=\n", [("f, line 1", "")]),
    ],
    ids=["github", "gitlab", "dotenv", "several lines", "lines", "empty"],
)
def test_lists_are_read_as_pipelines_write_them(text: str, pairs: list[tuple[str, str]]) -> None:
    assert pairs == list(named_values(text, "f"))


@pytest.mark.parametrize("value", [TOKEN + "=", TOKEN + "==", "aB3" + TOKEN + "=zz"])
def test_a_value_in_the_place_of_a_name_is_not_shown(value: str) -> None:
    names = [name for name, _value in named_values(value + "\n", "f")]

    assert ["f, line 1"] == names


@pytest.mark.parametrize(("held", "printed"), [("\n", "\r\n"), ("\r\n", "\n")])
def test_line_ends_do_not_matter(held: str, printed: str) -> None:
    """A value of several lines, printed by another system than the one that stored it."""
    lines = ["first: Zebra-x", "second: hunter9!", "third one"]

    matches = found({"NOTE": held.join(lines)}, f"a {printed.join(lines)} z")

    assert 1 == len(matches)


def test_what_comes_after_many_values_is_known_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of values by parts would take a gigabyte; by parts first, as wholes always."""
    monkeypatch.setattr(recognizer, "_PARTS", 1)
    first, second = _random(40, 1), _random(40, 2)
    text = f"{first[:20]} {second[:20]} {second}"

    matches = found({"A": first, "B": second}, text)

    assert [text[:20].encode(), second.encode()] == [
        text.encode()[match.span.start : match.span.end] for match in matches
    ]


def test_too_many_values_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a run that is killed for its memory."""
    monkeypatch.setattr(recognizer, "_MOST", 100)

    with pytest.raises(UsageError):
        found({f"S{number}": _random(40, number) for number in range(20)}, "x")


def test_a_value_that_repeats_itself_takes_no_longer() -> None:
    """Each place of it would be compared with all others."""
    value = "abcd1234" * 4096
    started = time.process_time()

    matches = found({"A": value}, f"{value[8000:20000]} {value}")

    assert 2 == len(matches)
    assert time.process_time() - started < 2
