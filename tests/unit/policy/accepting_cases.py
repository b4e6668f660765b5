"""Waivers, baselines and findings for tests of acceptance, built from a few words."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

from leakgate.model.finding import Finding
from leakgate.model.verdict import Verdict
from leakgate.policy.accepting import Accepted
from leakgate.policy.baseline import Baseline
from leakgate.policy.evaluate import evaluate
from leakgate.policy.policy import Policy
from leakgate.policy.waivers import Waiver, read_waivers
from tests.unit.policy.cases import SOMETHING, policy

TODAY = date(2030, 6, 15)
BLOCK_ALL = "{id: all, when: {}, then: block}"


def fingerprint(number: int = 0) -> str:
    return f"lg1:{number:032x}"


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def waiver_text(**fields: str) -> str:
    """A file with one waiver that holds, but for what `fields` say; an empty value leaves a key out."""
    usual = {
        "fingerprint": fingerprint(),
        "reason": "old test data",
        "owner": "olga",
        "approver": "ada",
        "created": day(-10),
        "expires": day(60),
    }
    written = {key: value for key, value in (usual | fields).items() if value}
    lines = "\n    ".join(f"{key}: {value}" for key, value in written.items())
    return f"version: 1\nwaivers:\n  - {lines}\n"


def waiver(**fields: str) -> Waiver:
    [one] = read_waivers(waiver_text(**fields), "waivers.yaml")
    return one


def scoped(scope: str, **fields: str) -> Waiver:
    return waiver(fingerprint="", scope=scope, **fields)


def baseline(*fingerprints: str) -> Baseline:
    entries = MappingProxyType(dict.fromkeys(fingerprints, "forge-token"))
    return Baseline("ab" * 16, entries, None, ".leakgate/baseline")


def judge(
    *findings: Finding,
    waivers: tuple[Waiver, ...] = (),
    known: Baseline | None = None,
    by: Policy | None = None,
    owners: tuple[str, ...] = (),
) -> Verdict:
    """The verdict of a policy that blocks everything, unless `by` another."""
    accepted = Accepted(waivers, known, owners, TODAY)
    return evaluate(by or policy(BLOCK_ALL), findings, [], SOMETHING, accepted=accepted)
