"""Every validator that a rule file may name."""

from __future__ import annotations

from collections.abc import Mapping

from leakgate.detect.validators import bech32, github, gitlab, jwt, keys, macaroon, plausible
from leakgate.detect.validators.outcome import Validator
from leakgate.model.errors import RuleError

VALIDATORS: Mapping[str, Validator] = {
    "base64_text": plausible.base64_text,
    "bech32": bech32.checksummed,
    "github_checksum": github.checksummed,
    "gitlab_routable": gitlab.routable,
    "jwt": jwt.token,
    "macaroon": macaroon.whole,
    "private_key": keys.private_key,
    "basic_credentials": plausible.basic_credentials,
    "machine_made": plausible.machine_made,
    "password": plausible.password,
}


def validator(name: str) -> Validator:
    """Raises RuleError for a name that is not in the table."""
    try:
        return VALIDATORS[name]
    except KeyError:
        known = ", ".join(sorted(VALIDATORS))
        raise RuleError(f"no validator {name!r}", hint=f"there are {known}") from None
