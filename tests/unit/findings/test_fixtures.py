"""What stands in the repository's own tests is known to be made up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from leakgate.findings.fixture_files import fixture_texts
from leakgate.findings.fixtures import FixtureIndex

MAIL = "ottilie.brandwein" + "@" + "northby-mail.org"
SPACED = "4021 7730 9954"


def index(**files: str) -> FixtureIndex:
    return FixtureIndex(files.items, "1f2e3d4c5b6a")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (MAIL, f'{{"email": "{MAIL.upper()}"}}'),
        ("Ottilie Brandwein", "name: Brandwein\nusers: [Ottilie Brandwein]"),
        (SPACED, SPACED.replace(" ", "-")),
        (SPACED.replace(" ", ""), f"number = '{SPACED}'"),
        ("X1234567L", "dni,x1234567l,active"),
    ],
)
def test_value_of_a_fixture_is_known(value, text):
    """A value is found again whatever its case and however its parts are joined."""
    assert "stands in users at 1f2e3d4c5b6a" == index(users=text).reason(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (MAIL, "ottilie is not brandwein at northby-mail.org"),
        ("Ottilie Brandwein", "Brandwein, Ottilie"),
        ("male", "male female"),
        ("Ottilie", "Ottilie went home"),
        (SPACED, "4021 7730 9955"),
        ("", ""),
    ],
)
def test_other_value_is_not(value, text):
    """Parts elsewhere, single words and other numbers excuse nothing."""
    assert None is index(users=text).reason(value)


def test_parts_in_different_files_are_no_value():
    """All parts of a value must stand in one file."""
    assert None is index(one="Ottilie Maria", two="Maria Brandwein").reason("Ottilie Maria Brandwein")


def test_texts_are_read_when_first_needed():
    """A scan without personal data reads no fixture; one with it reads each once."""
    asked: list[str] = []

    def texts() -> list[tuple[str, str]]:
        asked.append("read")
        return [("users", MAIL)]

    fixtures = FixtureIndex(texts, "1f2e3d4c5b6a")
    assert [] == asked
    fixtures.reason(MAIL)
    fixtures.reason(MAIL)
    assert ["read"] == asked


def test_index_holds_no_text():
    """Nothing of a file's text remains but digests and the names of files."""
    fixtures = index(users=MAIL)
    fixtures.reason(MAIL)

    assert "brandwein" not in repr({key: getattr(fixtures, key) for key in ("_places", "_files", "_key")})


class Commit:
    """A commit of these files."""

    commit = "1f2e3d4c5b6a" + "0" * 28

    def __init__(self, **files: str) -> None:
        self.files = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}

    def paths(self, skipped: Callable[[str], bool]) -> list[str]:
        return [name for name in self.files if not any(map(skipped, name.split("/")[:-1]))]

    def texts(self, paths: Iterable[str], largest: int, altogether: int) -> dict[str, bytes]:
        read = {path: self.files[path].encode() for path in paths}
        return {path: raw for path, raw in read.items() if len(raw) <= min(largest, altogether)}


def test_tests_and_fixtures_are_read(tmp_path):
    """Folders and names of tests count, source code and what tools wrote do not."""
    files = Commit(
        tests__users_dot_json="a",
        src__orders_test_dot_go="b",
        src__orders_dot_go="c",
        node_modules__x__tests__y_dot_js="d",
        db__seeds__people_dot_sql="e",
    )

    found = {name for name, _ in fixture_texts(files, tmp_path)}

    assert {"tests/users.json", "src/orders_test.go", "db/seeds/people.sql"} == found


def test_scanned_files_do_not_vouch_for_themselves(tmp_path):
    """What is being scanned is no fixture, wherever it lies."""
    files = Commit(tests__users_dot_json="a", tests__out__run_dot_log="b")

    assert ["tests/users.json"] == [
        name for name, _ in fixture_texts(files, tmp_path, [tmp_path / "tests" / "out"])
    ]


def test_binary_and_huge_files_are_left_out(tmp_path):
    """Nothing that nobody wrote by hand is read."""
    files = Commit(tests__users_dot_json="a", tests__big_dot_json="x" * 300_000, tests__image_dot_png="P\0")

    assert ["tests/users.json"] == [name for name, _ in fixture_texts(files, tmp_path)]
