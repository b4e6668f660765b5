"""
Compares leakgate with its peers as whole processes: `python -m benchmarks.run [--work full] [--corpus DIR]`.

Writes every sample as JSON, and tables and plots made of it. POSIX only. Needs the package index the first
time, for the peers. Never judges what was found: for that there are tests.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.throughput import contest, page, plots, tables
from benchmarks.throughput.peers import PEERS
from benchmarks.throughput.record import Record, as_json, from_json
from benchmarks.throughput.workloads import FULL, QUICK, maker


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    mistake = _mistake(options)
    if mistake is not None:
        sys.stderr.write(f"{mistake}\n")
        return 2
    if options.render is not None:
        record = from_json(options.render.read_text(encoding="utf-8"))
    else:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="leakgate-bench-") as scratch:
            for record in contest.held(_settings(options), Path(scratch)):
                # After each work: an interrupt costs the rest alone.
                options.json.write_text(as_json(record), encoding="utf-8")
    text = tables.markdown(record)
    sys.stdout.write(text)
    if options.page is not None:
        _publish(options.page, record, text)
    return 0


def _mistake(options: argparse.Namespace) -> str | None:
    """What would be found out after half an hour otherwise."""
    for path in (options.corpus, options.tree, options.render, options.page):
        if path is not None and not path.exists():
            return f"{path} does not exist"
    if options.page is None:
        return None
    if importlib.util.find_spec("matplotlib") is None:
        return "plots need matplotlib: pip install 'leakgate-ci[bench]', or leave out --page"
    try:
        page.replaced(options.page.read_text(encoding="utf-8"), "")
    except ValueError as exc:
        return f"{options.page}: {exc}"
    return None


def _publish(target: Path, record: Record, text: str) -> None:
    """Into the page, with the plots in a folder beside it that has the page's name."""
    drawn = plots.write_plots(record, target.with_suffix(""))
    pictures = "\n".join(f"![{title}]({target.stem}/{name})\n" for title, name in drawn.items())
    with_text = page.replaced(target.read_text(encoding="utf-8"), f"{text}\n### Plots\n\n{pictures}")
    target.write_text(with_text, encoding="utf-8")


def _settings(options: argparse.Namespace) -> contest.Settings:
    return contest.Settings(
        tuple(dict.fromkeys(key for works in options.work for key in works)),
        tuple(options.contenders) if options.contenders else None,
        options.corpus,
        options.tree,
        options.seed,
        options.rounds,
        options.big_rounds,
        options.limit,
        options.patience,
        options.peers_directory if options.peers else None,
        options.one_core,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description="Compare leakgate with its peers as whole processes."
    )
    add = parser.add_argument
    add("--work", nargs="+", type=_works, default=[QUICK], metavar="WORK", help=_WORKS)
    add(
        *("--contenders", "--contender"),
        nargs="+",
        metavar="NAME",
        help=f"only these, by the beginning of their keys: leakgate, {', '.join(peer.key for peer in PEERS)}",
    )
    add("--corpus", type=Path, metavar="DIR", help="real logs without leaks; generated ones without it")
    add("--tree", type=Path, metavar="DIR", help="real artifacts for the mixed tree; made ones without it")
    add("--seed", type=int, default=1, help="of what is generated")
    add("--rounds", type=int, default=3, metavar="N")
    add("--big-rounds", type=int, default=2, metavar="N", help="at most, from 500 MB on")
    add("--limit", type=float, default=60, metavar="SECONDS", help="end a run after this long")
    add(
        "--patience",
        type=float,
        default=60,
        metavar="SECONDS",
        help="no round after this long in all",
    )
    add("--one-core", action="store_true", help="pin all to one core; by default they take what they want")
    add("--json", type=Path, metavar="FILE", default=_RESULTS / "latest.json", help="where the samples go")
    add("--page", type=Path, metavar="FILE", help="put tables and plots between the markers of this page")
    add("--render", type=Path, metavar="FILE", help="measure nothing; tables and plots of these samples")
    add("--no-peers", dest="peers", action="store_false", help="leakgate alone, without a network")
    add("--peers-directory", type=Path, metavar="DIR", default=_cache(), help="where peers are installed")
    return parser


_WORKS = (
    f"quick: {', '.join(QUICK)}. full, or all: {', '.join(FULL)}. "
    "Or some of them, and clean-N and one-N for N megabytes, small-N for N files"
)


def _works(word: str) -> tuple[str, ...]:
    works = {"quick": QUICK, "full": FULL, "all": FULL}.get(word, (word,))
    if any(maker(key) is None for key in works):
        raise argparse.ArgumentTypeError(f"{word!r} is none; see --help")
    return works


_RESULTS = Path(__file__).parent / "results"


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "leakgate-bench"


if __name__ == "__main__":
    sys.exit(main())
