"""Every validator that a rule file may name."""

from __future__ import annotations

from collections.abc import Mapping

from leakgate.detect.validators import github, jwt, keys
from leakgate.detect.validators.outcome import Validator
from leakgate.model.errors import RuleError

VALIDATORS: Mapping[str, Validator] = {
    "github_checksum": github.checksummed,
    "jwt": jwt.token,
    "private_key": keys.private_key,
}


def validator(name: str) -> Validator:
    """Raises RuleError for a name that is not in the table."""
    try:
        return VALIDATORS[name]
    except KeyError:
        known = ", ".join(sorted(VALIDATORS))
        raise RuleError(f"no validator {name!r}", hint=f"there are {known}") from None
