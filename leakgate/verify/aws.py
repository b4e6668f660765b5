"""
Asks AWS STS who a key belongs to: `GetCallerIdentity`, which needs no permission and changes nothing.

Signed by Signature Version 4. Source: AWS's documentation of STS and of signing requests. A key id and a
secret belong together; which ones of an artifact do is tried, a few at most.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime

from leakgate.model.records import dataclass
from leakgate.verify.asking import Answer, Host
from leakgate.verify.liveness import Credential, Liveness, State

_BODY = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
_PAIRS = 4
_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class AwsSts:
    """Temporary keys need their session token as well; without it they are not asked about."""

    host: Host
    rules: frozenset[str] = frozenset({"aws-access-key-id", "aws-secret-access-key"})

    def ask(self, credential: Credential) -> Liveness:
        pairs = list(_pairs(credential))
        if not pairs:
            return Liveness(State.UNKNOWN, "not verified: its other half is not in this artifact")
        answers = [self._asked(*pair) for pair in pairs[:_PAIRS]]
        order = (State.LIVE, State.UNKNOWN, State.DEAD)
        return min(answers, key=lambda answer: order.index(answer.state))

    def _asked(self, key_id: str, secret: bytes) -> Liveness:
        def judge(answer: Answer) -> Liveness:
            if answer.status == 200:
                return self.host.live()
            # Any other refusal may be about a secret that belongs to another id, or a clock.
            gone = answer.status == 403 and b"InvalidClientTokenId" in answer.raw
            return self.host.dead() if gone else self.host.unclear(answer)

        headers = signed(key_id, secret, self.host.name, datetime.now(UTC))
        return self.host.ask("/", headers, judge, form=_BODY)


def _pairs(credential: Credential) -> Iterator[tuple[str, bytes]]:
    """Ids and secrets that may belong together."""
    mine = credential.secret.reveal()
    if credential.entity == "AWS_ACCESS_KEY_ID":
        for entity, secret in credential.beside:
            if entity == "AWS_SECRET_ACCESS_KEY":
                yield mine.decode("latin-1"), secret.reveal()
    else:
        for entity, secret in credential.beside:
            if entity == "AWS_ACCESS_KEY_ID" and secret.reveal().startswith(b"AKIA"):
                yield secret.reveal().decode("latin-1"), mine


def signed(key_id: str, secret: bytes, host: str, now: datetime) -> dict[str, str]:
    """The headers of the signed question."""
    body = "&".join(f"{name}={value}" for name, value in _BODY.items()).encode("ascii")
    stamp, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
    kind = "application/x-www-form-urlencoded"
    names = "content-type;host;x-amz-date"
    canonical = "\n".join(
        [
            "POST",
            "/",
            "",
            f"content-type:{kind}",
            f"host:{host}",
            f"x-amz-date:{stamp}",
            "",
            names,
            _sha(body),
        ]
    )
    scope = f"{day}/{_REGION}/sts/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, _sha(canonical.encode("ascii"))])
    key = b"AWS4" + secret
    for part in (day, _REGION, "sts", "aws4_request", text):
        key = hmac.new(key, part.encode("ascii"), hashlib.sha256).digest()
    proof = f"Credential={key_id}/{scope}, SignedHeaders={names}, Signature={key.hex()}"
    return {
        "Content-Type": kind,
        "X-Amz-Date": stamp,
        "Authorization": f"AWS4-HMAC-SHA256 {proof}",
    }


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
