"""
`python -m tests.fuzz`: all targets, for a number of inputs each or as long as is wanted; a table at the end.

Ends with 1 where an input crashed, hung or leaked. `--show TARGET:NUMBER` writes one input.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.fuzz.campaign import Tally, tried
from tests.fuzz.mutation import mutated
from tests.fuzz.registry import chosen


def main() -> int:
    given = _arguments()
    if given.show:
        name, _, number = given.show.rpartition(":")
        [target] = [target for target in chosen("*") if target.name == name]
        sys.stdout.buffer.write(mutated(target.seeds, int(number), target.name))
        return 0
    failed = 0
    for target in chosen(given.only):
        tally = tried(target, given.count, first=given.first, seconds=given.seconds)
        failed += tally.failed
        sys.stdout.write(_row(tally) + "\n")
        sys.stdout.flush()
        if given.out is not None:
            with given.out.open("a", encoding="utf-8") as out:
                out.write(json.dumps(asdict(tally)) + "\n")
    return int(failed > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="inputs for each target")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--seconds", type=float, help="at most so many for each target")
    parser.add_argument("--only", default="*", help="shell pattern of targets")
    parser.add_argument("--out", type=Path, help="add the counts to a file, a line of JSON for each target")
    parser.add_argument("--show", metavar="TARGET:NUMBER", help="write an input instead")
    return parser.parse_args()


def _row(tally: Tally) -> str:
    head = (
        f"{tally.target:38} {tally.inputs:>8} inputs {tally.seconds:>7.1f} s  crashes {tally.crashes} "
        f"hangs {tally.hangs} leaks {tally.leaks}  gaps {tally.gave_up}  "
        f"slowest {tally.slowest * 1000:.0f} ms"
    )
    return "\n".join([head, *(f"    {what}: {words}" for what, words in tally.failures.items())])


if __name__ == "__main__":
    sys.exit(main())
