"""
Why a value is known to be fake: masks, templates, documented examples, obvious fillers.

Answers with a reason for people, or None. Never says that a value is real.
"""

from __future__ import annotations

import base64
import re
from collections import Counter

from leakgate.detect.plausibility.published import why_published
from leakgate.detect.plausibility.spelling import spoken
from leakgate.model.expressions import expression

_Reason = tuple[re.Pattern[bytes], str]


def _whole(reason: str, *choices: bytes) -> _Reason:
    return expression(rb"(?is)^(?:" + b"|".join(choices) + rb")$"), reason


def _inside(reason: str, *choices: bytes) -> _Reason:
    return expression(rb"(?i)" + b"|".join(choices)), reason


# Words of four letters stand in one random value of 500 bytes in 1,000: in a long one they stand alone.
_SHORT_WORD = rb"\A(?=.{,64}\Z)(?s:.*)(?:fake|todo)|(?<![0-9a-z])(?:fake|todo)(?![0-9a-z])"
_REASONS: tuple[_Reason, ...] = (
    # What CI systems, frameworks and people leave in place of a value.
    _whole(
        "masked value",
        rb"[\[<({]*(?:\*{2,}[^\s*]{0,4}|x{3,}(?:[-_ ]x{3,})*[-_ ]?|[.]{2,}|-{3,}|_{3,}|\#{3,})\W*",
        rb"[\[<({]*(?:\xe2\x80\xa2|\xe2\x97\x8f){2,}.{0,4}",
        rb"[\[<({* -]*(?:redacted|secure|masked|hidden|filtered|removed|censored|scrubbed|sanitized|sensitive"
        rb"|protected|omitted|suppressed|elided|obfuscated|private|confidential|secret)\W*",
    ),
    _inside(
        "masked value",
        rb"\*{4,}",
        rb"(?:\xe2\x80\xa2){3,}",
        rb"x{6,}",
        rb"[\[<](?:redacted|masked|filtered|secure|hidden)\b",
        rb"_redacted_",
    ),
    # Something else will stand here at run time.
    _whole(
        "template or variable",
        rb"\$\{[^}]*\}?",
        rb"\$\((?:[\w./ -]+|.*\).*)",
        rb"\$\{\{.*",
        rb"\{\{(?:[\w.$ -]*|.*\}\}.*)",
        rb"[#%]\{(?:[\w.: ]*|.*\}.*)",
        rb"%[a-z_]\w*%",
        rb"%\(\w+\)[sdr]",
        rb"%[-\d.]*[sdrvqxp@]",
        rb"<%[=-]?(?:[\w. ]*|.*%>.*)",
        rb"<[\w .:/-]+>|<[a-z_ .:/-]+",
        rb"\{[\w.:!]*\}",
        rb"\[[\w .-]+\]",
        rb"\\{0,4}\$_?[a-z]\w*(?:\[(?:[\w\\'\"$]*|.*\].*)|->.*)",
        rb"@[a-z][\w.]{2,}\(.*",
        rb"!\w+ .*",
        rb"__\w+__",
        rb":[a-z_]+\d{0,2}",
        rb"\?",
    ),
    _whole(
        "word that stands for no value",
        rb"none|null|nil|undefined|nan|n/?a|true|false|yes|no|empty|unset|not[ _-]?set|todo|tbd|fixme",
        rb"default|unknown|missing|required|optional|string|str|bytes|int|object|token|password|passwd|secret|key",
        rb"value|example",
        rb"(?:your |new |old |confirm )?(?:password|passwd|passphrase|secret|token|key|login|user(?:name)?)"
        rb"[:.!?* ]*",
    ),
    _inside(
        "placeholder or sample word",
        rb"example|sample|dummy|placeholder|change[_-]?me|change[_-]this|replace[_-]?(?:me|with|this)",
        rb"not[_-]?a[_-]?real|notreal|not[_-]?a[_-]?secret|insert[_-]|enter[_-]|put[_-]your",
        _SHORT_WORD,
        rb"your[_-]?(?:own|api|access|secret|auth|private|client|token|key|pass|user|app|aws|github|db|real)",
        rb"your[_-]\w{2,12}[_-](?:key|token|secret|password|here)",
        rb"(?:my|some)[_-]?(?:secret|token|password|api[_-]?key)",
        rb"(?:dead|beef|cafe|babe){2,}|foobar|lorem",
    ),
    _whole(
        "placeholder or sample word",
        rb"(?:test|testing|demo|foo|bar|baz|abc|hello|admin|root|user|pass|secret|token|key)+[-_]?\d{0,6}[!.]?",
        # Words with `test` and what it is: `test-api-secret-123`.
        rb"(?:[a-z]{2,12}[-_]){0,3}tests?(?:[-_][a-z]{2,12}){0,3}[-_](?:secret|password|passwd|token|key|api)"
        rb"(?:[-_][a-z]{2,12}){0,3}[-_]?\d{0,6}",
    ),
)
_RUNS = (
    b"0123456789012345678901234567890",
    b"9876543210987654321098765432109",
    b"abcdefghijklmnopqrstuvwxyzabcdefghijklm",
    b"1234567890abcdef1234567890abcdef",
    b"0123456789abcdef0123456789abcdef0123456789abcdef",
    b"qwertyuiopasdfghjklzxcvbnm",
    b"abcdefghijklmnopqrstuvwxyz0123456789",
)


def synthetic_reason(value: bytes) -> str | None:
    """Why `value` (as it stands, without quotes) is known not to be a live secret, or None."""
    if not value:
        return "empty value"
    for fake, reason in _REASONS:
        if fake.search(value):
            return reason
    if _is_variable(value):
        return "template or variable"
    if _NAMED_BY_TIME.fullmatch(value) and spoken(value[:-10]) >= _WORDY:
        return "a name with a time"
    if _is_reference(value):
        return "reference to a secret store or variable"
    return why_published(value) or _why_encrypted(value) or _patterned(value) or _encoded_sample(value)


# `tf-TestAccBasic-local-1689861062`: words and the seconds or milliseconds since 1970.
_NAMED_BY_TIME = expression(rb"(?:[A-Za-z]{2,60}[-_]){1,8}1[4-9]\d{8}(?:\d{3})?")
_WORDY = 0.6


# Encrypted for whoever holds another key: jasypt, sops, Spring, Ansible and Vault, KMS.
_ENCRYPTED = expression(rb"(?i)^(?:ENC[\[(]|\$ANSIBLE_VAULT|\{cipher\}|vault:v\d+:|AQICAH)")
_SEALED = expression(rb"A[gQ][A-D][0-9A-Za-z+/]")  # Sealed Secrets: the length of an RSA block comes first
_LEAST_SEALED = 350  # bytes; a block of RSA-2048 and an empty secret


def _why_encrypted(value: bytes) -> str | None:
    sealed = len(value) >= _LEAST_SEALED and _SEALED.match(value) is not None
    return "encrypted value" if sealed or _ENCRYPTED.match(value) else None


_BASE64 = expression(rb"[0-9A-Za-z+/]{20,4096}={0,2}")
_SAMPLE = expression(rb"(?i)\b(?:example|sample|dummy|fake|placeholder)\b")


def _encoded_sample(value: bytes) -> str | None:
    """Readable text in Base64 that says what it is."""
    if _BASE64.fullmatch(value) is None:
        return None
    bare = value.rstrip(b"=")
    text = base64.b64decode(bare[: len(bare) // 4 * 4])
    readable = all(32 <= byte < 127 or byte in b"\t\r\n" for byte in text)
    return "placeholder or sample word" if readable and _SAMPLE.search(text) else None


_VARIABLE = expression(rb"(?i)^\$([a-z_]\w*)\b[^a-z0-9]*$")
_LEAST_RANDOM = 10  # bytes


def _is_variable(value: bytes) -> bool:
    """`$DB_PASSWORD`; a password may begin with a dollar sign, but its letters make no name."""
    name = _VARIABLE.match(value)
    if name is None:
        return False
    plain = name[1].isupper() or name[1].islower() or not re.search(rb"[0-9]", name[1])
    return plain or len(name[1]) < _LEAST_RANDOM or spoken(name[1]) >= 0.4


_REFERENCE = expression(
    rb"(?is)(?:env|vault|secretsmanager|ssm|op|file|kms|arn|aws|gcp-?sm|keyvault|data|var|local|module|config"
    rb"|secrets?|process\.env|os\.environ|os\.getenv|getenv|settings|self|this|params?|props|args|request"
    rb"|ctx)[.:(\[](.*)"
)


def _is_reference(value: bytes) -> bool:
    """`env.DB_PASSWORD`, `op://vault/item`: the word for a store, and behind it a path, a call or a name.

    Random characters behind it are no name, and may well be the value.
    """
    found = _REFERENCE.fullmatch(value)
    return found is not None and (_RANDOM.fullmatch(found[1]) is None or spoken(found[1]) >= 0.4)


_RANDOM = expression(rb"(?=.*\d)[0-9A-Za-z+/=_.~-]{12,}")


def _patterned(value: bytes) -> str | None:
    """Repeated, sequential and keyboard-row values."""
    plain = re.sub(rb"[^0-9a-z]", b"", value.lower())
    if len(plain) < 4:
        return None
    if max(Counter(plain).values()) * 10 >= len(plain) * 7:
        return "one character repeated"
    for size in (2, 3, 4):
        if len(plain) >= 3 * size and plain == (plain[:size] * len(plain))[: len(plain)]:
            return "short pattern repeated"
    if any(len(plain) >= 6 and plain in run for run in _RUNS):
        return "sequential characters"
    longest = _run_in_the_middle(plain)
    return "sequential characters" if longest >= 10 and longest * 2 > len(plain) else None


def _run_in_the_middle(plain: bytes) -> int:
    """Length of the stretch around the middle in which each byte follows the one before.

    A stretch of more than half of all bytes lies there, wherever it begins; 4 KiB took 1 ms to look through.
    """
    first = last = len(plain) // 2
    while first and plain[first] - plain[first - 1] == 1:
        first -= 1
    while last + 1 < len(plain) and plain[last + 1] - plain[last] == 1:
        last += 1
    return last - first + 1
