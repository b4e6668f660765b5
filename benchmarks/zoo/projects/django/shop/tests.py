"""The checkout as Django tests it."""

import logging
import os
from pathlib import Path

from django.contrib.auth.models import User
from django.core.serializers import serialize
from django.test import Client, TestCase

log = logging.getLogger("django.shop")


class CheckoutTest(TestCase):
    def test_prints_the_receipt(self):
        print(os.environ["ZOO_STDOUT"])

    def test_loads_the_configuration(self):
        print(os.environ["ZOO_CONFIG"])

    def test_logs_the_gateway_call(self):
        log.warning(os.environ["ZOO_LOG"])

    def test_compares_the_answer(self):
        self.assertEqual(os.environ["ZOO_EXPECTED"], os.environ["ZOO_ACTUAL"])

    def test_refuses_the_card(self):
        answer = Client(raise_request_exception=False).get("/charge", headers={"accept": "text/html"})
        (Path(os.environ["OUT"]) / "error.html").write_bytes(answer.content)
        self.assertEqual(answer.status_code, 500)

    def test_opens_the_order_page(self):
        self.client.get(os.environ["ZOO_QUERY"])

    def test_stores_the_profile(self):
        user = User.objects.create_user("guest", first_name="", password=None)
        user.email = os.environ["ZOO_PARAM"]
        user.save()
        (Path(os.environ["OUT"]) / "fixture.json").write_text(serialize("json", User.objects.all(), indent=1))
        (Path(os.environ["OUT"]) / "profile.json").write_text(os.environ["ZOO_BODY"])
