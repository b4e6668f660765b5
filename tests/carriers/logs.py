"""Text as build servers, containers and terminals write it: prefixes, colours, line ends, broken lines."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.carriers.document import Carrier, Document, Make, Page
from tests.carriers.values import Value

Encode = Callable[[str], str]
_LINK, _LINK_END, _MARK = "\x1b]8;;http://ci.northby.internal/1\x1b\\", "\x1b]8;;\x1b\\", "\x1b]133;C\x07"
Frame = Callable[[int], tuple[str, str]]  # what stands before and behind the text of line number n

NOISE_BEFORE = (
    "starting worker pool with 4 workers",
    "loaded 12 fixtures in 0.31 s",
    "GET /orders 200 14 ms",
)
NOISE_AFTER = ("all connections closed", "1 failed, 41 passed in 12.80 s")
ONE_LINE = (("pem", "has several lines by nature, this carrier has one"),)


def _as_is(text: str) -> str:
    return text


def log(
    name: str,
    frame: Frame,
    newline: str = "\n",
    encode: Encode = _as_is,
    encoding: str = "utf-8",
    bom: bytes = b"",
) -> Make:
    """A log of which every line, also every line of a value, is framed."""

    def make(values: tuple[Value, ...]) -> Document:
        page = Page(encoding).add(bom)
        number = 0

        def line(text: str) -> None:
            nonlocal number
            before, behind = frame(number)
            page.add(before + encode(text) + behind + newline)
            number += 1

        for noise in NOISE_BEFORE:
            line(noise)
        for value in values:
            first, *others = value.text.split("\n")
            before, behind = frame(number)
            page.add(before + encode(value.before))
            start = page.size
            page.add(encode(first))
            number += 1
            for other in others:
                page.add(behind + newline)
                before, behind = frame(number)
                page.add(before + encode(other))
                number += 1
            page.mark(value, start).add(behind + newline)
            line("done with this step")
        for noise in NOISE_AFTER:
            line(noise)
        return page.document(name)

    return make


def _prefix(text: str) -> Frame:
    return lambda number: (text.replace("{n}", f"{number % 60:02}"), "")


def _interrupted(sequence: str, behind: str) -> Encode:
    """Text with a terminal sequence in its middle."""

    def encode(text: str) -> str:
        middle = len(text) // 2
        return text[:middle] + sequence + text[middle:] + behind

    return encode


def _docker_line(number: int) -> tuple[str, str]:
    return '{"log":"', f'\\n","stream":"stdout","time":"2026-03-01T12:00:{number % 60:02}.118Z"}}'


def _json_text(text: str) -> str:
    return json.dumps(text)[1:-1]


def _progress(number: int) -> tuple[str, str]:
    return "Downloading  12%\rDownloading  57%\rDownloading 100%\r", ""


def _grouped(number: int) -> tuple[str, str]:
    time = f"2026-03-01T12:00:{number % 60:02}.1187342Z "
    return (time + "##[group]", "") if number == 0 else (time, "")


def _section(number: int) -> tuple[str, str]:
    """A section begins with its mark on the line of its title; runners since 17.0 put a time before."""
    time = f"2026-03-01T12:00:{number % 60:02}.962646Z 01O "
    mark = f"section_start:17723664{number:02}:step_script\r\x1b[0K"
    return (time + mark, "") if number % 4 == 0 else (time, "")


def broken(name: str, width: int, prefix: str, continued: str, mark: str = "") -> Make:
    """A log whose writer breaks every line at `width` columns, in the middle of each value."""

    def make(values: tuple[Value, ...]) -> Document:
        page = Page()
        for noise in NOISE_BEFORE:
            page.add(prefix + noise + "\n")
        for value in values:
            longest = width - len(prefix) - len(value.before) - max(2, min(len(value.text) // 2, 30))
            filler = ("request to the upstream service finished with these settings in effect now " * 2)[
                :longest
            ]
            page.add(prefix + filler[:-1].rstrip().ljust(longest) + value.before)
            start = page.size
            first = width - len(prefix) - longest - len(value.before)
            rows = _rows(value.text, first - len(mark), width - len(continued) - len(mark))
            page.add((mark + "\n" + continued).join(rows)).mark(value, start).add("\n")
            page.add(prefix + "done with this step\n")
        for noise in NOISE_AFTER:
            page.add(prefix + noise + "\n")
        return page.document(name)

    return make


def _rows(text: str, first: int, width: int) -> list[str]:
    """`text` broken where its own lines end and where the width does."""
    rows: list[str] = []
    room = first
    for line in text.split("\n"):
        rest = line
        while len(rest) > room:
            rows.append(rest[:room])
            rest, room = rest[room:], width
        rows.append(rest)
        room = width
    return rows


def _kubernetes(values: tuple[Value, ...]) -> Document:
    """Kubernetes' CRI log format: P marks a part of a line, F its end."""
    head = "2026-03-01T12:00:07.118734213Z stdout "
    page = Page()
    for noise in NOISE_BEFORE:
        page.add(f"{head}F {noise}\n")
    for value in values:
        middle = len(value.text) // 2
        page.add(f"{head}P {value.before}")
        start = page.size
        page.add(value.text[:middle] + f"\n{head}F ")
        page.add(value.text[middle:].replace("\n", f"\n{head}F ")).mark(value, start)
        page.add(f"\n{head}F done with this step\n")
    return page.document("containers/app/0.log")


CARRIERS: tuple[Carrier, ...] = (
    Carrier("plain log", log("run.log", _prefix("2026-03-01 12:00:{n} INFO  "))),
    Carrier(
        "ANSI colour inside the value",
        log("run.log", _prefix(""), encode=_interrupted("\x1b[1;33m", "\x1b[0m")),
    ),
    Carrier(
        "link (OSC 8) ending inside the value",
        log("run.log", _prefix(_LINK), encode=_interrupted(_LINK_END, "")),
    ),
    Carrier(
        "shell mark (OSC 133) inside the value", log("run.log", _prefix(""), encode=_interrupted(_MARK, ""))
    ),
    Carrier("carriage return progress", log("run.log", _progress)),
    Carrier("CRLF log", log("run.log", _prefix("[12:00:{n}] "), newline="\r\n")),
    Carrier("GitHub Actions log", log("3_test.txt", _grouped)),
    Carrier("GitLab job log", log("job.log", _section)),
    Carrier("docker json-file log", log("1f0c-json.log", _docker_line, encode=_json_text)),
    Carrier("docker compose log", log("compose.log", _prefix("api-1       | "))),
    Carrier("Kubernetes CRI log, partial lines", _kubernetes),
    Carrier("journald log", log("journal.log", _prefix("Mar 01 12:00:{n} runner-7 app[8123]: "))),
    Carrier(
        "syslog (RFC 5424)", log("syslog", _prefix("<134>1 2026-03-01T12:00:{n}Z runner-7 app 8123 - - "))
    ),
    Carrier("UTF-16 log", log("ps.log", _prefix("VERBOSE: "), "\r\n", encoding="utf-16-le", bom=b"\xff\xfe")),
    Carrier("hard-wrapped at 80 with prefixes", broken("wrap.log", 80, "[INFO] app: ", "[INFO] app: ")),
    Carrier("hard-wrapped at 80, hanging indent", broken("rich.log", 80, "INFO     ", "         ")),
    Carrier("terminal-wrapped at 80", broken("tty.log", 80, "", "")),
    Carrier("backslash line breaks", broken("make.log", 80, "", "", mark="\\")),
)
