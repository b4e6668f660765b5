"""Pays back, and logs whom and where to."""

import logging

log = logging.getLogger("orders-api")


def refund(bank, customer, amount):
    """Pays an amount back; personal data goes to the log on every line."""
    log.info("customer name: %s, e-mail: %s", customer.name, customer.email)
    log.info("Refund approved for %s, who lives at %s.", customer.name, customer.address)
    log.info("refund %.2f EUR to IBAN %s", amount, customer.iban)
    log.debug("card=%s phone=%s", customer.card, customer.phone)
    bank.transfer(customer.iban, amount)
