"""
The network of a small spaCy model, computed with numpy alone: words in, a score for each step in.

Source: thinc's layers (`hashembed`, `maxout`, `layernorm`, `expand_window`) and spaCy's `parser_model.pyx`;
the weights are those of the package. Only the shape of the small models is known; any other is `Unfamiliar`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from leakgate.detect.nlp.murmur import rows, string_id
from leakgate.detect.nlp.tokens import Token
from leakgate.model.records import dataclass

if TYPE_CHECKING:
    import numpy as np

_EPSILON = 1e-8
_DEPTH = 4  # windows of one word to both sides, one upon the other
_LAYERS = {
    "hashembed": 4,
    "maxout": 1 + _DEPTH,
    "layernorm": 1 + _DEPTH,
    "linear": 2,
    "precomputable_affine": 1,
}
_LONGEST_SHAPE = 100  # characters
_REPEATS = 4


class Unfamiliar(Exception):
    """A model that is put together in another way."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """A maxout layer, one matrix for each of its pieces, and the normalisation behind it."""

    weights: np.ndarray
    bias: np.ndarray
    gain: np.ndarray
    shift: np.ndarray

    def of(self, inputs: np.ndarray) -> np.ndarray:
        import numpy as np

        best = inputs @ self.weights[0] + self.bias[0]
        for weights, bias in zip(self.weights[1:], self.bias[1:], strict=True):
            np.maximum(best, inputs @ weights + bias, out=best)
        spread = best.var(axis=1, keepdims=True) + _EPSILON
        normal = (best - best.mean(axis=1, keepdims=True)) * spread ** (-1.0 / 2.0)
        scaled: np.ndarray = normal * self.gain + self.shift
        return scaled


class Network:
    """`layers` are parameters by the kind of layer, in the order of the file; `seeds` those of the tables."""

    def __init__(self, layers: Mapping[str, Sequence[Mapping[str, Any]]], seeds: Sequence[int]) -> None:
        if {kind: len(found) for kind, found in layers.items()} != _LAYERS or len(seeds) != len(
            layers["hashembed"]
        ):
            raise Unfamiliar("layers")
        self._tables = [(table["E"], seed) for table, seed in zip(layers["hashembed"], seeds, strict=True)]
        self._mixing, *self._windows = (
            _Layer(maxout["W"].transpose(1, 2, 0), maxout["b"].T, norm["G"], norm["b"])
            for maxout, norm in zip(layers["maxout"], layers["layernorm"], strict=True)
        )
        self._upper, self._narrow = layers["linear"]
        self._lower = layers["precomputable_affine"][0]

    @property
    def steps(self) -> int:
        return int(self._upper["W"].shape[0])

    def read(self, texts: Sequence[Sequence[Token]]) -> list[Reading]:
        """What the network makes of the words of some texts; they do not see each other."""
        import numpy as np

        numbers: dict[_Features, int] = {}
        words = [numbers.setdefault(_features(word), len(numbers)) for text in texts for word in text]
        mixed = self._embedded(tuple(numbers))[words]
        width = mixed.shape[1]
        gap = np.zeros((_DEPTH, width), dtype=mixed.dtype)
        parts, places, at, done = [gap], [], _DEPTH, 0
        for text in texts:
            parts += [mixed[done : done + len(text)], gap]
            places.append((at, at + len(text)))
            at, done = at + len(text) + _DEPTH, done + len(text)
        hidden = np.concatenate(parts)
        for layer in self._windows:
            hidden = hidden + layer.of(_with_neighbours(hidden))
        narrow = hidden @ self._narrow["W"].T + self._narrow["b"]
        weights = self._lower["W"]
        affine = (narrow @ weights.reshape(-1, weights.shape[-1]).T).reshape(-1, *weights.shape[:-1])
        return [Reading(affine[start:end], self._lower, self._upper) for start, end in places]

    def _embedded(self, features: Sequence[_Features]) -> np.ndarray:
        import numpy as np

        columns = []
        for strings, (table, seed) in zip(zip(*features, strict=True), self._tables, strict=True):
            ids = np.array(list(map(string_id, strings)), dtype=np.uint64)
            columns.append(table[rows(ids, seed, len(table))].sum(axis=1))
        return self._mixing.of(np.concatenate(columns, axis=1))


class Reading:
    """What the network thinks of the words of one text: scores of the steps that may be taken at each."""

    def __init__(self, affine: np.ndarray, lower: Mapping[str, Any], upper: Mapping[str, Any]) -> None:
        self._affine = affine  # by word, feature, unit and piece
        self._bias = lower["b"]
        self._absent = lower["pad"][0]
        self._upper = upper

    def outside(self) -> np.ndarray:
        """Scores by word and step, where no name is open."""
        sums = self._affine[:, 0] + self._absent[1] + self._absent[2] + self._bias
        return self._scores(sums)

    def inside(self, word: int, first: int) -> np.ndarray:
        """Scores by step at a word, where the word `first` opened a name."""
        sums = self._affine[word, 0] + self._affine[first, 1] + self._affine[word - 1, 2] + self._bias
        return self._scores(sums)

    def _scores(self, sums: np.ndarray) -> np.ndarray:
        scores: np.ndarray = sums.max(axis=-1) @ self._upper["W"].T + self._upper["b"]
        return scores


def _with_neighbours(rows: np.ndarray) -> np.ndarray:
    import numpy as np

    none = np.zeros_like(rows[:1])
    return np.concatenate((np.concatenate((none, rows[:-1])), rows, np.concatenate((rows[1:], none))), axis=1)


_Features = tuple[str, str, str, str]


def _features(word: Token) -> _Features:
    """Plain form, first letter, last three and shape: all that the network knows of a word."""
    text = word.text
    return word.norm, text[0], text[-3:], shape(text)


@lru_cache(maxsize=4096)
def shape(text: str) -> str:
    """`Xxxxx` of a name, `dd` of a number: no more than four of a kind in a row."""
    if len(text) >= _LONGEST_SHAPE:
        return "LONG"
    found: list[str] = []
    for char in text:
        kind = ("X" if char.isupper() else "x") if char.isalpha() else "d" if char.isdigit() else char
        if found[-_REPEATS:] != [kind] * _REPEATS:
            found.append(kind)
    return "".join(found)
