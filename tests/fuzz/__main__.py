"""
`python -m tests.fuzz`: all targets, for a number of inputs each or as long as is wanted; a table at the end.

Coverage guides the mutations where atheris is installed; blind mutations need nothing. Ends with 1 where an
input crashed, hung or leaked. `--replay FILE --only TARGET` runs one input again, `--show TARGET:NUMBER`
writes one.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz import guided

if TYPE_CHECKING:
    from tests.fuzz.campaign import Tally
    from tests.fuzz.target import Target

_KEPT = Path("leakgate-reports/fuzz")


def main() -> int:
    given = _arguments()
    if given.show:
        return _show(*given.show.rsplit(":", 1))
    if given.replay:
        return _replay(given.only, given.replay)
    is_guided = guided.is_available() and not given.blind
    sys.stdout.write(
        "Coverage guides the mutations (atheris).\n"
        if is_guided
        else "Blind mutations: nothing guides them, as atheris is not installed or not wanted.\n"
    )
    failed = 0
    # Nothing of leakgate may be imported before.
    with guided.instrumented() if is_guided else nullcontext():
        from tests.fuzz.registry import chosen

        for target in chosen(given.only):
            tally = _tried(target, given, is_guided=is_guided)
            failed += tally.failed
            _tell(tally, given.out)
    return int(failed > 0)


def _tried(target: Target, given: argparse.Namespace, *, is_guided: bool) -> Tally:
    if is_guided:
        course = guided.Course(given.count, given.kept, given.seed, given.seconds, given.corpus)
        return guided.guided(target, course)
    from tests.fuzz.campaign import tried

    return tried(target, given.count, first=given.first, seconds=given.seconds)


def _tell(tally: Tally, out: Path | None) -> None:
    sys.stdout.write(
        f"{tally.target:38} {tally.inputs:>8} inputs {tally.seconds:>7.1f} s  crashes {tally.crashes} "
        f"hangs {tally.hangs} leaks {tally.leaks}  gaps {tally.gave_up}  "
        f"slowest {tally.slowest * 1000:.0f} ms\n"
    )
    sys.stdout.writelines(f"    {what}: {words}\n" for what, words in tally.failures.items())
    sys.stdout.flush()
    if out is not None:
        with out.open("a", encoding="utf-8") as rows:
            rows.write(json.dumps(asdict(tally)) + "\n")


def _show(name: str, number: str) -> int:
    from tests.fuzz.mutation import mutated
    from tests.fuzz.registry import chosen

    [target] = [target for target in chosen("*") if target.name == name]
    sys.stdout.buffer.write(mutated(target.seeds, int(number), target.name))
    return 0


def _replay(only: str, file: Path) -> int:
    """With the whole traceback where it fails; 2 where the pattern means no target."""
    from tests.fuzz.registry import chosen

    data = file.read_bytes()
    for target in chosen(only):
        sys.stdout.write(f"{target.name}: {'gave up' if target.run(data) else 'fine'}\n")
    return 0 if chosen(only) else 2


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="inputs for each target")
    parser.add_argument("--seconds", type=float, help="at most so many of the processor for each target")
    parser.add_argument("--only", default="*", help="shell pattern of targets")
    parser.add_argument("--out", type=Path, help="add the counts to a file, a line of JSON for each target")
    parser.add_argument(
        "--blind", action="store_true", help="blind mutations, also where atheris is installed"
    )
    parser.add_argument("--first", type=int, default=0, help="number of the first input (blind)")
    parser.add_argument("--seed", type=int, default=1, help="where chance starts (guided)")
    parser.add_argument(
        "--corpus", type=Path, help="keep what reached new code in a folder, for the next time"
    )
    parser.add_argument("--kept", type=Path, default=_KEPT, help="folder for inputs that failed (guided)")
    parser.add_argument("--replay", metavar="FILE", type=Path, help="run one input on the targets of --only")
    parser.add_argument("--show", metavar="TARGET:NUMBER", help="write a blind input instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
