"""Steps of the checkout."""

import logging
import os
import sys
import urllib.request
from pathlib import Path

from behave import given, then, when

log = logging.getLogger("shop")


@given("a customer without a password")
def customer(context):
    context.password = None


@when('the shop writes "{name}" to standard output')
def writes(context, name):
    print(os.environ[name])  # ZOO_STDOUT ZOO_CONFIG


@when('the shop writes "{name}" to standard error')
def warns(context, name):
    print(os.environ[name], file=sys.stderr)  # ZOO_STDERR


@when('the shop logs "{name}"')
def logs(context, name):
    log.warning(os.environ[name])  # ZOO_LOG


@when("the card is charged")
def charges(context):
    if os.environ["ZOO_LEAKY"]:
        raise RuntimeError(os.environ["ZOO_ERROR"])


@when("the profile is stored")
def stores(context):
    body = os.environ["ZOO_BODY"]
    (Path(os.environ["OUT"]) / "profile.json").write_text(body)
    if context.config.format and "json" in str(context.config.format):
        context.attach("application/json", body.encode())


@when("the order page is opened")
def opens(context):
    with urllib.request.urlopen(os.environ["ZOO_URL"] + os.environ["ZOO_QUERY"]) as answer:
        print("GET", answer.url, answer.status)  # ZOO_QUERY


@then("the answer is the expected one")
def compares(context):
    expected, answer = os.environ["ZOO_EXPECTED"], os.environ["ZOO_ACTUAL"]
    assert expected == answer, f"expected {expected!r}, got {answer!r}"  # ZOO_ACTUAL


@then("the basket is paid")
def paid(context):
    assert context.password is None


@then('the password "{password}" is weak')
def weak(context, password):
    assert len(password) < 12
