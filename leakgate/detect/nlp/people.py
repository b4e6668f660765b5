"""
Who is named in a line: runs of words written like names, weighed by lists of names and by what stands around.

Pure, and without a language model. Says how sure it is; where it cannot tell, it says so, and the model may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache

from leakgate.detect.nlp.known_names import Kind, is_place_name, kind_of
from leakgate.detect.nlp.letters import LETTER, UPPER
from leakgate.detect.nlp.lower_case import names_in_lower_case
from leakgate.detect.nlp.surroundings import is_introduced, weight_of_place
from leakgate.detect.nlp.vocabulary import PARTICLES, PLACE_PREFIXES, THING_SUFFIXES, TITLES
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass


class Sureness(Enum):
    """What the weights say."""

    SURE = auto()
    DOUBTFUL = auto()  # a second opinion makes it sure
    UNLIKELY = auto()


@dataclass(frozen=True, slots=True)
class Named:
    """A run of words that may be a person: place in characters, how sure."""

    start: int
    end: int
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a run, with its place in characters."""

    text: str
    start: int
    end: int
    kind: Kind

    @property
    def bare(self) -> str:
        """In lower case, without the dot of an abbreviation."""
        return self.text.lower().rstrip(".")

    @property
    def is_initial(self) -> bool:
        return len(self.text.rstrip(".")) == 1 or self.text.count(".") > 1


_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_ABBREVIATED = r"(?:Mrs?|Ms|Dr|Prof|Sra?|Jr|St|Ing|Mag|Dipl|Univ|Dott|Inc|Ltd|[BM]\.?(?:A|Sc|Eng|Ed))\."
_WORD = (
    rf"(?:{_ABBREVIATED}|[{UPPER}]\.(?:-?[{UPPER}]\.)*|(?:[DOL]['’])?[{UPPER}][{LETTER}]*"
    rf"(?:['’-](?!s\b)[{LETTER}]+)*)"
)
_SPACE = " {1,2}"
_RUN = expression(
    rf"(?=[{UPPER}])(?:(?<![\w@#$%&/~.+*-])|(?<=\\[nrt])|(?<=[.]-)){_WORD}"
    rf"(?:{_SPACE}(?:(?:{_PARTICLE}){_SPACE}){{0,3}}{_WORD})*"
)
_PART = expression(_WORD)
_LAST_FIRST = expression(rf"(?<![\w/.-])([{UPPER}]{{3,}}(?:-[{UPPER}]{{2,}})?), ([{UPPER}][{LETTER}]+)\b")
_DEGREE_WORDS = (
    "mba md phd msc bsc ba beng meng jr sr dds dvm esq bed med ii iii cand "
    "b.eng b.a b.sc b.ed m.a m.sc m.eng ph.d"
)
_DEGREES = frozenset(_DEGREE_WORDS.split())
_WEIGHTS = {
    Kind.GIVEN: 3.0,
    Kind.GIVEN_OR_WORD: 1.0,
    Kind.SURNAME: 2.0,
    Kind.SURNAME_OR_WORD: 0.5,
    Kind.UNLISTED_SURNAME: 1.8,
    Kind.UNKNOWN: 0.0,
}
_RARE = (Kind.GIVEN, Kind.SURNAME, Kind.UNLISTED_SURNAME)
_INITIAL, _TITLE, _UNKNOWN_SURNAME, _CUT, _CAPITALS = 1.0, 4.0, 0.8, -2.0, -4.0
_FOREIGN, _UNLISTED_FULL = 1.0, 2.2
_SURE_FULL, _SURE_SINGLE, _DOUBTFUL, _DOUBTLESS = 3.7, 3.8, 1.9, 5.0
_PARTS_OF_ADDRESSES = frozenset(("suite", "apt", "apartment", "unit", "po"))
_INNER_CAPITAL = expression(
    rf"(?<!^Mc)(?<!^Mac)(?<!^D[eiu])(?<!^L[ae])(?<!^Fitz)[^{UPPER}][{UPPER}]|[{UPPER}]{{2}}[^{UPPER}]"
)
_LISTING = expression(r",? and |, |/| & ")


@lru_cache(maxsize=4096)
def people(text: str) -> tuple[Named, ...]:
    """Runs of words that are, or may be, the name of a person, by offset."""
    runs = ((found.start(), _likely(found[0])) for found in _RUN.finditer(text))
    weighed = [_weighed(text, start, likely) for start, likely in runs if likely is not None]
    named = [each for each in weighed if each is not None]
    small = (Named(start, end, Sureness.SURE) for start, end in names_in_lower_case(text))
    return (*_inverted(text), *_in_lists(text, named), *small)


def _inverted(text: str) -> Iterator[Named]:
    for found in _LAST_FIRST.finditer(text) if ", " in text else ():
        if kind_of(found[2]) is Kind.GIVEN and kind_of(found[1]) in (*_RARE, Kind.UNKNOWN):
            yield Named(found.start(), found.end(), Sureness.SURE)


def is_like_a_name(text: str) -> bool:
    """Whether a text, whoever says that it is a person, has no word of things, places or machines."""
    words = [_word(part) for part in _PART.finditer(text)]
    _strip_before(words)
    return (
        _strip_behind(words) == 0
        and bool(words)
        and all(word.kind in _WEIGHTS or word.is_initial for word in words)
    )


def _weighed(text: str, offset: int, likely: _Likely) -> Named | None:
    """What stands around the run at `offset` says, added to what its words say."""
    words, start = likely.words, offset + likely.words[0].start
    if likely.needs_introduction and not is_introduced(text[:start]):
        return None
    end = offset + words[-1].end
    weight = likely.weight + weight_of_place(text, start, end)
    return Named(start, end, _sureness(weight, words, likely.titled))


@dataclass(frozen=True, slots=True)
class _Likely:
    """The words of a run, titles and the like dropped, and what they weigh wherever they stand."""

    words: tuple[Word, ...]
    titled: bool
    weight: float
    needs_introduction: bool


# Logs say the same words on line after line.
@lru_cache(maxsize=8192)
def _likely(run: str) -> _Likely | None:
    """What may be a name in a run of words; None where no surroundings can make it one."""
    words = [_word(part) for part in _PART.finditer(run)]
    titled = _strip_before(words)
    cut = _strip_behind(words)
    if not words or cut is None or not _are_names(words):
        return None
    unknown = len(words) == 1 and words[0].kind is Kind.UNKNOWN and not titled
    if not unknown and _is_place(words, run[words[0].start : words[-1].end]):
        return None
    weight = _weight_of_words(words) + _TITLE * titled + _CUT * cut
    return _Likely(tuple(words), titled, weight, needs_introduction=unknown)


def _word(found: re.Match[str]) -> Word:
    text = found[0]
    return Word(text, found.start(), found.end(), kind_of(text.rstrip(".")))


def _strip_before(words: list[Word]) -> bool:
    """Drop what may stand before a name; whether a title did."""
    titled = False
    while words:
        if words[0].bare in TITLES and len(words[0].bare) > 1:
            titled = True
        elif words[0].kind not in (Kind.ROLE, Kind.WORD):
            break
        words.pop(0)
    return titled


def _strip_behind(words: list[Word]) -> int | None:
    """Drop degrees and words behind a name; how many words, None where they make it the name of a thing."""
    cut = 0
    while words:
        if words[-1].bare in _PARTS_OF_ADDRESSES:
            words.pop()
            continue
        if words[-1].bare in THING_SUFFIXES or words[-1].kind in (Kind.TECHNICAL, Kind.PLACE):
            return None
        if words[-1].bare not in _DEGREES:
            if words[-1].kind not in (Kind.WORD, Kind.ROLE):
                break
            cut += 1
        words.pop()
    return cut


def _are_names(words: Sequence[Word]) -> bool:
    """Whether nothing but names is left."""
    if len(words) > 6 or all(word.is_initial for word in words) or any(_is_code(word.text) for word in words):
        return False
    return all(word.kind in _WEIGHTS or word.is_initial for word in words)


def _is_place(words: Sequence[Word], text: str) -> bool:
    return words[0].bare in PLACE_PREFIXES or is_place_name(text)


def _is_code(word: str) -> bool:
    """`BrPart`, `CSet`: capitals inside, other than those of McDonald, O'Brien and DeVito."""
    return any(_INNER_CAPITAL.search(part) for part in re.split("['’-]", word))


def _weight_of_words(words: Sequence[Word]) -> float:
    full = [word for word in words if not word.is_initial]
    weights = [_INITIAL if word.is_initial else _WEIGHTS[word.kind] for word in words]
    if any(word.text.isupper() for word in full) and not _is_capitals_surname(full):
        return sum(weights) + _CAPITALS
    if len(full) == 1:
        return weights[0] if len(words) == 1 else min(_INITIAL + _WEIGHTS[full[0].kind], 3.0)
    total = sum(sorted(weights, reverse=True)[:3]) + _FOREIGN * any(not word.text.isascii() for word in full)
    if words[0].kind in (Kind.GIVEN, Kind.GIVEN_OR_WORD) or words[1].kind is Kind.GIVEN:
        return total + _UNKNOWN_SURNAME * (words[-1].kind is Kind.UNKNOWN and len(words[-1].text) > 2)
    unlisted = all(word.kind in (*_RARE, Kind.UNKNOWN) and len(word.text) > 2 for word in full)
    return max(total / 2, _UNLISTED_FULL if unlisted else 0.0)


def _is_capitals_surname(full: Sequence[Word]) -> bool:
    """`SHIBATA Hiroshi`: one surname in capitals beside a given name."""
    capitals = [word for word in full if word.text.isupper()]
    others = [word for word in full if not word.text.isupper()]
    return (
        len(capitals) == 1
        and len(capitals[0].text) > 3
        and capitals[0].kind in _RARE
        and any(word.kind is Kind.GIVEN for word in others)
    )


def _sureness(weight: float, words: Sequence[Word], titled: bool) -> Sureness:
    common = words[0].kind in (Kind.GIVEN_OR_WORD, Kind.SURNAME_OR_WORD) or len(words[0].text) < 4
    if len(words) == 1 and common and not titled and weight < _DOUBTLESS:
        weight = min(weight, _DOUBTFUL)
    if weight >= (_SURE_FULL if len(words) > 1 else _SURE_SINGLE):
        return Sureness.SURE
    return Sureness.DOUBTFUL if weight >= _DOUBTFUL else Sureness.UNLIKELY


def _in_lists(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """In a list, one that is sure speaks for the others, and three that are doubtful for each other."""
    chain: list[Named] = []
    for each in named:
        if chain and not _listed_together(text, chain[-1], each):
            yield from _believed(chain)
            chain = []
        chain.append(each)
    yield from _believed(chain)


def _believed(chain: list[Named]) -> Iterator[Named]:
    sure = any(each.sureness is Sureness.SURE for each in chain)
    doubtful = sum(each.sureness is Sureness.DOUBTFUL for each in chain)
    for each in chain:
        if sure or doubtful >= 2:
            believed = each.sureness is Sureness.DOUBTFUL or (doubtful >= 2 and len(chain) > 2)
            yield replace(each, sureness=Sureness.SURE) if believed and len(chain) > 1 else each
        else:
            yield each


def _listed_together(text: str, one: Named, other: Named) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return _LISTING.fullmatch(between) is not None
