"""Who is named in a line, by lists of names and by what stands around; no model is loaded here."""

from __future__ import annotations

import pytest

from leakgate.detect.nlp.known_names import Kind, given_names, is_place_name, kind_of, lexicon
from leakgate.detect.nlp.people import Sureness, is_like_a_name, people
from leakgate.detect.nlp.recognizer import nlp_recognizers
from leakgate.detect.nlp.surroundings import weight_of_place
from tests.unit.detect.adapters.scanning import found, scan

PERSON = ("PERSON",)


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    """A language model that knows nobody."""
    monkeypatch.setattr(
        "leakgate.detect.nlp.recognizer.entities", lambda texts, kinds: iter([()] * len(texts))
    )


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Gertrudis", Kind.GIVEN),
        ("Anne-Marie", Kind.GIVEN),
        ("Grace", Kind.GIVEN_OR_WORD),
        ("Dickerson", Kind.SURNAME),
        ("Page", Kind.TECHNICAL),
        ("Pace", Kind.SURNAME_OR_WORD),
        ("Xandrsdóttir", Kind.UNLISTED_SURNAME),
        ("Customer", Kind.ROLE),
        ("Germany", Kind.SURNAME_OR_WORD),
        ("Slovakia", Kind.PLACE),
        ("Kafka", Kind.TECHNICAL),
        ("Ensure", Kind.WORD),
        ("Xqzt", Kind.UNKNOWN),
    ],
)
def test_words_have_kinds(word, kind):
    """Lists tell names, words, places and technical terms apart."""
    assert kind == kind_of(word)


def test_given_names_are_what_their_kinds_say():
    """The sets of given names are those that asking for each name of the list would make."""
    rare, common = given_names()

    kinds = {name: kind_of(name) for name in lexicon().given}
    assert {name for name, kind in kinds.items() if kind is Kind.GIVEN} == rare
    assert {name for name, kind in kinds.items() if kind is Kind.GIVEN_OR_WORD} == common


@pytest.mark.parametrize(("text", "place"), [("New York", True), ("Slovakia", True), ("Robert", False)])
def test_places_are_known(text, place):
    """Countries, states and big cities are no people."""
    assert place == is_place_name(text)


def sure(text: str) -> list[str]:
    """What is surely a name in `text`."""
    return [text[each.start : each.end] for each in people(text) if each.sureness is Sureness.SURE]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Please follow up with Robert Dickerson in a week", ["Robert Dickerson"]),
        ("40899,with,Hanne-Lore Bauer B.Eng.,2024-03-01,active", ["Hanne-Lore Bauer"]),
        ("expected:<[certain]> but was:<[Bautista González Pozo]>", ["Bautista González Pozo"]),
        ("What's your name? Paulette Rivière", ["Paulette Rivière"]),
        ("Maybe it's under Olav Sauer", ["Olav Sauer"]),
        ("Valérie Rolland de Guibert has called", ["Valérie Rolland de Guibert"]),
        ("I would like to remove my kid Victor from the will.", ["Victor"]),
        ("I'm so jealous! said Gertrudis to him", ["Gertrudis"]),
        ("guest ABERNATHY, Marguerite checked in", ["ABERNATHY, Marguerite"]),
        ("please ask Mr. J. R. Okafor about it", ["J. R. Okafor"]),
        ("For my take on Ms. Roefs, see the list", ["Roefs"]),
        ("They had 4: Hannah, Anthony, Derek and Anna", ["Hannah", "Anthony", "Derek", "Anna"]),
        ("hello, my name is naomi ryan and I need help", ["naomi ryan"]),
        ("Suspense\\nDirected By:    Nicholas James", ["Nicholas James"]),
    ],
)
def test_people_are_found(text, names):
    """Full names, given names in speech, initials, inversions and names that nobody capitalised."""
    assert names == sure(text)


@pytest.mark.parametrize(
    "text",
    [
        "Running Kotlin Serialization suite for you",
        "Downloaded Guy Steele Scheme for you",
        "the Austin Powers Job of the build is in progress",
        "Loading Byte Buddy and Hazel Cast",
        "Power Button pressed on your amd64",
        "npm ERR! code",
        "org.mark.Baker(Victor.java:12) at Robert.Dickerson()",
        "C=US,ST=Washington,L=San Jose,O=Example",
        "Max CSet: 164M, Min Garbage: 0B",
        "Branch BrPart Cover Missing",
        "SKIP Thai test of the Harry.Potter file",
        "Meet me at 12 Millicent Drive",
        "",
    ],
)
def test_things_are_no_people(text):
    """Products, jobs, classes, columns, certificates and streets are not taken for people."""
    assert [] == sure(text)


def test_a_claim_is_checked():
    """What a model calls a person is believed only without words of things, places and machines."""
    assert [True, False, False] == [
        is_like_a_name(text) for text in ("Tristan Martineau", "Guilty Pleasures", "Millicent Drive")
    ]


def test_speech_counts_and_another_field_does_not():
    """Words of speech weigh for a name in their own string, not in a neighbouring one."""
    spoken, other = "I asked him about Ann", '{"by": "I asked him about", "x": "Ann"}'

    weights = [weight_of_place(text, text.index("Ann"), text.index("Ann") + 3) for text in (spoken, other)]

    assert weights[0] > weights[1]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("please ask Robert Dickerson about it", "medium"),
        ("please ask Robert Dickerson about it, phone +44 20 7183 8750", "high"),
        ("Robert Dickerson, born 12.03.1971, is waiting", "high"),
        ("Robert Dickerson <rdickerson@gmail.com> is waiting", "high"),
        ("Robert Dickerson <rdickerson@example.com> is waiting", "medium"),
    ],
)
def test_an_identifier_in_the_record_makes_a_name_block(text, confidence):
    """A name beside a phone number, a birth date or a real address is sure; a made-up one adds nothing."""
    assert [("nlp/person", "Robert Dickerson", confidence)] == found(scan(nlp_recognizers(PERSON), text))


def test_names_for_examples_are_synthetic():
    """John Doe is nobody."""
    [match] = scan(nlp_recognizers(PERSON), "please ask John Doe about it")

    assert "name for examples" == match.synthetic


def test_a_book_is_read_by_the_lists_alone():
    """In running text throughout, names are uncertain and the model is not asked."""
    text = "He said that Robert Dickerson and Xqzt had been there with her before.\n" * 1200

    confidences = {match.confidence.value for match in scan(nlp_recognizers(PERSON), text)}

    assert {"low"} == confidences


def test_an_unknown_script_finds_nothing_and_stops_nothing():
    """Text in a language that nothing here knows is passed over."""
    assert [] == scan(
        nlp_recognizers(PERSON), "пожалуйста спросите Ивана Петрова 山田太郎に聞いてください " * 50
    )


@pytest.mark.parametrize("unit", [b"Robert", b"A.", b"Mc", b"d'", b"\xc3\x9e\xff", b"a-B"])
def test_a_million_bytes_without_a_space_are_bounded(unit):
    """A text without a space is looked at around its hits only."""
    assert [] == scan(nlp_recognizers(PERSON), unit * (1_000_000 // len(unit)))
