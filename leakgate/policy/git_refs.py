"""
Which commit does a name mean? Branches are looked up where branches are, and nowhere else.

Git itself takes the first of `refs/NAME`, `refs/tags/NAME`, `refs/heads/NAME` and `refs/remotes/NAME`:
whoever may push a tag could then say what `origin/main` is. Never follows a symbolic ref out of its folder.
"""

from __future__ import annotations

from leakgate.model.errors import UsageError
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.policy.git_objects import Ask
from leakgate.policy.nodes import quoted

_REF = expression(r"(?!-)[A-Za-z0-9_./@+#=%-]{1,300}")
_STEPS = expression(r"(?:[~^][0-9]{0,6}|\^\{commit\}){0,20}")
_FULL_HASH = expression(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_HASH = expression(r"[0-9a-fA-F]{7,64}")
_FORMAT = "--format=%(refname)%00%(objectname)%00%(*objectname)%00%(symref)"


@dataclass(frozen=True, slots=True)
class _Ref:
    """A ref as it is here; `commit` is behind an annotated tag, `leads_to` is empty unless it is symbolic."""

    name: str
    commit: str
    leads_to: str


def object_named(ask: Ask, ref: str) -> str | None:
    """
    What git is to peel to a commit: a hash, or HEAD, with the steps (`~2`) that `ref` ends in.

    None where this clone has nothing of the name. Raises UsageError for what is no name, for one that is
    ambiguous, and for a tag that is not named as one.
    """
    name, steps = _parted(ref)
    if name in ("HEAD", "@"):
        return f"HEAD{steps}"
    if _FULL_HASH.fullmatch(name):
        return f"{name}{steps}"
    found = _looked_up(ask, name)
    if found is not None:
        return f"{found}{steps}"
    # Git would take a ref or a file of that name before the object.
    begun = ask("rev-parse", f"--disambiguate={name}").split() if _HASH.fullmatch(name) else []
    return f"{begun[0].decode('ascii')}{steps}" if len(begun) == 1 else None


def _parted(ref: str) -> tuple[str, str]:
    at = min((at for at in (ref.find("~"), ref.find("^")) if at >= 0), default=len(ref))
    name, steps = ref[:at], ref[at:]
    if not _REF.fullmatch(name) or not _STEPS.fullmatch(steps) or ".." in name or "@{" in ref:
        raise UsageError(f"{quoted(ref)} is no name of a commit", hint="such as origin/main, or a full hash")
    return name, steps


def _looked_up(ask: Ask, name: str) -> str | None:
    if name.startswith("refs/"):
        return _direct(_refs(ask, [name]).get(name))
    branches = [f"refs/remotes/{name}", f"refs/heads/{name}"]
    others = [f"refs/tags/{name}", f"refs/{name}", f"refs/remotes/{name}/HEAD"]
    refs = _refs(ask, [*branches, *others])
    meant = [_direct(refs[each]) for each in branches if each in refs]
    if not meant:
        _refuse_tag(name, refs)
        return None
    rivals = {*meant, *(refs[each].commit for each in others[:2] if each in refs)}
    if len(rivals) > 1:
        known = ", ".join(each for each in [*branches, *others] if each in refs)
        raise UsageError(
            f"{quoted(name)} means several commits here: {known}",
            hint=f"write the one that is meant in full, such as {known.partition(',')[0]}",
        )
    return meant[0]


def _refuse_tag(name: str, refs: dict[str, _Ref]) -> None:
    if f"refs/tags/{name}" in refs:
        raise UsageError(
            f"{quoted(name)} is a tag here, not a branch",
            hint=f"fetch the branch; or, if only owners may push such a tag, write refs/tags/{name}",
        )


def _direct(ref: _Ref | None) -> str | None:
    """What a ref leads to. Raises UsageError for a symbolic one, unless it is a remote's HEAD."""
    if ref is None:
        return None
    folder = ref.name.rpartition("/")[0]
    is_default = ref.name.startswith("refs/remotes/") and ref.name.endswith("/HEAD")
    if ref.leads_to and not (is_default and ref.leads_to.startswith(f"{folder}/")):
        raise UsageError(
            f"{quoted(ref.name)} is a symbolic ref, which leads elsewhere", hint="name what it leads to"
        )
    return ref.commit


def _refs(ask: Ask, names: list[str]) -> dict[str, _Ref]:
    """Those of exactly these names that are here."""
    found = {}
    for line in ask("for-each-ref", _FORMAT, *names).split(b"\n"):
        parts = line.decode("utf-8", "surrogateescape").split("\0")
        if len(parts) == 4 and parts[0] in names:
            found[parts[0]] = _Ref(parts[0], parts[2] or parts[1], parts[3])
    return found
