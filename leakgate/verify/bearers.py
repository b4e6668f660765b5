"""
Providers that tell whether a token works by one read-only call with the token in a header.

Source: the API references of GitLab (users), Slack (auth.test), Stripe (balance), npm (whoami).
"""

from __future__ import annotations

import base64

from leakgate.model.records import dataclass
from leakgate.verify.asking import Answer, Host
from leakgate.verify.liveness import Credential, Liveness


def _text(credential: Credential) -> str:
    """Header values are Latin-1; a token that is not ASCII is nobody's."""
    return credential.secret.reveal().decode("latin-1")


@dataclass(frozen=True, slots=True)
class Gitlab:
    """`GET /user`: 200 with any scope that reads, 403 with one that does not; both are live."""

    host: Host
    rules: frozenset[str] = frozenset({"gitlab-pat", "gitlab-pat-routable", "gitlab-pat-legacy"})

    def ask(self, credential: Credential) -> Liveness:
        def judge(answer: Answer) -> Liveness:
            scoped = (
                answer.status == 403
                and isinstance(answer.body, dict)
                and (answer.body.get("error") == "insufficient_scope")
            )
            return self.host.live() if scoped else self.host.usual(answer)

        return self.host.ask("/api/v4/user", {"PRIVATE-TOKEN": _text(credential)}, judge)


@dataclass(frozen=True, slots=True)
class Slack:
    """`auth.test` answers 200 in any case; `ok` tells."""

    host: Host
    rules: frozenset[str] = frozenset({"slack-bot-token", "slack-user-token", "slack-legacy-token"})

    def ask(self, credential: Credential) -> Liveness:
        def judge(answer: Answer) -> Liveness:
            if answer.status != 200 or not isinstance(answer.body, dict):
                return self.host.unclear(answer)
            if answer.body.get("ok") is True:
                return self.host.live()
            gone = ("invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed")
            return self.host.dead() if answer.body.get("error") in gone else self.host.unclear(answer)

        headers = {"Authorization": f"Bearer {_text(credential)}"}
        return self.host.ask("/api/auth.test", headers, judge, form={})


@dataclass(frozen=True, slots=True)
class Stripe:
    """`GET /v1/balance`; a restricted key without that right is refused with 403, and live."""

    host: Host
    rules: frozenset[str] = frozenset({"stripe-live-key", "stripe-restricted-key", "stripe-test-key"})

    def ask(self, credential: Credential) -> Liveness:
        def judge(answer: Answer) -> Liveness:
            return self.host.live() if answer.status == 403 else self.host.usual(answer)

        basic = base64.b64encode(f"{_text(credential)}:".encode("latin-1")).decode("ascii")
        return self.host.ask("/v1/balance", {"Authorization": f"Basic {basic}"}, judge)


@dataclass(frozen=True, slots=True)
class Npm:
    """`GET /-/whoami`."""

    host: Host
    rules: frozenset[str] = frozenset({"npm-token", "npm-legacy-token"})

    def ask(self, credential: Credential) -> Liveness:
        headers = {"Authorization": f"Bearer {_text(credential)}"}
        return self.host.ask("/-/whoami", headers, self.host.usual)


@dataclass(frozen=True, slots=True)
class Pypi:
    """
    An upload without a file: PyPI refuses a bad token with 403 before it looks at the form (400).

    PyPI has no call that only reads; nothing can be published without a file. Source: the legacy upload API.
    """

    host: Host
    rules: frozenset[str] = frozenset({"pypi-token"})

    def ask(self, credential: Credential) -> Liveness:
        def judge(answer: Answer) -> Liveness:
            if answer.status == 400:
                return self.host.live()
            return self.host.dead() if answer.status in (401, 403) else self.host.unclear(answer)

        basic = base64.b64encode(f"__token__:{_text(credential)}".encode("latin-1")).decode("ascii")
        form = {":action": "file_upload", "protocol_version": "1"}
        return self.host.ask("/legacy/", {"Authorization": f"Basic {basic}"}, judge, form=form)
