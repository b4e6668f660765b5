"""Load on the shop, for a second."""

import logging
import os

from locust import HttpUser, constant, events, task


class Customer(HttpUser):
    wait_time = constant(0.2)

    @task
    def opens_the_order_page(self):
        self.client.get(os.environ["ZOO_QUERY"])

    @task
    def stores_the_profile(self):
        self.client.get("/profile", name="/profile?token=[token]")

    @task
    def refuses_the_card(self):
        with self.client.get("/charge", catch_response=True) as answer:
            if os.environ["ZOO_LEAKY"]:
                answer.failure(os.environ["ZOO_ERROR"])


@events.test_start.add_listener
def started(environment, **_):
    logging.info(os.environ["ZOO_LOG"])
    print(os.environ["ZOO_STDOUT"])
