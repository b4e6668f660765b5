"""
What a quoted value says of itself: the name of a field, a sentence, a template; or that its quotes are those
of two literals with program text between them.

Decides by the value and its quotes alone; the label only lends its words.
"""

from __future__ import annotations

from collections.abc import Collection

from leakgate.detect.labelled.names import words
from leakgate.detect.plausibility.spelling import spoken
from leakgate.model.expressions import expression

# Words of labels that a constant, a message key or a path repeats: `RESET_PASSWORD = "resetPassword"`.
_SENSITIVE = frozenset(
    {
        "password",
        "passwords",
        "passwd",
        "pwd",
        "pass",
        "passphrase",
        "passcode",
        "userpass",
        "secret",
        "secrets",
    }
    | {"token", "tokens", "key", "keys", "apikey", "credential", "credentials", "session", "auth"}
)
# NOTE: Words need a sign between them here; capitals part them too, but to try both takes exponential time.
_NAME = expression(
    rb"[/$@_#:.]{0,2}(?:[A-Za-z]{2,80}|v\d)(?:(?:[_./:#-]|-{2,3}| )(?:[A-Za-z]{1,80}|v\d)){0,12}"
    rb"\d{0,2}[$:]?(?:(?:---|__)[\w-]{5,8})?"
)
_CONSTANT = expression(rb"@?[A-Z][A-Z0-9]{1,30}(?:_[A-Z][A-Z0-9]{0,30}){1,8}|@[A-Z]{2,30}")
# What builders add to names of styles; versions.
_HASHED = expression(rb"(?:---|__)[\w-]{5,8}$|[:/]v\d\b|\d{1,2}\$?$")
_WORDY = 0.75
_GLUE = expression(rb"\s{0,8}(?:[,)+;:\]}.&|?<>=]|\\n|\n|\r|$)")
_OF_A_LITERAL = expression(rb"[\w .,'/=&?;:<>()\[\]-]{0,120}")
_TEMPLATE = expression(
    rb"\$\{[^{}]{1,80}\}|\{\{[^{}]{1,80}\}\}|\#\{[^{}]{1,80}\}|%[sdrv]\b|\{[a-z_][\w.]{0,40}\}"
)
_LONGEST_REST = 24
_JOINTS = expression(rb"[ _/.:-]")
_ENDS_OF_LABELS = (":", "\uff1a", "\u2026")
_ENDS = (".", ":", "!", "?", "\u2026", "\u3002", "\uff1a", "\uff01", "\uff1f")
_WORD = expression(
    r"[\"'\u00ab\u00bb\u201e\u201c\u201d(\u00bf\u00a1]{0,2}[^\W\d_]+(?:['\u2019/-][^\W\d_]+){0,4}"
    r"[\"'\u00ab\u00bb\u201c\u201d)]{0,2}[.,;:!?\u2026]{0,3}"
)
_LEAST_WORDS = 3
_DASHES = ("-", "\u2013", "\u2014", "&", "/")
_OTHER_SCRIPTS = expression("[\u2e80-\ud7ff\uf900-\ufaff\u0e00-\u0e7f\u3000-\u303f\uff00-\uffef\\s]{3,}")


def why_name(value: bytes, label: Collection[str]) -> str | None:
    """Why `value` names a field, a message or a path: it is made of words and repeats one of `label`."""
    constant = _CONSTANT.fullmatch(value) is not None
    worded = _NAME.fullmatch(value) is not None and spoken(_HASHED.sub(b"", value)) >= _WORDY
    text = value.decode("utf-8", "replace")
    repeats = value.isalpha() and not value.islower() and set(words(text)) <= set(label)
    if not constant and not worded and not repeats:
        return None
    if not constant and _CHOSEN.fullmatch(value) and not set(words(text)) <= set(label):
        return None
    shared = _SENSITIVE.intersection(label) & {text.lower(), *words(text)}
    run_together = (word for word in label if word in _SENSITIVE and len(word) > _LEAST_JOINED)
    return "the name of a field" if shared or any(word in text.lower() for word in run_together) else None


# `CleartextPassword1`, `TestSourcePassword`: a name, or what somebody chose.
_CHOSEN = expression(rb"(?:[A-Z][a-z]+){1,6}\d{0,2}|[A-Za-z]+\d{1,2}")


def why_literal(value: bytes, label: Collection[str]) -> str | None:
    """Any of the reasons that a quoted value gives by itself."""
    return why_name(value, label) or why_text(value) or why_template(value) or why_pattern(value)


_LEAST_JOINED = 4


def why_text(value: bytes) -> str | None:
    """Why `value` is a sentence or a label in some language."""
    text = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), value.decode("utf-8", "replace")).strip()
    if _OTHER_SCRIPTS.fullmatch(text):
        return "text of a person"
    parts = text.split()
    if not parts or not all(_WORD.fullmatch(part) or part in _DASHES for part in parts):
        return None
    ended = text.endswith(_ENDS)
    if len(parts) < _LEAST_WORDS:
        return "a label" if text.endswith(_ENDS_OF_LABELS) else None
    foreign = any(ord(char) > _ASCII and char.isalpha() for char in text)
    told = ended + foreign + any(part.endswith(",") for part in parts) + (len(parts) > _MANY_WORDS)
    return "a sentence" if told else None


_ESCAPED = expression(r"\\u([0-9a-fA-F]{4})")
_ASCII = 127
_MANY_WORDS = 6


# Classes of characters with ranges or their short forms, and what repeats, groups or anchors them.
_CLASS = expression(rb"\[\^?[^\]\s]{0,80}\w-\w[^\]]{0,80}\]|\\[dwsSDWpx][{\d*+?)\]]|\.[*+?]|\[\$\{")
_REPEATED = expression(rb"[\])][*+?{]|\(\?[:=!<P]|^\^|\$$|\{\d{1,4},?\d{0,5}\}|[*+]\)")


def why_pattern(value: bytes) -> str | None:
    """Why `value` is a regular expression."""
    return "a regular expression" if _CLASS.search(value) and _REPEATED.search(value) else None


def why_template(value: bytes) -> str | None:
    """Why a program puts parts of `value` in when it runs: what stands around them is words or short."""
    rest, count = _TEMPLATE.subn(b" ", value)
    if not count:
        return None
    plain = rest.strip(b" -_/:.,;=&?!()[]<>\"'\\")
    wordy = (
        not plain
        or (len(plain) <= _LONGEST_REST and _JOINTS.sub(b"", plain).isalpha())
        or spoken(plain) >= _WORDY
    )
    return "template or variable" if wordy else None


def why_between(before: bytes, quote: bytes, value: bytes) -> str | None:
    """Why `value` is what stands between two literals: its opening quote closes the one with the name in it.

    `before` is the line up to the name, `quote` the mark as it stands.
    """
    if not quote or _GLUE.match(value) is None:
        return None
    opened = before.rfind(quote)
    if opened < 0 or _OF_A_LITERAL.fullmatch(before[opened + len(quote) :]) is None:
        return None
    return (
        "program text between two literals"
        if before.count(quote) % 2 or opened + len(quote) == len(before)
        else None
    )
