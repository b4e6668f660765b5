"""Takes cards, and logs more than it should."""

import logging

log = logging.getLogger("shop.payments")


class Declined(Exception):
    """The provider said no."""


def pay(gateway, key, order, customer):
    """Charges an order; the print is what leaks."""
    print(f"payment key {key}")  # noqa: T201 - the leak of the example
    answer = gateway.charge(key, order)
    print(f"POST /v1/orders -> {answer.status}\ncustomer {customer}")  # noqa: T201 - another one
    if answer.status != 201:
        log.error("card declined, order %s", order)
        raise Declined(order)
