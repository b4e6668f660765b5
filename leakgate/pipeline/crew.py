"""
Sharing the units of a run out among processes.

The answer is that of one process: outcomes are put in order, parts of a text joined, and a text whose
parts together broke a limit is scanned again in one go. Small runs never leave this process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from leakgate.model.artifact import Unit
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.result import Coverage
from leakgate.pipeline.effort import FILE, WORTH_A_PROCESS
from leakgate.pipeline.gathering import Gathering, Ordered
from leakgate.pipeline.outcome import UnitOutcome
from leakgate.pipeline.piece import UNTOLD, Piece, joined, scan_piece, too_late, within
from leakgate.pipeline.ports import Division, Watcher
from leakgate.pipeline.reuse import Reuse, Settled, known
from leakgate.pipeline.unit import UnitScanner
from leakgate.pipeline.watchdog import Watchdog
from leakgate.pipeline.workers import Answer, Death, Workers

_NOTHING = Answer((), interrupted=True)
_BATCH = 500_000  # bytes that are scanned in the time of a message, about


@dataclass(slots=True)
class _Divided:
    """A unit in parts: outcomes by number of the part, and how many there will be, once that is known."""

    unit: Unit
    outcomes: dict[int, UnitOutcome] = field(default_factory=dict)
    count: int | None = None


class Crew:
    """One run; good for one pass over `pieces`."""

    def __init__(
        self,
        scanner: UnitScanner,
        watchdog: Watchdog,
        workers: Workers,
        gathering: Gathering,
        reuse: Reuse,
    ) -> None:
        self._scanner = scanner
        self._reuse = reuse
        self._watchdog = watchdog
        self._workers = workers
        self._ordered = Ordered(gathering)
        self._gathering = gathering
        self._divided: dict[int, _Divided] = {}
        self._again: deque[Piece] = deque()

    def run(self, items: Iterable[Unit | Gap], division: Division, watch: Watcher) -> None:
        """Scans everything; on an interrupt adds what the processes had until then, and passes it on."""
        pieces = self._pieces(items, division)
        try:
            while batch := self._batch(pieces):
                watch(batch[0].unit.artifact.path, self._gathering.coverage.bytes_scanned)
                self._hand_over(batch)
        except KeyboardInterrupt:
            for had, answer in self._workers.interrupt():
                # Who was told to stop and had not begun ends without a word.
                self._take(had, _NOTHING if isinstance(answer, Death) else answer)
            raise
        finally:
            self._finish()

    def _batch(self, pieces: Iterator[Piece]) -> list[Piece]:
        """Pieces for one message: a big one, or some small ones. Waits for answers that may bring more."""
        while True:
            if self._again:
                return [self._again.popleft()]
            batch: list[Piece] = []
            while sum(piece.weight for piece in batch) < _BATCH and (piece := next(pieces, None)) is not None:
                batch.append(piece)
            if batch or not self._workers.busy:
                return batch
            self._listen()

    def _hand_over(self, batch: list[Piece]) -> None:
        while not self._workers.idle:
            if not self._workers.busy:  # none is left and none can be started
                for piece in batch:
                    self._put(piece, scan_piece(self._scanner, piece, self._watchdog))
                return
            self._listen()
        self._workers.give(batch)

    def _listen(self) -> None:
        for pieces, answer in self._workers.answers():
            self._take(pieces, answer)

    def _take(self, pieces: tuple[Piece, ...], answer: Answer | Death) -> None:
        if isinstance(answer, Death) and len(pieces) > 1:
            self._again.extend(pieces)  # one by one: only the one that killed it is lost
            return
        outcomes = () if isinstance(answer, Death) else answer.outcomes
        if isinstance(answer, Answer) and answer.interrupted:
            for piece in pieces:
                self._settle(self._reuse.spoilt(piece.number))
        for piece, outcome in zip(pieces, outcomes, strict=False):
            self._put(piece, outcome)
        for piece in pieces[len(outcomes) :]:
            self._put(piece, self._lost(piece, answer))
        if isinstance(answer, Answer) and answer.interrupted:
            self._gathering.add(self._stopped(pieces[max(0, len(outcomes) - 1)]))

    def _put(self, piece: Piece, outcome: UnitOutcome) -> None:
        if piece.part is None:
            self._done(piece.number, outcome)
            return
        divided = self._divided[piece.number]
        divided.outcomes[piece.part.number] = outcome
        if piece.part.stop is None:
            divided.count = piece.part.number + 1
        if divided.count == len(divided.outcomes):
            del self._divided[piece.number]
            whole = joined([divided.outcomes[number] for number in range(divided.count)])
            if within(whole, self._scanner.limits):
                self._done(piece.number, whole)
            else:
                self._again.append(Piece(piece.number, divided.unit, None, _BATCH))

    def _done(self, number: int, outcome: UnitOutcome) -> None:
        self._ordered.put(number, outcome)
        self._settle(self._reuse.done(number, outcome))

    def _settle(self, copies: Sequence[Settled]) -> None:
        """Copies have the outcome of their first, or are scanned themselves."""
        for number, unit, outcome in copies:
            if outcome is None:
                self._again.append(Piece(number, unit, None, _BATCH))
            else:
                self._ordered.put(number, outcome)

    def _pieces(self, items: Iterable[Unit | Gap], division: Division) -> Iterator[Piece]:
        """What can be handed over; the rest is scanned, or told, on the way."""
        for number, item in enumerate(items):
            if isinstance(item, Gap):
                self._ordered.put(number, item)
            elif (weight := division.weight(item)) is None:
                piece = Piece(number, item, None, 0)
                self._ordered.put(number, scan_piece(self._scanner, piece, self._watchdog))
            elif (told := known(self._reuse, self._watchdog, number, item)) is None:
                yield from self._of_unit(number, item, weight, division)
            elif isinstance(told, UnitOutcome):
                self._ordered.put(number, told)

    def _of_unit(self, number: int, unit: Unit, weight: int, division: Division) -> Iterator[Piece]:
        whole = True
        for part in division.parts(unit) if weight > WORTH_A_PROCESS else ():
            if whole:
                whole, self._divided[number] = False, _Divided(unit)
            yield Piece(number, unit, part, _BATCH)
        if whole:
            yield Piece(number, unit, None, weight + FILE)

    def _lost(self, piece: Piece, answer: Answer | Death) -> UnitOutcome:
        if isinstance(answer, Answer):
            return UnitOutcome((), (self._stopped(piece),), Coverage())
        if self._watchdog.deadline.passed():
            return too_late(self._scanner, piece, UNTOLD)
        detail = (
            f"the process that scanned it ended ({answer.code}); it may have run out of memory: "
            "scan with fewer jobs, or with more memory"
        )
        return UnitOutcome((), (self._gap(piece, GapReason.RECOGNIZER_FAILED, detail),), Coverage())

    def _stopped(self, piece: Piece) -> Gap:
        return self._gap(piece, GapReason.INTERRUPTED, "its scan was interrupted before it was done")

    def _gap(self, piece: Piece, reason: GapReason, detail: str) -> Gap:
        redact = self._scanner.sealer.redact
        artifact = piece.unit.artifact
        return Gap(redact(artifact.path), tuple(map(redact, artifact.members)), Stage.RUN, reason, detail)

    def _finish(self) -> None:
        """What a stopped run has of divided units stands as well."""
        for number, divided in self._divided.items():
            if divided.outcomes:
                self._ordered.put(number, joined([divided.outcomes[at] for at in sorted(divided.outcomes)]))
        self._ordered.flush()
