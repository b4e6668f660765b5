"""Sets up the verification that `--verify` asks for, with the addresses of the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from leakgate.model.errors import UsageError

if TYPE_CHECKING:
    from leakgate.verify.liveness import Verification


def open_verification() -> Verification:
    """`LEAKGATE_VERIFY_URLS` holds `provider=https://…` pairs, separated by blanks. Raises UsageError."""
    from leakgate.verify.liveness import Verification
    from leakgate.verify.registry import ADDRESSES, verifiers

    addresses = {}
    for pair in os.environ.get("LEAKGATE_VERIFY_URLS", "").split():
        name, equals, url = pair.partition("=")
        if name not in ADDRESSES or not equals:
            raise UsageError(
                "LEAKGATE_VERIFY_URLS names no provider that can be asked",
                hint=f"write provider=https://…; there are {', '.join(ADDRESSES)}",
            )
        addresses[name] = url
    return Verification(verifiers(addresses))
