"""
What is scanned: each workload by its key, made in a scratch directory when its turn comes.

All but the smallest and `--tree` hold witnesses: leaks on the last line of each log, of a file at the end,
or of a member of the innermost archive, which show in a tool's output that it got that far.
"""

from __future__ import annotations

import shutil
import string
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from . import archives, tree
from .contenders import SAMPLE, START, VERSION
from .corpus import generated
from .record import Work
from .texts import Text, read, shares

MEGABYTE = 1_000_000
_SAMPLE_BYTES = 100_000
_GENERATED = 20 * MEGABYTE  # more is made of it by varied copies, which is faster than templates
_LAST = "zz-last.log"
_SMALL = (2_000, 20_000)  # bytes of a small file
_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


@dataclass(frozen=True, slots=True)
class Workload:
    """`target` is a file or a directory; `witnesses` are the leaks in it, each another one."""

    key: str
    title: str
    target: Path
    witnesses: tuple[str, ...] = ()
    scale: int | None = None
    packed: bool = False

    def described(self) -> Work:
        inside = self.target.rglob("*") if self.target.is_dir() else (self.target,)
        files = [path for path in inside if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        planted = len(self.witnesses)
        return Work(self.key, self.title, size, len(files), self.scale, self.packed, planted)


@dataclass(frozen=True)
class Ground:
    """What workloads are made of: the logs of `corpus`, or generated ones; `tree`, or a made one."""

    corpus: Path | None
    tree: Path | None
    seed: int
    scratch: Path

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        if self.corpus is not None:
            return read(self.corpus)
        return tuple(Text(name, content) for name, content in generated(_GENERATED, self.seed).items())

    @property
    def kind(self) -> str:
        return "generated" if self.corpus is None else "real"

    def witness(self, *words: str) -> str:
        return token("/".join((str(self.seed), *words)))


def token(seed: str) -> str:
    """In the form of a GitHub token, checksum included; drawn, and opens nothing."""
    draw = Random(seed)  # noqa: S311 - reproducible by design, opens nothing
    body = "".join(draw.choices(_BASE62, k=30))
    checksum = zlib.crc32(body.encode())
    digits = ""
    for _ in range(6):
        checksum, digit = divmod(checksum, 62)
        digits = _BASE62[digit] + digits
    return f"gh{'p'}_{body}{digits}"


def last_line(witness: str) -> bytes:
    return f"2025-03-01T10:00:00.000Z DEBUG [http-1] Authorization: token {witness}\n".encode()


Maker = Callable[[Ground], Workload]


def maker(key: str) -> Maker | None:
    """What makes a workload; `clean-N` and `one-N` are of N megabytes, `small-N` of N files."""
    if key in _SINGLE:
        return _SINGLE[key]
    family, _, number = key.partition("-")
    sized = _SIZED.get(family)
    return sized(int(number)) if sized and number.isdecimal() and int(number) else None


def _version(ground: Ground) -> Workload:
    home = ground.scratch / VERSION
    home.mkdir()
    return Workload(VERSION, "`--version`", home)


def _start(ground: Ground) -> Workload:
    home = ground.scratch / START
    home.mkdir()
    (home / "a.log").write_bytes(
        b"2025-03-01T10:00:00.000Z INFO  [main] ready, 12 tests passed in 3.21 s\n" * 40
    )
    return Workload(START, "one small clean file", home)


def _sample(ground: Ground) -> Workload:
    home = _logs(ground, ground.scratch / SAMPLE, _SAMPLE_BYTES)
    return Workload(SAMPLE, f"{ground.kind} logs, sample for Presidio", home)


def _clean(size: int) -> Maker:
    def make(ground: Ground) -> Workload:
        key = f"clean-{size}"
        home = _logs(ground, ground.scratch / key, size * MEGABYTE)
        witnesses = _each(home, ground, key)
        return Workload(key, f"clean {ground.kind} logs, {size:,} MB", home, witnesses, size)

    return make


def _corpus(ground: Ground) -> Workload:
    """All texts, once: nothing is repeated but what they repeat themselves."""
    total = sum(len(text.content) for text in ground.texts)
    home = _logs(ground, ground.scratch / "corpus", total)
    witnesses = _each(home, ground, "corpus")
    return Workload("corpus", f"clean {ground.kind} logs, nothing repeated", home, witnesses)


def _one(size: int) -> Maker:
    def make(ground: Ground) -> Workload:
        key = f"one-{size}"
        home = ground.scratch / key
        home.mkdir()
        with (home / "run.log").open("wb") as out:
            for text, share in shares(ground.texts, size * MEGABYTE):
                out.writelines(text.cut(share))
            witness = ground.witness(key)
            out.write(b"\n" + last_line(witness))
        return Workload(key, f"one file of {size:,} MB", home, (witness,))

    return make


def _small(count: int) -> Maker:
    """Files of 2 to 20 KB, 100 to a folder, of all texts in turn."""

    def make(ground: Ground) -> Workload:
        key, home = f"small-{count}", ground.scratch / f"small-{count}"
        draw = Random(f"{ground.seed}/small")  # noqa: S311 - reproducible by design, opens nothing
        sizes = [draw.randrange(*_SMALL) for _ in range(count)]
        for turn, text in enumerate(ground.texts):
            numbers = range(turn, count, len(ground.texts))
            content = b"".join(text.cut(sum(sizes[number] for number in numbers)))
            start = 0
            for number in numbers:
                folder = home / f"{number // 100}"
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{number}-{text.name}").write_bytes(content[start : start + sizes[number]])
                start += sizes[number]
        return Workload(key, f"{count:,} small files", home, _end(home, ground.witness(key)))

    return make


def _archives(ground: Ground) -> Workload:
    """Logs in a zip in a tar.gz in a zip: twenty megabytes, four of the innermost."""
    logs = _logs(ground, ground.scratch / "archives-logs", 20 * MEGABYTE)
    witnesses = _end(logs, ground.witness("archives"))
    home = ground.scratch / "archives"
    archives.write_nested(home, sorted(logs.iterdir()))
    shutil.rmtree(logs)
    return Workload("archives", "20 MB in nested archives", home, witnesses, packed=True)


def _tree(ground: Ground) -> Workload:
    """`--tree`, or example runs with logs and archives beside them."""
    if ground.tree is not None:
        return Workload("tree", f"mixed tree {ground.tree.name}", ground.tree, packed=True)
    home = ground.scratch / "tree"
    tree.write_runs(home / "runs", ground.seed)
    logs = _logs(ground, home / "logs", 5 * MEGABYTE)
    archives.write_nested(home / "downloads", sorted(logs.iterdir()))
    witnesses = _end(home, ground.witness("tree"))
    return Workload("tree", "mixed tree of artifacts", home, witnesses, packed=True)


def _logs(ground: Ground, home: Path, size: int) -> Path:
    home.mkdir(parents=True)
    for text, share in shares(ground.texts, size):
        with (home / text.name).open("wb") as out:
            out.writelines(text.cut(share))
    return home


def _end(home: Path, witness: str) -> tuple[str, ...]:
    """A file of its own, behind all others."""
    (home / _LAST).write_bytes(last_line(witness))
    return (witness,)


def _each(home: Path, ground: Ground, key: str) -> tuple[str, ...]:
    """A line at the end of each file, which may end amid one."""
    witnesses = []
    for path in sorted(home.iterdir()):
        witnesses.append(ground.witness(key, path.name))
        with path.open("ab") as out:
            out.write(b"\n" + last_line(witnesses[-1]))
    return tuple(witnesses)


_SINGLE: Mapping[str, Maker] = {
    VERSION: _version,
    START: _start,
    SAMPLE: _sample,
    "corpus": _corpus,
    "archives": _archives,
    "tree": _tree,
}
_SIZED: Mapping[str, Callable[[int], Maker]] = {"clean": _clean, "one": _one, "small": _small}

# In the order in which they run: who is ended on a work is not started on bigger ones.
QUICK = (VERSION, START, SAMPLE, "clean-1", "clean-10", "small-1000", "archives", "tree")
FULL = (
    *(VERSION, START, SAMPLE, "clean-1", "clean-10", "clean-100", "clean-1000", "corpus", "one-1000"),
    *("small-10000", "archives", "tree"),
)
