"""
What leakgate wants to reach, and whether it did, computed from the samples of one record. Pure.

Bounds stand here alone; no document repeats them by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .contenders import SAMPLE, START, VERSION
from .figures import MEGABYTE, Figures, Step, cpu, peak, steps, wall
from .record import Record, Sample

_BIG = ("clean-1000", "one-1000")


@dataclass(frozen=True, slots=True)
class Target:
    """`value` and `bound` have the same unit; `value` is None where the record does not tell.

    `least`: the value must be at least the bound, not at most. `detail` says what the value was made of.
    """

    title: str
    bound: float
    unit: str
    value: float | None
    detail: str
    least: bool = False

    @property
    def reached(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.bound if self.least else self.value <= self.bound

    @property
    def share(self) -> float | None:
        """The value by its bound: above 1 is better where it is a least, worse otherwise."""
        return None if self.value is None else self.value / self.bound


def targets(record: Record) -> tuple[Target, ...]:
    figures = Figures(record)
    return (
        *_beside_peers(figures),
        *_names(figures),
        _linear(figures, "leakgate-secrets", "secrets only"),
        _linear(figures, "leakgate-plain", "default without NLP"),
        _memory(figures, "leakgate-plain", "default without NLP", 350),
        _memory(figures, "leakgate-default", "default policy", 800),
        *_start_up(figures),
    )


def _beside_peers(figures: Figures) -> Iterator[Target]:
    hundred, small = "clean-100", "small-10000"
    for title, own, other, work, bound in (
        ("secrets only, 100 MB", "leakgate-secrets", "kingfisher", hundred, 1.0),
        ("secrets only, 100 MB", "leakgate-secrets", "betterleaks", hundred, 0.9),
        ("secrets only, 100 MB, cold", "leakgate-secrets-cold", "kingfisher-cold", hundred, 0.4),
        ("default without NLP, 100 MB", "leakgate-plain", "kingfisher", hundred, 2.0),
        ("secrets only, 10,000 small files", "leakgate-secrets", "betterleaks", small, 1.5),
    ):
        name = other.replace("-cold", ", cold")
        value, detail = _ratio(figures, own, other, work)
        yield Target(f"{title}: wall time by that of {name}", bound, "×", value, detail)


def _ratio(figures: Figures, own: str, other: str, work: str) -> tuple[float | None, str]:
    """Of wall times; that of processor times is said beside it, as it suffers less from a busy machine."""
    mine, theirs = figures.middle(own, work, wall), figures.middle(other, work, wall)
    spent, others = figures.middle(own, work, cpu), figures.middle(other, work, cpu)
    if not (mine and theirs and spent and others):
        return None, ""
    return mine / theirs, f"{mine:.2f} s by {theirs:.2f} s; processor time {spent / others:.2f} ×"


def _names(figures: Figures) -> Iterator[Target]:
    own = "leakgate-default"
    took = figures.middle(own, "corpus", wall)
    speed = figures.megabytes("corpus") / took if took else None
    detail = (
        f"{figures.megabytes('corpus'):.0f} MB in {took:.2f} s"
        if took
        else "of the work `corpus`, which needs --corpus"
    )
    yield Target("default policy with NLP, real logs: speed", 10, "MB/s", speed, detail, least=True)
    spent = figures.middle(own, "corpus", cpu)
    naive, busy = _naive_rate(figures, wall), _naive_rate(figures, cpu)
    value, detail = None, ""
    if took and spent and naive and busy:
        mine, used = (seconds / figures.megabytes("corpus") for seconds in (took, spent))
        value = naive / mine
        detail = f"{mine * 1000:.1f} ms by {naive:.1f} s for a MB; processor time {busy / used:,.0f} ×"
    yield Target(
        "default policy with NLP: times the speed of naive Presidio", 800, "×", value, detail, least=True
    )


def _naive_rate(figures: Figures, read: Callable[[Sample], float]) -> float | None:
    """Seconds for a megabyte by Presidio on each line, in one process and without its start-up."""
    sample, start = figures.middle("presidio", SAMPLE, read), figures.middle("presidio", START, read)
    if sample is None or start is None:
        return None
    return (sample - start) / (figures.megabytes(SAMPLE) - figures.megabytes(START))


def _linear(figures: Figures, contender: str, title: str) -> Target:
    """How much more a megabyte of a later step takes, at most, than one of an earlier step.

    In wall time. Less is no failure: from some megabytes on, work is shared out among processes.
    """
    known = steps(tuple(figures.curve(contender, wall)))
    value = growth(known) if len(known) > 1 else None
    detail = ", ".join(f"{step.rate * 1000:.1f} ms/MB to {step.end:,.0f} MB" for step in known)
    return Target(f"{title}: a further MB of a bigger size takes at most", 1.15, "×", value, detail)


def growth(known: tuple[Step, ...]) -> float | None:
    """The greatest ratio of a later rate to an earlier one; None where a rate is not above zero."""
    pairs = [(a.rate, b.rate) for index, a in enumerate(known) for b in known[index + 1 :]]
    if any(earlier <= 0 for earlier, _ in pairs):
        return None
    return max((later / earlier for earlier, later in pairs), default=None)


def _memory(figures: Figures, contender: str, title: str, bound: float) -> Target:
    known = [(work, figures.middle(contender, work, peak)) for work in _BIG]
    measured = [(work, value / MEGABYTE) for work, value in known if value is not None]
    value = max((each for _, each in measured), default=None)
    detail = ", ".join(f"{each:.0f} MB ({work})" for work, each in measured)
    return Target(f"{title}: peak memory of all processes at 1 GB", bound, "MB", value, detail)


def _start_up(figures: Figures) -> Iterator[Target]:
    for title, contender, work, bound in (
        ("`--version`", "leakgate-version", VERSION, 0.12),
        ("one small clean file, default policy", "leakgate-default", START, 0.3),
        ("one small clean file, default policy, cold", "leakgate-default-cold", START, 0.9),
    ):
        yield Target(f"{title}: wall time", bound, "s", figures.middle(contender, work, wall), "")
