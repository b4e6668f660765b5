"""
Which state of leakgate written files are to name: one that is known to exist, as it is the one that runs.

The commit that it was installed from, where the installer noted one (direct_url.json, PEP 610); else the tag
of its release. Never a tag that moves, such as one of a major version.
"""

from __future__ import annotations

import json
from importlib import metadata
from typing import Any

from leakgate import __version__
from leakgate.model.expressions import expression

_COMMIT = expression(r"[0-9a-f]{40}")


def reference() -> str:
    """What stands behind `leakgate/leakgate@`: a commit with its version as a comment, or a tag."""
    commit = _origin().get("vcs_info", {}).get("commit_id", "")
    return f"{commit} # v{__version__}" if _COMMIT.fullmatch(str(commit)) else f"v{__version__}"


def _origin() -> dict[str, Any]:
    try:
        read = json.loads(metadata.distribution("leakgate-ci").read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, OSError, ValueError):
        return {}
    return read if isinstance(read, dict) and isinstance(read.get("vcs_info", {}), dict) else {}
