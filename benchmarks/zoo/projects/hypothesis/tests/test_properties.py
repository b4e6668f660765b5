"""Properties of the shop, by hypothesis."""

from decimal import Decimal

import shop
from hypothesis import given, note, settings
from hypothesis import strategies as st


@settings(max_examples=50, print_blob=True)
@given(text=st.text(max_size=8))
def test_short_passwords_are_weak(text):
    note(f"tried {text!r} as a password")
    assert not shop.password_is_strong(text)


@given(prices=st.lists(st.decimals(0, 999, places=2), max_size=5))
def test_totals_are_not_negative(prices):
    assert shop.total({str(i): p for i, p in enumerate(prices)}) >= Decimal(0)
