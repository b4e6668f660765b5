"""
Lets coverage guide the mutations, with atheris: what reaches new code of leakgate is mutated further.

Each target runs in a forked process, as libFuzzer ends the one it runs in. Never imports leakgate itself:
code counts only if it is imported inside `instrumented()`.
"""

from __future__ import annotations

import importlib.util
import io
import json
import mmap
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tests.fuzz.mutation import MOST, varied

if TYPE_CHECKING:
    from tests.fuzz.campaign import Tally
    from tests.fuzz.target import Target

_PATIENCE = 120  # seconds of wall time for one input, beyond what the campaign itself cuts off
_MEMORY = 2048  # MiB
_COUNTER = 8  # bytes
_LOG = "log"


@dataclass(frozen=True, slots=True)
class Course:
    """How long a target is fuzzed, and from where.

    `seconds` are of processor time. `corpus` is a folder in which inputs that reached new code stay, for the
    next time. Failing inputs are kept in `kept`.
    """

    count: int
    kept: Path
    seed: int = 1
    seconds: float | None = None
    corpus: Path | None = None


def is_available() -> bool:
    """Whether atheris is installed; it has releases for some platforms only."""
    return importlib.util.find_spec("atheris") is not None


@contextmanager
def instrumented() -> Iterator[None]:
    """What is imported of leakgate in here tells the fuzzer where an input leads."""
    import atheris

    with redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["leakgate"]):
        yield


def guided(target: Target, course: Course) -> Tally:
    """What became of `course.count` inputs; a process that ends by itself is a crash of its last input."""
    from tests.fuzz.campaign import Tally

    target.prepare()
    with suppress(Exception):
        target.run(target.seeds[0])  # what is imported late is imported here, for all
    ours, theirs = os.pipe()
    with mmap.mmap(-1, _COUNTER) as counter, tempfile.TemporaryDirectory() as scratch:
        pid = os.fork()
        if pid == 0:
            os.close(ours)
            _fuzz(target, course, Path(scratch), counter, theirs)
        os.close(theirs)
        with open(ours, encoding="utf-8") as answers:  # noqa: PTH123 - a descriptor
            told = answers.read()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if told:
            return Tally(**json.loads(told))
        tried = int.from_bytes(counter[:_COUNTER], "little")
        last = (Path(scratch) / _LOG).read_text(encoding="utf-8", errors="replace")[-200:].split("\n")
    words = f"after {tried} inputs, with {status}: {' '.join(last[-2:])}; inputs are in {course.kept}"
    return Tally(target.name, tried, crashes=1, failures={"the process ended": words})


def _fuzz(target: Target, course: Course, scratch: Path, counter: mmap.mmap, answers: int) -> NoReturn:
    """In the child: never comes back, whatever happens."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(scratch / _LOG, os.O_WRONLY | os.O_CREAT, 0o600), 2)
        import atheris

        from tests.fuzz.campaign import alarmed

        each = _each(target, course, counter, answers)
        atheris.Setup(_words(target, course, scratch), each, custom_mutator=_mutator(target))
        with alarmed():
            atheris.Fuzz()
    finally:
        os._exit(1)


def _words(target: Target, course: Course, scratch: Path) -> list[str]:
    """The command line of libFuzzer."""
    found = scratch / "found" if course.corpus is None else course.corpus / target.slug
    seeds = scratch / "seeds"
    for folder in (found, seeds, course.kept):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (seeds / str(number)).write_bytes(seed[:MOST])
    options = {
        "seed": course.seed,
        "max_len": MOST,
        "timeout": _PATIENCE,
        "rss_limit_mb": _MEMORY,
        "artifact_prefix": f"{course.kept / target.slug}-",
        "verbosity": 0,
    }
    return ["fuzz", str(found), str(seeds), *(f"-{name}={value}" for name, value in options.items())]


def _each(target: Target, course: Course, counter: mmap.mmap, answers: int) -> Callable[[bytes], None]:
    from tests.fuzz.campaign import Tally, try_one

    tally = Tally(target.name)

    def one(data: bytes) -> None:
        try_one(target, data, tally, None, course.kept)
        counter[:_COUNTER] = tally.inputs.to_bytes(_COUNTER, "little")
        if tally.inputs >= course.count or tally.seconds > (course.seconds or float("inf")):
            with open(answers, "w", encoding="utf-8") as out:
                json.dump(asdict(tally), out)
            os._exit(0)

    return one


def _mutator(target: Target) -> Callable[[bytes, int, int], bytes]:
    """Half of the time what libFuzzer knows to do, half of it what breaks parsers."""
    import atheris

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))  # looked up here, as `Fuzz` puts another one there
        return varied(data, chance, target.seeds)[:most]

    return mutate
