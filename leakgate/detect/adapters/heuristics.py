"""
Whether the value that a plugin found can be a secret: detect-secrets' own pure filters, and ours.

Also says why a value is known to be an example. Never logs, never asks the network.
"""

from __future__ import annotations

import re

from leakgate.model.expressions import expression

_EXAMPLE = expression(
    r"\A(?=.{,64}\Z).*fake|(?<![0-9a-z])fake(?![0-9a-z])"
    r"|example|dummy|change[-_ ]?me|placeholder|your[-_ ]|sample|foo-?bar|not[-_]?a[-_]?real|insert[-_ ]"
    r"|redacted|lorem|x{5,}|0{12,}|1234567890?$|abcdef"
    r"|(?<![^-])([0-9a-z]{4,})(?:-\1){2}(?![^-])",  # the same group three times
    re.IGNORECASE,
)
# The token on the front page of jwt.io: its header and the start of its payload.
_JWT_IO = ".".join(("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "eyJzdWIiOiIxMjM0NTY3ODkw"))
_NO_VALUE = expression(
    r"(?:null|none|nil|true|false|undefined|unset|empty|yes|no|string|str|text|bytes|password|passwd|pwd|secret"
    r"|token|key|hidden|masked|removed|filtered|required|optional|invalid|missing|unknown|default|test|admin"
    r"|user|value|prompt|stdin|basic|bearer|plain|n/?a)[\W_\d]*|0x[0-9a-f]{1,16}|[*.x#•_-]+|[%<{\[$].*|.*[\]}>%]|\*+.*",
    re.IGNORECASE,
)
_CODE = expression(r"[(){}\[\];<>|\\]|=>|::|->|\$\{|%[sdr]|https?://|(?:^|/)[\w.-]+/[\w./-]+|, | = ")
_VERSION_OR_NUMBER = expression(r"v?\d+(?:[.\-]\d+)*\w?")
_DOTTED_NAME = expression(r"[A-Za-z_][A-Za-z_]*(?:[.\-/_][A-Za-z_]+)+|(?:[a-z_]+/)+[a-z_]+#[a-z_]+")
_SHAPES = (expression("[0-9]"), expression("[a-z]"), expression("[A-Z]"))
_OTHERS = expression("[^0-9A-Za-z_. -]")
_HEXADECIMAL = expression("[0-9a-fA-F]+")
_HASH_LENGTHS = frozenset({24, 32, 40, 56, 64, 96, 128})


def can_be_secret(value: str) -> bool:
    """What detect-secrets' filters of values, and our list of words for nothing, let pass."""
    from detect_secrets.filters import heuristic

    refused = (
        heuristic.is_sequential_string(value)
        or heuristic.is_templated_secret(value)
        or heuristic.is_prefixed_with_dollar_sign(value)
        or heuristic.is_not_alphanumeric_string(value)
        or heuristic.is_potential_uuid(value)
    )
    return not refused and not _NO_VALUE.fullmatch(value)


def can_be_assigned(value: str, line: str) -> bool:
    """The further filters for values that nothing but their name speaks for.

    `line` is the line up to the end of the value.
    """
    from detect_secrets.filters import heuristic

    if len(value) < 4 or _VERSION_OR_NUMBER.fullmatch(value) or _DOTTED_NAME.fullmatch(value):
        return False
    return not (heuristic.is_likely_id_string(value, line) or heuristic.is_indirect_reference(line))


def looks_chosen(value: str) -> bool:
    """Whether the value has the mix of a password or a key, not of words, code or a name."""
    if len(value) < 6 or " " in value or _CODE.search(value):
        return False
    return is_mixed(value)


def is_mixed(value: str) -> bool:
    """Whether the value has two of: digits, small letters, capitals after the first, other signs."""
    rest = value[1:]
    if value.isascii():  # the same in a fifth of the time
        shapes = sum(shape.search(rest) is not None for shape in _SHAPES)
        return shapes + (_OTHERS.search(value) is not None) >= 2
    kinds = (str.isdigit, str.islower, str.isupper)
    others = any(not char.isalnum() and char not in "-_. " for char in value)
    return sum(any(kind(char) for char in rest) for kind in kinds) + others >= 2


def is_digest(value: str) -> bool:
    """Whether the value has the form of a checksum, or of a MongoDB object identifier."""
    return len(value) in _HASH_LENGTHS and _HEXADECIMAL.fullmatch(value) is not None


def is_path(value: str) -> bool:
    """Whether the value has the form of a file's path."""
    return value.startswith(("/", "./", "../")) or value.count("/") >= 3


def why_example(value: str) -> str | None:
    """Why the value is known to open nothing, or None."""
    if value.startswith(_JWT_IO):
        return "example token of jwt.io"
    return "documented example or placeholder" if _EXAMPLE.search(value) else None
