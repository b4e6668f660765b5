"""
The one place where what a run says is cleaned of what it found: every text that came from scanned input.

Compares by value, in whatever writing, and does so when everything was found: a name may be met long before
the value that stands in it. Knows digests of pieces only, and costs nothing where nothing was found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from leakgate.findings.pieces import SIZE, TOO_MANY, Pieces, folded
from leakgate.findings.writings import Reading, readings
from leakgate.model.expressions import expression
from leakgate.model.finding import Finding, Location, Sighting
from leakgate.model.gap import Gap
from leakgate.model.segment import Emitter, TestRef

MASK = "****"
_REMEMBERED = 50_000
_MOST_SEEN = 500_000
_LONGEST_NAME = 64 * 1024  # characters; of a longer text nothing is shown
_LENGTHS = 16  # of values with the same beginning; where there are more, the beginning is enough
_WORDS_IN_A_ROW = 6
_WORD = expression(r"[^\W_]+")


class Masker:
    """`known` are pieces of all values of the run; `public` says which paths the base commit has."""

    def __init__(
        self, pieces: Pieces, known: Collection[bytes], public: Callable[[], frozenset[str]] = frozenset
    ) -> None:
        self._pieces = pieces
        self._grams = frozenset(one for one in known if one[:1] == b"g")
        self._words = frozenset(one for one in known if one[:1] == b"t")
        self._wholes = _by_beginning(known)
        self._blind = TOO_MANY in known
        self._empty = not known
        self._public = public
        self._masked: dict[str, str] = {}
        self._seen: dict[str, bool] = {}
        self._starts: dict[str, dict[int, set[bytes]] | None] = {}
        self.kept: dict[str, None] = {}  # names of source files that are named like a value

    def __call__(self, text: str) -> str:
        """`text` with every piece of a value of this run replaced by a mask."""
        if self._empty or not text:
            return text
        if text not in self._masked:
            if len(self._masked) >= _REMEMBERED:
                self._masked.clear()
            self._masked[text] = self._without(text)
        return self._masked[text]

    def finding(self, finding: Finding) -> Finding:
        """The finding as it may be shown."""
        if self._empty:
            return finding
        return replace(
            finding,
            because=self(finding.because),
            synthetic=self._optional(finding.synthetic),
            sightings=tuple(map(self._sighting, finding.sightings)),
        )

    def gap(self, gap: Gap) -> Gap:
        """The gap as it may be shown."""
        if self._empty:
            return gap
        return Gap(self(gap.path), tuple(map(self, gap.members)), gap.stage, gap.reason, self(gap.detail))

    def test(self, test: TestRef) -> TestRef:
        """Its file keeps a name that the base commit has, at the beginning of its id too."""
        file = test.file if test.file is not None and self._is_public(test.file) else None
        known = "" if file is None else _common_name(file, test.id)
        name = known + self(test.id[len(known) :])
        shown = file if file is not None else self._optional(test.file)
        return TestRef(name, shown, test.line, test.in_sources and shown == test.file)

    def _sighting(self, seen: Sighting) -> Sighting:
        at = seen.location
        location = Location(
            self(at.path),
            tuple(map(self, at.members)),
            at.byte_start,
            at.byte_end,
            at.line,
            at.column,
            at.end_line,
            at.end_column,
            self._optional(at.pointer),
            at.decoded,
        )
        test = None if seen.test is None else self.test(seen.test)
        return Sighting(location, test, None if seen.emitter is None else self._emitter(seen.emitter))

    def _emitter(self, known: Emitter) -> Emitter:
        file = known.file
        if file is not None and not self._is_public(file):
            file = self(file)
        names = map(self._optional, (known.service, known.span, known.request))
        return Emitter(file, known.line, *names)

    def _is_public(self, file: str) -> bool:
        """Whether a name that would be masked is one of the base commit, and so no secret any more."""
        if self(file) == file:
            return True
        if file not in self._public():
            return False
        self.kept[file] = None
        return True

    def _optional(self, text: str | None) -> str | None:
        return None if text is None else self(text)

    def _without(self, text: str) -> str:
        if self._blind or len(text) > _LONGEST_NAME:
            return MASK
        places: list[tuple[int, int]] = []
        for reading in readings(text):
            bare = reading.bare()
            places += self._pieces_in(reading)
            if bare.text != reading.text:
                places += self._pieces_in(bare)
            places += self._wholes_in(_lower(bare))
            if self._words and reading.is_text:
                places += self._words_in(reading)
        return _replaced(text, places) if places else text

    def _pieces_in(self, reading: Reading) -> Iterable[tuple[int, int]]:
        text, known = reading.text, self._seen
        for at in range(len(text) - SIZE + 1) if self._grams else ():
            piece = text[at : at + SIZE]
            found = known.get(piece)
            if found is None:
                found = self._is_known(piece)
            if found:
                yield reading.starts[at], reading.ends[at + SIZE - 1]

    def _is_known(self, piece: str) -> bool:
        """Whether it is of a value; remembered, as names have much in common and digests take their time."""
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        found = self._seen[piece] = self._pieces.gram(piece) in self._grams
        return found

    def _beginning(self, start: str) -> dict[int, set[bytes]] | None:
        """Whole values that begin so, by their length."""
        if start not in self._starts:
            if len(self._starts) >= _MOST_SEEN:
                self._starts.clear()
            self._starts[start] = self._wholes.get(self._pieces.digest(start))
        return self._starts[start]

    def _wholes_in(self, bare: Reading) -> Iterable[tuple[int, int]]:
        text, digest = bare.text, self._pieces.digest
        for at in range(len(text) - SIZE + 1) if self._wholes else ():
            lengths = self._beginning(text[at : at + SIZE])
            for length, digests in lengths.items() if lengths else ():
                if at + length <= len(text) and digest(text[at : at + length]) in digests:
                    yield bare.starts[at], bare.ends[at + length - 1]

    def _words_in(self, reading: Reading) -> Iterable[tuple[int, int]]:
        """Short values stand alone: as a word, or as some words in a row."""
        words = [(hit.start(), hit.end(), hit[0]) for hit in _WORD.finditer(reading.text)]
        for number, (start, _, _) in enumerate(words):
            joined = ""
            for _, end, word in words[number : number + _WORDS_IN_A_ROW]:
                joined += folded(word)
                if len(joined) >= SIZE:
                    break
                if b"t" + self._pieces.digest(joined) in self._words:
                    yield reading.starts[start], reading.ends[end - 1]


def _by_beginning(known: Collection[bytes]) -> dict[bytes, dict[int, set[bytes]]]:
    """Digests of whole values, by that of their beginning and by length."""
    found: dict[bytes, dict[int, set[bytes]]] = {}
    for one in known:
        if one[:1] == b"w":
            length, start, whole = int.from_bytes(one[1:3], "big"), one[3:11], one[11:]
            found.setdefault(start, {}).setdefault(length, set()).add(whole)
    return {
        start: lengths if len(lengths) <= _LENGTHS else {SIZE: {start}} for start, lengths in found.items()
    }


def _common_name(file: str, test: str) -> str:
    """The beginning of a test's id that is its file, as a path or as a module."""
    module = file.rpartition(".")[0].replace("/", ".")
    return next((name for name in (file, module) if name and test.startswith(name)), "")


def _lower(reading: Reading) -> Reading:
    lower = reading.text.lower()
    if len(lower) != len(reading.text):  # a few letters become two
        lower = "".join(char.lower()[:1] for char in reading.text)
    return Reading(lower, reading.starts, reading.ends, reading.is_text)


def _replaced(text: str, places: Iterable[tuple[int, int]]) -> str:
    """One mask for places that touch, or have only signs between them."""
    out: list[str] = []
    position = 0
    for start, end in sorted(places):
        if end <= position:
            continue
        between = text[position : max(start, position)]
        if not out or any(map(str.isalnum, between)):
            out += [between, MASK]
        position = end
    return "".join([*out, text[position:]])
