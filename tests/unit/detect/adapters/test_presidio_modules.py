"""Recognizers of Presidio without its package."""

from __future__ import annotations

import subprocess
import sys

_LOAD_ALL = """
import sys
from leakgate.detect.adapters.presidio_modules import recognizer_class
from leakgate.detect.adapters.tables import presidio_table

for each in presidio_table():
    recognizer_class(each.module, each.class_name)()
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"spacy", "presidio_analyzer"}))
"""
_BOTH_WAYS = """
from leakgate.detect.adapters.presidio_modules import recognizer_class
from leakgate.detect.adapters.tables import presidio_table

def said(each):
    results = each.analyze("no 1234567890 or 4111111111111111", each.supported_entities)
    return [(r.entity_type, r.start, r.end, r.score) for r in results]

short = [recognizer_class(each.module, each.class_name)() for each in presidio_table()]
import presidio_analyzer.predefined_recognizers
long = [recognizer_class(each.module, each.class_name)() for each in presidio_table()]
assert not any(type(a) is type(b) for a, b in zip(short, long))
assert list(map(said, short)) == list(map(said, long))
print("same")
"""


def _output(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_all_recognizers_load_without_the_language_library():
    """Neither spaCy nor Presidio's own package is loaded for any recognizer of the table."""
    assert "" == _output(_LOAD_ALL)


def test_the_short_way_says_what_the_library_says():
    """Presidio can be imported afterwards, and its own classes give the same answers."""
    assert "same" == _output(_BOTH_WAYS)
