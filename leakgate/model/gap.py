"""Something in scope that was not, or not fully, looked at."""

from __future__ import annotations

from enum import StrEnum

from leakgate.model.records import dataclass


class Stage(StrEnum):
    SOURCE = "source"
    UNPACK = "unpack"
    DETECT = "detect"
    NLP = "nlp"
    RUN = "run"


class GapReason(StrEnum):
    """Why; the policy's coverage clauses are keyed by these words."""

    UNREADABLE = "unreadable"  # I/O error; in a policy also the name of the next three
    DENIED = "denied"  # permission
    VANISHED = "vanished"  # gone between listing and reading
    CHANGED = "changed"  # while it was scanned, or new since it was listed
    NOT_A_FILE = "not_a_file"  # socket, device, FIFO
    OUTSIDE_ROOT = "outside_root"  # symlink that leaves the root, or loops
    TOO_LARGE = "too_large"  # over the byte limit of a file, member or decoded value
    TOO_DEEP = "too_deep"  # nesting over the depth limit
    TOO_MANY = "too_many"  # members, matches or segments over their limit
    BOMB = "bomb"  # compression ratio over the limit
    ENCRYPTED = "encrypted"
    MALFORMED = "malformed"  # truncated, damaged, not what it claims: some of it was not seen
    UNSUPPORTED = "unsupported"  # a format or method that is not read, or needs an extra
    UNPARSED = "unparsed"  # a document whose reader gave up: its bytes were scanned as they stand
    OPAQUE = "opaque"  # bytes that look encrypted, or packed in a way that is not known
    RECOGNIZER_FAILED = "recognizer_failed"
    UNGUARDABLE = "unguardable"  # a known value that is too short or too common to look for
    MODEL_MISSING = "model_missing"  # the policy asks for NLP and it cannot run
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"  # more than the policy allows, or than there is
    INTERRUPTED = "interrupted"
    NOTHING_SCANNED = "nothing_scanned"


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """`detail` says in one line whose fault it is and what to do; never scanned content."""

    path: str
    members: tuple[str, ...]
    stage: Stage
    reason: GapReason
    detail: str
