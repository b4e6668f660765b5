"""
Public suffixes, from the list in tldextract's package: which host names are below one.

Reads the file and not the package, whose imports (requests, urllib3) and tries take 0.2 s. What is not
words and points is for tldextract itself. Never asks the network.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass

_PLAIN = expression("[\\w\ufffd-]+(?:\\.[\\w\ufffd-]+)*")
_PRIVATE = "// ===BEGIN PRIVATE DOMAINS==="
_RULE = expression(r"^[.*!]*\w\S*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Suffixes:
    """The rules of the list (https://publicsuffix.org/list/), and what is or ends one."""

    rules: frozenset[str]
    ends: frozenset[str]


def is_registered(host: str) -> bool:
    """Whether a host name stands below a public suffix, as tldextract sees it."""
    lowered = host.lower()
    if not _PLAIN.fullmatch(lowered) or "xn--" in lowered:
        return bool(_library()(host).fqdn)
    suffixes = _suffixes()
    if suffixes is None:
        return bool(_library()(host).fqdn)
    return _start(lowered.split("."), suffixes) > 0


def _start(labels: list[str], suffixes: _Suffixes) -> int:
    """The number of labels before the public suffix; 0 where there is none, or nothing before it."""
    start, suffix = 0, ""
    for at in range(len(labels) - 1, -1, -1):
        longer = labels[at] + suffix
        if longer in suffixes.ends:
            start = at if longer in suffixes.rules else start
            suffix = f".{longer}"
        elif f"*{suffix}" in suffixes.rules:
            return at + 1 if f"!{longer}" in suffixes.rules else at
        else:
            break
    return start


@cache
def _suffixes() -> _Suffixes | None:
    """None where the package is put together in another way."""
    found = importlib.util.find_spec("tldextract")
    if found is None or found.origin is None:
        return None
    try:
        text = Path(found.origin).with_name(".tld_set_snapshot").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    rules = frozenset(_RULE.findall(text.partition(_PRIVATE)[0]))
    return _Suffixes(rules, frozenset(end for rule in rules for end in _ends(rule)))


def _ends(rule: str) -> Iterator[str]:
    """A rule and what it ends in: `a.b.c`, `b.c` and `c`."""
    while rule:
        yield rule
        rule = rule.partition(".")[2]


@cache
def _library() -> Any:
    import tldextract

    # NOTE: Left alone, tldextract fetches the public suffix list; this one has only its own copy.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True)
