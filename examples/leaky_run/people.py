"""
Customers who do not exist, with numbers whose check digits are right.

Names are put together from two lists, domains are invented, phone numbers come from the range
that the German regulator keeps for films.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_FIRST = ("Ottilie", "Marten", "Siobhan", "Ludmila", "Henrik", "Rosalind", "Tobias", "Amelia")
_LAST = ("Vandermolen", "Castellaw", "Lindqvister", "Brackenbury", "Hollenstein", "Marchetti", "Okonjo")
_STREETS = ("Harrow Lane", "Mill Road", "Station Street", "Chapel Hill")
_CITIES = ("Leeds", "Bristol", "Rotterdam", "Hamburg")
_DOMAINS = ("brevkasten-nord", "postfach-suedwest", "mailhaus-lindau")


@dataclass(frozen=True, slots=True)
class Customer:
    name: str
    email: str
    phone: str
    street: str
    city: str
    iban: str
    card: str


def customers(rng: Random, count: int) -> tuple[Customer, ...]:
    """At most as many as there are last names; no two share a name."""
    pairs = zip(rng.sample(_FIRST, count), rng.sample(_LAST, count), strict=True)
    return tuple(_customer(rng, first, last) for first, last in pairs)


def iban(rng: Random) -> str:
    """A German IBAN; check digits by ISO 7064 MOD 97-10."""
    account = "".join(rng.choices("123456789", k=18))
    check = 98 - int(account + "131400") % 97  # D=13, E=14, then 00 in place of the check digits
    return f"DE{check:02d}{account}"


def card(rng: Random, prefix: str = "4539") -> str:
    """Sixteen digits, the last one by Luhn (ISO/IEC 7812-1)."""
    body = prefix + "".join(rng.choices("0123456789", k=15 - len(prefix)))
    doubled = (int(digit) * (2 if index % 2 == 0 else 1) for index, digit in enumerate(body))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return body + str(-total % 10)


def psp_test_card() -> str:
    """The card that payment providers publish for tests."""
    return "4242" * 4


def _customer(rng: Random, first: str, last: str) -> Customer:
    domain = f"{rng.choice(_DOMAINS)}{rng.randint(11, 99)}.de"
    return Customer(
        name=f"{first} {last}",
        email=f"{first}.{last}@{domain}".lower(),
        phone=f"+49 30 23125 {rng.randint(0, 999):03d}",
        street=f"{rng.randint(2, 98)} {rng.choice(_STREETS)}",
        city=rng.choice(_CITIES),
        iban=iban(rng),
        card=card(rng),
    )
