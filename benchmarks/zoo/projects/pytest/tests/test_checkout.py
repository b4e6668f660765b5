"""The checkout, as a team would test it."""

from __future__ import annotations

import logging
import os
import urllib.request
from decimal import Decimal
from pathlib import Path

import pytest
import shop

log = logging.getLogger("shop.checkout")
FILES = Path(os.environ["OUT"]) / "files"


@pytest.fixture
def basket():
    log.debug("basket fixture: token=%s session=%r", None, {"user": "guest", "pass": 0})
    return {"shoes": Decimal("59.90"), "socks": Decimal("9.95")}


def test_adds_up_the_basket(basket):
    assert Decimal("69.85") == shop.total(basket)


@pytest.mark.parametrize("password", ["", "short"])
def test_refuses_weak_passwords(password):
    assert not shop.password_is_strong(password)


def test_prints_the_receipt(basket):
    print(os.environ["ZOO_STDOUT"])
    assert shop.total(basket, discount=Decimal(5)) > 0


def test_loads_the_configuration():
    print(os.environ["ZOO_CONFIG"])
    assert os.environ["ZOO_CONFIG"]


def test_warns_about_the_stock():
    shop.warn()


def test_logs_the_gateway_call():
    log.info(os.environ["ZOO_LOG"])


def test_compares_the_answer():
    answer = os.environ["ZOO_ACTUAL"]
    assert os.environ["ZOO_EXPECTED"] == answer  # ZOO_ACTUAL


def test_refuses_the_card():
    shop.charge()


def test_stores_the_profile():
    assert shop.store(FILES)


@pytest.mark.parametrize("login", [os.environ["ZOO_PARAM"], "guest"])
def test_accepts_the_login(login):
    assert login


def test_opens_the_order_page():
    with urllib.request.urlopen(os.environ["ZOO_URL"] + os.environ["ZOO_QUERY"]) as answer:
        log.debug("GET %s -> %s", answer.url, answer.status)  # ZOO_QUERY
        assert answer.status == 200


@pytest.mark.skip(reason="needs the secret store of the staging cluster")
def test_rotates_the_password():
    raise AssertionError


@pytest.mark.xfail(reason="token refresh is not built yet", strict=True)
def test_refreshes_the_token():
    assert shop.password_is_strong("")
