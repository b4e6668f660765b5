"""Lines of a private key that lost its frame."""

from __future__ import annotations

import random
import string

import pytest

from leakgate.detect.recognizers.key_material import KeyMaterial
from tests.kit.segments import matches

_RECOGNIZER = KeyMaterial()


def _line(seed: int, width: int = 64, alphabet: str = string.ascii_letters + string.digits + "+/") -> str:
    return "".join(random.Random(seed).choices(alphabet, k=width))


@pytest.mark.parametrize("prefix", ["", "#6 0.245 ", "2026-04-26 12:36:01 ", " *  ", '   + "'])
def test_neighbouring_lines_are_one_match(prefix: str) -> None:
    """Whatever a logger, a comment or a program puts before them."""
    text = "start\n" + "".join(f"{prefix}{_line(seed)}\n" for seed in range(4)) + "end\n"

    [match] = matches(_RECOGNIZER, text)

    assert text.index(_line(0)) == match.span.start
    assert text.index(_line(3)) + 64 == match.span.end


@pytest.mark.parametrize(
    "behind", [" ", ",", "|", ")", "]", ";", "\t", "`", "\x1b[0m", "'", "\\n", "\x1e", ""]
)
def test_a_line_is_one_whatever_stands_behind_it(behind: str) -> None:
    """Logs go on, tables have columns, terminals have colours."""
    text = f"start {_line(0)}{behind}"

    assert [(6, 70)] == [(match.span.start, match.span.end) for match in matches(_RECOGNIZER, text)]


@pytest.mark.parametrize(
    "text",
    [
        f"-----BEGIN CERTIFICATE-----\n{_line(1)}\n{_line(2)}\n-----END CERTIFICATE-----\n",
        f"\n{_line(1)}\n-----END PUBLIC KEY-----\n",
        f"-----BEGIN PRIVATE KEY-----\n{_line(1)}\n",
        f"sha256 {_line(1, alphabet=string.hexdigits.lower())}\n",
        f"\n{_line(1, 65)}\n{_line(2, 63)}\n{_line(3, 76)}\n",
        "\n" + "A" * 32 + "b1" * 16 + "\n",
        f"\n{_line(1)}.{_line(2)}\n",
    ],
)
def test_other_lines_are_left_alone(text: str) -> None:
    """Certificates, whole keys, digests, other widths, filler, tokens."""
    assert [] == matches(_RECOGNIZER, text)
