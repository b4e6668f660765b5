"""
A second opinion on what the language model calls a person or a place: by shape and by known words.

Never loads the model.
"""

from __future__ import annotations

from leakgate.detect.nlp.vocabulary import FUNCTION_WORDS, NOT_NAMES, PARTICLES, TITLES
from leakgate.model.expressions import expression

_NAME_WORD = expression(
    r"[A-ZÀ-ÖØ-ÞŁŚŻŽČŠ][a-zß-ÿāăąćčďęěğīłńňőřśšťůűźżžışğ]+(?:['’-][A-ZÀ-ÞŁŚŻ]?[a-zß-ÿ]+)*"
)
_MAC_NAME = expression(r"(?:Mc|Mac|O['’]|D['’]|L['’])[A-Z][a-z]+(?:-[A-Z][a-z]+)?")
_INITIAL = expression(r"[A-Z]\.?")


def is_name_word(word: str) -> bool:
    """Whether one word is written like a part of a name, and is none of the words of logs."""
    if not (_NAME_WORD.fullmatch(word) or _MAC_NAME.fullmatch(word)):
        return False
    return word.lower() not in NOT_NAMES and word.lower() not in FUNCTION_WORDS


def person_words(text: str) -> int:
    """How many parts a person's name has (titles, initials and particles not counted); 0 if it is none."""
    count = 0
    for word in text.replace(",", " ").split():
        bare = word.rstrip(".").lower()
        if bare in TITLES or word.lower() in PARTICLES or _INITIAL.fullmatch(word):
            continue
        if not is_name_word(word):
            return 0
        count += 1
    return count if count <= 5 else 0


def is_place(text: str) -> bool:
    """Whether every word of a place is written like a name."""
    words = text.replace(",", " ").split()
    named = [word for word in words if word.lower() not in PARTICLES and word.lower() not in ("of", "the")]
    return 0 < len(named) <= 4 and all(is_name_word(word) for word in named)
