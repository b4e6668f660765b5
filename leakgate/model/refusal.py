"""What it means for a scan that the system refuses a file. Never quotes an exception."""

from __future__ import annotations

import errno

from leakgate.model.gap import GapReason

_DENIED = frozenset({errno.EACCES, errno.EPERM})
# A file was listed, and a link, a folder or a pipe is there now.
_ANOTHER = frozenset({errno.ELOOP, errno.EISDIR, errno.ENXIO})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE})

# Of what does not hold still, or is not let be looked at.
MOVING = frozenset({GapReason.DENIED, GapReason.VANISHED, GapReason.CHANGED})


def reason_of(exc: OSError) -> GapReason:
    """Permission, a file that is gone, one that a link has replaced, or an input/output error."""
    if exc.errno in _DENIED:
        return GapReason.DENIED
    if exc.errno in _GONE:
        return GapReason.VANISHED
    return GapReason.CHANGED if exc.errno in _ANOTHER else GapReason.UNREADABLE
