"""Wherever a credential stands and whatever stands around it, no report shows a piece of it."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakgate.detect.rules.examples import expand
from leakgate.report.registry import REPORTERS
from tests.fuzz.shown import judged_as
from tests.unit.unpack.archives import zip_of

_PIECE = 10  # characters in a row
_AROUND = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
_PLAIN = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\\/%"), max_size=12)


@pytest.fixture(autouse=True)
def _one_cache(engine_cache: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAKGATE_CACHE_DIR", str(engine_cache))


def _log(before: str, value: str, after: str) -> bytes:
    return f"{before} token={value} {after}\n".encode()


def _json(before: str, value: str, after: str) -> bytes:
    return json.dumps({before or "a": {"token": value}, "b": [after, f"{before} {value} {after}"]}).encode()


def _json_key(before: str, value: str, after: str) -> bytes:
    return json.dumps({before: [{value: {"token": value}}], "b": after}).encode()


def _junit(before: str, value: str, after: str) -> bytes:
    legal = {text: "".join(char for char in text if char.isprintable()) for text in (before, after)}
    name = quoteattr(f"{legal[before]} [{value}]")
    return (
        f"<testsuite><testcase name={name}><failure>token={value}</failure></testcase></testsuite>".encode()
    )


def _encoded(before: str, value: str, after: str) -> bytes:
    packed = base64.b64encode(f"token={value}&{after}".encode()).decode()
    return f"{before}\nbody: {packed}\nGET /?q={quote(before)}&token={quote(value)}\n".encode()


def _wide(before: str, value: str, after: str) -> bytes:
    return f"\ufeff{before} token={value} {after}\n".encode("utf-16-le", "replace")


def _archive(before: str, value: str, after: str) -> bytes:
    out = io.BytesIO(zip_of({"a.log": _log(before, value, after)}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(f"out/token={value}/a.log", _log(after, value, before))
    return out.getvalue()


_CARRIERS = (_log, _json, _json_key, _junit, _encoded, _wide, _archive)


def _pieces(value: str) -> set[str]:
    """Of the value behind its constant prefix, as it is and in what outputs may write it."""
    secret = value[4:]
    forms = {secret, secret.lower(), secret[::-1], secret.encode().hex()}
    forms |= {base64.b64encode(b"a" * n + value.encode()).decode()[8:-4] for n in range(3)}
    return {form[at : at + _PIECE] for form in forms for at in range(len(form) - _PIECE + 1)}


def _outputs(name: str, data: bytes) -> str:
    result, verdict = judged_as(name, data)
    out = io.StringIO()
    for reporter in REPORTERS.values():
        reporter().render(result, verdict, out)
    return out.getvalue()


@pytest.mark.parametrize("carrier", _CARRIERS, ids=lambda carrier: carrier.__name__)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_AROUND, after=_AROUND, seed=st.integers(0, 10_000))
def test_no_piece_of_a_value_is_shown(carrier, before: str, after: str, seed: int) -> None:
    """By no report, in no writing."""
    value = expand("gh" + "p_{alnum:30}{crc32:6}", seed)

    shown = _outputs("run/a.bin", carrier(before, value, after))

    assert set() == {piece for piece in _pieces(value) if piece in shown}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_PLAIN, after=_PLAIN, seed=st.integers(0, 10_000))
def test_no_piece_of_a_value_in_a_path_is_shown(before: str, after: str, seed: int) -> None:
    """Paths are shown with each finding in them; the values that they hold are not."""
    value = expand("gh" + "p_{alnum:30}{crc32:6}", seed)
    other = expand("gh" + "p_{alnum:30}{crc32:6}", seed + 1)

    shown = _outputs(f"run/{before}/token={value}/{after}", _log("", other, ""))

    assert set() == {piece for piece in _pieces(value) | _pieces(other) if piece in shown}
