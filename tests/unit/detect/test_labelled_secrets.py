"""Generic secrets by name, in every syntax that test output shows."""

from __future__ import annotations

import pytest

from leakgate.detect.labelled.names import Vocabulary, words
from leakgate.detect.labelled.secrets import LabelledSecrets
from tests.kit.segments import found

_VALUE = "Vq8kRtz91Lw" + "Zx72Hq3n"
_RECOGNIZER = LabelledSecrets()


@pytest.mark.parametrize(
    "template",
    [
        "DB_PASSWORD={}",
        "export API_KEY='{}'",
        'password: "{}"',
        "password: {}",
        '{{"clientSecret": "{}", "ok": true}}',
        '{{\\"client_secret\\":\\"{}\\",\\"n\\":1}}',
        "{{'access_token': '{}', 'id': 3}}",
        '{{:api_key=>"{}", :id=>3}}',
        "Config(host=db, apiKey={}, retries=3)",
        "ApiKey:{} Retries:3",
        "X-Api-Key: {}",
        "GET /v1?page=2&api_key={}&x=1 HTTP/1.1",
        "+ deploy --auth-token {} --force",
        "+ deploy --auth-token={} --force",
        "<password>{}</password>",
        '<property name="db.password" value="{}"/>',
        "('client_secret', '{}')",
        '+   "apiToken": "{}",',
        "the access token is {}",
        "&quot;api_key&quot;: &quot;{}&quot;",
        "PW:{}",
        "ssh deploy@10.0.0.9 (pw:{})",
        "MY_PSWD={}",
        "CREATE ROLE app WITH PASSWORD '{}' LOGIN;",
        "password for deploy: {}",
        'def connect(passwd: str = "{}"):',
        'if secret != "{}":',
        "<Pass>{}</Pass>",
        "<apiToken>\n        {}\n</apiToken>",
        'secret_key := "{}"',
        "Server=db;User Id=sa;Password={};Encrypt=True",
        "//npm.corp.test/:_authToken={}",
        "mvn -B deploy -DsecretKey={}",
    ],
)
def test_a_value_is_found_whatever_the_syntax(template: str) -> None:
    """The value alone, without its quotes and separators."""
    assert [_VALUE] == found(_RECOGNIZER, "2026-01-02 INFO " + template.format(_VALUE) + "\nnext line\n")


def test_digits_and_a_dollar_sign_end_a_password_and_no_name() -> None:
    """`Name.yes2780$` is no member of a module."""
    value = "Name.yes27" + "80$"

    assert [value] == found(
        _RECOGNIZER, f"--db jdbc:postgresql://db/app?user=a&password={value}&sslmode=require"
    )


@pytest.mark.parametrize(
    "text",
    [
        "password_length=12charactersLONG9",
        "token_type: {}",
        "token count = {}",
        "password:",
        "PASS: TestParseValidInput99 (0.00s)",
        "bypass=aB3dE5fG7hI9jK1l",
        "compass: aB3dE5fG7hI9jK1l",
        "secretKeyRef: {{name: my-secret-9}}",
        "</password>aB3dE5fG7hI9jK1l",
    ],
)
def test_a_name_that_only_resembles_a_sensitive_one_is_none(text: str) -> None:
    """The last words of a name decide."""
    assert [] == found(_RECOGNIZER, text.format(_VALUE))


def test_names_are_compared_as_words() -> None:
    """Spelling conventions and trailing numbers make no difference."""
    spellings = (
        "DB_PASSWORD",
        "dbPassword",
        "db.password",
        "--db-password",
        "DbPassword2",
        "db_password_value",
    )

    assert {("db", "password")} == {words(name) for name in spellings}


def test_the_longest_entry_of_a_vocabulary_wins() -> None:
    """`secret access key` is more than a `key`."""
    vocabulary = Vocabulary({"key": "any", "access key": "api", "secret access key": "aws"})

    assert "aws" == vocabulary.meaning("AWS_SECRET_ACCESS_KEY")
    assert "api" == vocabulary.meaning("storageAccessKey")
    assert "any" == vocabulary.meaning("row.key")
    assert vocabulary.meaning("keyboard") is None
