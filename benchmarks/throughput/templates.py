"""
Templates of log lines, one tuple for each kind of log, and the words that fill them.

Invented and written for measuring; no line of a real log, no token, no person.
"""

from __future__ import annotations

from collections.abc import Mapping

# Each template is used about equally often; repeated ones are the common lines of their kind.
KINDS: Mapping[str, tuple[str, ...]] = {
    "server.log": (
        "{time} INFO  [http-{n}] c.shop.orders.OrderController - POST /orders/{hex} answered 201 in {n} ms",
        "{time} DEBUG [pool-{n}] o.h.SQL - select o.id, o.state from orders o where o.id=? limit {n}",
        "{time} DEBUG [pool-{n}] c.shop.cache.Region - hit key=order:{uuid} age={n}s",
        "{time} WARN  [http-{n}] c.shop.stock.StockClient - attempt {n} of 5 failed: {cause}",
        "{time} ERROR [http-{n}] c.shop.orders.OrderService - order {uuid} could not be placed: {cause}",
        "\tat com.shop.orders.OrderService.place(OrderService.java:{n})",
        "\tat org.springframework.aop.framework.CglibAopProxy$CglibMethodInvocation.proceed({n})",
        "{time} INFO  [audit] c.shop.audit - {person} changed the delivery address of order {n}",
    ),
    "access.log": (
        '10.0.{b}.{b} - - [{clf}] "GET /api/v1/products?page={n}&sort={word} HTTP/1.1" 200 {n} "-" "{agent}"',
        '10.0.{b}.{b} - - [{clf}] "GET /static/js/{hex}.js HTTP/1.1" 304 0 "https://shop.example/" "{agent}"',
        '10.0.{b}.{b} - - [{clf}] "POST /api/v1/sessions HTTP/1.1" 401 {n} "-" "{agent}"',
    ),
    "events.jsonl": (
        '{"ts":"{time}","level":"info","msg":"done","trace_id":"{hex}{hex}","ms":{n},"path":"/{word}"}',
        '{"ts":"{time}","level":"debug","msg":"message {uuid} acknowledged","queue":"{word}","offset":{n}}',
        '{"ts":"{time}","level":"warn","msg":"{cause}","retry":{n},"pod":"orders-{hex}","node":"node-{b}"}',
    ),
    "console.txt": (
        "tests/test_{word}.py::test_{word}_{word}[case-{n}] PASSED{n:>10}%",
        "tests/test_{word}.py::TestOrders::test_{word} PASSED",
        "E       AssertionError: assert {n} == {n}, {cause}",
        "    def test_{word}_is_{word}(client, {word}):",
        "Downloading {word}-{n}.{b}.0-py3-none-any.whl ({n} kB) sha256={hex}{hex}{hex}{hex}",
    ),
    "build.log": (
        "##[group]Run make {word}",
        "{time} [INFO] Compiling {n} source files to /home/runner/work/shop/{word}/target/classes",
        "{time} [INFO] Tests run: {n}, Failures: 0, Errors: 0, Skipped: {b}, Time elapsed: {n}.{b} s",
        "{time} [WARNING] /home/runner/work/shop/src/com/shop/{word}.java:[{n},{b}] {word} is deprecated",
        "#{b} {n}.{b} Get:{b} http://deb.example/debian bookworm/main amd64 lib{word}-dev amd64 {n} [{n} kB]",
        " ---> {hex}",
    ),
}

WORDS = (
    "order",
    "basket",
    "price",
    "stock",
    "label",
    "client",
    "cache",
    "index",
    "report",
    "session",
    "worker",
    "parser",
    "bucket",
    "header",
    "cursor",
    "channel",
    "margin",
    "ticket",
    "region",
    "window",
    "queue",
    "filter",
    "export",
    "import",
    "retry",
    "shard",
    "lease",
    "quota",
)
CAUSES = (
    "connection reset by peer",
    "deadline exceeded after 5000 ms",
    "the stock service did not answer in time, the order stays open",
    "expected a number but found a string at offset 12",
    "no route to host",
)
PEOPLE = (
    "Nora Feldmann",
    "Tom Ashgrove",
    "Ines Carvalho",
    "the night job",
    "an unknown user",
    "the importer",
)
AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0",
    "python-requests/2.32.3",
    "k6/0.51.0 (https://k6.io/)",
)
