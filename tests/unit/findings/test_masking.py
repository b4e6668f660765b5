"""Masks by value: pieces of what was found, in every writing, and nothing else."""

from __future__ import annotations

import base64
import time

import pytest

from leakgate.findings.masking import Masker
from leakgate.findings.pieces import Pieces
from leakgate.model.detection import Category, Confidence, Match, Rule, Severity
from leakgate.model.secret import Secret
from leakgate.model.segment import TestRef
from leakgate.model.spans import Span
from leakgate.model.unmasked import Unmasked

_PIECES = Pieces(b"k" * 32, frozenset({"summer", "tangerine", "umbrella"}).__contains__)


def _match(value: str, entity: str = "PASSWORD", confidence: Confidence = Confidence.HIGH) -> Match:
    category = Category.SECRET if entity in ("PASSWORD", "URL_SECRET") else Category.PII
    rule = Rule("r", "r", entity, category, Severity.HIGH, confidence, "f", prefix="tok_")
    return Match(rule, Span(0, 1), Secret(value.encode()), confidence, "because")


def _masker(*matches: Match, public: frozenset[str] = frozenset()) -> Masker:
    known = frozenset(piece for match in matches for piece in _PIECES.of(match))
    return Masker(_PIECES, known, lambda: public)


VALUE = "Wq8rTz5Lk2Xv9Bn4"


@pytest.mark.parametrize(
    "written",
    [
        VALUE,
        VALUE[4:12],
        VALUE[::-1],
        VALUE.encode().hex(),
        "-".join(f"{byte:02X}" for byte in VALUE.encode()),
        base64.b64encode(b"a" + VALUE.encode()).decode(),
        "".join(f"%{byte:02x}" for byte in VALUE.encode()),
        "".join(f"%25{byte:02x}" for byte in VALUE.encode()),
        "".join(f"&#x{byte:x};" for byte in VALUE.encode()),
        "".join(f"\\u{byte:04x}" for byte in VALUE.encode()),
        "/".join(VALUE),
        "\u200b".join(VALUE),
        VALUE.lower(),
    ],
)
def test_a_writing_of_a_value_is_masked(written: str) -> None:
    """What stands around it stays."""
    shown = _masker(_match(f"tok_{VALUE}"))(f"run [{written}] end")

    assert ("run", "end") == (shown.split()[0], shown.split()[-1])
    assert written not in shown
    assert "****" in shown


@pytest.mark.parametrize(
    ("value", "entity", "confidence", "text"),
    [
        ("tok_" + VALUE, "PASSWORD", Confidence.HIGH, "tok_other/thing"),
        (
            f"https://hooks.corp.test/services/{VALUE}",
            "URL_SECRET",
            Confidence.HIGH,
            "hooks.corp.test/services",
        ),
        (
            f"postgres://app:{VALUE}@db.corp.test/x",
            "URL_SECRET",
            Confidence.HIGH,
            "postgres://app db.corp.test",
        ),
        (VALUE, "PASSWORD", Confidence.LOW, VALUE[:12]),
        ("Summer Quillfeather", "PERSON", Confidence.HIGH, "summer sale"),
        ("Tangerine#41!Umbrella", "PASSWORD", Confidence.HIGH, "tests/Tangerine/Umbrella"),
        (f"{VALUE}@corp-mail.test", "EMAIL_ADDRESS", Confidence.HIGH, "corp-mail.test"),
    ],
)
def test_what_many_share_is_no_secret(value: str, entity: str, confidence: Confidence, text: str) -> None:
    """Prefixes, hosts, words of the dictionary, and parts of what is only suspected."""
    assert text == _masker(_match(value, entity, confidence))(text)


def test_names_of_people_are_masked_word_by_word() -> None:
    """The rare word alone is telling."""
    masker = _masker(_match("Summer Quillfeather", "PERSON"))

    assert "test_****_login" == masker("test_Quillfeather_login")
    assert "for ****" == masker("for Summer Quillfeather")


def test_a_file_of_the_base_keeps_its_name() -> None:
    """Whoever prints the name of a test as a token blinds nobody."""
    file = "tests/login/test_admin.py"
    masker = _masker(_match(file), public=frozenset({file}))

    assert TestRef(f"{file}::test_x", file) == masker.test(TestRef(f"{file}::test_x", file))
    assert "tests.login.test_admin::test_x" == masker.test(TestRef("tests.login.test_admin::test_x", file)).id
    assert [file] == list(masker.kept)
    assert "****" in _masker(_match(file)).test(TestRef(file, file)).id


def test_long_names_and_many_values_take_linear_time() -> None:
    """A value that is every second word of 4 KB names, among two thousand others that begin alike."""
    others = [_match(f"{VALUE}{number:06d}") for number in range(2_000)]
    masker = _masker(_match(VALUE), *others)
    begun = time.process_time()

    shown = [masker(f"{number} " + f"{VALUE} word " * 180) for number in range(20)]

    assert 5 > time.process_time() - begun
    assert all(VALUE not in text and "word" in text for text in shown)


def test_what_is_not_masked_cannot_be_taken() -> None:
    """Neither printed, nor stored, nor read but through a mask."""
    box = Unmasked((VALUE,))

    assert VALUE not in f"{box} {box!r}"
    with pytest.raises(TypeError):
        box.__reduce_ex__(4)
    assert ("****",) == box.masked(lambda held: tuple(map(_masker(_match(VALUE)), held)))
