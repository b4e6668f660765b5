"""The interface of verifiers: a credential in, live, dead or unknown out; and the asking of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from leakgate.model.detection import Match, Severity
from leakgate.model.records import dataclass
from leakgate.model.secret import Secret


class State(StrEnum):
    LIVE = "live"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Liveness:
    """`told` is a clause for people, such as `api.github.com accepts it`; it holds nothing of the value."""

    state: State
    told: str


@dataclass(frozen=True, slots=True)
class Credential:
    """A value and the rule that found it; `beside` are the other values of the same artifact."""

    rule: str
    entity: str
    secret: Secret
    beside: tuple[tuple[str, Secret], ...] = ()


class Verifier(Protocol):
    """Asks one provider by its cheapest call that changes nothing. Never raises, never logs."""

    @property
    def rules(self) -> frozenset[str]:
        """Ids of the rules whose values it can ask about."""

    def ask(self, credential: Credential) -> Liveness: ...


class Verification:
    """Asks about each value once in a run, and no more than `most` times in all."""

    def __init__(self, verifiers: Sequence[Verifier], most: int = 200) -> None:
        self._by_rule = {rule: verifier for verifier in verifiers for rule in verifier.rules}
        self._known: dict[tuple[str, Secret], Liveness] = {}
        self._left = most

    def __call__(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        """The matches of one artifact in the same order; what is live is critical, and says so."""
        beside = tuple((match.rule.entity, match.secret) for match in matches)
        return tuple(self._verified(match, beside) for match in matches)

    def _verified(self, match: Match, beside: tuple[tuple[str, Secret], ...]) -> Match:
        verifier = self._by_rule.get(match.rule.id)
        if verifier is None or match.synthetic is not None:
            return match
        credential = Credential(match.rule.id, match.rule.entity, match.secret, beside)
        answer = self._answer(verifier, credential)
        because = f"{match.because}; {answer.told}"
        if answer.state is not State.LIVE:
            return replace(match, because=because)
        return replace(match, because=because, rule=replace(match.rule, severity=Severity.CRITICAL))

    def _answer(self, verifier: Verifier, credential: Credential) -> Liveness:
        key = credential.rule, credential.secret
        if key not in self._known:
            if self._left <= 0:
                return Liveness(State.UNKNOWN, "not verified: the limit of questions to providers is reached")
            self._left -= 1
            self._known[key] = verifier.ask(credential)
        return self._known[key]
