"""
Under which numbers spaCy's models know words: MurmurHash64A of a string, MurmurHash3 of that for each table.

Source: Austin Appleby's MurmurHash2 and 3 (public domain), and how spaCy (`strings.pyx`, `symbols.pyx`) and
thinc (`numpy_ops.pyx`) call them. Never used where an adversary gains by a collision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_ALL = (1 << 64) - 1
_M = 0xC6A4A7935BD1E995
_SEED = 1

# Strings with numbers of their own; spaCy has more of them, which cannot be features of a word.
SYMBOLS = {
    "ID": 64, "POS": 74, "TAG": 75, "DEP": 76, "ADJ": 84, "ADP": 85, "ADV": 86, "AUX": 87, "DET": 90,
    "NUM": 93, "SYM": 99, "X": 101, "EOL": 102, "ORG": 383, "GPE": 384, "LOC": 385, "LAW": 390,
    "acomp": 398, "advcl": 399, "advmod": 400, "agent": 401, "amod": 402, "appos": 403, "attr": 404,
    "aux": 405, "auxpass": 406, "cc": 407, "ccomp": 408, "complm": 409, "conj": 410, "cop": 411,
    "csubj": 412, "csubjpass": 413, "dep": 414, "det": 415, "dobj": 416, "expl": 417, "hmod": 418,
    "hyph": 419, "infmod": 420, "intj": 421, "iobj": 422, "mark": 423, "meta": 424, "neg": 425,
    "nmod": 426, "nn": 427, "npadvmod": 428, "nsubj": 429, "nsubjpass": 430, "num": 431, "number": 432,
    "oprd": 433, "obj": 434, "obl": 435, "parataxis": 436, "partmod": 437, "pcomp": 438, "pobj": 439,
    "poss": 440, "possessive": 441, "preconj": 442, "prep": 443, "prt": 444, "punct": 445,
    "quantmod": 446, "relcl": 447, "rcmod": 448, "root": 449, "xcomp": 450, "acl": 451, "IDX": 455,
    "_": 456,
}  # fmt: skip


def string_id(text: str) -> int:
    """spaCy's number for a string."""
    if not text:
        return 0
    return SYMBOLS.get(text) or _hash64(text.encode())


def _hash64(data: bytes) -> int:
    mixed = (_SEED ^ len(data) * _M) & _ALL
    whole = len(data) & ~7
    for at in range(0, whole, 8):
        part = int.from_bytes(data[at : at + 8], "little") * _M & _ALL
        mixed = (mixed ^ (part ^ part >> 47) * _M & _ALL) * _M & _ALL
    if whole < len(data):
        mixed = (mixed ^ int.from_bytes(data[whole:], "little")) * _M & _ALL
    mixed = (mixed ^ mixed >> 47) * _M & _ALL
    return mixed ^ mixed >> 47


def rows(ids: np.ndarray, seed: int, count: int) -> np.ndarray:
    """The four rows of a table of `count` that each id stands for; arithmetic modulo 2**64."""
    import numpy as np

    first = ids * np.uint64(0x87C37B91114253D5)
    first = (first << np.uint64(31) | first >> np.uint64(33)) * np.uint64(0x4CF5AD432745937F)
    first ^= np.uint64(seed ^ 8)
    second = np.full_like(ids, seed ^ 8)
    first += second
    second += first
    first, second = _finished(first), _finished(second)
    first += second
    second += first
    low = np.uint64(0xFFFFFFFF)
    keys = np.stack((first & low, first >> np.uint64(32), second & low, second >> np.uint64(32)), axis=1)
    found: np.ndarray = keys % np.uint64(count)
    return found


def _finished(mixed: np.ndarray) -> np.ndarray:
    import numpy as np

    shift = np.uint64(33)
    mixed = (mixed ^ mixed >> shift) * np.uint64(0xFF51AFD7ED558CCD)
    mixed = (mixed ^ mixed >> shift) * np.uint64(0xC4CEB9FE1A85EC53)
    finished: np.ndarray = mixed ^ mixed >> shift
    return finished
