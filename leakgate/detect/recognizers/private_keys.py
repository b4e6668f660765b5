"""
Private key blocks of every kind: PEM, OpenSSH, PGP, SSH2, PuTTY; whole, prefixed, escaped or cut off.

The engine looks for the opening line alone; the block is followed from there, bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.detect.validators.keys import private_key
from leakgate.detect.validators.outcome import Valid
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.expressions import expression
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_OPENING = rb"-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
_PUTTY = rb"PuTTY-User-Key-File-[1-3]: "
_CLOSING = expression(
    rb"-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|Private-MAC: [0-9a-f]{40,64}"
)
_LONGEST = 32 * 1024  # bytes from opening to closing line; an RSA-8192 key has 6.4 KiB
_LINE_OF_BODY = expression(rb"[A-Za-z0-9+/=]{40,}")

_RULE = Rule(
    id="private-key",
    name="Private key",
    entity="PRIVATE_KEY",
    category=Category.SECRET,
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    family="private-keys",
    cwe="CWE-321",
    reference="https://www.rfc-editor.org/rfc/rfc7468",
    remediation="Make a new key pair, replace the public key everywhere, revoke certificates on the old key.",
)
_ENCRYPTED = Rule(
    id="encrypted-private-key",
    name="Encrypted private key",
    entity="PRIVATE_KEY",
    category=Category.SECRET,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    family="private-keys",
    cwe="CWE-321",
    reference="https://www.rfc-editor.org/rfc/rfc5958",
    remediation="Treat it as lost if its passphrase is weak or near by; make a new key pair.",
)


class PrivateKeys:
    """From the opening line to the closing one, or as far as lines of key material follow."""

    rules: tuple[Rule, ...] = (_RULE, _ENCRYPTED)
    patterns: tuple[Pattern, ...] = (
        Pattern("private-key", _OPENING, max_width=128),
        Pattern("private-key-putty", _PUTTY, max_width=64),
    )

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        reached = 0
        for suspect in sorted(suspects, key=lambda s: s.window.start):
            start = max(reached, suspect.window.start)
            for opening in _ANY_OPENING.finditer(segment.data, start, suspect.window.end):
                if opening.start() < reached:
                    continue
                reached = _end(segment.data, opening.end())
                match = _match(segment.data, Span(opening.start(), reached))
                if match is not None:
                    yield match


_ANY_OPENING = expression(_OPENING + b"|" + _PUTTY)


def _end(data: bytes, start: int) -> int:
    """Behind the closing line; where it is missing, behind the last line of key material."""
    limit = min(len(data), start + _LONGEST)
    another = _ANY_OPENING.search(data, start, limit)
    limit = another.start() if another else limit
    closing = _CLOSING.search(data, start, limit)
    if closing:
        return closing.end()
    end = start
    for line in _LINE_OF_BODY.finditer(data, start, limit):
        if line.start() - end > 256:
            break
        end = line.end()
    return end


def _match(data: bytes, span: Span) -> Match | None:
    value = data[span.start : span.end]
    verdict = private_key(value)
    if not isinstance(verdict, Valid):
        return None
    rule = _ENCRYPTED if "encrypted" in verdict.because else _RULE
    return Match(
        rule=rule,
        span=span,
        secret=Secret(value),
        confidence=verdict.confidence or rule.confidence,
        because=verdict.because,
        synthetic=synthetic_reason(value) if len(value) < 400 else None,
    )
