"""
Glob patterns over names, and over the places of findings.

Never touches the file system. Places are hostile text: matching is bounded by the product of the
numbers of segments, without backtracking.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from leakgate.model.finding import Location

# What may stand in a glob over rule ids, families and entities.
NAME_FORM = r"[A-Za-z0-9_.*?-]+(?:/[A-Za-z0-9_.*?-]+)*"


def name_matches(name: str, pattern: str) -> bool:
    """`*` stands for any text, also with `/`; `?` for one character; case counts."""
    return fnmatchcase(name, pattern)


def place_matches(location: Location, pattern: str) -> bool:
    """
    Whether `pattern` covers a place written `path!/member!/member`.

    Without a `/`, the pattern is tried on the innermost name alone. With one it must cover the whole
    place, `*` within one folder and `**` across folders; what covers an archive covers all inside it.
    """
    if "/" not in pattern:
        name = location.members[-1] if location.members else location.path
        return fnmatchcase(name.replace("\\", "/").rpartition("/")[2], pattern)
    wanted = _segments(pattern)
    return any(_covers(segments, wanted) for segments in _openings(location))


def _openings(location: Location) -> list[list[str]]:
    """The place itself, and each archive around it."""
    segments = _segments(location.path)
    openings = [list(segments)]
    for member in location.members:
        segments[-1:] = [(segments[-1] if segments else "") + "!"]
        segments += _segments(member)
        openings.append(list(segments))
    return openings


def _segments(text: str) -> list[str]:
    """Folders and name; a leading `/` counts, `.` and doubled slashes do not."""
    head = [""] if text.startswith("/") else []
    return head + [part for part in text.split("/") if part not in ("", ".")]


def _covers(segments: list[str], wanted: list[str]) -> bool:
    """Segment-wise glob match in len(segments) * len(wanted) steps."""
    reached = [True] + [False] * len(segments)  # reached[i]: the pattern so far covers segments[:i]
    for part in wanted:
        if part == "**":
            first = reached.index(True) if True in reached else len(reached)
            reached = [index >= first for index in range(len(reached))]
            continue
        reached = [False] + [
            reached[index] and fnmatchcase(segment, part) for index, segment in enumerate(segments)
        ]
    return reached[-1]
