"""All tools of the zoo, in the order of the table."""

from __future__ import annotations

from .tool import Tool
from .tools import browsers, compiled, infrastructure, javascript, jvm, python, scripting

TOOLS: tuple[Tool, ...] = (
    *python.TOOLS,
    *javascript.TOOLS,
    *browsers.TOOLS,
    *jvm.TOOLS,
    *compiled.TOOLS,
    *scripting.TOOLS,
    *infrastructure.TOOLS,
)
