"""The tests that the example run is of."""


def test_pays_by_card(shop):
    assert shop.post("/v1/orders").status == 201


def test_restores_cart(shop):
    assert shop.get("/v1/cart").items
