"""
Writes a finished test run that leaks, to try a gate on: `python examples/make_leaky_run.py DIR`.

Standard library only. Secrets are random and open nothing, people are invented; no value stands
in the source. Refuses to write into a directory that has something else in it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random, SystemRandom

from leaky_run import pytest_output, surroundings, telemetry, traffic
from leaky_run.carriers import Archive, Carrier, Compressed, Document
from leaky_run.scenario import Scenario

_MARK = ".leaky-run"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write a finished test run that leaks.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--seed", type=int, help="the same seed makes the same bytes; random without it")
    parser.add_argument("--manifest", type=Path, help="also write what was planted, as JSON lines")
    options = parser.parse_args(arguments)
    seed = SystemRandom().getrandbits(64) if options.seed is None else options.seed
    carriers = carriers_of(Scenario.draw(Random(seed)))  # noqa: S311 - reproducible by design, opens nothing
    if not _claim(options.directory):
        sys.stderr.write(f"{options.directory} has other files in it; name an empty directory\n")
        return 2
    for carrier in carriers:
        _write(options.directory, carrier)
    if options.manifest is not None:
        options.manifest.write_text("".join(json.dumps(entry) + "\n" for entry in manifest(carriers)))
    return 0


def carriers_of(scenario: Scenario) -> tuple[Carrier, ...]:
    """Every file of the run."""
    return (
        *pytest_output.documents(scenario),
        traffic.har(scenario),
        traffic.trace(scenario),
        telemetry.spans(scenario),
        surroundings.environment(scenario),
        surroundings.server_log(scenario),
        surroundings.fixtures(),
        *surroundings.clean(scenario),
    )


def manifest(carriers: Sequence[Carrier]) -> Iterator[dict[str, object]]:
    """One entry for each line that shows a planted value; `member` is null outside of archives."""
    for carrier in carriers:
        for member, document in _documents(carrier):
            for line, plant in document.sightings():
                yield {
                    "path": carrier.path,
                    "member": member,
                    "line": line,
                    "type": plant.type,
                    "synthetic": plant.synthetic,
                    "encoded": plant.carrier is not None,
                }


def _documents(carrier: Carrier) -> Iterator[tuple[str | None, Document]]:
    match carrier:
        case Document():
            yield None, carrier
        case Archive():
            yield from ((member.path, member) for member in carrier.members)
        case Compressed():
            yield carrier.inner.path, carrier.inner


def _claim(directory: Path) -> bool:
    """Whether the directory is ours to fill: new, empty, or from an earlier call."""
    if directory.is_dir() and any(directory.iterdir()) and not (directory / _MARK).exists():
        return False
    directory.mkdir(parents=True, exist_ok=True)
    (directory / _MARK).write_text("written by make_leaky_run.py; safe to delete\n")
    return True


def _write(directory: Path, carrier: Carrier) -> None:
    path = directory / carrier.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(carrier.content if isinstance(carrier, Document) else carrier.packed())


if __name__ == "__main__":
    sys.exit(main())
