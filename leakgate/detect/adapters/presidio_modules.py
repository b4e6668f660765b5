"""
Loads recognizer classes of Presidio without its package, whose own imports bring spaCy (0.5 s, 50 MiB).

The modules of recognizers need six small ones of the package and nothing else of it. They are imported
below bare packages, which are taken away afterwards: who imports Presidio itself gets all of it.
Never changes what a module of the library does.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

_PACKAGE = "presidio_analyzer"
# What recognizers import from the package, each from a module of its own; later ones need the earlier.
_PARTS = {
    "analysis_explanation": "AnalysisExplanation",
    "recognizer_result": "RecognizerResult",
    "entity_recognizer": "EntityRecognizer",
    "local_recognizer": "LocalRecognizer",
    "pattern": "Pattern",
    "pattern_recognizer": "PatternRecognizer",
}


def recognizer_class(module: str, class_name: str) -> Any:
    """The class, from the whole package where that is loaded already, or where the short way fails."""
    if _PACKAGE not in sys.modules:
        try:
            return getattr(_below_bare_packages(module), class_name)
        except (ImportError, AttributeError, TypeError):
            pass  # another release, put together otherwise: the long way is right for any
    return getattr(importlib.import_module(module), class_name)


def _below_bare_packages(module: str) -> ModuleType:
    held = _held()
    with _in_place(held):
        for end in range(1, module.count(".") + 1):
            name = ".".join(module.split(".")[: end + 1])
            if name != module and name not in sys.modules:
                sys.modules[name] = _bare(name, Path(held[_PACKAGE].__path__[0], *name.split(".")[1:]))
        return importlib.import_module(module)


@cache
def _held() -> dict[str, ModuleType]:
    """Modules that are loaded this way, by name; grows."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ImportError(_PACKAGE)
    package = _bare(_PACKAGE, Path(found.submodule_search_locations[0]))
    models = ModuleType(f"{_PACKAGE}.nlp_engine")
    models.NlpArtifacts = object  # type: ignore[attr-defined]  # recognizers name it in annotations
    held = {_PACKAGE: package, models.__name__: models}
    with _in_place(held):
        for part, name in _PARTS.items():
            setattr(package, name, getattr(importlib.import_module(f"{_PACKAGE}.{part}"), name))
    return held


def _bare(name: str, folder: Path) -> ModuleType:
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    return package


@contextmanager
def _in_place(held: dict[str, ModuleType]) -> Iterator[None]:
    """`held` among the loaded modules, for as long as it takes to add to it."""
    sys.modules.update(held)
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == _PACKAGE]:
            held[name] = sys.modules.pop(name)
