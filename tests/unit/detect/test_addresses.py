"""Street addresses in running text, by the form that their country gives them."""

from __future__ import annotations

import pytest

from leakgate.detect.engine.build import build_engine
from leakgate.detect.engine.portable import PortableEngine
from leakgate.detect.recognizers.addresses import StreetAddresses
from leakgate.model.detection import Match
from tests.unit.detect.adapters.scanning import scan, segment


def found(text: str | bytes) -> list[Match]:
    return scan([StreetAddresses()], text)


ADDRESSES = [
    "470 Harrow Plains, Port Ellery, NJ 95021",
    "893 Quince Route Suite 153, Ellerside, VT 91728-1200",
    "P.O. Box 4411, Ellerside, VT 91728",
    "Unit 7952 Box 9974, DPO AA 38165",
    "Flat 25, Winder Gateway, South Ellery, M2C 5WZ",
    "51 Winder Street, Lake Ellery, B2 4SP",
    "Quellenstr. 6934, 81721 Oberwinden",
    "Ottilie-Brandwein-Platz 62/14, 26684 Winden an der Ilm",
    "Unter den Erlen 12a, 10117 Winden",
    "Brouwersgracht 12, 1013 GW Windedam",
    "411, boulevard de Quellier, 73684 Quellier-la-Forêt",
    "12 bis rue des Tanneurs, 69001 Quellier",
    "Glorieta Jaime Quintela 2 Apt. 89 , Navarra, 28015",
    "Calle Quintela 5, 28013 Madrid",
    "Via dei Conciatori, 12, 00184 Roma",
    "ul. Garbarska 5/7, 00-123 Warszawa",
    "Rua das Oliveiras, 123, 1234-567 Lisboa",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_is_found_whole(address):
    """An address is found from its house or street to its postcode or town, and nothing else is taken."""
    text = f'DEBUG mail: "please send it to {address}, and not later."'

    assert [address] == [match.secret.reveal().decode() for match in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Build finished in 12 Minutes, Passed, OK 12345",
        "2024-05-05 12:00:01, 2024 Starting worker",
        "took 5, 20240 Requests, 443 errors",
        "sizes: 1024, 2048, 40960 Bytes",
        "at line 12, 81721 Characters were read",
        "Test Suite 12, Group A, N1 1AA1 failed",
        "via Proxy 10, retries, 28015",
        "sha1 4F2A, Node B2 4SPX",
    ],
)
def test_numbers_of_logs_are_no_addresses(text):
    """Counts, sizes and codes with words around them are not taken for addresses."""
    assert [] == found(text)


def test_address_in_latin_1_is_found():
    """Bytes that are no UTF-8 do not hide an address."""
    [match] = found("chemin: 260, avenue de Quellé, 97410 Maillé\n".encode("latin-1"))

    assert "260, avenue de Quellé, 97410 Maillé" == match.secret.reveal().decode("latin-1")


def test_address_of_licence_texts_is_public():
    """The Free Software Foundation's own address is known by itself."""
    [match] = found("write to the Foundation, 51 Franklin Street, Boston, MA 02110, USA")

    assert "address in licence texts" == match.synthetic


def test_no_word_before_an_address_makes_it_public():
    """A company, a copyright or a university has customers too."""
    text = "customer of Quince Software Company, Inc.: 51 Tanners Street, Ellery, MA 02110"

    assert [None] == [match.synthetic for match in found(text)]


def test_address_for_examples_is_synthetic():
    """The address that every manual shows belongs to nobody."""
    [match] = found("ship to 123 Main Street, Anytown, CA 90210")

    assert "address for examples" == match.synthetic


def test_endless_words_are_bounded():
    """A line of capitalised words without an end is given up quickly."""
    assert [] == found("12 " + "Winder " * 20_000 + ", MA 0211")


def test_both_engines_find_the_same():
    """Hyperscan and the portable engine notice the same addresses."""
    recognizer = StreetAddresses()
    data = "\n".join(f"sent to {address} today" for address in ADDRESSES).encode()
    engines = (build_engine(recognizer.patterns, None), PortableEngine(recognizer.patterns))

    fast, slow = ([m.span for m in recognizer.confirm(segment(data), e.scan(data))] for e in engines)

    assert len(ADDRESSES) == len(fast)
    assert sorted(slow) == sorted(fast)
