"""The service that wrote a line of a structured log, by the field that says so; never a guess from a name."""

from __future__ import annotations

from leakgate.model.expressions import expression

_LONGEST_LINE = 64 * 1024
# ECS and OpenTelemetry, flat and nested; Datadog. Quotes may be escaped, as in docker's JSON.
_Q = r"\\{0,7}\""
_SERVICE = expression(
    rf"{_Q}(?:service\.name|service){_Q}\s{{0,4}}:\s{{0,4}}(?:\{{[^{{}}]{{0,300}}?{_Q}name{_Q}\s{{0,4}}:\s{{0,4}})?"
    rf"{_Q}(?P<name>[\w./@ -]{{1,120}}?)\\{{0,7}}\""
)


def service_of(line: str) -> str | None:
    """The first service that a line names; None where it names none."""
    if "service" not in line:  # a literal is found much faster than an expression fails
        return None
    hit = _SERVICE.search(line[:_LONGEST_LINE])
    return hit["name"] if hit is not None else None
