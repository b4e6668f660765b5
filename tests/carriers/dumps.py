"""What languages and tools dump in ways of their own, and bytes that they print one by one."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import html
import json

from tests.carriers.document import Carrier, Document, Make, Page
from tests.carriers.encodings import encoded, rows
from tests.carriers.escapes import statements
from tests.carriers.values import Value

_ONE_LINE = (("pem", "has several lines by nature, this carrier has one"),)


def _pair(before: str, behind: str) -> Make:
    """One line for each value; `LABEL` and `SIZE` are its own, the label's size is `LENGTH`."""

    def statement(value: Value) -> tuple[str, str, str]:
        def own(text: str) -> str:
            sized = text.replace("SIZE", str(len(value.text))).replace("LENGTH", str(len(value.label)))
            return sized.replace("LABEL", value.label)

        return own(before), value.text, own(behind)

    return statements("dump.log", statement)


def _aligned(value: Value) -> tuple[str, str, str]:
    return f"{value.label:<36} : ", value.text, ""


def _table_of_two(values: tuple[Value, ...]) -> Document:
    """What PowerShell makes of a hashtable."""
    page = Page().add(f"{'Name':<30} Value\n{'----':<30} -----\n")
    for value in values:
        page.add(f"{value.label:<30} ").put(value, value.text).add("\n")
    return page.add("\n").document("ps.log")


def _raw_headers(values: tuple[Value, ...]) -> Document:
    page = Page().add("  rawHeaders: [\n")
    for value in values:
        page.add(f"    '{value.label}',\n    '").put(value, value.text).add("',\n")
    return page.add("  ],\n").document("node.log")


def _go_struct(value: Value) -> tuple[str, str, str]:
    name = "".join(part.capitalize() for part in value.label.lower().split("_"))
    return f"INFO config=&{{Host:db-1 {name}:", value.text, " Retries:3}"


def _commands(values: tuple[Value, ...]) -> Document:
    """Redis' append-only file."""
    page = Page()
    for value in values:
        page.add(f"*3\r\n$3\r\nSET\r\n${len(value.label)}\r\n{value.label}\r\n${len(value.text)}\r\n")
        page.put(value, value.text).add("\r\n")
    return page.document("appendonly.aof")


def _shown(raw: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in raw)


def _od(at: int, raw: bytes) -> str:
    return f"{at:07o} " + " ".join(f"{byte:02x}" for byte in raw)


def _od_octal(at: int, raw: bytes) -> str:
    return f"{at:07o} " + " ".join(f"{byte:03o}" for byte in raw)


def _od_words(at: int, raw: bytes) -> str:
    return f"{at:07x} " + " ".join(raw[i : i + 2][::-1].hex() for i in range(0, len(raw), 2))


def _od_characters(at: int, raw: bytes) -> str:
    return f"{at:07o}" + "".join(f"   {chr(byte)}" for byte in raw)


def _od_both(at: int, raw: bytes) -> str:
    characters = "".join(f"   {chr(byte)}" for byte in raw)
    return f"{at:07o}" + "".join(f"  {byte:02x}" for byte in raw) + "\n       " + characters


def _tcpdump(at: int, raw: bytes) -> str:
    pairs = " ".join(raw[i : i + 2].hex() for i in range(0, len(raw), 2))
    return f"\t0x{at:04x}:  {pairs:<39}  {_shown(raw)}"


def _openssl(at: int, raw: bytes) -> str:
    return f"{at:04x} - {raw[:8].hex(' ')}-{raw[8:].hex(' ')}   {_shown(raw)}"


def _netty(at: int, raw: bytes) -> str:
    return f"|{at:08x}| {raw.hex(' '):<47} |{_shown(raw):<16}|"


def _uuencoded(raw: bytes) -> str:
    lines = (binascii.b2a_uu(raw[at : at + 45]).decode() for at in range(0, len(raw), 45))
    return "begin 644 body.json\n" + "".join(lines) + "`\nend"


def _form(values: tuple[Value, ...]) -> Document:
    page = Page().add("POST /accounts HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b1\r\n\r\n")
    for value in values:
        page.add(f'--b1\r\nContent-Disposition: form-data; name="{value.label}"\r\n\r\n')
        page.put(value, value.text).add("\r\n")
    return page.add("--b1--\r\n").document("requests.log")


def _chunked(values: tuple[Value, ...]) -> Document:
    """A response for each value, cut in the middle of it."""
    page = Page()
    for value in values:
        first, behind = f'{{"status": "ok", "{value.label}": "', '", "retries": 3}'
        text = json.dumps(value.text)[1:-1]
        head, tail = text[: len(text) // 2], text[len(text) // 2 :]
        page.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        page.add(f"{len(first + head):x}\r\n{first}").put(
            value, f"{head}\r\n{len(tail + behind):x}\r\n{tail}"
        )
        page.add(f"{behind}\r\n0\r\n\r\n")
    return page.document("traffic.log")


def _markup(value: Value) -> tuple[str, str, str]:
    before = f'INFO reply <a:Attribute Name="{value.label}" F="x"><a:AttributeValue>'
    return before, html.escape(value.text), "</a:AttributeValue></a:Attribute>"


def _markup_in_json(value: Value) -> tuple[str, str, str]:
    before, text, behind = _markup(value)
    inner = before.removeprefix("INFO reply ")
    start = json.dumps({"status": 200, "body": inner})[:-2]
    return start, json.dumps(text)[1:-1], behind + '"}'


def _records(value: Value) -> bytes:
    """Names that stand beside their values, further away than a line shows."""
    member = {"name": value.label, "type": "text", "rank": 3, "value": value.text}
    return json.dumps({"items": [member]}).encode()


def _joined(value: Value) -> tuple[str, str, str]:
    middle = len(value.text) // 2
    return f'  {value.label}: "', f'{value.text[:middle]}" +\n    "{value.text[middle:]}', '",'


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


CARRIERS: tuple[Carrier, ...] = (
    Carrier("Rust, Some", _pair('Config { name: "x", LABEL: Some("', '"), retries: 3 }'), _ONE_LINE),
    Carrier("PHP var_dump", _pair('  ["LABEL"]=>\n  string(SIZE) "', '"'), _ONE_LINE),
    Carrier("PHP serialize", _pair('a:1:{s:LENGTH:"LABEL";s:SIZE:"', '";}')),
    Carrier("Erlang pairs", _pair('[{host,<<"x">>},{LABEL,<<"', '">>}]'), _ONE_LINE),
    Carrier("Clojure keywords", _pair('{:host "x", :LABEL "', '", :n 3}'), _ONE_LINE),
    Carrier("PowerShell list", statements("ps.log", _aligned), _ONE_LINE),
    Carrier("PowerShell table", _table_of_two, _ONE_LINE),
    Carrier("Node rawHeaders", _raw_headers, _ONE_LINE),
    Carrier("Go %+v struct", statements("go.log", _go_struct), _ONE_LINE),
    Carrier("Redis commands (AOF)", _commands, _ONE_LINE),
    Carrier("tnetstrings (mitmproxy)", _pair("40:LENGTH:LABEL,SIZE:", ",]")),
    Carrier("joined literals", statements("config.js", _joined), _ONE_LINE),
    Carrier("od, hex", rows(_od)),
    Carrier("od, octal", rows(_od_octal)),
    Carrier("od, words", rows(_od_words)),
    Carrier("od, characters", rows(_od_characters)),
    Carrier("od, hex and characters", rows(_od_both)),
    Carrier("tcpdump -X", rows(_tcpdump)),
    Carrier("OpenSSL trace", rows(_openssl)),
    Carrier("Netty dump", rows(_netty)),
    Carrier("uuencode", encoded(_uuencoded, "body:\n")),
    Carrier("Ascii85", encoded(lambda raw: base64.a85encode(raw, adobe=True).decode())),
    Carrier("gzip as a Python literal", encoded(lambda raw: repr(gzip.compress(raw, mtime=0)))),
    Carrier("gzip in hex", encoded(lambda raw: gzip.compress(raw, mtime=0).hex())),
    Carrier("bzip2 in base64", encoded(lambda raw: _base64(bz2.compress(raw)))),
    Carrier("names beside values in base64", encoded(_base64, inner=_records)),
    Carrier("multipart form", _form),
    Carrier("chunked response", _chunked),
    Carrier("markup in a log line", statements("soap.log", _markup)),
    Carrier("markup in JSON in a log line", statements("soap.log", _markup_in_json)),
)
