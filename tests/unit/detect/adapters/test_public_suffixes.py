"""Host names are below a public suffix where tldextract says so."""

from __future__ import annotations

import pytest
import tldextract

from leakgate.detect.adapters import public_suffixes
from leakgate.detect.adapters.public_suffixes import is_registered


@pytest.fixture(scope="module")
def library():
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True)


def test_every_rule_is_read_as_the_library_reads_it(library):
    """A suffix, what stands below it, what it ends in and its spellings: the same answer for all of them."""
    suffixes = [rule.replace("*", "star").replace("!", "") for rule in public_suffixes._suffixes().rules]
    hosts = [
        host
        for suffix in suffixes[::7]
        + [each for each in suffixes if "star" in each or each.startswith("city.")]
        for host in (suffix, f"x.{suffix}", f"a.x.{suffix}", suffix.partition(".")[2], f"A.{suffix.upper()}")
    ]

    assert [bool(library(host).fqdn) for host in hosts] == [is_registered(host) for host in hosts]


ODD = "com .com com. a..com localhost db.local www.ck x.www.ck x.ck a.x.ck a.co.uk 1.2.3.4 x.github.io"
MORE = "city.kawasaki.jp é.fr xn--p1ai a.xn--p1ai x_y.com a.x_y.fr"


@pytest.mark.parametrize("host", ["", *ODD.split(), *MORE.split()])
def test_odd_names_are_read_as_the_library_reads_them(library, host):
    """Exceptions, wildcards, empty labels, other letters and no names at all."""
    assert bool(library(host).fqdn) == is_registered(host)


@pytest.mark.parametrize("found", [None, "/nowhere/tldextract/__init__.py"])
def test_without_the_list_the_library_is_asked(monkeypatch, found):
    """A package that is put together in another way costs time and no answer."""

    class Spec:
        origin = found

    public_suffixes._library()("a.co.uk")  # what it imports is found in the usual way
    public_suffixes._suffixes.cache_clear()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(public_suffixes.importlib.util, "find_spec", lambda name: Spec())
        read = public_suffixes._suffixes()
        answers = [is_registered(host) for host in ("a.co.uk", "co.uk")]
    public_suffixes._suffixes.cache_clear()

    assert (None, [True, False]) == (read, answers)
