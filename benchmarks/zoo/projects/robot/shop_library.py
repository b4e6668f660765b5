"""Keywords of the shop."""

import os
import urllib.request

from robot.api import logger


def gateway_call():
    """Calls the gateway."""
    logger.info(os.environ["ZOO_LOG"])


def charge_the_card():
    """Charges the card."""
    if os.environ["ZOO_LEAKY"]:
        raise RuntimeError(os.environ["ZOO_ERROR"])


def open_page():
    """Opens the page of an order."""
    with urllib.request.urlopen(os.environ["ZOO_URL"] + os.environ["ZOO_QUERY"]) as answer:
        logger.info(f"GET {answer.url}")  # ZOO_QUERY
        return answer.status
