"""
The pre-push hook on disk: written, chained before what was there, and taken away again.

Touches only files that carry its mark, and what it renamed itself.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from leakgate.cli.checkout import folder_for, refuse_links, replace_in
from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass

NAME = "pre-push"
CHAINED = "pre-push.before-leakgate"
# What the loader of programs and shells read code from; Python's own variables are ignored by its options.
UNSET = (
    "BASH_ENV",
    "ENV",
    "LD_PRELOAD",
    "LD_AUDIT",
    "LD_LIBRARY_PATH",
    "DYLD_INSERT_LIBRARIES",
    "DYLD_LIBRARY_PATH",
)
_MARK = "# leakgate:pre-push:1"

# The working tree may hold modules and programs of any name, and a push may begin where its owner only looked
# at it. So Python is started by its full path and takes modules of its installation alone, and programs are
# looked for outside of the working tree, at whose root git runs hooks.
_SCRIPT = """\
#!/bin/sh
{mark} - written by `leakgate hook install`, taken away by `leakgate hook uninstall`
given=$PATH
outside=
IFS=:
set -f
for folder in $given; do
  case $folder in
    "$PWD" | "$PWD"/*) ;;
    /*) outside=$outside${{outside:+:}}$folder ;;
  esac
done
set +f
unset IFS
PATH=${{outside:-/usr/bin:/bin}}
here=${{0%/*}}
updates=$(cat; printf .)
updates=${{updates%.}}
if [ -x "$here/{chained}" ]; then
  printf %s "$updates" | PATH=$given "$here/{chained}" "$@" || exit $?
fi
if [ -x {python} ]; then
  unset {unset}
  printf %s "$updates" | {python} {isolated} -m leakgate hook run {options}-- "$@"
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

    def install(self, python: str, isolated: Sequence[str], options: Sequence[str]) -> bool:
        """True where a hook of somebody else now runs before ours. `isolated` are options of Python.

        Raises UsageError, OSError.
        """
        refuse_links(self.folder)
        if os.path.lexists(self.path) and not self._is_ours():
            if os.path.lexists(self.chained):
                raise UsageError(
                    f"{self.path} was replaced by another hook, and {CHAINED} is there already",
                    hint="merge the two by hand into one of them, remove the other, and install again",
                )
            self.path.rename(self.chained)
        script = _SCRIPT.format(
            mark=_MARK,
            chained=CHAINED,
            python=shlex.quote(python),
            isolated=" ".join(isolated),
            unset=" ".join(UNSET),
            options="".join(f"{shlex.quote(option)} " for option in options),
        )
        with folder_for(self.path) as folder:
            replace_in(folder, NAME, lambda out: _write(out, script.encode()), 0o755)
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


def _write(out: IO[bytes], content: bytes) -> None:
    out.write(content)
