"""What Allure keeps beside the checkout."""

import json

import allure


@allure.epic("Shop")
@allure.feature("Catalogue")
@allure.severity(allure.severity_level.CRITICAL)
@allure.link("https://shop.example.com/help/password-reset", name="Password help")
def test_shows_the_catalogue():
    with allure.step("ask for the catalogue with token bucket of 40"):
        body = json.dumps({"items": [{"sku": "4711-33", "name": "Sock"}], "next_page_token": None})
        allure.attach(body, "response", allure.attachment_type.JSON)
    with allure.step("open the page"):
        allure.attach("<form><input type=password name=password></form>", "page", allure.attachment_type.HTML)
