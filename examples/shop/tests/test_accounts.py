"""A test that uses made-up people, as it should."""


def test_sign_up(shop):
    assert shop.post("/v1/accounts").status == 201
