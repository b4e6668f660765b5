"""The small language model read without spaCy gives what spaCy gives."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakgate.detect.nlp import analyzer, small_model
from leakgate.detect.nlp.murmur import SYMBOLS, string_id
from leakgate.detect.nlp.network import Unfamiliar, shape
from leakgate.detect.nlp.recognizer import nlp_recognizers
from leakgate.detect.nlp.tokens import SIGNS
from tests.unit.detect.adapters.scanning import found, scan

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

PACKAGE = analyzer.model_name()
TEXTS = (
    "please ask Robert Dickerson when you are in Lisbon",
    "I told Mrs. O'Brien-McKay that we won't be in New York before 00 a.m., she said she'd call me",
    "Anna and  Björn said: \"it isn't ours, don’t you know\", and Mr. Lee (her boss) didn't mind!",
    "Thanks to Jean-Luc, J.R.R. Tolkien's reader and to you all at Springfield Elementary",
    "we met Angela Merkel at 00 o'clock in the U.S. and she gave us 000 of them.",
    "X",
    " two  blanks   and a place:  Berlin ",
    "mark root case det conj prep X ADJ ID",
    "I would have couldn't've y'all'd c'mon e.g. i.e. etc. vs. Corp. Inc.",
    "",
)
_WORDS = (
    "I you she'd don't can't've Mr. Dr. U.S. a.m. o'clock 'em Ma'am :) Robert Dickerson Anna-Maria said, to "
    "00 000am (Paris) Paris. New York's O'Neil’s e.g. foo-bar foo.Bar éa Été; \"Who cannot "
    "gonna Corp. 'Cause …"
)
WORDS = st.sampled_from(_WORDS.split())


@pytest.fixture(scope="module")
def theirs():
    """spaCy's own pipeline."""
    return analyzer._Pipeline(PACKAGE)


@pytest.fixture(scope="module")
def ours():
    return small_model.load(PACKAGE)


def words(pipeline, text):
    return [(word.text, word.idx, word.norm_) for word in pipeline._pipeline.make_doc(text)]


def same_words(model, pipeline, text):
    return words(pipeline, text) == [(w.text, w.start, w.norm) for w in model._tokenizer.tokens(text)]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_spacy(ours, theirs, text):
    """A text is cut into the same words, at the same places, with the same plain forms."""
    assert same_words(ours, theirs, text)


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(WORDS, max_size=12), blank=st.sampled_from([" ", "  ", ""]))
def test_any_words_are_those_of_spacy(ours, theirs, parts, blank):
    """So is what is put together of words, contractions and signs in any order."""
    assert same_words(ours, theirs, blank.join(parts))


def test_names_are_those_of_spacy(ours, theirs):
    """Every text gives the same names, also among others."""
    assert list(theirs.read(TEXTS)) == list(ours.read(TEXTS))


@settings(max_examples=40, deadline=None, derandomize=True)  # scores may be a hair apart
@given(parts=st.lists(WORDS, max_size=16))
def test_names_in_any_words_are_those_of_spacy(ours, theirs, parts):
    """So does what nobody would write."""
    text = " ".join(parts)

    assert list(theirs.read([text])) == list(ours.read([text]))


def test_a_text_does_not_see_the_others(ours):
    """A text gives the same names alone."""
    assert [names for text in TEXTS for names in ours.read([text])] == list(ours.read(TEXTS))


def test_numbers_of_strings_are_those_of_spacy():
    """Strings have spaCy's numbers, and its own short names are all known."""
    from spacy.strings import hash_string
    from spacy.symbols import IDS

    texts = ("", "a", "Lisbon", "straße", "a longer text than sixteen bytes", *SYMBOLS)
    assert [IDS.get(text) or hash_string(text) if text else 0 for text in texts] == list(
        map(string_id, texts)
    )
    assert {
        name: at for name, at in IDS.items() if name and (name.islower() or len(name) < 4 or name == "_")
    } == SYMBOLS


def test_signs_and_shapes_are_those_of_spacy():
    """Quotes, dashes and currencies count as what they count as there, and words have the same shapes."""
    from spacy.lang.lex_attrs import word_shape
    from spacy.lang.norm_exceptions import BASE_NORMS

    texts = ("McDonald", "0000000", "AAAAAAA", "a" * 100, "O'Neil-Été", "...", "aAaA00..")
    assert BASE_NORMS == SIGNS
    assert list(map(word_shape, texts)) == list(map(shape, texts))


def test_an_unfamiliar_model_is_left_to_spacy(monkeypatch):
    """A model that we cannot read is read by spaCy, with the same findings."""

    def refuse(name):
        raise Unfamiliar(name)

    monkeypatch.setattr(small_model, "load", refuse)
    analyzer._model.cache_clear()
    matches = scan(
        nlp_recognizers(("PERSON", "LOCATION")), "please ask Robert Dickerson when you are in Lisbon"
    )
    analyzer._model.cache_clear()

    expected = [("nlp/person", "Robert Dickerson", "medium"), ("nlp/location", "Lisbon", "low")]
    assert expected == found(matches)


@pytest.mark.parametrize("damage", ["ner/model", "ner/moves", "tokenizer", "vocab/lookups.bin"])
@pytest.mark.parametrize("content", [b"", b"\x80", None])
def test_a_damaged_package_is_unfamiliar(tmp_path, monkeypatch, damage, content):
    """A file that is gone, empty or something else is no crash."""
    original = small_model._folder(PACKAGE)
    for name in ("ner/model", "ner/moves", "tokenizer", "vocab/lookups.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(original / name, tmp_path / name)
    if content is None:
        (tmp_path / damage).unlink()
    else:
        (tmp_path / damage).write_bytes(content)
    monkeypatch.setattr(small_model, "_folder", lambda package: tmp_path)

    with pytest.raises(Unfamiliar):
        small_model.load(PACKAGE)


def test_a_package_that_is_not_there_is_unfamiliar():
    """The name of no package is no crash."""
    with pytest.raises(Unfamiliar):
        small_model.load("no_such_model")


@pytest.mark.parametrize(
    ("name", "attributes"),
    [("parser_model", {"has_upper": False}), ("expand_window", {"window_size": 2}), ("extract_features", {})],
)
def test_another_architecture_is_unfamiliar(name, attributes):
    """A layer that says something else of itself is not taken for the one we know."""
    assert not small_model._is_familiar(name, attributes)
