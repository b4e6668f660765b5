"""What it means for a scan that the system refuses a file. Never quotes an exception."""

from __future__ import annotations

import errno

from leakgate.model.gap import GapReason

_DENIED = frozenset({errno.EACCES, errno.EPERM})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE})

# Of what does not hold still, or is not let be looked at.
MOVING = frozenset({GapReason.DENIED, GapReason.VANISHED, GapReason.CHANGED})


def reason_of(exc: OSError) -> GapReason:
    """Permission, a file that is gone, one that a link has replaced, or an input/output error."""
    if exc.errno in _DENIED:
        return GapReason.DENIED
    if exc.errno in _GONE:
        return GapReason.VANISHED
    # Links are not followed where a file was listed.
    return GapReason.CHANGED if exc.errno == errno.ELOOP else GapReason.UNREADABLE
