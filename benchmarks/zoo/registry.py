"""All tools of the zoo, in the order of the table."""

from __future__ import annotations

from .tool import Tool
from .tools import python

TOOLS: tuple[Tool, ...] = (*python.TOOLS,)
