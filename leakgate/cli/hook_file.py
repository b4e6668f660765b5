"""
The pre-push hook on disk: written, chained before what was there, and taken away again.

Touches only files that carry its mark, and what it renamed itself.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Sequence
from pathlib import Path

from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass

NAME = "pre-push"
CHAINED = "pre-push.before-leakgate"
_MARK = "# leakgate:pre-push:1"

_SCRIPT = """\
#!/bin/sh
{mark} - written by `leakgate hook install`, taken away by `leakgate hook uninstall`
here=$(dirname "$0")
updates=$(cat; printf .)
updates=${{updates%.}}
if [ -x "$here/{chained}" ]; then
  printf %s "$updates" | "$here/{chained}" "$@" || exit $?
fi
if [ -x {python} ]; then
  printf %s "$updates" | {python} -m leakgate hook run {options}-- "$@"
elif command -v leakgate >/dev/null 2>&1; then
  printf %s "$updates" | leakgate hook run {options}-- "$@"
else
  echo "leakgate: the hook cannot find leakgate, so the push is stopped" >&2
  echo "  hint: install it again and run 'leakgate hook install', or remove $0" >&2
  exit 70
fi
"""


@dataclass(frozen=True, slots=True)
class HookFile:
    """The hook in the folder where git looks for hooks."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / NAME

    @property
    def chained(self) -> Path:
        return self.folder / CHAINED

    def install(self, python: str, options: Sequence[str]) -> bool:
        """True where a hook of somebody else now runs before ours. Raises UsageError, OSError."""
        if os.path.lexists(self.path) and not self._is_ours():
            if os.path.lexists(self.chained):
                raise UsageError(
                    f"{self.path} was replaced by another hook, and {CHAINED} is there already",
                    hint="merge the two by hand into one of them, remove the other, and install again",
                )
            self.path.rename(self.chained)
        self.folder.mkdir(parents=True, exist_ok=True)
        script = _SCRIPT.format(
            mark=_MARK,
            chained=CHAINED,
            python=shlex.quote(python),
            options="".join(f"{shlex.quote(option)} " for option in options),
        )
        fresh = self.folder / f".{NAME}.{os.getpid()}"
        fresh.write_text(script, encoding="utf-8", newline="\n")
        fresh.chmod(fresh.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        fresh.replace(self.path)
        return os.path.lexists(self.chained)

    def uninstall(self) -> bool:
        """False where there is nothing to take away. Raises UsageError for a hook that is not ours."""
        if not os.path.lexists(self.path):
            return False
        if not self._is_ours():
            raise UsageError(
                f"{self.path} is not a hook of leakgate", hint="remove its call from that file by hand"
            )
        if os.path.lexists(self.chained):
            self.chained.replace(self.path)
        else:
            self.path.unlink()
        return True

    def _is_ours(self) -> bool:
        try:
            with self.path.open("rb") as file:
                return _MARK.encode() in file.read(4096)
        except OSError:
            return False
