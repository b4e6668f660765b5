"""A small shop: what is tested."""

from __future__ import annotations

import logging
import os
import sys
from decimal import Decimal
from pathlib import Path

log = logging.getLogger("shop.gateway")


def total(basket: dict[str, Decimal], *, discount: Decimal = Decimal(0)) -> Decimal:
    """The sum of a basket less the discount."""
    amount = sum(basket.values(), Decimal(0))
    if discount > amount:
        raise ValueError("discount is more than the basket is worth")
    return amount - discount


def password_is_strong(password: str) -> bool:
    """At least twelve characters, one of them no letter."""
    return len(password) >= 12 and not password.isalpha()


def charge() -> None:
    """Refuses the card where the gateway says so."""
    if os.environ["ZOO_LEAKY"]:
        raise RuntimeError(os.environ["ZOO_ERROR"])
    log.warning(os.environ["ZOO_ERROR"])


def store(directory: Path) -> str:
    """Writes the profile and returns it."""
    body = os.environ["ZOO_BODY"]
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "profile.json").write_text(body)
    return body


def warn() -> None:
    """Says on standard error that the stock is low."""
    print(os.environ["ZOO_STDERR"], file=sys.stderr)
