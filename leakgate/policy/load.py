"""
Policies by name or file: layers along `extends`, merged into one resolved policy.

Never judges; never reads anything but policy files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from leakgate.model.detection import Category
from leakgate.model.errors import PolicyError
from leakgate.model.gap import GapReason
from leakgate.model.limits import Limits
from leakgate.model.records import dataclass
from leakgate.model.result import PolicyIdentity
from leakgate.model.selection import Selection
from leakgate.policy.acceptance import AcceptanceRules, rules_from
from leakgate.policy.budgets import override
from leakgate.policy.clauses import CoverageClause
from leakgate.policy.document import COVERAGE_DEFAULTS
from leakgate.policy.layers import Layer, Setting, layer_of, read_layer, when_of
from leakgate.policy.locales import expanded
from leakgate.policy.nodes import MAX_BYTES, quoted
from leakgate.policy.policy import Policy, digest_of
from leakgate.policy.shapes import nearest
from leakgate.policy.shipped import NAMES
from leakgate.policy.stages import at_stage, merged_clauses, merged_stages
from leakgate.policy.trees import shipped_tree

BUILTIN = "builtin"
MAX_LAYERS = 10
DEFAULT_LOCALES = ("us", "gb", "eu")

ReadFile = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Reference:
    """A policy to be read: a shipped one, or a file."""

    name: str
    is_file: bool

    @property
    def source(self) -> str:
        return self.name if self.is_file else f"{BUILTIN}:{self.name}"


def load_policy(name_or_path: str, *, text: str | None = None, read: ReadFile | None = None) -> Policy:
    """
    The resolved policy of that name or file. Raises PolicyError, and nothing else, whatever the input.

    `text` replaces the content of the file, say when it was taken from a protected git ref. Then `extends`
    leads to shipped policies alone, unless `read` tells how to get the bytes of a file from the same
    trusted place: the working tree must not be able to relax a policy that was read from elsewhere.
    """
    reference = _Reference(name_or_path, is_file=True) if text is not None else _refer(name_or_path)
    opener = read or (_refuse_file if text is not None else _read_file)
    first = _layer(reference, opener) if text is None else read_layer(text, reference.source)
    return _resolve(first, reference, _with_parents(first, reference, opener))


def _refer(name: str) -> _Reference:
    if name in NAMES:
        return _Reference(name, is_file=False)
    if _looks_like_file(name) or _exists(name):
        return _Reference(name, is_file=True)
    raise PolicyError(
        f"no policy {quoted(name)}", hint=f"{nearest(name, NAMES)}; a file needs its .yaml or a `/`"
    )


def _name_hint(name: str) -> str:
    return f"{nearest(name, NAMES)} (a file is named with its .yaml, or a `/`)"


def _looks_like_file(name: str) -> bool:
    return "/" in name or "\\" in name or name.lower().endswith((".yaml", ".yml"))


def _exists(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _layer(reference: _Reference, read: ReadFile, where: str = "") -> Layer:
    """`where` is the place of an `extends` that names it, for messages."""
    if not reference.is_file:
        return layer_of(shipped_tree(reference.name, reference.source), reference.source)
    return read_layer(_text(reference, read, where), reference.source)


def _text(reference: _Reference, read: ReadFile, where: str) -> str:
    shown = where or quoted(reference.name)
    try:
        raw = read(reference.name)
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or "not a path"
        raise PolicyError(f"{shown}: the policy cannot be read: {reason}", hint="check the path") from exc
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise PolicyError(f"{shown}: the policy is not valid UTF-8", hint="save it as UTF-8") from exc


def _read_file(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)  # one more than allowed: the parser says that it is too long


def _refuse_file(_path: str) -> bytes:
    raise PolicyError(
        "a file cannot be extended from here",
        hint="a policy that was not read from the working tree can extend shipped policies only",
    )


def _with_parents(first: Layer, reference: _Reference, read: ReadFile) -> tuple[Layer, ...]:
    """The layers from `first` up to the one that extends nothing."""
    layers, seen = [first], [_identity(reference)]
    while (layer := layers[-1]).extends is not None:
        where = f"{layer.source}:{layer.extends_line}: extends"
        parent = _parent(layer, reference, where)
        if _identity(parent) in seen or len(layers) >= MAX_LAYERS:
            raise PolicyError(
                f"{where}: a circle, or over {MAX_LAYERS} policies deep", hint="remove `extends`"
            )
        seen.append(_identity(parent))
        layers.append(_layer(parent, read, where))
        reference = parent
    return tuple(layers)


def _identity(reference: _Reference) -> str:
    if not reference.is_file:
        return reference.source
    try:
        return str(Path(reference.name).resolve())
    except (OSError, ValueError, RuntimeError):
        return reference.name


def _parent(layer: Layer, reference: _Reference, where: str) -> _Reference:
    name = layer.extends or ""
    if name in NAMES:
        return _Reference(name, is_file=False)
    if not _looks_like_file(name):
        raise PolicyError(f"{where}: no such policy", hint=_name_hint(name))
    folder = PurePath(reference.name).parent if reference.is_file else PurePath()
    return _Reference((folder / name).as_posix(), is_file=True)


def _resolve(first: Layer, reference: _Reference, layers: tuple[Layer, ...]) -> Policy:
    clauses = merged_clauses([layer.clauses for layer in layers])
    settings: dict[str, Setting] = {}
    for layer in reversed(layers):
        settings.update(layer.settings)
    detect, coverage, limits = _detect(settings), _coverage(settings), _limits(settings, first.source)
    acceptance = _acceptance(settings)
    name = first.name or _name_of(reference)
    source = reference.name if reference.is_file else BUILTIN
    policy = Policy(
        identity=PolicyIdentity(name, "", source),
        detect=detect,
        clauses=clauses,
        coverage=coverage,
        limits=limits,
        description=first.description or "",
        origins=tuple((key, setting.origin) for key, setting in sorted(settings.items())),
        acceptance=acceptance,
        budgets=override([layer.budgets for layer in layers]),
        stages=merged_stages([layer.stages for layer in layers]),
        default_stage=next((layer.default_stage for layer in layers if layer.default_stage), None),
    )
    if policy.default_stage is not None:
        at_stage(policy, None)  # raises where there is no such stage
    return replace(policy, identity=replace(policy.identity, digest=digest_of(policy)))


def _name_of(reference: _Reference) -> str:
    stem = PurePath(reference.name).stem[:100]
    return stem if stem.isprintable() and stem else "policy"


def _detect(settings: Mapping[str, Setting]) -> Selection:
    def of(key: str, default: Any) -> Any:
        setting = settings.get(f"detect.{key}")
        return default if setting is None else setting.value

    return Selection(
        categories=frozenset(of("categories", Category)),
        disabled_rules=of("rules.exclude", ()),
        enabled_entities=of("entities.only", ()),
        disabled_entities=of("entities.exclude", ()),
        locales=expanded(of("locales", DEFAULT_LOCALES)),
        nlp_entities=of("nlp.entities", ()),
        sensitive_fields=of("sensitive_fields", ()),
    )


def _coverage(settings: Mapping[str, Setting]) -> tuple[CoverageClause, ...]:
    return tuple(_coverage_clause(reason, settings.get(f"coverage.{reason}")) for reason in GapReason)


def _coverage_clause(reason: GapReason, setting: Setting | None) -> CoverageClause:
    if setting is None:
        return CoverageClause(reason, COVERAGE_DEFAULTS[reason])
    return CoverageClause(reason, setting.value, setting.origin)


def _acceptance(settings: Mapping[str, Setting]) -> AcceptanceRules:
    section = "acceptance."
    return rules_from(
        {key[len(section) :]: one.value for key, one in settings.items() if key.startswith(section)}, when_of
    )


def _limits(settings: Mapping[str, Setting], source: str) -> Limits:
    section = "limits."
    given: dict[str, Any] = {
        key[len(section) :]: one.value for key, one in settings.items() if key.startswith(section)
    }
    limits = replace(Limits(), **given)
    if limits.slice_overlap * 2 > limits.slice_bytes:
        origin = settings.get("limits.slice_overlap") or settings.get("limits.slice_bytes")
        where = f"{origin.origin.source}:{origin.origin.line}" if origin else source
        raise PolicyError(
            f"{where}: limits.slice_overlap is over half of limits.slice_bytes",
            hint=f"slice_bytes is {limits.slice_bytes}: make it larger, or the overlap smaller",
        )
    return limits
