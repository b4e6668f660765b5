"""Member names as printable labels; names are hostile text and nothing is ever opened by them."""

from __future__ import annotations

import re

from leakgate.model.expressions import expression

LONGEST = 1024
UNNAMED = "unnamed"

# Controls, line and paragraph separators, and the marks that reorder or hide text on screen.
_UNPRINTABLE = expression(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def label(name: bytes | str, fallback: str = "latin-1") -> str:
    """`name` with `/` between its parts, without `./` or `/` in front and without unprintable text.

    `..` stays: the label only says what the archive claims. Bytes are UTF-8, else `fallback`.
    """
    text = _decoded(name, fallback) if isinstance(name, bytes) else name[: LONGEST * 4]
    text = _UNPRINTABLE.sub("\ufffd", text.replace("\\", "/"))
    text = re.sub(r"^(?:\.?/)+", "", text)
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    return text or UNNAMED


def _decoded(name: bytes, fallback: str) -> str:
    name = name[: LONGEST * 4]
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode(fallback, "replace")


_PACKED_SUFFIXES = {
    ".gz": "", ".tgz": ".tar", ".bz2": "", ".tbz2": ".tar", ".tbz": ".tar", ".xz": "", ".txz": ".tar",
    ".lzma": "", ".zst": "", ".tzst": ".tar", ".z": "",
}  # fmt: skip


def unpacked_name(outer: str) -> str:
    """What a compressed file called `outer` holds, by its name; `data` where that says nothing."""
    base = outer.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = base.rpartition(".")
    replacement = _PACKED_SUFFIXES.get(dot + suffix.lower())
    if replacement is None or not stem:
        return "data"
    return label(stem + replacement)
