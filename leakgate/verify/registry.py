"""Every verifier, in one visible place, with the address that it asks."""

from __future__ import annotations

from collections.abc import Mapping

from leakgate.verify.asking import Host
from leakgate.verify.aws import AwsSts
from leakgate.verify.bearers import Gitlab, Npm, Pypi, Slack, Stripe
from leakgate.verify.github import Github
from leakgate.verify.liveness import Verifier

# Provider: address; each can be another one, for instances of one's own.
ADDRESSES: Mapping[str, str] = {
    "github": "https://api.github.com",
    "gitlab": "https://gitlab.com",
    "slack": "https://slack.com",
    "stripe": "https://api.stripe.com",
    "npm": "https://registry.npmjs.org",
    "pypi": "https://upload.pypi.org",
    "aws": "https://sts.amazonaws.com",
}


def verifiers(addresses: Mapping[str, str] | None = None, *, pause: float = 0.5) -> tuple[Verifier, ...]:
    """All of them; `addresses` replace those of ADDRESSES. Raises UsageError for one that is not https."""
    hosts = {name: Host(url, pause=pause) for name, url in {**ADDRESSES, **(addresses or {})}.items()}
    return (
        Github(hosts["github"]),
        Gitlab(hosts["gitlab"]),
        Slack(hosts["slack"]),
        Stripe(hosts["stripe"]),
        Npm(hosts["npm"]),
        Pypi(hosts["pypi"]),
        AwsSts(hosts["aws"]),
    )
