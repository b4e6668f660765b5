"""Made-up values with valid check digits, put together at run time."""

from __future__ import annotations

import string
from hashlib import sha256


def luhn_completed(digits: str) -> str:
    """`digits` and the check digit of ISO/IEC 7812."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def iban(country: str, account: str) -> str:
    """An IBAN with its check digits by ISO 13616."""
    letters = {char: str(number) for number, char in enumerate(string.digits + string.ascii_uppercase)}
    number = int("".join(letters[char] for char in account + country + "00"))
    return f"{country}{98 - number % 97:02}{account}"


def random_text(alphabet: str, length: int, seed: str = "a") -> str:
    """Reproducible characters that look random."""
    stream = b"".join(sha256(f"{seed}{block}".encode()).digest() for block in range(length // 32 + 1))
    return "".join(alphabet[byte % len(alphabet)] for byte in stream[:length])


ALPHANUMERIC = string.ascii_letters + string.digits
