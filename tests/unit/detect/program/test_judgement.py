"""Program text and words of tools behind names of secrets: what is let through, and what is not."""

from __future__ import annotations

import random
import string

import pytest

from leakgate.detect.labelled.secrets import LabelledSecrets
from leakgate.detect.labelled.syntax import Labelled
from leakgate.detect.program.judgement import why_program
from leakgate.detect.program.literal import why_literal
from leakgate.model.detection import Confidence
from leakgate.model.spans import Span
from tests.kit.segments import found, matches

_VALUE = "Vq8kRtz91Lw" + "Zx72Hq3n"
_RECOGNIZER = LabelledSecrets()
_MINIFIED = "function a(t,n){return t.x=n,r&&n.b!==null}"


@pytest.mark.parametrize(
    "text",
    [
        "e.password=null;let i=await f(a,n)",
        '{"pass": 3}HTTP/1.0',
        "pass: stats[1],",
        "self.password = argv[2];",
        'config.Password = values["x"]',
        "password: Optional[str] = None,",
        "Secret:(*v1.SecretVolumeSource)(0xc420a1b2c3), NFS:nil",
        "secretKey: []byte(secretVal),",
        "if password1 != password2:",
        f'{_MINIFIED}"tel"===e.type||"password"===e.type)||"textarea"===t{_MINIFIED}',
        f"{_MINIFIED}jn(i)&&(n.password=r),await g(e)){_MINIFIED}",
        f"{_MINIFIED}return e.keywordToken===105&&Mr(n)===x){_MINIFIED}",
        f"{_MINIFIED}(&quot;password&quot;===e.type)||t&amp;&amp;n{_MINIFIED}",
        '.a:before{content:"x"}.codicon-pass:before,.codicon-b:before{content:"y"}.c{color:red}',
        '"401 password=" + env("APP_DB_PASSWORD")',
        'sb.append("Password: " + getPassword() + ",");',
        '"Password:",B?$e.createElement("code",null)',
        'RESET_PASSWORD = "resetPasswordMessage";',
        'WEAK_PASSWORD: "auth/weak-password",',
        'AZURE_PASSWORD = "AZURE_PASSWORD"',
        "esxi_password: @ESXI_PASSWORD",
        'pass:"navbar--pass---2oR-w",',
        '"MANDATORY_NEW_PASSWORD": "Por favor, introduzca una nueva contraseña"',
        'passwordLabel: "Ihr Passwort:"',
        'password: "\\u65b0\\u5bc6\\u7801\\uff1a"',
        "emptyPassword=\\u0160patn\\u00E9 p\\u0159ihla",
        'const session = `pw-tab-${this._next++}`',
        '"sessionId":{"pattern":"x"}, sessionId: "^[a-zA-Z0-9][a-zA-Z0-9-]*$"',
        'deploy --password #{ENV["TOKEN"]}',
        'ECDSA_PRIVATE_KEY = "ecdsaPrivateKey"',
        f"{_MINIFIED}y.passphrase=o.https.passphrase),o.pfx&&(y.pfx=o.pfx));try{{let{_MINIFIED}",
        "arguments to pass to :py:func:`main`",
    ],
)  # fmt: skip
def test_a_piece_of_a_program_is_no_value(text: str) -> None:
    """Calls, members, types, expressions, constants, translations, templates and patterns are let through."""
    assert found(_RECOGNIZER, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02T00:00:00.0000000Z --- PASS: TestParse/case_1 (0.00s)",
        "PASS: tests/unit/login_test.cc",
        "elixir_erl_pass:translate/2",
        "checksum/secret: " + "4be1f0c9" * 8,
        "Postman-Token: 2f1b9a3c-7d4e-4b8a-9c1d-5e6f7a8b9c0e",
        '{"event":"version","sid":"20260314T010203.123456Z-H3a4b5c6d-P00001a2b"}',
        "identityToken -> 1bqq1he9ktnimatrr28bi|1e92abdf, idle -> 0",
        "Session: 30546354_2456892321 initialized by client WindowsUpdateAgent.",
        "    Session-ID: " + "1433431DAAB62FE6" * 4 + "\n    Session-ID-ctx: \n",
        "Authorization secret: AWS4-HMAC-SHA256",
        "password=None&quot;",
        "token=nullptr&quot;",
        "pass: true,+",
        '"password": "!' + "Kx9mQ2vT7w" * 4 + '"',
        "id: \"{{ lookup('password', '/dev/null chars=ascii_letters length=16') }}\"",
        "parse-passwd: ^1.0.0",
        '"Sid":"S-1-5-21-2126729477-2524175714-3194792973"',
        'secret: "test-api-secret-123"',
    ],
)
def test_words_of_tools_are_no_labels(text: str) -> None:
    """Verdicts, functions, digests, identities, algorithms, masks and cut values are let through."""
    assert found(_RECOGNIZER, text) == []


@pytest.mark.parametrize(
    "text",
    [
        'const password = "VALUE";',
        'if (password === "VALUE") { return true; }',
        "connect(host, password='VALUE')",
        f'{_MINIFIED}e.password="VALUE";let i=1{_MINIFIED}',
        f"{_MINIFIED}password:VALUE,x:1{_MINIFIED}",
        f"{_MINIFIED}&quot;password&quot;:&quot;VALUE&quot;,{_MINIFIED}",
        '{"pass": "VALUE"}',
        "PASS: VALUE",
        "User(name=bob, password=VALUE, roles=[admin])",
        "&main.Config{User:bob Password:VALUE Retries:3}",
        "+   password: VALUE",
        'RESET_PASSWORD = "VALUE"',
        "+ deploy --pass VALUE",
    ],
)
def test_a_literal_in_a_program_is_a_value(text: str) -> None:
    """What is assigned to, compared with or passed under a name is found, minified or escaped."""
    assert [_VALUE] == found(_RECOGNIZER, text.replace("VALUE", _VALUE))


@pytest.mark.parametrize(
    "text",
    [
        'access_token: "eyJhbGciOiJIUzI1NiIs..."',
        "set-cookie: session=eyJhbGciOiJIUzI1NiIs... (truncated)",
    ],
)
def test_a_value_that_was_cut_is_a_guess(text: str) -> None:
    """What is left of it opens nothing."""
    assert [Confidence.LOW] == [match.confidence for match in matches(_RECOGNIZER, text)]


def test_what_is_let_through_stays_visible() -> None:
    """A piece of a program is a match with a reason, and so in the counts and shown by `-v`."""
    [match] = matches(_RECOGNIZER, "password = options[name];")

    assert "program text, no literal" == match.synthetic


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("length", [12, 16, 20, 32, 40])
@pytest.mark.parametrize("signs", ["", "+/", "-_", "!#$%&()*+,-./:;<=>?@[]^_{|}~"])
def test_random_values_are_hardly_ever_program_text(signs: str, length: int, quoted: bool) -> None:
    """At most one in 1,000, even with a program around it."""
    drawn = random.Random(f"{signs} {length}")
    excused = 0
    for _ in range(2000):
        value = "".join(drawn.choices(string.ascii_letters + string.digits + signs, k=length))
        text = f'{_MINIFIED}password="{value}"' if quoted else f"level=info password={value}\n"
        start = text.index(value)
        name = text.index("password")
        place = Labelled("password", Span(name, name + 8), Span(start, start + length), quoted)
        excused += why_program(text.encode(), place) is not None

    assert excused <= 2


def test_long_names_take_linear_time() -> None:
    """Neither words without end nor brackets without end hold the check up."""
    import time

    began = time.process_time()
    for value in (
        b"a" * 4000 + b"!",
        b"aB" * 2000 + b"!",
        b"a-" * 2000 + b"!",
        b"a " * 2000 + b"!",
        b"[" * 4000,
    ):
        why_literal(value, ("password",))
        place = Labelled("password", Span(0, 8), Span(9, 9 + len(value)), quoted=False)
        why_program(b"password=" + value, place)

    assert time.process_time() - began < 2
