"""Tokens that look live, built at run time: no file of the project holds one."""

from __future__ import annotations

from leakgate.detect.rules.examples import expand


def github(seed: int = 0) -> str:
    """A classic personal access token with the right checksum."""
    return expand("gh" + "p_{alnum:30}{crc32:6}", seed)


def password(seed: int = 0) -> str:
    """What a careful person would choose."""
    return expand("Vq8-{letter:6}!{digit:3}{letter:4}", seed)


def aws_secret(seed: int = 0) -> str:
    """Forty characters as AWS makes them."""
    return expand("{base64:40}", seed)
