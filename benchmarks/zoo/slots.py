"""
What the tests of a suite write: a text for each slot, harmless or with leaks.

A suite is the same for both variants and every tool: each test writes the text of one slot, in its own way,
and gets it from an environment variable. So the sources hold no value, and the test that leaks is known.
Harmless texts are of the kinds that are taken for leaks: identifiers, digests, masks, templates, samples.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from uuid import UUID

from . import leaks
from .leaks import TOKENS, Leak


@dataclass(frozen=True, slots=True)
class Text:
    """What one slot holds in one run."""

    text: str
    leaks: tuple[Leak, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """`variable` hands the text to the test called `test` (in words); `carrier` is how it is written."""

    variable: str
    test: str
    carrier: str
    leaky: tuple[Callable[[Random], Text], ...]
    clean: tuple[Callable[[Random], str], ...]

    def text(self, rng: Random, *, leaky: bool) -> Text:
        return rng.choice(self.leaky)(rng) if leaky else Text(rng.choice(self.clean)(rng))


def _uuid(rng: Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))


def _hex(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789abcdef", k=count))


def _filled(template: str, **parts: Leak) -> Text:
    """Each `{name}` is the first whole form of a leak, or its value."""
    words = {name: (leak.forms or (leak.value,))[0] for name, leak in parts.items()}
    words |= {name: leak.value for name, leak in parts.items() if leak.kind in _SHOWN_AS_VALUE}
    return Text(template.format(**words), tuple(parts.values()))


_SHOWN_AS_VALUE = frozenset({"basic-auth"})


def _receipt(rng: Random) -> Text:
    return _filled(
        "2026-03-04 12:01:07,312 INFO checkout: order 4711 paid with card {card}, receipt sent to {email}",
        card=leaks.card(rng),
        email=leaks.email(rng),
    )


def _header(rng: Random) -> Text:
    return _filled("> POST /v2/payments HTTP/1.1 Authorization: Bearer {token}", token=leaks.jwt(rng))


def _issued(rng: Random) -> Text:
    return _filled("cloning with token {token} done in 312 ms", token=rng.choice(TOKENS)(rng))


def _refund(rng: Random) -> Text:
    return _filled(
        "refund 88.20 EUR to {iban}, call the customer at {phone}",
        iban=leaks.iban(rng),
        phone=leaks.phone(rng),
    )


def _clean_receipt(rng: Random) -> str:
    number = rng.randrange(10**9, 10**10)
    return f"2026-03-04 12:01:07,312 INFO checkout: order {_uuid(rng)} paid, receipt no. {number}"


def _clean_trace(rng: Random) -> str:
    ids = f"trace_id={_hex(rng, 32)} span_id={_hex(rng, 16)}"
    return f"{ids} http.status_code=200 duration=12.7ms token_count=311"


def _clean_header(rng: Random) -> str:
    return f'> GET /v2/health HTTP/1.1 Authorization: Bearer *** ETag: W/"{_hex(rng, 40)}" Accept: */*'


def _clean_commit(rng: Random) -> str:
    return f"HEAD is now at {_hex(rng, 40)} (tag: v3.12.1), image sha256:{_hex(rng, 64)}"


def _settings(rng: Random) -> Text:
    return _filled(
        "app:\n  url: {url}\n  smtp:\n    host: mail.shop.internal\n    user: shop-app\n"
        "    password: {password}\n  pool: 8",
        url=leaks.connection(rng),
        password=leaks.password(rng),
    )


def _environment(rng: Random) -> Text:
    return _filled(
        "HOME=/home/ci\nAWS_REGION=eu-central-1\nAWS_SECRET_ACCESS_KEY={aws}\nDB_PASSWORD={password}\nLANG=C.UTF-8",
        aws=leaks.aws_secret(rng),
        password=leaks.random_password(rng),
    )


def _key_file(rng: Random) -> Text:
    return _filled("tls:\n  min: 1.2\nkey loaded:\n{key}\n", key=leaks.private_key(rng))


def _clean_settings(rng: Random) -> str:
    return (
        "app:\n  url: postgresql://shop_app:***@db:5432/orders\n  smtp:\n    user: shop-app\n"
        "    password: ${SMTP_PASSWORD}\n    passwordPolicy: strict\n  token_ttl: 3600\n  pool: 8"
    )


def _clean_environment(rng: Random) -> str:
    return (
        "HOME=/home/ci\nDB_PASSWORD=********\nAPI_TOKEN=<redacted>\nSECRET_NAME=shop/prod/db\n"
        f"BUILD_ID={_uuid(rng)}\nGIT_COMMIT={_hex(rng, 40)}\n"
        "TOKENIZERS_PARALLELISM=false\nSSH_AUTH_SOCK=/run/agent.7"
    )


def _stock(rng: Random) -> Text:
    return _filled("WARN retry 2/3: api_key={token} was refused with 429", token=leaks.opaque(rng))


def _stock_login(rng: Random) -> Text:
    return _filled(
        'WARN login failed for user="{email}" password="{password}" from 10.20.3.4',
        email=leaks.email(rng),
        password=leaks.password(rng),
    )


def _clean_stock(rng: Random) -> str:
    return "WARN retry 2/3 in 1.5 s: token bucket is empty, 40 tokens come back each second"


def _clean_expired(rng: Random) -> str:
    return f"WARN session expired after 1800 s, password reset is pending, request {_uuid(rng)}"


def _clean_null(rng: Random) -> str:
    return (
        "WARN no credentials given: password=None token=null secret=undefined, going on as guest@example.com"
    )


def _gateway(rng: Random) -> Text:
    return _filled(
        'gateway answered {{"access_token": "{token}", "expires_in": 3600}}', token=leaks.opaque(rng)
    )


def _gateway_basic(rng: Random) -> Text:
    return _filled(
        "curl -s -H 'Authorization: Basic {basic}' https://gateway.shop.internal/v1", basic=leaks.basic(rng)
    )


def _gateway_person(rng: Random) -> Text:
    return _filled(
        "customer {email} / {phone} was asked again", email=leaks.email(rng), phone=leaks.phone(rng)
    )


def _clean_gateway(rng: Random) -> str:
    return 'gateway answered {"access_token": "***", "token_type": "Bearer", "expires_in": 3600}'


def _clean_digest(rng: Random) -> str:
    return f"verified integrity sha512-{_hex(rng, 64)} and checksum {_hex(rng, 32)} of shop-2.7.1.jar"


def _actual(rng: Random) -> Text:
    return _filled("401 for token={token}", token=rng.choice(TOKENS)(rng))


def _actual_url(rng: Random) -> Text:
    return _filled("cannot reach {url}", url=leaks.connection(rng))


def _clean_actual(rng: Random) -> str:
    return f"200 for order {_uuid(rng)}"


def _refused(rng: Random) -> Text:
    return _filled("card {card} of {email} was refused", card=leaks.card(rng), email=leaks.email(rng))


def _denied(rng: Random) -> Text:
    return _filled("access denied: password={password}", password=leaks.password(rng))


def _clean_refused(rng: Random) -> str:
    return "card ending in 4242 was refused: the password must not be empty"


def _profile(rng: Random) -> Text:
    email, phone, iban, secret = leaks.email(rng), leaks.phone(rng), leaks.iban(rng), leaks.opaque(rng)
    body = {
        "id": _uuid(rng),
        "email": email.value,
        "phone": phone.value,
        "iban": iban.value,
        "client_secret": secret.value,
    }
    return Text(json.dumps(body), (email, phone, iban, secret))


def _clean_profile(rng: Random) -> str:
    body = {
        "id": _uuid(rng),
        "email": "jane.doe@example.com",
        "phone": None,
        "client_id": "shop-web",
        "password": "********",
        "contact_id": rng.randrange(10**11, 10**12),
        "created": "2026-03-04T12:01:07.312Z",
        "etag": _hex(rng, 32),
    }
    return json.dumps(body)


def _login(rng: Random) -> Text:
    return _filled("{email}", email=leaks.email(rng))


def _clean_login(rng: Random) -> str:
    return f"member-{rng.randrange(100, 999)}"


def _address(rng: Random) -> Text:
    return _filled("/orders/4711?access_token={token}&lang=de", token=leaks.opaque(rng))


def _address_key(rng: Random) -> Text:
    return _filled("/map?zoom=12&key={token}", token=leaks.google(rng))


def _clean_address(rng: Random) -> str:
    return f"/orders/{_uuid(rng)}?lang=de&page_token=2&v={_hex(rng, 20)}"


SLOTS = (
    Slot(
        "ZOO_STDOUT",
        "prints the receipt",
        "standard output",
        (_receipt, _header, _issued, _refund),
        (_clean_receipt, _clean_trace, _clean_header, _clean_commit),
    ),
    Slot(
        "ZOO_CONFIG",
        "loads the configuration",
        "lines on standard output",
        (_settings, _environment, _key_file),
        (_clean_settings, _clean_environment),
    ),
    Slot(
        "ZOO_STDERR",
        "warns about the stock",
        "standard error",
        (_stock, _stock_login),
        (_clean_stock, _clean_expired, _clean_null),
    ),
    Slot(
        "ZOO_LOG",
        "logs the gateway call",
        "log",
        (_gateway, _gateway_basic, _gateway_person),
        (_clean_gateway, _clean_digest),
    ),
    Slot("ZOO_ACTUAL", "compares the answer", "assertion message", (_actual, _actual_url), (_clean_actual,)),
    Slot("ZOO_ERROR", "refuses the card", "exception", (_refused, _denied), (_clean_refused,)),
    Slot("ZOO_BODY", "stores the profile", "file or body", (_profile,), (_clean_profile,)),
    Slot("ZOO_PARAM", "accepts the login", "name of a test", (_login,), (_clean_login,)),
    Slot("ZOO_QUERY", "opens the order page", "address", (_address, _address_key), (_clean_address,)),
)

EXPECTED = "ZOO_EXPECTED"
LEAKY = "ZOO_LEAKY"


def texts(seed: str, *, leaky: bool) -> dict[str, Text]:
    """The text of every slot by its variable; the same seed gives the same texts."""
    rng = Random(f"{seed}:{'leaky' if leaky else 'clean'}")  # noqa: S311 - repeatable by design, opens nothing
    return {slot.variable: slot.text(rng, leaky=leaky) for slot in SLOTS}


def environment(texts_of_run: dict[str, Text], *, leaky: bool) -> dict[str, str]:
    """The variables that hand the texts to the tests; in a leaky run the answer is not the expected one."""
    variables = {name: text.text for name, text in texts_of_run.items()}
    variables[EXPECTED] = "200 for order 4711" if leaky else variables["ZOO_ACTUAL"]
    variables[LEAKY] = "1" if leaky else ""
    return variables
