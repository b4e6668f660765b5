"""What is no secret, and why; what looks like one, and how sure."""

from __future__ import annotations

import base64
import time

import pytest

from leakgate.detect.plausibility.credential import Kind, judge
from leakgate.detect.plausibility.entropy import shannon
from leakgate.detect.plausibility.synthetic import synthetic_reason
from leakgate.model.detection import Confidence


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "empty value"),
        ("***", "masked value"),
        ("[secure]", "masked value"),
        ("[MASKED]", "masked value"),
        ("<redacted>", "masked value"),
        ("xxxx-xxxx", "masked value"),
        ("•••••", "masked value"),
        ("*****1234", "masked value"),
        ("${DB_PASSWORD}", "template or variable"),
        ("${{ secrets.TOKEN }}", "template or variable"),
        ("{{ password }}", "template or variable"),
        ("$TOKEN", "template or variable"),
        ("%s", "template or variable"),
        ("%DB_PASSWORD%", "template or variable"),
        ("<YOUR_TOKEN>", "template or variable"),
        ("vault:secret/app#pw", "reference to a secret store or variable"),
        ("os.environ['X']", "reference to a secret store or variable"),
        ("null", "word that stands for no value"),
        ("changeme", "placeholder or sample word"),
        ("test1234", "placeholder or sample word"),
        ("AKIA" + "IOSFODNN7" + "EXAMPLE", "placeholder or sample word"),
        ("1234567890", "sequential characters"),
        ("abcdefghijkl", "sequential characters"),
        ("aaaaaaaaaaaa", "one character repeated"),
        ("abababababab", "short pattern repeated"),
        (base64.b64encode(b'{"k":"Qx7","n":"example"}').decode(), "placeholder or sample word"),
    ],
)
def test_a_known_fake_has_a_named_reason(value: str, reason: str) -> None:
    """The policy sees why a value is let through."""
    assert reason == synthetic_reason(value.encode())


@pytest.mark.parametrize("value", ["hunter2", "Vq8-kRtz91", "$2Xy.p0q!", "c0rrect-h0rse", "p@ss${w0rd"])
def test_a_value_that_could_be_live_has_none(value: str) -> None:
    """Nothing is let through on a hunch."""
    assert synthetic_reason(value.encode()) is None


@pytest.mark.parametrize(
    ("value", "kind", "confidence"),
    [
        ("Vq8-kRtz91Lw", Kind.PASSWORD, Confidence.HIGH),
        ("hunter22", Kind.PASSWORD, Confidence.MEDIUM),
        ("a1b2c3d4e5f60718293a4b5c6d7e8f90", Kind.KEY, Confidence.HIGH),
        ("zZWN1pUtxbhQZ8wcrQwAf0MPW7B1Duuv", Kind.KEY, Confidence.HIGH),
    ],
)
def test_what_looks_made_to_be_secret_is_believed(value: str, kind: Kind, confidence: Confidence) -> None:
    """The more signals agree, the surer."""
    verdict = judge(value.encode(), kind, quoted=True)

    assert verdict is not None
    assert confidence is verdict.confidence


@pytest.mark.parametrize(
    "value",
    [
        "getPassword()",
        "settings.DATABASE.password",
        "com.acme.PasswordEncoder@e4a7d52a",
        "/run/secrets/token",
        "https://auth.corp.test/token",
        "sha256:0123456789abcdef",
        "token_authentication",
        "RefreshTokenScheduler",
        "12:34:56,789",
        "is-not-a-secret-at-all",
        "ab:cd:ef:01:23:45:67:89",
    ],
)
def test_what_stands_behind_such_names_without_being_secret_is_not(value: str) -> None:
    """Calls, paths, classes, digests and words are no keys."""
    assert judge(value.encode(), Kind.KEY, quoted=False) is None


def test_entropy_is_in_bits_per_character() -> None:
    """Four equally frequent characters carry two bits each."""
    assert pytest.approx(2.0) == shannon(b"abcdabcd")
    assert pytest.approx(0.0) == shannon(b"")


@pytest.mark.parametrize(
    "value", [b"x" * 4000 + b"a1", b"***" * 900 + b"z", b"ab" * 3000, b"$" * 5000, b"<" * 5000]
)
def test_a_hostile_value_does_not_stall_the_judgement(value: bytes) -> None:
    """No expression backtracks exponentially: the answer comes at all."""
    synthetic_reason(value)
    judge(value[:4096], Kind.KEY, quoted=True)


def test_words_are_told_in_linear_time() -> None:
    """Hundreds of single letters with marks between them are read one way, not two to the power of them."""
    began = time.process_time()

    judge(b"npm" + b"_m" * 5000 + b"_7", Kind.KEY, quoted=True)

    assert time.process_time() - began < 1
