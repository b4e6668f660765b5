"""
Does a text under a person-like label look like the name of a person?

Judges by form: words with letters, titles, particles, no words of programs or sentences. Knows no list of names.
"""

from __future__ import annotations

import re

from leakgate.detect.plausibility.credential import Plausible
from leakgate.model.detection import Confidence

_TITLES = (
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|lord|lady|rev|herr|frau|fr|hr|dipl|ing|mag|univ|med|phil|jur|nat"
    r"|rer|habil|h|c|hc|sr|sra|srta|don|doña|d|dña|m|mme|mlle|monsieur|madame|sig|signor|signora|dott|dra|pan|pani"
    r"|dhr|mevr|mw|drs|ir)(?:\.-?| ) ?)*"
)
_DEGREES = (
    r"(?:,? (?:b\.?\s?(?:a|sc|eng|ed)|m\.?\s?(?:a|sc|eng|ed|d)|mba|ph\.?\s?d|md|dds|dvm|esq|jr|sr|i{2,3}|iv|cpa|rn"
    r"|ll\.?m)\.?)*"
)
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:{_LETTER}\.|(?:d|l|o|dell|dall|al|el|mac|n|ó)['’`]{_LETTER}+|{_LETTER}+(?:['’`]{_LETTER}+)?)"
_WORDS = rf"{_WORD}(?:-{_WORD})*"
_SHAPE = re.compile(rf"(?i)(?P<titles>{_TITLES})(?P<name>{_WORDS}(?:,? {_WORDS}){{0,5}}?){_DEGREES}\.?$")
_PARTICLES = frozenset(
    "de del della delle dei di da do dos das du des la las los le van von der den dem zu zum zur ter ten te af av y e"
    " i bin bint ibn ben al el san santa st".split()
)
# Case inside a word: McDonald, MacLeod, DeVito, LeBlanc; not someThing, HTTPServer.
_INNER_CASE = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|O|D|St)[A-Z]|[A-Z][a-z]?['’`]")
# Scripts that write names without spaces between their parts: Han, kana, Hangul.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}")
_NOT_NAMES = frozenset(
    # what stands in for a value
    """none null nil undefined nan unknown anonymous empty missing required optional default example sample dummy fake
    placeholder redacted masked hidden filtered n/a tbd todo true false yes no ok not set unset new old any all other
    value values name names id key type string text field column label title number object array list map
    """
    # words of sentences
    """the a an is are was were be been has have had will would can could should must may might cannot does did do
    this that these those it its of in on at to for from with without by as or and but if then else when while
    before after into than too very invalid valid found failed failing failure error errors exception success passed
    pass fail skipped skip expected actual got received returns return returned contains matches equals missing
    updated created deleted changed added removed loading loaded loads started stopped starting running run runs done
    shows show displays should handles handle renders render throws throw gets get sets adds removes creates create
    updates update deletes delete calls call uses using used checks check validates validate accepts rejects
    """
    # words of programs and companies
    """test tests testing suite spec step steps job jobs task tasks build builds service services server servers client
    clients user users admin administrator root system systemd guest owner group team role roles host node cluster pod
    container image module modules package packages plugin plugins library class method function api app application
    web http https url uri page pages view button form login logout sign home dashboard settings profile account
    accounts order orders product products item items cart payment payments card invoice customer customers
    corp inc ltd llc gmbh ag sa bv plc co limited corporation foundation project repository branch commit release
    version beta alpha stable latest main master develop production staging local remote database table index query
    data file files directory folder path script config configuration policy version windows linux ubuntu macos
    android chrome firefox safari docker kubernetes java python ruby node javascript typescript maven gradle github
    gitlab jenkins google microsoft amazon apple apache standard premium basic free trial support info sales bot agent
    manager handler controller factory provider adapter wrapper builder helper util utils model entity dto request
    response event message queue topic stream worker thread process session token secret password email phone address
    street city country state zip code currency amount total price date time now today yesterday tomorrow
    """.split()
)


def person_name(text: str, *, given: bool = False) -> Plausible | None:
    """How sure one may be that `text` is a person's name; `given`: the label promises one part of a name."""
    if not 2 <= len(text) <= 80:
        return None
    if _UNSPACED.fullmatch(text):
        return Plausible(Confidence.MEDIUM, "value is written as a name")
    shape = _SHAPE.match(text)
    if shape is None or _is_technical(shape["name"]):
        return None
    parts = [part for part in re.split(r",? ", shape["name"]) if part]
    if shape["titles"].strip() and len(parts) <= 5:
        return Plausible(Confidence.HIGH, "value is a name with a title")
    return _untitled(parts, given)


def _untitled(parts: list[str], given: bool) -> Plausible | None:
    full = [part for part in parts if part.lower() not in _PARTICLES]
    cased = all(part[0].isupper() or not part.isascii() for part in full)
    if not full or max(map(len, full)) < 2:
        return None
    if len(full) == 1:
        return _single(full[0], given)
    if len(full) > 5 or (all(len(part.strip(".")) < 3 for part in full) and not cased):
        return None
    if cased and not all(part.isupper() for part in full):
        return Plausible(Confidence.HIGH, "value is written as a full name")
    if len(full) > 3:
        return None
    return Plausible(Confidence.MEDIUM, "value is words as in a full name")


def _single(part: str, given: bool) -> Plausible | None:
    if len(part) < 3 or (part.isascii() and not part.istitle() and not _INNER_CASE.match(part)):
        return None
    if given:
        return Plausible(Confidence.MEDIUM, "value is written as part of a name")
    return Plausible(Confidence.LOW, "value is one capitalised word")


def _is_technical(name: str) -> bool:
    return any(
        part.lower().strip(".") in _NOT_NAMES or _has_inner_case(part)
        for word in re.split(r",? ", name)
        for part in word.split("-")
    )


def _has_inner_case(part: str) -> bool:
    """`someThing`, `HTTPServer`: an identifier rather than a word."""
    if part.isupper() or part[1:].islower() or len(part) == 1:
        return False
    return any(char.isupper() for char in part[1:]) and not _INNER_CASE.match(part)
