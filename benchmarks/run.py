"""
Measures leakgate as whole processes: `python benchmarks/run.py [--corpus DIR] [--peers]`.

Prints Markdown tables, and what it is doing on standard error. Offline unless peers must be installed.
POSIX only. Never judges what was found: for that there are tests.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from throughput import peers, table
from throughput.contenders import WITHOUT_NLP, Contender, leakgate
from throughput.corpus import write_corpus, write_small_files
from throughput.measure import pin_to_one_core
from throughput.rounds import Contest, Series, compete, warm_up

_MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if options.corpus is not None and not options.corpus.exists():
        sys.stderr.write(f"{options.corpus} does not exist; name a directory or a file to scan\n")
        return 2
    others = [peers.install(peer, options.peers_directory) for peer in peers.PEERS if options.peers]
    cores = "one core" if not options.all_cores and pin_to_one_core() else f"{os.cpu_count()} cores"
    with tempfile.TemporaryDirectory(prefix="leakgate-bench-") as scratch:
        series = tuple(_measured(options, others, Path(scratch)))
    conditions = {"cores": cores, "machine": platform.machine(), "python": platform.python_version()}
    sys.stdout.write(f"{', '.join(conditions.values())}\n\n{table.markdown(series)}")
    if options.json is not None:
        options.json.write_text(table.as_json(series, conditions), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure leakgate as whole processes.")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="scan this; generated logs without it")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1, 10, 100], metavar="MB", help="of generated logs"
    )
    parser.add_argument(
        "--small-files", type=int, default=10_000, metavar="N", help="generated besides; 0 for none"
    )
    parser.add_argument("--seed", type=int, default=1, help="of generated logs")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument(
        "--limit", type=float, default=600, metavar="SECONDS", help="end a run after this long"
    )
    parser.add_argument("--all-cores", action="store_true", help="do not pin to one core")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every sample")
    parser.add_argument("--peers", action="store_true", help="install other scanners and run them beside")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser.add_argument(
        "--peers-directory", type=Path, metavar="DIR", default=cache / "leakgate-bench", help="where to"
    )
    return parser


def _measured(options: argparse.Namespace, others: list[Contender], scratch: Path) -> Iterator[Series]:
    policy = scratch / "policy.yaml"
    policy.write_text(WITHOUT_NLP)
    contest = Contest(options.rounds, options.limit, scratch)
    warm_up((*leakgate(policy, cold=False), *others), contest)
    for index, (name, target) in enumerate(_corpora(options, scratch)):
        # Compiling takes as long on every corpus: once is enough.
        own = leakgate(policy, cold=index == 0)
        yield from compete((*own, *others), target, name, contest)


def _corpora(options: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, Path]]:
    if options.corpus is not None:
        yield options.corpus.name, options.corpus
        return
    for size in options.sizes:
        yield f"generated, {size} MB", write_corpus(scratch / f"{size}", size * _MEGABYTE, options.seed)
    if options.small_files:
        name = f"generated, {options.small_files} files of 2 to 20 KB"
        yield name, write_small_files(scratch / "small", options.small_files, options.seed)


if __name__ == "__main__":
    sys.exit(main())
