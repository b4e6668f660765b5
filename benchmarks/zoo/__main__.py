"""
Makes and judges the zoo: `python -m benchmarks.zoo run` and `python -m benchmarks.zoo score`.

`run` needs the network and installs into the directory of the zoo, Debian's packages into the system. `score`
scans what is there and writes the table. Shows no scanned text.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import peers
from .page import table, write
from .registry import TOOLS
from .running import Places, make
from .scoring import score
from .tool import Tool


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    tools = _chosen(options.only)
    places = Places(options.zoo.resolve())
    if options.action == "list":
        sys.stdout.write("".join(f"{tool.name}\t{tool.family}\t{tool.versions}\n" for tool in tools))
        return 0
    if options.action == "run":
        with ThreadPoolExecutor(options.jobs) as pool:
            for line in pool.map(lambda tool: _make(tool, places, again=options.again), tools):
                sys.stdout.write(line)
                sys.stdout.flush()
        return 0
    return _score(tools, places, options)


def _score(tools: Sequence[Tool], places: Places, options: argparse.Namespace) -> int:
    with ThreadPoolExecutor(options.jobs) as pool:
        scores = list(pool.map(lambda tool: score(tool, places), tools))
    text = table(scores, peers.scores(options.peers, tools, places))
    if options.page:
        write(options.page, text)
    sys.stdout.write(text + "\n")
    if options.missed:
        for one in scores:
            sys.stdout.write("".join(f"{one.tool.name}: missed {missed}\n" for missed in one.missed))
    return 0


def _chosen(names: Sequence[str]) -> tuple[Tool, ...]:
    unknown = set(names) - {tool.name for tool in TOOLS}
    if unknown:
        sys.exit(f"no tool is called {', '.join(sorted(unknown))}; `python -m benchmarks.zoo list` names all")
    return tuple(tool for tool in TOOLS if not names or tool.name in names)


def _make(tool: Tool, places: Places, *, again: bool) -> str:
    if not again and places.is_made(tool.name):
        return f"{tool.name}: there\n"
    start = time.monotonic()
    reason = make(tool, places)
    return f"{tool.name}: {reason or 'made'} in {time.monotonic() - start:.0f} s\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.zoo", description="Runs of real tools, judged."
    )
    parser.add_argument("action", choices=("list", "run", "score"))
    parser.add_argument("--zoo", type=Path, metavar="DIR", default=Path(os.environ.get("ZOO") or "build/zoo"))
    parser.add_argument("--only", nargs="+", metavar="TOOL", default=())
    parser.add_argument("--jobs", type=int, metavar="N", default=1, help="tools at a time")
    parser.add_argument(
        "--page", type=Path, metavar="FILE", help="write the table between the marks of this page"
    )
    parser.add_argument(
        "--missed", action="store_true", help="also name the kind of each leak that was missed"
    )
    parser.add_argument("--peers", nargs="*", choices=peers.NAMES, default=(), help="also ask other scanners")
    parser.add_argument("--again", action="store_true", help="make runs anew that are there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
