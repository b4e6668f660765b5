"""
Clauses by path, against the one form of names that a run has: what blocks under another spelling blocks.

Never touches the file system: whoever knows the run says how its names could be spelled otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from leakgate.model.finding import Location
from leakgate.model.verdict import Action
from leakgate.policy.clauses import Clause, When
from leakgate.policy.globs import place_matches
from leakgate.policy.policy import Policy

Aliases = Sequence[tuple[str, str]]


def with_spellings(policy: Policy, aliases: Aliases) -> Policy:
    """The policy whose globs also cover what they cover under another spelling, where that is stricter.

    An alias (`sub`, ``) says that `sub/out/a.log` could be called `out/a.log`, ("", "/builds/shop") that it
    could be called `/builds/shop/sub/out/a.log`.
    """
    rules = policy.acceptance
    return replace(
        policy,
        clauses=tuple(
            replace(one, when=_respelled(one.when, aliases)) if one.action is Action.BLOCK else one
            for one in policy.clauses
        ),
        budgets=tuple(replace(one, when=_respelled(one.when, aliases)) for one in policy.budgets),
        acceptance=replace(
            rules,
            never_waived=rules.never_waived and _respelled(rules.never_waived, aliases),
            never_baselined=rules.never_baselined and _respelled(rules.never_baselined, aliases),
        ),
    )


def _respelled(when: When, aliases: Aliases) -> When:
    if when.path is None:
        return when
    more = (glob for given in when.path if "/" in given for glob in _spellings(given, aliases))
    return replace(when, path=tuple(dict.fromkeys((*when.path, *more))))


def _spellings(glob: str, aliases: Aliases) -> Iterator[str]:
    for name, other in aliases:
        rest = _below(_segments(glob), _segments(other))
        if rest:
            yield "/".join([*_segments(name), *rest])


def _below(glob: list[str], folder: list[str]) -> list[str] | None:
    """What is left of a glob behind a folder; None where it covers nothing there."""
    for at, name in enumerate(folder):
        if at < len(glob) and glob[at] == "**":
            return glob[at:]
        if at >= len(glob) or not fnmatchcase(name, glob[at]):
            return None
    rest = glob[len(folder) :]
    return None if rest[:1] == [""] else rest  # an absolute glob is relative to nothing


def _segments(text: str) -> list[str]:
    head = [""] if text.startswith("/") else []
    return head + [part for part in text.split("/") if part not in ("", ".")]


class Unmatched:
    """Clauses by path that no name has met so far; `policy` is as written, `judging` as it judges."""

    def __init__(self, policy: Policy, judging: Policy) -> None:
        self._written = {one.id: one.when.path or () for one in policy.clauses}
        self._clauses: list[Clause] = [one for one in judging.clauses if one.when.path is not None]

    def see(self, path: str, members: tuple[str, ...] = ()) -> None:
        if self._clauses:
            place = Location(path, members, 0, 0)
            self._clauses = [one for one in self._clauses if not _covers(one, place)]

    def told(self, *, members: bool) -> tuple[str, ...]:
        """A sentence for each; with `members` of archives, whose names are not known, none by name alone."""
        return tuple(
            f"Clause {one.id} speaks of {_listed(self._written[one.id])}, and nothing that was scanned is "
            "called so: check how it is spelled."
            for one in self._clauses
            if not (members and any("/" not in glob for glob in self._written[one.id]))
        )


def _covers(clause: Clause, place: Location) -> bool:
    """Of a glob into an archive only the archive counts."""
    return any(place_matches(place, glob.split("!/")[0]) for glob in clause.when.path or ())


def _listed(globs: Iterable[str]) -> str:
    return ", ".join(f"`{''.join(c if c.isprintable() else '?' for c in glob[:100])}`" for glob in globs)
