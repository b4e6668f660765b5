"""
Which of the pipeline's values can be looked for, and why the others can't.

A short or common value stands in every log without having leaked; to look for it would be to cry wolf.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from leakgate.detect.plausibility.entropy import shannon
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.secret import Secret

_SHORTEST = 8  # characters; a shorter one occurs by chance or as a word
_SHORTEST_NUMBER = 12
_RANDOM = 16  # characters of something random that are enough to be nothing else
_LONGEST = 256 * 1024
_LINES = 200
_WORDS = """
admin api app auth aws azure bucket build cache central change ci client cloud cluster com config
data database db debug default demo deploy dev development disabled docker east enabled env eu example false
github gitlab google http https image info internal io key latest linux local localhost log main master me my
mysql name net none north null org pass password postgres postgresql prod production project public qa redis
region release root run runner sa sandbox secret server service south staging stage sqlite system test testing
tests token true uat ubuntu us user username value version warn warning welcome west windows www
"""
# Atomic: each place is read in one way, or a long value would be tried in all.
_COMMON = expression(
    rb"(?i)(?>[-_./: ]|\d{1,4}(?!\d)|(?:"
    + "|".join(sorted(_WORDS.split(), key=len, reverse=True)).encode()
    + rb"))+"
)
_PLAIN_WORD = expression(rb"[A-Za-z]?[a-z]{0,15}|[A-Z]{0,16}")
_URL_PASSWORD = expression(rb"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\s:]*:([^/?#@\s]+)@")
_URL_ALONE = expression(rb"(?i)^[a-z][a-z0-9+.-]*://[\w.-]+(?::\d+)?/?$")


@dataclass(frozen=True, slots=True)
class KnownValue:
    """One value and what people call it. Only a `pure` one is known by a part: it is random throughout."""

    name: str
    secret: Secret
    pure: bool


@dataclass(frozen=True, slots=True)
class Unguardable:
    """A value that is not looked for, and why: one clause that holds nothing of it."""

    name: str
    why: str


def guard(named: Iterable[tuple[str, str]]) -> tuple[tuple[KnownValue, ...], tuple[Unguardable, ...]]:
    """Sorts named values into those to look for, with what is secret inside them, and the others."""
    known: dict[bytes, KnownValue] = {}
    refused: list[Unguardable] = []
    for name, text in named:
        value = _bytes(text.strip())
        why = _refusal(value)
        inner = [part for part in _inside(value) if part != value and _refusal(part) is None]
        if why is None:
            known.setdefault(value, KnownValue(name, Secret(value), is_random(value)))
        elif not inner:
            refused.append(Unguardable(name, why))
        for part in inner:
            known.setdefault(part, KnownValue(name, Secret(part), is_random(part)))
    return tuple(known.values()), tuple(refused)


_REFUSALS: tuple[tuple[Callable[[bytes], object], str], ...] = (
    (lambda value: not value, "it is empty or not set"),
    (lambda value: len(value) < _SHORTEST, f"it is shorter than {_SHORTEST} characters"),
    (lambda value: len(value) > _LONGEST, f"it is longer than {_LONGEST // 1024} KiB"),
    (lambda value: len(set(value)) < 4, "it repeats a few characters"),
    (
        lambda value: value.isdigit() and len(value) < _SHORTEST_NUMBER,
        f"it is a number of fewer than {_SHORTEST_NUMBER} digits",
    ),
    (
        lambda value: _COMMON.fullmatch(value) or (_PLAIN_WORD.fullmatch(value) and len(value) < _RANDOM),
        "it is a word, or made of common ones",
    ),
    (_URL_ALONE.match, "it is an address without a credential"),
)


def _bytes(text: str) -> bytes:
    """The bytes that the text was read from; half a character of UTF-16, which JSON can write, as it is."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _refusal(value: bytes) -> str | None:
    return next((why for applies, why in _REFUSALS if applies(value)), None)


def is_random(value: bytes) -> bool:
    """Made by a machine, with no words or separators to be seen: each longer part of it is as telling."""
    return (
        len(value) >= _RANDOM
        and re.fullmatch(rb"[A-Za-z0-9+/=_~.-]+", value) is not None
        and shannon(value) >= 3.0
        and re.search(rb"\d", value) is not None
        and len(re.findall(rb"[-_./~]", value)) * 8 <= len(value)
        and max(map(len, re.findall(rb"[a-z]+|[A-Z]+|\d+", value)), default=0) < _RANDOM
    )


def _inside(value: bytes) -> Iterator[bytes]:
    """Secrets within a value: its lines, the strings of a JSON document, a URL's password, base64."""
    if len(value) > _LONGEST:
        return
    if at := _URL_PASSWORD.match(value):
        yield at[1]
    yield from _random_lines(value)
    decoded = _decoded(value)
    if decoded is not None:
        yield decoded
        yield from _random_lines(decoded)
    for text in (value, decoded or b""):
        if text[:1] in (b"{", b"["):
            yield from _random_strings(text)


def _random_lines(value: bytes) -> Iterator[bytes]:
    """The first of them: the longest private keys in use have 200; what is longer is known as a whole."""
    lines = value.splitlines()
    if len(lines) > 1:
        yield from islice(filter(is_random, (line.strip() for line in lines)), _LINES)


def _decoded(value: bytes) -> bytes | None:
    """The text in a value that is base64, such as a configuration or `user:password`."""
    if len(value) % 4 or not re.fullmatch(rb"[A-Za-z0-9+/]+={0,2}", value):
        return None
    try:
        text = base64.b64decode(value, validate=True)
        text.decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return text.strip() if all(byte >= 32 or byte in b"\t\r\n" for byte in text) else None


def _random_strings(text: bytes) -> Iterator[bytes]:
    try:
        pending: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending += item.values()
        elif isinstance(item, list):
            pending += item
        elif isinstance(item, str):
            raw = _bytes(item.strip())
            yield from [raw] if is_random(raw) else _random_lines(raw)
