"""Values that stand apart from their names get them: SQL, drawn tables, form parts, markup, dumps."""

from __future__ import annotations

import pytest

from leakgate.unpack.decoders.dumped_pairs import DUMPED_PAIRS
from leakgate.unpack.decoders.form_parts import FORM_PARTS
from leakgate.unpack.decoders.labelling import Labelling
from leakgate.unpack.decoders.named_markup import NAMED_MARKUP
from leakgate.unpack.decoders.pair_lists import PAIR_LISTS
from leakgate.unpack.decoders.sql_values import SQL
from leakgate.unpack.decoders.text_tables import TABLES
from tests.unit.unpack.decoders.unfolding import children, raw_of, unfolded

INSERT = "INSERT INTO people (id, nick, town) VALUES"
CREATE = "CREATE TABLE `people` (\n  `id` int,\n  `nick` text,\n  `town` text,\n  PRIMARY KEY (`id`)\n);\n"
PART = "--b\r\nContent-Disposition: form-data; name="
MARKS = INSERT + " (?, ?, ?)"
CASES: dict[str, tuple[Labelling, str]] = {
    "insert": (SQL, INSERT + " (1, 'Anna', 'Ulm');"),
    "insert, many rows": (SQL, INSERT + " (0, NULL, NULL),\n (1, 'Anna', 'Ulm');"),
    "insert, quoted names": (
        SQL,
        'insert into "p"."people" ("id", "nick", "town") values (1,\'Anna\',\'Ulm\')',
    ),
    "insert, casts": (SQL, INSERT + " (1, 'Anna'::text, N'Ulm')"),
    "columns of the table": (
        SQL,
        CREATE + "INSERT INTO `people` VALUES (1,'Anna','Ulm');",
    ),
    "copy": (SQL, "COPY people (id, nick, town) FROM stdin;\n1\tAnna\tUlm\n\\.\n"),
    "tuple behind": (SQL, MARKS + "\n[generated in 0.1s] (1, 'Anna', 'Ulm')"),
    "array behind": (SQL, MARKS + ' -- PARAMETERS: [1, "Anna", "Ulm"]'),
    "update": (SQL, "UPDATE people SET nick=%s, town=%s WHERE id = %s; args=('Anna', 'Ulm', 1)"),
    "where": (SQL, "SELECT 1 FROM people WHERE nick = ? AND town = ?\n('Anna', 'Ulm')"),
    "numbered behind": (SQL, MARKS + "\nDETAIL: parameters: $1 = '1', $2 = 'Anna', $3 = 'Ulm'"),
    "numbered before": (SQL, "[Parameters=[@p0='1', @p1='Anna', @p2='Ulm']]\n" + MARKS),
    "typed": (SQL, MARKS + "\n==> Parameters: 1(Integer), Anna(String), Ulm(String)"),
    "psql": (TABLES, " id | nick | town \n----+------+------\n  1 | Anna | Ulm\n(1 row)"),
    "mysql": (TABLES, "+----+------+\n| nick | town |\n+----+------+\n| Anna | Ulm |\n+----+------+\n"),
    "Markdown": (TABLES, "| nick | town |\n| --- | --- |\n| Anna | Ulm |\n"),
    "Gherkin": (TABLES, "Given people\n  | nick | town |\n  | Anna | Ulm |\n"),
    "expanded": (TABLES, "-[ RECORD 1 ]-\nnick | Anna\ntown | Ulm\n"),
    "form": (
        FORM_PARTS,
        PART + '"nick"\r\n\r\nAnna\r\n' + PART + '"town"\r\nX: y\r\n\r\nUlm\r\n--b--',
    ),
    "attributes": (NAMED_MARKUP, '<a Name="nick"><Value>Anna</Value></a><a key="town">Ulm</a>'),
    "elements": (NAMED_MARKUP, "<key>nick</key><string>Anna</string><key>town</key>\n<string>Ulm</string>"),
    "Rust": (DUMPED_PAIRS, 'P { nick: Some("Anna"), town: Some("Ulm") }'),
    "var_dump": (DUMPED_PAIRS, '["nick"]=>\n  string(4) "Anna"\n["town"]=>\n  string(3) "Ulm"'),
    "serialize": (DUMPED_PAIRS, 's:4:"nick";s:4:"Anna";s:4:"town";s:3:"Ulm";'),
    "Erlang": (DUMPED_PAIRS, '[{nick,<<"Anna">>},{town,<<"Ulm">>}]'),
    "Clojure": (DUMPED_PAIRS, '{:nick "Anna", :town "Ulm"}'),
    "PowerShell": (DUMPED_PAIRS, f"{'nick':20} : Anna\n{'town':20} : Ulm\n"),
    "two columns": (PAIR_LISTS, "Name   Value\n----   -----\nnick   Anna\ntown   Ulm\n\nnone   of it\n"),
    "raw headers": (PAIR_LISTS, "rawHeaders: [\n  'nick', 'Anna',\n  'town',\n  'Ulm'\n]"),
    "Redis": (
        PAIR_LISTS,
        "*3\r\n$4\r\nnick\r\n$4\r\nAnna\r\n*3\r\n$4\r\ntown\r\n$3\r\nUlm\r\n",
    ),
    "tnetstrings": (DUMPED_PAIRS, "30:4:nick;4:Anna;4:town;3:Ulm;}"),
}


@pytest.mark.parametrize(("decoder", "text"), CASES.values(), ids=CASES)
def test_values_get_their_names(decoder: Labelling, text: str) -> None:
    """Each value is a field called by its column, key or part, at its exact place."""
    [child] = children(decoder, text)

    assert {b"nick: \x1fAnna\x1e", b"town: \x1fUlm\x1e"} <= set(child.data.split(b"\n"))
    assert (b"Anna", b"Ulm") == (raw_of(child, b"Anna"), raw_of(child, b"Ulm"))


def test_doubled_quotes_of_a_value_are_single() -> None:
    """The value is what the database stores; its place is what the statement says."""
    [child] = children(SQL, INSERT + " (1, 'O''Hara', 'Ulm')")

    assert b"nick: \x1fO'Hara\x1e" in child.data
    assert b"O''Hara" == raw_of(child, b"O'Hara")


def test_a_key_block_does_not_end_a_form_part() -> None:
    """Its dashes are no boundary."""
    key = "-----BEGIN X-----\r\nabc\r\n-----END X-----"
    [child] = children(FORM_PARTS, f'Content-Disposition: form-data; name="k"\r\n\r\n{key}\r\n--b--')

    assert key.encode() in child.data


@pytest.mark.parametrize(
    "text",
    [
        INSERT + " (" * 5000,
        INSERT + " ('" + "a" * 100_000,
        (INSERT + " (1, 'x') ") * 2000,
        "|a |b |\n" * 20_000,
        "+--" * 30_000,
        'form-data; name="' * 5000,
        '<key name="abc"' * 10_000,
        "1:a:1:" * 20_000,
        's:1:"ab";s:1:"' * 10_000,
    ],
    ids=lambda text: text[:18],
)
def test_hostile_repetition_is_bounded(text: str) -> None:
    """Nothing grows out of proportion, and no child finds itself again."""
    assert sum(len(child.data) for child in unfolded(text)) < 200 * len(text)


def test_words_of_a_go_struct_are_one_value() -> None:
    """Up to the next name; what has no blank is found without help."""
    text = "cfg={Host:x FullName:Ada Byron King Age:36 Town:New Ulm}"

    assert b"FullName: \x1fAda Byron King\x1e\nTown: \x1fNew Ulm\x1e\n" == children(PAIR_LISTS, text)[0].data
