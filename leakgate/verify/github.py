"""Asks GitHub by PyGithub: `GET /rate_limit`, which every valid token may call and which costs nothing."""

from __future__ import annotations

from leakgate.model.records import dataclass
from leakgate.verify.asking import Answer, Host
from leakgate.verify.liveness import Credential, Liveness, State


@dataclass(frozen=True, slots=True)
class Github:
    """Without a retry: an answer that is late says nothing."""

    host: Host
    rules: frozenset[str] = frozenset(
        {
            "github-pat",
            "github-fine-grained-pat",
            "github-oauth-token",
            "github-user-to-server-token",
            "github-server-token",
            "github-pat-legacy",
        }
    )

    def ask(self, credential: Credential) -> Liveness:
        from github import Auth, GithubException
        from github import Github as Client
        from requests import RequestException

        client = Client(
            auth=Auth.Token(credential.secret.reveal().decode("latin-1")),
            base_url=self.host.url.rstrip("/"),
            timeout=int(self.host.timeout),
            user_agent="leakgate",
            retry=None,
            seconds_between_requests=self.host.pause,
        )
        try:
            client.get_rate_limit()
        except GithubException as exc:
            return self.host.usual(Answer(exc.status, {}, None))
        except (
            RequestException,
            OSError,
            ValueError,
            RuntimeError,
            AssertionError,
            TypeError,
            AttributeError,
        ):
            # The last four are the library's for a redirect to another host, or an answer of another shape.
            return Liveness(State.UNKNOWN, f"not verified: {self.host.name} could not be reached")
        finally:
            client.close()
        return self.host.live()
