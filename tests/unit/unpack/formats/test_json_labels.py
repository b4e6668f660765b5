"""A value is called what the document means, wherever it wrote the name."""

from __future__ import annotations

import pytest

from tests.unit.unpack.formats.json_fields_of import fields_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('{"password": "the value"}', "password"),
        ('{"password": ["the value"]}', "password"),
        ('{"name": "X-Api-Key", "value": "the value"}', "X-Api-Key"),
        ('{"value": "the value", "name": "X-Api-Key"}', "X-Api-Key"),
        ('{"Key": "db_password", "Value": "the value"}', "db_password"),
        ('{"key": "api.key", "value": {"stringValue": "the value"}}', "api.key"),
        ('{"value": {"stringValue": "the value"}, "key": "api.key"}', "api.key"),
        ('{"key": "keys", "value": {"arrayValue": {"values": [{"stringValue": "the value"}]}}}', "keys"),
        ('{"headers": {"X-Api-Key": {"equalTo": "the value"}}}', "X-Api-Key"),
        ('{"allOf": [{"contains": "the value"}]}', ""),
        ('{"X-Api-Key": {"or": 1, "anyOf": [{"matches": "the value"}]}}', "X-Api-Key"),
        ('{"apikey": [{"key": "value", "value": "the value"}]}', "apikey"),
        ('{"outputs": {"db_password": {"type": "string", "value": "the value"}}}', "db_password"),
        ('{"h": ["Authorization", "the value"]}', "Authorization"),
        ('{"argv": ["run", "it", "--password", "the value"]}', "--password"),
        ('{"card": {"number": "the value"}}', "card.number"),
        ('{"patients": [{"name": "the value"}]}', "patients.name"),
        ('{"selector": "input[name=\\"cpf\\"]", "value": "the value"}', "cpf"),
        ('{"pass\\u0077ord": "the value"}', "password"),
    ],
)
def test_label(text: str, label: str) -> None:
    """The key, the name beside the value, or the key around it."""
    [found] = [field.label for field in fields_of(text) if field.value == b"the value"]

    assert found == label


def test_label_is_bounded() -> None:
    """The syntax of labelled values knows names of up to 80 bytes; the end of a name says what it is."""
    [field] = fields_of('{"' + "é" * 100 + 'password": "the value"}')

    assert len(field.label.encode()) <= 80
    assert field.label.endswith("password")


def test_label_is_one_line() -> None:
    """A key with line breaks does not break the layout."""
    [field] = fields_of('{"a\\nb": "the value"}')

    assert field.label == "a b"


def test_one_key_is_called_after_what_stands_around_it_each_time() -> None:
    """A vague key has the name of its own container in front, wherever in the document it stands."""
    text = '{"card": {"number": "4000"}, "phone": {"number": "5000"}, "list": [{"number": "6000"}]}'

    assert ["card.number", "phone.number", "list.number"] == [field.label for field in fields_of(text)]


def test_elements_of_neighbouring_arrays_have_their_own_names() -> None:
    """Each array's strings are called what that array is called."""
    text = '{"first": ["aaaa", {}, "bbbb"], "second": ["cccc", ["dddd"]]}'

    assert ["first", "first", "second", "second"] == [field.label for field in fields_of(text)]
