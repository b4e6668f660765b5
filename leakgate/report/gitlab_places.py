"""What GitLab's reports share: paths as GitLab takes them, and an identity for each finding."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from leakgate.model.finding import Finding
from leakgate.report.phrases import artifact_path
from leakgate.report.text_safety import PATH_LIMIT, visible


def repository_path(path: str, members: Sequence[str]) -> str:
    """Relative, as GitLab demands: no `./` or `/` in front, and never empty."""
    plain = artifact_path(path, members)
    while plain.startswith(("./", "/")):
        plain = plain.removeprefix(".").lstrip("/")
    return visible(plain, PATH_LIMIT) or "."


def fingerprint_of(finding: Finding) -> str:
    """64 hexadecimal digits: the same finding in the same artifact, and no other.

    A fingerprint of ours stands for a value; GitLab wants one for each entry of a report.
    """
    at = finding.location
    parts = (finding.fingerprint, at.path, *at.members)
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()
