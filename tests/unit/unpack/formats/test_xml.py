"""XML: fields, places, tests and damage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakgate.model.segment import TestRef
from leakgate.unpack.formats.markup import attributes, is_dull, values
from leakgate.unpack.formats.registry import format_for
from leakgate.unpack.formats.xml import Xml
from tests.unit.unpack.formats.reading import Read, fields, gaps, pairs, place


def pointers(text: str) -> dict[str, str | None]:
    return {read.value: read.pointer for read in fields(Xml(), text)}


def test_texts_are_called_what_their_element_is_called() -> None:
    """The text of an element is a field with its name, its path and its place."""
    assert [
        Read("system-out", "line one\nline two", "line one\nline two", "/suite/system-out", None)
    ] == fields(Xml(), "<suite><system-out>line one\nline two</system-out></suite>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<user password="hunter2x"/>', ("password", "hunter2x")),
        ("<user password='hunter2x'/>", ("password", "hunter2x")),
        ('<property name="db.password" value="hunter2x"/>', ("db.password", "hunter2x")),
        ('<property value="hunter2x" name="db.password"/>', ("db.password", "hunter2x")),
        ('<variable name="password">hunter2x</variable>', ("password", "hunter2x")),
        ("<dict><key>password</key><string>hunter2x</string></dict>", ("password", "hunter2x")),
        ("<property><name>password</name><value>hunter2x</value></property>", ("password", "hunter2x")),
        ("<a><b>password:</b><c>hunter2x</c></a>", ("c", "hunter2x")),
        ("<a><!-- hunter2x --></a>", ("comment", " hunter2x ")),
    ],
)
def test_labels(text: str, expected: tuple[str, str]) -> None:
    """Names given beside a value are its label, also in pairs."""
    assert expected in pairs(Xml(), text)


@pytest.mark.parametrize(
    ("text", "value", "raw"),
    [
        ("<a>x&amp;secret</a>", "secret", "secret"),
        ("<a>sec&#114;et</a>", "secret", "sec&#114;et"),
        ("<a>&lt;secret&gt;</a>", "secret", "secret"),
        ("<a>sec&unknown;ret</a>", "sec&unknown;ret", "sec&unknown;ret"),
        ("<a>sec<![CDATA[ret]]></a>", "secret", "sec<![CDATA[ret"),
        ("<a><![CDATA[sec]]]]><![CDATA[>ret]]></a>", "sec]]>ret", "sec]]]]><![CDATA[>ret"),
        ("<a><![CDATA[&amp;secret]]></a>", "&amp;secret", "&amp;secret"),
        ("<a>sec#x1B[31mret</a>", "secret", "sec#x1B[31mret"),
        ("<a>sec&#27;[1;31mret</a>", "secret", "sec&#27;[1;31mret"),
        ('<a b="&quot;secret&quot;"/>', "secret", "secret"),
        ("<a>é&amp;secret</a>", "secret", "secret"),
        ("<text:p>sec<text:span>ret</text:span></text:p>", "secret", "sec<text:span>ret"),
        (
            "<w:p><w:r><w:t>sec</w:t></w:r><w:r><w:t>ret</w:t></w:r></w:p>",
            "secret",
            "sec</w:t></w:r><w:r><w:t>ret",
        ),
    ],
)
def test_places_are_exact(text: str, value: str, raw: str) -> None:
    """A value leads back to the bytes it was written as, references and sections included."""
    assert raw == place(Xml(), text, value, value)


def test_paths_count_siblings() -> None:
    """Elements of the same name are told apart, by name."""
    text = "<r><s>one</s><t>two</t><s><t>three</t><t at='fourth'/></s></r>"

    expected = {"one": "/r/s", "two": "/r/t", "three": "/r/s[2]/t", "fourth": "/r/s[2]/t[2]/@at"}
    assert expected == pointers(text)


_TRX = (
    '<TestRun><Results><UnitTestResult testId="7" testName="Pays"><Output><StdOut>@@@</StdOut></Output>'
    '</UnitTestResult></Results><TestDefinitions><UnitTest name="Pays" id="7">'
    '<TestMethod className="Acme.Shop, Acme, Version=1" name="Pays"/></UnitTest></TestDefinitions></TestRun>'
)
_PYTEST = (
    '<testsuite><testcase classname="tests.test_orders" name="test_checkout" file="t/a.py" line="41">'
    "<system-out>@@@"
)
_NUNIT = '<test-run><test-suite name="Acme"><test-case name="Pays" fullname="Acme.Shop.Pays"><output>@@@'
_XUNIT = '<assemblies><assembly><collection><test name="Acme.Shop.Pays"><output>@@@'
_ROBOT = (
    '<robot><suite name="Shop" source="/r/shop.robot"><suite name="Cart"><test name="Pays" line="4"><kw>'
    "<msg>@@@"
)
_TESTNG = (
    '<testng-results><suite name="s"><test name="t"><class name="acme.Shop"><test-method name="pays">'
    "<exception>@@@"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<testsuite><testcase classname="a.b" name="c"><failure>@@@</failure>', TestRef("a.b::c")),
        (_PYTEST, TestRef("tests.test_orders::test_checkout", "t/a.py", 41)),
        ('<testsuite name="S"><testcase name="t"><error message="@@@@@"/>', TestRef("S::t")),
        ('<testsuite><testcase name="t"/><system-out>@@@</system-out>', None),
        ('<testsuite><testcase name="t"></testcase><testcase name="u"><system-err>@@@', TestRef("u")),
        (_TRX, TestRef("Acme.Shop::Pays")),
        ('<TestRun><UnitTestResult testName="Acme.Shop.Pays"><StdOut>@@@', TestRef("Acme.Shop.Pays")),
        (_NUNIT, TestRef("Acme.Shop.Pays")),
        (_XUNIT, TestRef("Acme.Shop.Pays")),
        (_ROBOT, TestRef("Shop.Cart.Pays", "/r/shop.robot", 4)),
        ('<robot><suite name="Shop"><kw name="Setup"><msg>@@@', None),
        (_TESTNG, TestRef("acme.Shop::pays")),
    ],
)
def test_tests_of_reports(text: str, expected: TestRef | None) -> None:
    """What stands in a test's element belongs to that test, what stands outside belongs to none."""
    assert [expected] == [read.test for read in fields(Xml(), text) if "@" in read.value]


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><testsuites><testcase name="t"><system-out>password=hunter2x',
        "<testsuite><system-out>password=hunter2x</system-err></testsuite></testsuite>",
        "<testsuite>a < b & password=hunter2x <<< </testsuite>",
        '<testsuite><a b="x<y>password=hunter2x',
        "<testsuite><![CDATA[password=hunter2x",
        "<testsuite><!-- password=hunter2x",
    ],
)
def test_damage_is_read_as_far_as_it_goes(text: str) -> None:
    """Cut and malformed documents lose no text and raise nothing."""
    assert any("password=hunter2x" in read.value for read in fields(Xml(), text))


def test_declared_entities_are_not_expanded() -> None:
    """A document that declares entities of entities stays as small as it is."""
    text = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;">]><a>&y;&y;</a>'

    assert ("a", "&y;&y;") in pairs(Xml(), text)


@pytest.mark.parametrize(
    "text",
    [
        b"<a>" * 50_000,
        b"<a b='" * 50_000,
        b"<a b=\"c' " * 50_000,
        b"</a>" * 50_000,
        b"<!--" * 50_000,
        b"<![CDATA[" * 50_000,
        b"&" * 200_000,
        b"<a " + b"b='ccccc' " * 20_000 + b">",
        b"\xff\xfe<a>\x80\x00</a>",
        b"",
    ],
)
def test_hostile_documents_are_bounded(text: bytes) -> None:
    """Depth, quotes and references without end cost time in proportion, and no error."""
    assert gaps(Xml(), text) == []


def test_invalid_utf8_stays_in_place() -> None:
    """Bytes that are no UTF-8 shift nothing behind them."""
    assert ["secret"] == [
        read.raw for read in fields(Xml(), b"<a>\xff\xff</a><b>secret</b>") if read.value == "secret"
    ]


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"<?xml version='1.0'?><a/>", "x", "xml"),
        (b"\n  <?xml version='1.0'?><a/>", "x", "xml"),
        (b"<testsuites>", "report.txt", "xml"),
        (b"running\n<testsuite name='a'>", "out.log", "xml"),
        (b"<project>", "pom.xml", "xml"),
        (b"<main> started\nfine\n", "run.log", None),
        (b"<!DOCTYPE html><html>", "x", "html"),
        (b"<div>", "x.html", "html"),
        (b"plain", "x.html", None),
    ],
)
def test_what_is_markup(head: bytes, name: str, expected: str | None) -> None:
    """Content decides, the name helps."""
    known = format_for(head, name)

    assert expected == (known.name if known is not None else None)


def test_attributes_behind_dull_ones_keep_their_place_and_path() -> None:
    """Numbers and flags before an attribute do not move what is said of it."""
    text = '<case id="1" ok="true" time=\'0.25\' owner="someone" note=\'a &amp; b\'>x</case>'

    assert [
        Read("owner", "someone", "someone", "/case/@owner", None),
        Read("note", "a & b", "a &amp; b", "/case/@note", None),
    ] == fields(Xml(), text)


@given(
    st.lists(st.sampled_from(["a", "name", "=", " ", '"', "'", "12", "true", "long value", "é", "/", "x=y"]))
)
def test_values_are_those_of_the_attributes(parts: list[str]) -> None:
    """The short way to the values of a tag sees the same attributes, and leaves out dull values alone."""
    inside = "".join(parts).encode()
    found = attributes(inside, 0, len(inside))
    said = values(inside, 0, len(inside))

    assert [name for name, _ in found] == [name for name, *_ in said]
    for (_, (start, end)), (_, double, single, bare) in zip(found, said, strict=True):
        value = inside[start:end]
        assert value == (double or single or bare) or is_dull(value)


def test_a_long_name_without_a_value_takes_no_time() -> None:
    """A hostile tag costs time by its length, not by its square: this would take minutes."""
    assert [("owner", "someone")] == pairs(Xml(), "<case " + "a" * 300_000 + " owner='someone'/>")
