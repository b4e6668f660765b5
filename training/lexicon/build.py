"""
Build the lists of `leakgate/detect/nlp/lexicon/` from public lists of names. Never run by leakgate itself.

Sources: the person providers of Faker and Mimesis of every locale (both MIT licence; Cyrillic is
transliterated), the lists of the United States census of 1990 in the package `names` (public domain), and a
list of English words (one a line, for example Debian's `wamerican-small`, from SCOWL).

    python training/lexicon/build.py FAKER_DIRECTORY MIMESIS_DIRECTORY CENSUS_DIRECTORY WORD_LIST
"""

from __future__ import annotations

import ast
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[2] / "leakgate" / "detect" / "nlp" / "lexicon"
SURNAMES_OF_CENSUS = 40_000  # of 88,799, by frequency; the rest are borne by fewer than 1 in 250,000
_LATIN = re.compile(r"[a-zà-öø-ÿāăąćčďđěęēėğģīįıķļĺľłńňņőřŕśšşșťţțūůűųźżžžǎ’'-]{3,20}")
_GIVEN = re.compile(r"^first_(?:romanized_)?name")
_SURNAME = re.compile(r"last_(?:romanized_)?name")
_PLACE = re.compile(rf"{_LATIN.pattern}(?: {_LATIN.pattern}){{0,2}}")
_PLACES = ("countries", "states", "provinces")
_LATIN_FOR_CYRILLIC = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g"
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        _LATIN_FOR_CYRILLIC.split(" "),
        strict=True,
    )
)
_PLAIN_WORD = re.compile(r"[a-z]{2,20}")
_TITLES = re.compile(r"(?i)^(?:mr|mrs|dr|prof|herr|frau)\.?\s")


def main(faker: Path, mimesis: Path, census: Path, words: Path) -> None:
    given, surnames = set[str](), set[str]()
    for source in sorted((faker / "providers" / "person").glob("*/__init__.py")):
        for name, values in _lists(source):
            latin = [_transliterated(value) for value in values]
            if _GIVEN.search(name):
                given.update(latin)
            elif _SURNAME.search(name):
                surnames.update(latin)
    for record in sorted((mimesis / "datasets").glob("*/person.json")):
        known = json.loads(record.read_text(encoding="utf-8"))
        given.update(_transliterated(name) for name in _flat(known.get("names")))
        surnames.update(_transliterated(name) for name in _flat(known.get("surnames")))
    for listing in ("dist.female.first", "dist.male.first"):
        given.update(_census(census / listing))
    surnames.update(list(_census(census / "dist.all.last"))[:SURNAMES_OF_CENSUS])
    places = {
        value.lower()
        for source in sorted((faker / "providers" / "address").glob("*/__init__.py"))
        for name, values in _lists(source)
        if name in _PLACES
        for value in values
    }
    english = {word.strip() for word in words.read_text(encoding="utf-8").splitlines()}
    english = {word for word in english if word.islower()}
    _write("given.txt", _clean(given))
    _write("surnames.txt", _clean(surnames))
    _write("places.txt", {place for place in places if _PLACE.fullmatch(place)})
    _write("english.txt", {word for word in english if _PLAIN_WORD.fullmatch(word)})


def _lists(source: Path) -> Iterator[tuple[str, list[str]]]:
    """Every list of strings that is assigned in a module, by the name that it is assigned to."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and value is not None:
            texts = [each.value for each in ast.walk(value) if isinstance(each, ast.Constant)]
            yield target.id, [text for text in texts if isinstance(text, str)]


def _flat(node: object) -> Iterator[str]:
    """Every text in nested lists and mappings."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _flat(each)


def _census(listing: Path) -> Iterator[str]:
    return (line.split()[0] for line in listing.read_text(encoding="ascii").splitlines() if line.strip())


def _clean(names: set[str]) -> set[str]:
    """In lower case, parts of compounds by themselves, each with its accents and without."""
    parts = {part for name in names for part in re.split(r"[\s-]+", _TITLES.sub("", name).lower())}
    kept = {part for part in parts if _LATIN.fullmatch(part)}
    return kept | {plain for name in kept if _LATIN.fullmatch(plain := _plain(name))}


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.replace("ł", "l").replace("ø", "o").replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _transliterated(name: str) -> str:
    """Cyrillic in Latin letters, as passports write it; anything else as it is."""
    return "".join(_CYRILLIC.get(char, char) for char in name.lower())


def _write(name: str, words: set[str]) -> None:
    (TARGET / name).write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
