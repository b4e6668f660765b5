"""
One careful question over HTTPS: short, to one host, without redirects, and silent about what it carries.

Plain HTTP is for the loopback alone.
"""

from __future__ import annotations

import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from leakgate.model.errors import UsageError
from leakgate.model.records import dataclass
from leakgate.verify.liveness import Liveness, State

_LARGEST_ANSWER = 1 << 20
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is what JSON said, None where it was not JSON; `raw` is what came, up to 1 MiB."""

    status: int
    headers: Mapping[str, str]
    body: Any
    raw: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Host:
    """One provider. `pause` is the least time between questions, `patience` the longest wait; seconds."""

    url: str
    pause: float = 0.5
    timeout: float = 10.0
    patience: float = 20.0
    _asked: float = field(default=0.0, repr=False)

    def __post_init__(self) -> None:
        parts = urllib.parse.urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise UsageError(
                "a credential is verified over https only", hint="mend the address of the provider"
            )

    @property
    def name(self) -> str:
        return urllib.parse.urlsplit(self.url).netloc

    def ask(
        self,
        path: str,
        headers: Mapping[str, str],
        judge: Callable[[Answer], Liveness],
        *,
        form: Mapping[str, str] | None = None,
    ) -> Liveness:
        """GET, or POST where there is a form; a rate limit is waited for once."""
        for last in (False, True):
            answer = self._answer(path, headers, form)
            if answer is None:
                return Liveness(State.UNKNOWN, f"not verified: {self.name} could not be reached")
            if answer.status != 429:
                return judge(answer)
            wait = _seconds(answer.headers.get("Retry-After"))
            if last or wait > self.patience:
                break
            time.sleep(wait)
        return Liveness(State.UNKNOWN, f"not verified: {self.name} limits the rate of questions")

    def _answer(self, path: str, headers: Mapping[str, str], form: Mapping[str, str] | None) -> Answer | None:
        import requests
        import urllib3

        time.sleep(max(0.0, self._asked + self.pause - time.monotonic()))
        self._asked = time.monotonic()
        try:
            with requests.Session() as session:
                session.trust_env = False  # no .netrc, and no proxy that would see the value
                with session.request(
                    "POST" if form is not None else "GET",
                    self.url.rstrip("/") + path,
                    headers={"User-Agent": "leakgate", **headers},
                    data=dict(form) if form is not None else None,
                    timeout=self.timeout,
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    raw = response.raw.read(_LARGEST_ANSWER, decode_content=True)
                    return Answer(response.status_code, response.headers, _body(raw), raw)
        except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError, OSError):
            return None

    def usual(self, answer: Answer) -> Liveness:
        """200 is live, 401 is dead, anything else says nothing."""
        if answer.status == 200:
            return self.live()
        return self.dead() if answer.status == 401 else self.unclear(answer)

    def live(self) -> Liveness:
        return Liveness(State.LIVE, f"live: {self.name} accepts it")

    def dead(self) -> Liveness:
        return Liveness(State.DEAD, f"dead: {self.name} refuses it")

    def unclear(self, answer: Answer) -> Liveness:
        return Liveness(State.UNKNOWN, f"not verified: {self.name} answered {answer.status}")


def _body(raw: bytes) -> Any:
    import json

    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _seconds(text: str | None) -> float:
    return float(text) if text and text.isdecimal() else 1.0
