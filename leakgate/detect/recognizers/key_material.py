"""
Lines of key material without their frame: the middle of a private key that was cut off or filtered.

A line of PEM is 64 characters of Base64, and hardly anything else has that width. It is a guess all the
same: what stands in the frame of a certificate, a public key or a signature is left alone, and so are
long runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakgate.detect.plausibility.entropy import shannon
from leakgate.detect.plausibility.payload import why_payload
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.expressions import expression
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_LETTER = rb"[0-9A-Za-z+/]"
# With a byte that is no letter on both sides: runs of other lengths are no hits, and cost the engine less.
_ANCHORS = {
    "line": rb"[^0-9A-Za-z+/]" + _LETTER + rb"{64}[^0-9A-Za-z+/=_.-]",
    "last": rb"[^0-9A-Za-z+/]" + _LETTER + rb"{64}\Z",
}
_LINE = expression(rb"(?<![0-9A-Za-z+/=_.-])" + _LETTER + rb"{64}(?![0-9A-Za-z+/=_.-])")
_FRAME = expression(rb"-{4,5} ?(?:BEGIN|END) ?[A-Z0-9 ]{0,60}-{4,5}")
_REACH = 8 * 1024  # bytes to both sides in which a frame would stand; an RSA-8192 key has 6.4 KiB
_BETWEEN = 80  # bytes between two lines: the end of one, a logger's prefix, quotes
_NEXT = 2 * (64 + _BETWEEN)  # bytes in which a line of the same key stands that began like a digest
_MOST_LINES = 110  # of a key; longer runs are files
_LEAST_ENTROPY = 4.6  # bits for each character; random lines have 5.2
_LEAST_OF_A_KIND = 3  # digits, capitals, small letters: less is rare in random lines

_RULE = Rule(
    id="private-key-fragment",
    name="Lines as of a private key, without its first",
    entity="PRIVATE_KEY",
    category=Category.SECRET,
    severity=Severity.HIGH,
    confidence=Confidence.LOW,
    family="private-keys",
    cwe="CWE-321",
    reference="https://www.rfc-editor.org/rfc/rfc7468",
    remediation="See what wrote these lines; if it is a private key, replace it everywhere.",
    specificity=0,
)


class KeyMaterial:
    """Runs of such lines, each as one match."""

    rules: tuple[Rule, ...] = (_RULE,)
    patterns: tuple[Pattern, ...] = tuple(
        Pattern(f"private-key-fragment/{name}", anchor, max_width=80) for name, anchor in _ANCHORS.items()
    )

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        for lines in _runs(segment.data, suspects):
            span = Span(lines[0].start, lines[-1].end)
            if len(lines) <= _MOST_LINES and not _framed(segment.data, span):
                secret = Secret(segment.data[span.start : span.end])
                yield Match(_RULE, span, secret, Confidence.LOW, "Base64 of the width that keys have")


def _runs(data: bytes, suspects: Sequence[Suspect]) -> Iterator[list[Span]]:
    """Neighbouring lines, together."""
    run: list[Span] = []
    for suspect in suspects:
        low, high = max(0, suspect.window.start - _NEXT), suspect.window.end + _NEXT
        for hit in _LINE.finditer(data, low, high):
            line = Span(*hit.span())
            if (run and line.start < run[-1].end) or not _is_random(hit[0]):
                continue
            if run and line.start - run[-1].end > _BETWEEN:
                yield run
                run = []
            run.append(line)
    if run:
        yield run


def _is_random(line: bytes) -> bool:
    kinds = (rb"[0-9]", rb"[A-Z]", rb"[a-z]")
    mixed = all(len(re.findall(kind, line)) >= _LEAST_OF_A_KIND for kind in kinds)
    return mixed and shannon(line) >= _LEAST_ENTROPY and why_payload(line) is None


def _framed(data: bytes, span: Span) -> bool:
    """Whether a frame stands around, before or behind: then the lines belong to what it says."""
    low, high = max(0, span.start - _REACH), min(len(data), span.end + _REACH)
    behind = _FRAME.search(data, span.end, high)
    if behind is not None:
        return b"PRIVATE KEY" not in behind[0] or b"BEGIN" in behind[0]
    return _FRAME.search(data, low, span.start) is not None
