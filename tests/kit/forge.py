"""
A code host on the loopback: speaks the parts of GitHub's and GitLab's REST APIs that publishers use.

Written from the services' documentation: pagination by `Link`, rights, rate limits with `Retry-After`,
errors and slowness on demand. Remembers every request.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = 100
SHA = "a" * 40


@dataclass
class Answer:
    """What to answer instead, once: status, headers, seconds to wait; `lost` does the work all the same."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=lambda: {"message": "no"})
    wait: float = 0.0
    lost: bool = False


@dataclass
class Forge:
    """Comments (or notes), checks, statuses and pull requests of one repository."""

    login: str | None = None
    comments: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    instead: dict[tuple[str, str], list[Answer]] = field(default_factory=dict)
    url: str = ""

    def answer(self, method: str, ending: str, *answers: Answer) -> None:
        """The next requests of that method whose path ends so are answered like this."""
        self.instead[method, ending] = list(answers)

    def say(self, body: str, login: str = "github-actions[bot]", kind: str = "Bot") -> None:
        """Somebody writes a comment."""
        self.comments.append(
            {"id": len(self.comments) + 1, "body": body, "user": {"login": login, "type": kind, "id": 1}}
        )

    def writes(self) -> list[tuple[str, str]]:
        return [request for request in self.requests if request[0] != "GET"]


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_words: object) -> None:
        """Whoever asked may have gone; that is the point of some tests."""


@contextmanager
def forge(**given: Any) -> Iterator[Forge]:
    """A running code host."""
    hub = Forge(**given)
    server = _Server(("127.0.0.1", 0), _handler(hub))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(hub: Forge) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_words: object) -> None:
            """Quiet."""

        def _serve(self) -> None:
            url = urllib.parse.urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            sent = json.loads(self.rfile.read(size)) if size else {}
            path = urllib.parse.unquote(url.path)
            hub.requests.append((self.command, path))
            other = self._other(path)
            if other is not None:
                time.sleep(other.wait)
                if other.lost:
                    _route(hub, self.command, path, {}, sent)
                self._send(other.status, other.body, other.headers)
                return
            query = dict(urllib.parse.parse_qsl(url.query))
            self._send(*_route(hub, self.command, path, query, sent))

        do_GET = do_POST = do_PATCH = do_PUT = _serve

        def _other(self, path: str) -> Answer | None:
            for (method, ending), answers in hub.instead.items():
                if method == self.command and path.endswith(ending) and answers:
                    return answers.pop(0)
            return None

        def _send(self, status: int, body: Any, headers: dict[str, str]) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            for name, value in headers.items():
                self.send_header(name, value.replace("{url}", hub.url))
            self.end_headers()
            self.wfile.write(raw)

    return Handler


def _route(  # noqa: C901 - one line for each endpoint
    hub: Forge, method: str, path: str, query: dict[str, str], sent: dict[str, Any]
) -> tuple[int, Any, dict[str, str]]:
    last = path.rsplit("/", 1)[-1]
    match method, last:
        case "GET", "user":
            return _user(hub, path)
        case "GET", "comments" | "notes":
            return _page(hub, [_shown(hub, one) for one in hub.comments], path, query)
        case "POST", "comments" | "notes":
            hub.say(sent["body"], hub.login or "github-actions[bot]", "User" if hub.login else "Bot")
            return 201, _shown(hub, hub.comments[-1]), {}
        case (("PATCH" | "PUT"), number) if "/comments/" in path or "/notes/" in path:
            found = next(one for one in hub.comments if one["id"] == int(number))
            found["body"] = sent["body"]
            return 200, _shown(hub, found), {}
        case "POST", "check-runs":
            hub.checks.append(sent)
            return (
                201,
                {"id": len(hub.checks), "url": f"{hub.url}/repos/o/r/check-runs/{len(hub.checks)}"},
                {},
            )
        case "PATCH", _ if "/check-runs/" in path:
            hub.checks.append(sent)
            return 200, {"id": 1}, {}
        case "POST", _ if "/statuses/" in path:
            hub.statuses.append(sent)
            return 201, {"state": sent.get("state")}, {}
        case "GET", "pulls":
            return 200, hub.pulls, {}
        case "GET", _ if "/issues/" in path:
            return 200, {"number": int(last), "url": f"{hub.url}/repos/o/r/issues/{last}"}, {}
        case "GET", _ if "/commits/" in path:
            return 200, {"sha": last, "url": f"{hub.url}/repos/o/r/commits/{last}"}, {}
    return 404, {"message": "Not Found"}, {}


def _user(hub: Forge, path: str) -> tuple[int, Any, dict[str, str]]:
    if hub.login is None:
        return 403, {"message": "Resource not accessible by integration"}, {}
    return 200, {"login": hub.login, "username": hub.login, "id": 7}, {}


def _shown(hub: Forge, comment: dict[str, Any]) -> dict[str, Any]:
    """As both services show it."""
    number = comment["id"]
    return {
        **comment,
        "author": {"username": comment["user"]["login"]},
        "url": f"{hub.url}/repos/o/r/issues/comments/{number}",
        "html_url": f"https://forge.test/c/{number}",
    }


def _page(hub: Forge, items: list[Any], path: str, query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
    number, size = int(query.get("page", 1)), min(PAGE, int(query.get("per_page", 30)))
    shown = items[(number - 1) * size : number * size]
    more = number * size < len(items)
    following = f'<{{url}}{path}?per_page={size}&page={number + 1}>; rel="next"'
    headers = {"Link": following, "X-Next-Page": str(number + 1)} if more else {"X-Next-Page": ""}
    return 200, shown, headers
