"""Statements, dumps and results of databases, in which a value stands apart from its name; drawn tables."""

from __future__ import annotations

from collections.abc import Callable

from tests.carriers.document import Carrier, Document, Make, Page
from tests.carriers.logs import NOISE_AFTER, NOISE_BEFORE
from tests.carriers.values import Value

Values = tuple[Value, ...]
Show = Callable[[str], str]
_ONE_LINE = (("pem", "has several lines by nature, this carrier has one"),)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _python(text: str) -> str:
    return repr(text)


def _labels(values: Values, joint: str = ", ", mark: str = "") -> str:
    return joint.join(mark + value.label + mark for value in values)


def _listed(page: Page, values: Values, show: Show, joint: str = ", ") -> Page:
    for number, value in enumerate(values):
        page.add(joint if number else "").put(value, show(value.text))
    return page


def _script(name: str, opening: Callable[[Values], str], show: Show, closing: str, joint: str = ", ") -> Make:
    """A file with one statement, all values in one list."""

    def make(values: Values) -> Document:
        page = Page().add("-- dumped for the test run\n").add(opening(values))
        return _listed(page, values, show, joint).add(closing).document(name)

    return make


def _log(opening: Callable[[Values], str], show: Show, closing: str, joint: str = ", ") -> Make:
    """A log in which the list stands between ordinary lines."""

    def make(values: Values) -> Document:
        page = Page().add("".join(line + "\n" for line in NOISE_BEFORE)).add(opening(values))
        _listed(page, values, show, joint).add(closing)
        return page.add("".join(line + "\n" for line in NOISE_AFTER)).document("sql.log")

    return make


def _marks(values: Values, mark: str = "?") -> str:
    return ", ".join(mark.replace("N", str(number)) for number in range(1, len(values) + 1))


def _insert(values: Values, mark: str = "?") -> str:
    return f"INSERT INTO accounts ({_labels(values)}) VALUES ({_marks(values, mark)})"


def _create(values: Values) -> str:
    columns = "".join(f"  `{value.label}` varchar(255) DEFAULT NULL,\n" for value in values)
    return f"CREATE TABLE `accounts` (\n  `id` int NOT NULL,\n{columns}  PRIMARY KEY (`id`)\n);\n"


def _numbered(line: str) -> Make:
    """One line for each parameter behind the statement."""

    def make(values: Values) -> Document:
        page = Page().add(f"DEBUG org.hibernate.SQL - {_insert(values)}\n")
        for number, value in enumerate(values, 1):
            before, _, behind = line.replace("N", str(number)).partition("TEXT")
            page.add(before).put(value, value.text).add(behind + "\n")
        return page.add("INFO done\n").document("app.log")

    return make


def _parameters(opening: str, closing: str, item: str, mark: str) -> Make:
    """A list of numbered parameters behind the statement."""

    def make(values: Values) -> Document:
        page = Page().add(f"LOG:  execute <unnamed>: {_insert(values, mark)}\n{opening}")
        for number, value in enumerate(values, 1):
            before, _, behind = item.replace("N", str(number)).partition("TEXT")
            page.add(", " if number > 1 else "").add(before).put(value, value.text).add(behind)
        return page.add(closing + "\nLOG:  duration: 0.2 ms\n").document("postgresql.log")

    return make


def _drawn(name: str, bar: str, edge: bool, rule: Callable[[list[int]], str]) -> Make:
    """A table with a header, a rule and one row."""

    def make(values: Values) -> Document:
        widths = [max(len(value.label), len(value.text)) for value in values]
        left, right = (f"{bar} ", f" {bar}") if edge else (" ", "")
        page = Page().add("Result:\n\n")
        labels = [value.label.ljust(width) for value, width in zip(values, widths, strict=True)]
        page.add(left + f" {bar} ".join(labels) + right + "\n" + rule(widths) + left)
        for number, (value, width) in enumerate(zip(values, widths, strict=True)):
            page.add(f" {bar} " if number else "").put(value, value.text)
            page.add(" " * (width - len(value.text)))
        return page.add(right + "\n\n(1 row)\n").document(name)

    return make


def _psql_rule(widths: list[int]) -> str:
    return "+".join("-" * (width + 2) for width in widths) + "\n"


def _markdown_rule(widths: list[int]) -> str:
    return "|" + "|".join(" " + "-" * width + " " for width in widths) + "|\n"


def _expanded(values: Values) -> Document:
    page = Page().add("-[ RECORD 1 ]---------+------------\n")
    for value in values:
        page.add(f"{value.label:<22}| ").put(value, value.text).add("\n")
    return page.add("\n").document("psql.log")


CARRIERS: tuple[Carrier, ...] = (
    Carrier(
        "SQL insert, columns apart",
        _script("seed.sql", lambda v: f"INSERT INTO accounts ({_labels(v)}) VALUES (", _quoted, ");\n"),
    ),
    Carrier(
        "mysqldump, columns in CREATE TABLE",
        _script(
            "dump.sql",
            lambda v: _create(v) + f"INSERT INTO `accounts` VALUES (1{',NULL' * len(v)}),(2,",
            _quoted,
            ");\n",
            ",",
        ),
    ),
    Carrier(
        "pg_dump COPY",
        _script(
            "pg.sql",
            lambda v: f"COPY public.accounts (id, {_labels(v)}) FROM stdin;\n7\t",
            lambda text: text.replace("\n", "\\n"),
            "\n\\.\n",
            "\t",
        ),
    ),
    Carrier(
        "SQLAlchemy parameters",
        _log(
            lambda v: f"INFO sqlalchemy.engine {_insert(v)}\nINFO sqlalchemy.engine [generated in 0.01s] (",
            _python,
            ")\n",
        ),
    ),
    Carrier("Django parameters", _log(lambda v: f"(0.001) {_insert(v, '%s')}; args=(", _python, ")\n")),
    Carrier(
        "Hibernate 5 parameters",
        _numbered("TRACE o.h.type.descriptor.sql.BasicBinder - binding parameter [N] as [VARCHAR] - [TEXT]"),
        _ONE_LINE,
    ),
    Carrier(
        "Hibernate 6 parameters",
        _numbered("TRACE org.hibernate.orm.jdbc.bind - binding parameter (N:VARCHAR) <- [TEXT]"),
        _ONE_LINE,
    ),
    Carrier("PostgreSQL parameters", _parameters("DETAIL:  parameters: ", "", "$N = 'TEXT'", "$N")),
    Carrier(
        "MyBatis parameters",
        _log(
            lambda v: f"DEBUG ==>  Preparing: {_insert(v)}\nDEBUG ==> Parameters: ",
            lambda text: text + "(String)",
            "\n",
        ),
        (*_ONE_LINE, ("address", "has a comma, which parts the parameters")),
    ),
    Carrier("psql table", _drawn("psql.log", "|", edge=False, rule=_psql_rule), _ONE_LINE),
    Carrier("psql, expanded", _expanded, _ONE_LINE),
    Carrier("Markdown table", _drawn("report.md", "|", edge=True, rule=_markdown_rule), _ONE_LINE),
    Carrier("Gherkin table", _drawn("users.feature", "|", edge=True, rule=lambda widths: ""), _ONE_LINE),
)
