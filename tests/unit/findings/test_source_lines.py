"""Which line of source an output is traced to. `@` stands for the finding."""
# ruff: noqa: E501 - output stands as it is printed

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakgate.findings.source_lines import SourceLine, SourceLines
from leakgate.findings.source_lines_index import SourceIndex
from leakgate.model.segment import TestRef

FILES = (
    "src/shop/payments.py",
    "src/shop/db.py",
    "src/shop/api/routes.py",
    "src/shop/admin/routes.py",
    "src/main/java/com/acme/shop/PayService.java",
    "src/test/java/com/acme/shop/PayServiceTest.java",
    "internal/pay/pay.go",
    "internal/pay/pay_test.go",
    "app/orders.ts",
    "app/orders.spec.ts",
    "Shop/PayService.cs",
    "lib/pay.rb",
    "spec/pay_spec.rb",
    "src/pay.rs",
    "src/Pay.php",
    "tests/test_checkout.py",
    "main.py",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose files have 100 lines each."""
    found = tmp_path_factory.mktemp("outer") / "repo"
    for name in (*FILES, "node_modules/pay/index.js", ".venv/lib/requests/api.py", "build/src/shop/db.py"):
        path = found / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n" * 100)
    (found.parent / "secret.py").write_text("x\n" * 100)
    (found / "link.py").symlink_to(found.parent / "secret.py")
    (found / "outside").symlink_to(found.parent)
    return found


def written_by(root: Path, text: str) -> str | None:
    """`file:line` of what wrote the `@` in `text`."""
    found = SourceLines(SourceIndex(root)).emitter(text, text.index("@"))
    return f"{found.file}:{found.line}" if found is not None else None


_PY, _JAVA, _GO = (
    "src/shop/payments.py:41",
    "src/main/java/com/acme/shop/PayService.java:88",
    "internal/pay/pay.go:12",
)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (_PY, "ERROR    shop.payments:payments.py:41 token @"),
        (_PY, "2026-01-01 10:00:00,1 [payments.py:41] token @"),
        (_PY, "INFO /home/runner/work/shop/shop/src/shop/payments.py:41 - @"),
        (_PY, "2026-01-01T10:00:00.0000000Z /builds/acme/shop/src/shop/payments.py:41 @"),
        ("src/shop/api/routes.py:9", "INFO shop.api.routes:routes.py:9 @"),
        (None, "INFO routes.py:9 @"),
        (None, "INFO payments.py:4100 @"),
        (_JAVA, "10:00:01 INFO c.a.s.PayService [PayService.java:88] @"),
        (_JAVA, "INFO  [main] com.acme.shop.PayService.pay(PayService.java:88) - @"),
        ("app/orders.ts:10", "info: @ (app/orders.ts:10:5)"),
        ("app/orders.ts:10", "D:\\a\\shop\\shop\\app\\orders.ts:10:5 @"),
        ("src/shop/payments.py:41", '{"caller": "shop/payments.py:41", "msg": "@"}'),
        (_GO, '{"level":"info","ts":1,"caller":"pay/pay.go:12","msg":"@"}'),
        (_GO, 'level=info msg="@" caller=pay.go:12'),
        (_PY, '{"message":"@","log":{"origin":{"file":{"name":"payments.py","line":41},"function":"f"}}}'),
        (_PY, '{"message":"@","log.origin.file.name":"payments.py","log.origin.file.line":41}'),
        (_PY, '{"body":"@","code.filepath":"/app/src/shop/payments.py","code.lineno":41}'),
        (_PY, '{"body":"@","code.file.path":"/app/src/shop/payments.py","code.line.number":41}'),
        (_PY, '{"message": "@", "pathname": "/app/src/shop/payments.py", "lineno": 41}'),
        (_PY, '{"msg":"@","logging.googleapis.com/sourceLocation":{"file":"payments.py","line":"41"}}'),
        (_GO, '{"msg":"@","source":{"function":"pay.Do","file":"/src/internal/pay/pay.go","line":12}}'),
        (_PY, '{"log":"{\\"msg\\":\\"@\\",\\"filename\\":\\"payments.py\\",\\"lineno\\":41}\\n"}'),
        ("Shop/PayService.cs:None", '{"@m":"@","SourceContext":"Acme.Shop.PayService"}'),
        (
            "src/main/java/com/acme/shop/PayService.java:None",
            '{"message":"@","logger_name":"com.acme.shop.PayService"}',
        ),
        (None, "just a line with @"),
        (None, "INFO requests.api:api.py:3 @"),
        (None, "INFO /usr/lib/python3.11/shop/payments.py:41 @"),
        (None, "/x/../../secret.py:4 @"),
        (None, "link.py:4 @"),
        (None, "outside/secret.py:4 @"),
        ("main.py:4", "/app/main.py:4 @"),
    ],
)
def test_log_lines(root: Path, expected: str | None, text: str) -> None:
    """What a logger says of its caller is found in the checkout, and nothing outside of it."""
    assert expected == written_by(root, text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            _PY,
            (
                "Traceback (most recent call last):\n"
                '  File "/w/tests/test_checkout.py", line 7, in test\n    pay()\n'
                '  File "/w/src/shop/payments.py", line 41, in pay\n    raise Declined(x)\n    ^^^^^\n'
                '  File "/usr/lib/python3.11/json/__init__.py", line 3, in loads\n'
                "shop.Declined: @\n"
            ),
        ),
        (
            "tests/test_checkout.py:7",
            'Traceback (most recent call last):\n  File "/w/tests/test_checkout.py", line 7, in test\nError: @\n',
        ),
        (
            _PY,
            (
                'ERROR cannot pay @\nTraceback (most recent call last):\n  File "/w/src/shop/payments.py", line 41, in f\n'
                "    x\nKeyError: 1\n"
            ),
        ),
        (None, 'printed @\nTraceback (most recent call last):\n  File "/w/src/shop/payments.py", line 41\n'),
        (
            "tests/test_checkout.py:7",
            (
                "    def test_x():\n>       assert f() == 1\nE       AssertionError: assert '@' == 1\n\n"
                "tests/test_checkout.py:7: AssertionError\n"
            ),
        ),
        (
            _JAVA,
            (
                "java.lang.IllegalStateException: @\n"
                "\tat java.base/java.util.Objects.requireNonNull(Objects.java:233)\n"
                "\tat app//com.acme.shop.PayService.pay(PayService.java:88)\n"
                "\tat com.acme.shop.PayServiceTest.pays(PayServiceTest.java:12)\n"
            ),
        ),
        (
            "src/test/java/com/acme/shop/PayServiceTest.java:12",
            (
                "AssertionFailedError: @\n\tat org.junit.Assert.fail(Assert.java:8)\n"
                "\tat com.acme.shop.PayServiceTest.pays(PayServiceTest.java:12)\n"
            ),
        ),
        (
            _JAVA,
            "Caused by: x: @\n\tat com.acme.shop.PayService$Inner.lambda$pay$0(PayService.java:88)\n\t... 12 more\n",
        ),
        (
            _GO,
            "panic: @\n\ngoroutine 7 [running]:\nacme/pay.Do(0x1)\n\t/go/src/acme/internal/pay/pay.go:12 +0x1d\n",
        ),
        ("internal/pay/pay_test.go:12", "    pay_test.go:12: got @\n"),
        (
            "app/orders.ts:10",
            (
                "Error: @\n    at Object.get (/w/node_modules/pay/index.js:1:1)\n    at pay (/w/app/orders.ts:10:5)\n"
                "    at node:internal/process/task_queues:95:5\n"
            ),
        ),
        ("app/orders.ts:10", "Error: @\n\n    at async file:///w/app/orders.ts:10:5\n"),
        (
            "Shop/PayService.cs:12",
            "System.Exception: @\n   at System.X.Y()\n   at Shop.PayService.Pay(String s) in C:\\w\\Shop\\PayService.cs:line 12\n",
        ),
        ("lib/pay.rb:12", "/w/lib/pay.rb:12:in `pay': @ (RuntimeError)\n"),
        (
            "lib/pay.rb:12",
            (
                "     Failure/Error: pay\n     RuntimeError:\n       @\n     # ./lib/pay.rb:12:in 'pay'\n"
                "     # ./spec/pay_spec.rb:5:in 'block'\n"
            ),
        ),
        ("src/pay.rs:10", "thread 'main' panicked at src/pay.rs:10:5:\n@\nnote: run with\n"),
        ("src/pay.rs:10", "thread 'main' panicked at '@', src/pay.rs:10:5\n"),
        (
            "src/Pay.php:12",
            "Exception: @\nStack trace:\n#0 /app/src/Pay.php(12): pay()\n#1 {main}\n",
        ),
        (None, "@\nINFO next record\n\tat com.acme.shop.PayService.pay(PayService.java:88)\n"),
    ],
)
def test_stack_traces(root: Path, expected: str | None, text: str) -> None:
    """The frame of the project nearest to the trouble; tests only where no other code is in the trace."""
    assert expected == written_by(root, text)


@pytest.mark.parametrize(
    ("expected", "test"),
    [
        (SourceLine("tests/test_checkout.py", 7), TestRef("t", "/ci/repo/tests/test_checkout.py", 7)),
        (SourceLine("tests/test_checkout.py", None), TestRef("tests.test_checkout::test_x")),
        (SourceLine("tests/test_checkout.py", None), TestRef("tests.test_checkout.TestPay::test_x")),
        (
            SourceLine("src/test/java/com/acme/shop/PayServiceTest.java", None),
            TestRef("com.acme.shop.PayServiceTest$Inner::pays"),
        ),
        (None, TestRef("a test with words")),
        (None, TestRef("t", "../secret.py", 7)),
    ],
)
def test_tests_are_found(root: Path, expected: SourceLine | None, test: TestRef) -> None:
    """A test is found by the file of its report, or by its module or class."""
    assert expected == SourceLines(SourceIndex(root)).of_test(test)


def test_the_line_of_a_test_is_where_it_is_defined(tmp_path: Path) -> None:
    """A report without lines leaves the name of the test to look for."""
    (tmp_path / "test_a.py").write_text("import x\n\n\ndef test_ab(): ...\ndef test_a(): ...\n")

    assert SourceLine("test_a.py", 5) == SourceLines(SourceIndex(tmp_path)).of_test(
        TestRef("test_a::test_a[1]")
    )


_PIECES = st.sampled_from(
    ("../", "/", "\\", "C:\\", "secret.py", "link.py", "outside", "main.py", ":4", ":4:1", 'File "', '", line 4', " at ",
     "(", ")", "\0", "\n", "\t", "webpack:///", "{", '"file":', "x" * 300, "@", "panicked at ", " in ", ":line 4", "#0 ")
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=20))
def test_only_files_of_the_checkout_are_named(root: Path, pieces: list[str]) -> None:
    """Whatever a log says, nothing is raised and no file outside of the root is named."""
    text = "".join(pieces) + "@"
    sources = SourceLines(SourceIndex(root))

    found = (sources.emitter(text, text.index("@")), sources.of_test(TestRef(text, text, 4)))

    assert {one.file for one in found if one is not None} <= set(FILES)


def test_hostile_lines_take_no_time(root: Path) -> None:
    """Lines made of the beginnings of frames are given up soon."""
    text = (
        "\n".join(piece * 2000 for piece in ("at a in a ", "a.b:", "caller=a.", "panicked at '", "/a.py:"))
        + "@"
    )

    assert written_by(root, text * 3) is None


def test_a_root_that_is_gone_names_nothing(tmp_path: Path) -> None:
    """A folder that cannot be read is an empty one."""
    assert SourceIndex(tmp_path / "none").find("a.py") is None
