"""Test tools of Ruby, PHP, Perl, Lua, the shell and Erlang, as Debian has them."""

from __future__ import annotations

from ..tool import Needs, Tool

TOOLS = (
    Tool(
        "rspec",
        "Ruby",
        "rspec",
        'rspec --format documentation --format json --out "$OUT/rspec.json" --format html --out "$OUT/rspec.html"',
        Needs(debian=("ruby-rspec",)),
    ),
)
