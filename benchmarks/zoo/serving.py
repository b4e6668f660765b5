"""The shop that suites talk to: a web server on this machine for the time of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_PAGE = """<!doctype html><html lang="en"><head><title>Shop</title>
<style>.price:before{content:"\\20ac"} .pass{color:green}</style></head>
<body><h1>Shop</h1><form><label>Password <input type="password" name="password" autocomplete="off"></label>
<input type="hidden" name="step" value="2"><button type="submit">Pay</button></form>
<script>const PW=134217729;document.querySelector('form').password=null;</script></body></html>"""


@contextmanager
def shop(variables: Mapping[str, str]) -> Iterator[str]:
    """Serves the profile of `variables` at /profile and a page elsewhere; yields the address."""
    profile = variables["ZOO_BODY"].encode()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            is_profile = self.path.startswith("/profile")
            body = profile if is_profile else _PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json" if is_profile else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", 'W/"5f2b7c1e9a"')
            self.send_header("Set-Cookie", "lang=de; Path=/; SameSite=Lax")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_HEAD = _answer

        def log_message(self, format: str, *args: object) -> None:
            """The server has no log of its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
