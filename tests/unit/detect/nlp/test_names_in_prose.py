"""Names in prose and behind labels: gate, masks, second opinion, and the model itself."""

from __future__ import annotations

import pytest

from leakgate.detect.nlp import analyzer
from leakgate.detect.nlp.gate import Manner, conversation, has_given_name, manner, may_hold_name
from leakgate.detect.nlp.masking import masked
from leakgate.detect.nlp.names import is_place, person_words
from leakgate.detect.nlp.recognizer import nlp_recognizers
from leakgate.model.errors import ModelMissing
from tests.unit.detect.adapters.scanning import found, scan

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

BOTH = ("PERSON", "LOCATION")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Margaret", 1),
        ("Reinhart Lehmann", 2),
        ("Dr. Valérie Rolland de Guibert", 3),
        ("Conor O'Brien-McKay", 0),
        ("Hanne-Lore Bauer B.Eng.", 2),
        ("Kafka Streams", 0),
        ("npm ERR", 0),
        ("Power Button", 0),
        ("amd64", 0),
        ("FooBarBaz", 0),
        ("ERROR", 0),
        ("", 0),
    ],
)
def test_parts_of_a_name_are_counted(text, count):
    """Titles and particles do not count; a word of logs, code or capitals makes it no name."""
    assert count == person_words(text)


@pytest.mark.parametrize(("text", "place"), [("Lisbon", True), ("the United States", True), ("node", False)])
def test_places_are_written_like_names(text, place):
    """A place is made of words written like names."""
    assert place == is_place(text)


@pytest.mark.parametrize(
    ("text", "gated"),
    [
        ("Please ask her about Robert Dickerson in a week", True),
        ("The settings of the session that Robert Dickerson had in use", True),
        ("Maybe it's under my Tristan Martineau", True),
        ("Running Kotlin Serialization suite now please", False),
        ("Loaded module Mockito and it is up to date", False),
        ("Starting the scheduler for this worker", False),
        ("com.acme.Foo could not be loaded by the Bar", False),
    ],
)
def test_gate_lets_prose_with_names_pass(text, gated):
    """Sentences with a name-like word pass; lines of machines do not."""
    assert gated == may_hold_name(text)


@pytest.mark.parametrize(
    ("line", "how"),
    [
        (b"I asked for it", Manner.SPEECH),
        (b"the name of it is not in the list", Manner.PROSE),
        (b"GET /index.html 200", Manner.OTHER),
    ],
)
def test_small_words_tell_speech_from_reports(line, how):
    """Speech, sentences and the rest are told apart by their small words."""
    assert how == manner(line)


@pytest.mark.parametrize(
    ("line", "known"),
    [
        (b"for Gertrudis", True),
        (b"see Grace Hopper", True),
        (b"see Grace", False),
        (b"Mr. Xqzt", True),
        (b"Run", False),
    ],
)
def test_lines_with_known_names_are_looked_at(line, known):
    """A given name, one that is a word beside another name, and a title make a line worth looking at."""
    assert known == has_given_name(line)


def test_titles_are_looked_for_where_the_engine_saw_them():
    """Without a hit of the engine, a line is not looked through for a title."""
    assert [True, False] == [has_given_name(b"Dear Mrs. Dickerson", cue=cue) for cue in (True, False)]


def test_endless_words_are_no_speech():
    """What holds a word of thousands of signs is not given to the model."""
    assert [] == list(conversation("please ask her about Tristan and " + "a" + "'" * 1900))


def test_prose_is_cut_out_of_a_document():
    """Only the sentence of a JSON line reaches the model, with its place."""
    line = '{"event":"x.y","body":"Maybe it is under my Tristan Martineau","id":71107}'

    [stretch] = conversation(line)

    assert line[stretch.start :].startswith(stretch.text)
    assert "71107" not in stretch.text


def test_mask_keeps_the_offsets():
    """Numbers become zeros, letters stay, and nothing moves."""
    assert "see 00 and 00000000 by Ann" == masked("see 42 and 7f3a99c1 by Ann")


def test_people_and_places_are_found_in_prose():
    """A sentence gives its person and its place, with spans in bytes."""
    data = "→ chat: please ask Robert Dickerson when you are in Lisbon".encode()

    matches = scan(nlp_recognizers(BOTH), data)

    expected = [("nlp/person", "Robert Dickerson", "medium"), ("nlp/location", "Lisbon", "low")]
    assert expected == found(matches)
    assert [match.secret.reveal() for match in matches] == [
        data[match.span.start : match.span.end] for match in matches
    ]


def test_only_the_wanted_entities_are_found():
    """A policy that wants persons alone gets no places."""
    text = "please ask Robert Dickerson when you are in Lisbon"

    assert ["nlp/person"] == [match.rule.id for match in scan(nlp_recognizers(("PERSON",)), text)]


def test_unknown_entities_make_no_recognizer():
    """Entities that the model cannot find give no recognizer."""
    assert () == nlp_recognizers(("ORGANIZATION",))


def test_missing_model_is_said(monkeypatch):
    """Prose without a model raises ModelMissing with a hint, and nothing is downloaded."""
    monkeypatch.setattr(analyzer, "MODELS", ("no_such_model",))
    analyzer._model.cache_clear()

    with pytest.raises(ModelMissing, match="no English language model"):
        scan(nlp_recognizers(BOTH), "please ask Robert Dickerson about it")

    analyzer._model.cache_clear()


def test_the_model_speaks_as_presidio_does():
    """What the model can find has the names that Presidio gives it; persons and places alone are kept."""
    from presidio_analyzer.nlp_engine import NerModelConfiguration

    theirs = NerModelConfiguration().model_to_presidio_entity_mapping
    labels = analyzer._Pipeline(analyzer.model_name())._pipeline.get_pipe("ner").labels

    expected = {label: theirs[label] for label in labels if theirs.get(label) in BOTH}
    assert expected == {label: analyzer._ENTITY[label] for label in labels if label in analyzer._ENTITY}


def test_model_reads_a_sentence_once(monkeypatch):
    """The same sentence on many lines, with other numbers, is one text for the model."""
    asked: list[str] = []

    def counting(texts, kinds):
        asked.extend(texts)
        return iter([()] * len(texts))

    monkeypatch.setattr("leakgate.detect.nlp.recognizer.entities", counting)
    lines = "\n".join(f"please ask him about Robert and {number} of it today" for number in range(10, 60))

    scan(nlp_recognizers(BOTH), lines)

    assert 1 == len(asked)


def test_endless_line_is_cut(monkeypatch):
    """A text of a megabyte without a newline reaches the model in bounded pieces."""
    sizes: list[int] = []

    def measuring(texts, kinds):
        sizes.extend(map(len, texts))
        return iter([()] * len(texts))

    monkeypatch.setattr("leakgate.detect.nlp.recognizer.entities", measuring)

    scan(nlp_recognizers(BOTH), "please ask her about Ann {1} and it is " * 8000)

    assert max(sizes) <= analyzer.MAX_TEXT
