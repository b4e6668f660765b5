"""
Who owns a path by CODEOWNERS: the last line whose pattern fits decides.

Follows GitHub's "About code owners" (syntax and locations); sections of GitLab are read as comments are.
Teams stay names: who is in them only the code host knows.
"""

from __future__ import annotations

import re
from functools import lru_cache

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
MAX_BYTES = 3 << 20  # what GitHub reads


def owners_of(path: str, text: str) -> tuple[str, ...]:
    """The owners of `path` (from the root, with `/`): those of the last line that fits, or none."""
    owners: tuple[str, ...] = ()
    for line in text[:MAX_BYTES].splitlines():
        words = re.split(r"(?<!\\)\s+", re.sub(r"(?:^|\s)#.*", "", line).strip())
        if not words[0] or words[0].startswith(("[", "^[", "!")):
            continue
        if _pattern(words[0]).fullmatch(path):
            owners = tuple(words[1:])
    return owners


@lru_cache(maxsize=4096)
def _pattern(glob: str) -> re.Pattern[str]:
    """As in .gitignore: with a slash before its end it counts from the root, else at any depth."""
    body = glob.replace("\\ ", " ").strip("/")
    anchored = "/" in glob.rstrip("/")
    parts = re.split(r"(\*\*/|/\*\*|\*|\?)", body)
    inner = "".join(_WILD.get(part, re.escape(part)) for part in parts)
    # GitHub: `docs/*` holds for files in docs, not below; whatever else names a folder covers all of it.
    below = "" if glob.endswith("/*") else "(?:/.*)?"
    below = "/.*" if glob.endswith("/") else below
    return re.compile(f"{'' if anchored else '(?:.*/)?'}{inner}{below}", re.DOTALL)


_WILD = {"**/": "(?:.*/)?", "/**": "/.*", "*": "[^/]*", "?": "[^/]"}
