"""
Mutations of valid inputs, the same for the same number: no corpus is kept, a failure is named by its number.

They do what breaks parsers: lengths that lie, cuts, repeats, pieces of other files, huge numbers.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

MOST = 1 << 16  # bytes of an input
_BYTES = (0, 1, 0x7F, 0x80, 0xFF, 0x0A, 0x22, 0x5C, 0x7B, 0x5B)
_NUMBERS = (
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
    1 << 40,
    (1 << 63) - 1,
)
_WORDS = (
    b"",
    b"\0",
    b"\n",
    b"\r\n",
    b'"',
    b"'",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<a>",
    b"</a>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"&#x41;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"%41",
    b"=3D",
    b"=\n",
    b"Content-Transfer-Encoding: base64\n\n",
    b"1e999999",
    b"-0",
    b"9" * 400,
    b"null",
    b"&a *a",
    b"<<: *a",
    b"!!python/x",
    b"PK\3\4",
    b"PK\1\2",
    b"PK\5\6",
    b"\x1f\x8b\x08\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x82",
    b"\xed\xa0\x80",
    b"\x1b[31m",
    b"\x1b]0;",
    b"::set-output name=a::",
    b"H4sIAAAAAAAA",
    b"AAAA" * 20,
    b"\x1f",
    b"\x1e",
    b"\t",
    b",",
)
_DIGITS = re.compile(rb"\d+")

Step = Callable[[bytearray, random.Random, Sequence[bytes]], None]


def mutated(seeds: Sequence[bytes], number: int, salt: str) -> bytes:
    """Input `number` of the stream that `salt` names; now and then a seed as it is, or noise alone."""
    chance = random.Random(f"{salt}:{number}")
    if number < len(seeds):
        return seeds[number][:MOST]
    if chance.random() < 0.01:
        return chance.randbytes(chance.randrange(200))
    return varied(chance.choice(seeds), chance, seeds)


def varied(data: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A few steps away from `data`; pieces come from `seeds`."""
    changed = bytearray(data)
    # A document that no other step has broken shows what a reader does behind its parser.
    steps = (_graft,) if data[:1] in (b"{", b"[") and chance.random() < 0.4 else _STEPS
    for _ in range(1 + int(chance.expovariate(0.6))):
        chance.choice(steps)(changed, chance, seeds)
    return bytes(changed[:MOST])


def _range(data: bytearray, chance: random.Random, most: int = 64) -> slice:
    start = chance.randrange(len(data) + 1)
    return slice(start, start + chance.randint(1, most))


def _flip(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _poke(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice(_BYTES)


def _lie(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    """A number in place of some bytes, in either order."""
    width = chance.choice((1, 2, 4, 8))
    at = chance.randrange(len(data) + 1)
    number = chance.choice(_NUMBERS) & (1 << 8 * width) - 1
    data[at : at + width] = number.to_bytes(width, chance.choice(("little", "big")))


def _cut(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _drop(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    del data[_range(data, chance)]


def _repeat(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    where = _range(data, chance, 24)
    data[where] = data[where] * chance.choice((2, 3, 10, 300))


def _say(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(_WORDS)


def _splice(data: bytearray, chance: random.Random, seeds: Sequence[bytes]) -> None:
    other = chance.choice(seeds)
    start = chance.randrange(len(other) + 1)
    at = chance.randrange(len(data) + 1)
    data[at:at] = other[start : start + chance.randint(1, 400)]


def _count(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    """Another number where digits stand."""
    found = list(_DIGITS.finditer(data))
    if found:
        hit = chance.choice(found)
        data[hit.start() : hit.end()] = str(chance.choice(_NUMBERS) * chance.choice((1, -1))).encode()


def _graft(data: bytearray, chance: random.Random, _seeds: Sequence[bytes]) -> None:
    """Another value, of another type, or none, at a place of a document of JSON that stays one."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return
    places = list(_places(tree))
    if not places:
        return
    holder, key = chance.choice(places)
    other, other_key = chance.choice(places)
    match chance.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[str(chance.choice((other_key, *_SCALARS)))] = holder.pop(key)
        case 2:
            holder[key] = copy.deepcopy(other[other_key])
        case _:
            holder[key] = copy.deepcopy(chance.choice(_SCALARS))
    data[:] = json.dumps(tree).encode()


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Everything that something holds, and how it is called there; not more than a few hundred."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys[:200]:
            yield node, key
            waiting.append(node[key])


_SCALARS: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        1e308,
        1 << 70,
        "",
        " ",
        "0",
        "-1",
        "x" * 300,
        "a.b",
        "\ud800",
        "\0\x1b[1m",
    ),
    *([], {}, [[]], [None], {"": None}, {"a": {"a": []}}, "*", "../..", "2026-02-30", "2026-11-23T25:00:00Z"),
)
_STEPS: tuple[Step, ...] = (_flip, _poke, _lie, _cut, _drop, _repeat, _say, _splice, _count, _graft)
