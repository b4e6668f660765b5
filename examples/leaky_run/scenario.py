"""The values of one run: drawn once, then written into many files, as leaks travel in life."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from leaky_run import people, tokens
from leaky_run.people import Customer


@dataclass(frozen=True, slots=True)
class Scenario:
    github: str
    aws_id: str
    aws_secret: str
    stripe: str
    slack: str
    jwt: str
    session: str
    private_key: str
    database: str
    cache: str
    buyer: Customer
    others: tuple[Customer, ...]
    commit: str
    run_id: str

    @classmethod
    def draw(cls, rng: Random) -> Scenario:
        buyer, *others = people.customers(rng, 4)
        return cls(
            github=tokens.github_token(rng),
            aws_id=tokens.aws_access_key(rng),
            aws_secret=tokens.aws_secret_key(rng),
            stripe=tokens.stripe_live_key(rng),
            slack=tokens.slack_bot_token(rng),
            jwt=tokens.session_jwt(rng, buyer.email),
            session=rng.randbytes(20).hex(),
            private_key=tokens.private_key(rng),
            database=tokens.database_url(rng, "postgresql", "db.staging.internal:5432"),
            cache=tokens.database_url(rng, "redis", "cache.staging.internal:6379"),
            buyer=buyer,
            others=tuple(others),
            commit=rng.randbytes(20).hex(),
            run_id=str(rng.randint(10**9, 10**10 - 1)),
        )
