"""A test that sends a request and prints it."""


def test_uploads_notes(forge):
    assert forge.get("/repos/shop/releases").status == 200
