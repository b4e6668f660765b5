"""
No core dumps: the memory of a scan holds raw values and the key, and a dump would lie beside the artifacts.

Holds for this process and every one it forks; never fails where a platform has no such limit.
"""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def forbid_core_dumps() -> None:
    """`RLIMIT_CORE` is 0 from here on; on Linux the process is not dumpable, nor to be traced by its user.

    The limit alone does not hold where the kernel pipes dumps to a program, see core(5).
    """
    try:
        import resource
    except ImportError:  # Windows has no core files
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _make_undumpable()


def _make_undumpable() -> None:
    import ctypes

    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):  # a C library without it: the limit above still holds
        return
