"""
spaCy's small models without spaCy: the recognizer of entities, read from the files of the model's package.

Importing spaCy and building its pipeline takes 1.4 s, this 0.2 s, and a scan has a few hundred sentences to
read. Gives the answers of spaCy itself; a test compares them. A package that is put together in another way
is `Unfamiliar`.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from leakgate.detect.nlp.network import Network, Reading, Unfamiliar
from leakgate.detect.nlp.tokens import Token, Tokenizer
from leakgate.model.records import dataclass

# What a layer must say of itself, by its name.
_SHAPE = {
    "parser_model": ("has_upper", True),
    "extract_features": ("columns", ["NORM", "PREFIX", "SUFFIX", "SHAPE"]),
    "with_array": ("pad", 4),  # the one around the windows
    "expand_window": ("window_size", 1),
}
_BEGIN, _INSIDE, _LAST, _SINGLE, _OUTSIDE = "1", "2", "3", "4", "5"  # spaCy's numbers of the kinds of steps
_MOST_WORDS = 4096  # that are read together


@dataclass(frozen=True, slots=True)
class Named:
    """What was named: the model's label, and the place (characters)."""

    label: str
    start: int
    end: int


class SmallModel:
    """One model, loaded."""

    def __init__(self, tokenizer: Tokenizer, network: Network, steps: Sequence[tuple[str, str]]) -> None:
        if network.steps != len(steps):
            raise Unfamiliar("steps")
        self._tokenizer = tokenizer
        self._network = network
        self._steps = steps
        self._numbers = {step: number for number, step in enumerate(steps)}
        # Nothing begins at a blank, and nothing but a single word at the last one.
        self._closed = [
            n for n, (kind, label) in enumerate(steps) if _may_stand_alone(kind, label) or kind == _BEGIN
        ]
        self._at_end = [n for n, (kind, label) in enumerate(steps) if _may_stand_alone(kind, label)]

    def read(self, texts: Sequence[str]) -> Iterator[tuple[Named, ...]]:
        """What each text names, in order."""
        batch: list[list[Token]] = []
        for text in texts:
            batch.append(self._tokenizer.tokens(text))
            if sum(map(len, batch)) >= _MOST_WORDS:
                yield from self._read(batch)
                batch = []
        if batch:
            yield from self._read(batch)

    def _read(self, batch: Sequence[Sequence[Token]]) -> Iterator[tuple[Named, ...]]:
        full = [words for words in batch if words]
        readings = iter(self._network.read(full) if full else ())
        for words in batch:
            yield tuple(self._named(words, next(readings))) if words else ()

    def _named(self, words: Sequence[Token], reading: Reading) -> Iterator[Named]:
        """Step by step, the best that is allowed."""
        steps = self._first_steps(reading)
        first, label = 0, ""
        for number, word in enumerate(words):
            if label:
                if number + 1 < len(words):
                    scores = reading.inside(number, first)
                    if scores[self._numbers[_INSIDE, label]] >= scores[self._numbers[_LAST, label]]:
                        continue
            elif word.text.isspace():
                continue
            else:
                kind, label = steps[number]
                first = number
                if kind in (_BEGIN, _OUTSIDE):
                    continue
            yield Named(label, words[first].start, word.start + len(word.text))
            label = ""

    def _first_steps(self, reading: Reading) -> list[tuple[str, str]]:
        """The best step at each word that no name before it reaches; one that stays outside has no label."""
        scores = reading.outside()
        best = [self._closed[at] for at in scores[:, self._closed].argmax(axis=1)]
        best[-1] = self._at_end[int(scores[-1, self._at_end].argmax())]
        return [self._steps[number] for number in best]


def _may_stand_alone(kind: str, label: str) -> bool:
    return kind == _OUTSIDE or (kind == _SINGLE and label != "")


def load(package: str) -> SmallModel:
    """The model of an installed package; raises Unfamiliar."""
    try:
        return _loaded(_folder(package))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, StopIteration) as exc:
        raise Unfamiliar(package) from exc


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise Unfamiliar(package)
    return next(Path(found.submodule_search_locations[0]).glob(f"{package}-*/"))


def _loaded(folder: Path) -> SmallModel:
    from srsly import msgpack_loads

    def read(*names: str) -> Any:
        return msgpack_loads(folder.joinpath(*names).read_bytes())

    model, rules = read("ner", "model"), read("tokenizer")
    names = [node["name"] for node in model["nodes"]]
    attributes = [{key: msgpack_loads(value) for key, value in each.items()} for each in model["attrs"]]
    if rules["token_match"] is not None or not all(map(_is_familiar, names, attributes)):
        raise Unfamiliar("layers")
    layers: dict[str, list[Mapping[str, Any]]] = {}
    for name, parameters in zip(names, model["params"], strict=True):
        if parameters:
            layers.setdefault(name, []).append(parameters)
    seeds = [each["seed"] for name, each in zip(names, attributes, strict=True) if name == "hashembed"]
    steps = tuple(_steps(json.loads(read("ner", "moves")["moves"])))
    return SmallModel(
        Tokenizer(rules, read("vocab", "lookups.bin")["lexeme_norm"]), Network(layers, seeds), steps
    )


def _is_familiar(name: str, attributes: Mapping[str, Any]) -> bool:
    expected = _SHAPE.get(name.partition("(residual")[0])
    return expected is None or attributes.get(expected[0]) == expected[1]


def _steps(moves: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str]]:
    """Kinds and labels in the order of their numbers: the most frequent label first."""
    for kind, labels in sorted(moves.items()):
        for _, label in sorted(((count, label) for label, count in labels.items()), reverse=True):
            yield kind, label
