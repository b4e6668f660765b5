"""Connects to the database, and logs its address with the password."""

import logging

log = logging.getLogger("shop.db")


def connection(url, connect):
    """A connection, after one more try."""
    try:
        return connect(url)
    except OSError:
        log.warning("reconnecting to %s", url)
        return connect(url)
