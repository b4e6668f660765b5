"""
The frame of the HTML report: head, policy against foreign content, style and script from the package.

One file without anything from elsewhere: the policy in its head lets a browser load nothing and run only the
script that stands in it, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources


def head(title: str) -> Iterator[str]:
    """Everything before the content; `title` must be safe for HTML."""
    style, script = _asset("page.css"), _asset("page.js")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#findings">Skip to the findings</a>\n'


def tail() -> str:
    """Everything after the content."""
    return f"<script>{_asset('page.js')}</script>\n</body>\n</html>\n"


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none';"
        " form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    """A source of CSP level 3, section 2.3.1: the base64 digest of the element's text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return resources.files("leakgate.report").joinpath("html_assets", name).read_text(encoding="utf-8")
