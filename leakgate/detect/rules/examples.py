"""
Example templates: tokens are built at run time, so that no file holds one that looks live.

`{alphabet:count}` stands for `count` random characters; the alphabets are the keys of ALPHABETS.
`{crc32:6}` stands for the base-62 CRC-32 of the random part before it, as GitHub and npm append it.
`{b64:<text>}` stands for the unpadded URL-safe base64 of a text, `{b64json:<members>}` for that of a JSON
object with these members. `{{` and `}}` are braces.
"""

from __future__ import annotations

import base64
import random
import string
import zlib

from leakgate.model.errors import RuleError
from leakgate.model.expressions import expression

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
ALPHABETS = {
    "digit": string.digits,
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "letter": string.ascii_letters,
    "alnum": string.ascii_letters + string.digits,
    "lownum": string.ascii_lowercase + string.digits,
    "upnum": string.ascii_uppercase + string.digits,
    "base32": string.ascii_uppercase + "234567",
    "base64": string.ascii_letters + string.digits + "+/",
    "base64url": string.ascii_letters + string.digits + "-_",
    "mask": "x",
    "word": string.ascii_letters + string.digits + "_",
}
_HOLE = expression(r"\{\{|\}\}|\{(\w+):([^{}]*)\}")


def expand(template: str, seed: int = 0) -> str:
    """`template` with its holes filled; the same seed gives the same text. Raises RuleError."""
    # A generator of examples, not of keys.
    source = random.Random(f"{seed}:{template}")  # noqa: S311
    out: list[str] = []
    position = 0
    filled = ""
    for hole in _HOLE.finditer(template):
        out.append(template[position : hole.start()])
        position = hole.end()
        if hole[0] in ("{{", "}}"):
            out.append(hole[0][0])
        elif hole[1] == "crc32":
            out.append(base62_crc32(filled.encode(), int(hole[2])))
        elif hole[1] == "b64":
            out.append(_base64(hole[2]))
        elif hole[1] == "b64json":
            out.append(_base64("{" + hole[2] + "}"))
        elif hole[1] in ALPHABETS:
            filled = "".join(source.choices(ALPHABETS[hole[1]], k=int(hole[2])))
            out.append(filled)
        else:
            raise RuleError(f"no alphabet {hole[1]!r}", hint=f"there are {', '.join(sorted(ALPHABETS))}")
    return "".join([*out, template[position:]])


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def base62_crc32(text: bytes, width: int) -> str:
    """The CRC-32 of `text` in base 62 (digits, upper, lower), padded with zeros to `width`."""
    number = zlib.crc32(text)
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = BASE62[digit] + digits
    return digits.rjust(width, "0")
