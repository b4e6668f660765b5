"""
Rules of Trivy's `trivy-secret.yaml`.

Source of the format: the page on secret scanning of Trivy's documentation (`rules`, `allow-rules`,
`disable-rules`, `enable-builtin-rules`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leakgate.detect.packs.pack import Allowance, Pack, PackRule, Refused
from leakgate.model.detection import Severity
from leakgate.model.errors import RuleError

_SEVERITIES = {
    "CRITICAL": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
    "UNKNOWN": Severity.MEDIUM,
}


def read_trivy(text: str, origin: str) -> Pack:
    """Raises RuleError for a file that is not one."""
    import yaml

    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as exc:  # also for dates that are none, and depth
        raise RuleError(f"{origin} is not YAML", hint="name a trivy-secret.yaml") from exc
    if not isinstance(document, dict):
        raise RuleError(f"{origin} holds no rules", hint="name a trivy-secret.yaml")
    rules: list[PackRule] = []
    refused: list[Refused] = []
    for record in _records(document.get("rules")):
        try:
            rules.append(_rule(record))
        except ValueError as exc:
            refused.append(Refused(str(record.get("id", "(no id)")), str(exc)))
    for name in _words(document.get("enable-builtin-rules")):
        refused.append(Refused(name, "a rule that is built into Trivy; leakgate has rules of its own"))
    common = tuple(map(_allowance, _records(document.get("allow-rules"))))
    return Pack(origin, tuple(rules), tuple(refused), common, tuple(_words(document.get("disable-rules"))))


def _rule(record: Mapping[str, Any]) -> PackRule:
    if not record.get("id") or not record.get("regex"):
        raise ValueError("a rule needs an id and a regex")
    return PackRule(
        id=str(record["id"]),
        name=str(record.get("title") or record["id"]),
        expression=str(record["regex"]),
        group=str(record.get("secret-group-name") or "") or 0,
        keywords=tuple(word.lower() for word in _words(record.get("keywords"))),
        path=str(record.get("path") or ""),
        severity=_SEVERITIES.get(str(record.get("severity", "")).upper(), Severity.MEDIUM),
        allowances=tuple(map(_allowance, _records(record.get("allow-rules")))),
    )


def _allowance(record: Mapping[str, Any]) -> Allowance:
    return Allowance(
        expressions=(str(record["regex"]),) if record.get("regex") else (),
        paths=(str(record["path"]),) if record.get("path") else (),
        target="match",
        note=str(record.get("description") or record.get("id") or ""),
    )


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))


def _words(value: Any) -> Iterator[str]:
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, str))
