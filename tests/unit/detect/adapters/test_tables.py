"""The checked-in tables say what the installed libraries say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from leakgate.detect.adapters import tables, tabulation
from leakgate.detect.adapters.catalogue import LOCALES, TRAITS
from leakgate.detect.adapters.detect_secrets import detect_secrets_recognizers
from leakgate.detect.adapters.plugins import KEYWORD_QUOTED, PLUGINS
from leakgate.detect.adapters.presidio import presidio_recognizers

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
_HERE = Path(tables.__file__).parent


def test_presidio_table_is_the_installed_library():
    """The table of Presidio's patterns is what the installed release would make it."""
    checked_in = (_HERE / "presidio_patterns.json").read_text(encoding="utf-8")

    assert tabulation.render(tabulation.presidio_rows()) == checked_in


def test_detect_secrets_table_is_the_installed_library():
    """The table of detect-secrets' patterns is what the installed release would make it."""
    checked_in = (_HERE / "detect_secrets_patterns.json").read_text(encoding="utf-8")

    assert tabulation.render(tabulation.detect_secrets_rows()) == checked_in


def test_every_presidio_entity_has_a_trait():
    """No entity of the library is without a family and a severity, and none is made up."""
    assert set(TRAITS) - {"PHONE_NUMBER"} == {each.entity for each in tables.presidio_table()}


def test_every_country_of_presidio_has_a_locale():
    """A policy can choose each country that Presidio has recognizers for."""
    chosen = {country for countries in LOCALES.values() for country in countries}

    assert {each.country for each in tables.presidio_table()} - {""} == chosen


def test_all_27_plugins_are_there():
    """Each plugin of detect-secrets has its recognizer and its rule."""
    rules = [rule.id for each in detect_secrets_recognizers() for rule in each.rules]

    assert 27 == len(set(rules)) == len(PLUGINS)


def test_keyword_groups_are_the_plugins_own():
    """The value's group of each keyword expression is the one that the plugin reads."""
    from detect_secrets.plugins import keyword

    quoted = list(keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP.values())
    configuration = list(keyword.CONFIG_DENYLIST_REGEX_TO_GROUP.values())

    assert (tuple(quoted + configuration), len(quoted)) == (PLUGINS["KeywordDetector"].groups, KEYWORD_QUOTED)


def test_pattern_ids_are_unique():
    """No two patterns of the adapters share an id, whichever locales are chosen."""
    recognizers = (*presidio_recognizers(frozenset({"all"})), *detect_secrets_recognizers())
    ids = [pattern.id for each in recognizers for pattern in each.patterns]

    assert sorted(set(ids)) == sorted(ids)


def test_building_recognizers_imports_no_library():
    """Rules and patterns are had without presidio, spaCy, detect-secrets, tldextract or phonenumbers."""
    program = (
        "import sys\n"
        "from leakgate.detect.adapters.detect_secrets import detect_secrets_recognizers\n"
        "from leakgate.detect.adapters.presidio import presidio_recognizers\n"
        "from leakgate.detect.nlp.recognizer import nlp_recognizers\n"
        "every = (*detect_secrets_recognizers(), *presidio_recognizers(frozenset({'all'})),\n"
        "         *nlp_recognizers(('PERSON', 'LOCATION')))\n"
        "assert [pattern for each in every for pattern in each.patterns]\n"
        "heavy = {'presidio_analyzer', 'spacy', 'detect_secrets', 'tldextract', 'phonenumbers', 'regex'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
