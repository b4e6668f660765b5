"""The console report tells a developer what happened, where, and what to do."""

from __future__ import annotations

import io
import re
import unicodedata

from hypothesis import given

from leakgate.model.gap import GapReason
from leakgate.model.segment import Emitter, TestRef
from leakgate.model.verdict import Action, GapAction
from leakgate.report.console import ConsoleReporter
from tests.kit import results as kit
from tests.unit.report.hostile import HOSTILE, everywhere, rendered

SCANNED = (
    "scanned 12 artifacts, 88 archive members, 1.0 MiB, 4.0 KiB decoded in 0.42 s (unpack 0.10, detect 0.20)"
)


def test_nothing_found():
    """Two lines: the verdict and how much was looked at."""
    expected = f"leakgate: PASSED  nothing found in 12 artifacts (policy default)\n\n{SCANNED}\n"

    assert expected == rendered(ConsoleReporter(), kit.verdict())


def test_one_finding():
    """What, where, which test, why, how to fix, the fingerprint and the next step."""
    place = kit.location("out/a.zip", "trace.network", pointer="/body", decoded=("gzip", "base64"))
    test = TestRef("tests.test_orders::test_checkout", "tests/test_orders.py", 41)
    found = kit.finding(kit.Sighting(place, test), occurrences=3)
    judged = kit.verdict(kit.decision(Action.BLOCK, found), reasons=["1 finding is blocked by secrets/high."])
    expected = f"""\
leakgate: BLOCKED  1 finding blocks (policy default)
  - 1 finding is blocked by secrets/high.

BLOCKING (1)
  CRITICAL  Forge access token  frg_****
    at    out/a.zip!/trace.network:12:40  (in /body, decoded from base64 in gzip)  (and 2 more places)
    test  tests.test_orders::test_checkout  (tests/test_orders.py:41)
    why   prefix and checksum match (high confidence); blocked by secrets/high
    fix   Revoke the token in the settings of Forge, then read it from the environment.
    id    lg1:00c0ffee

{SCANNED}
next: revoke or rotate every real credential listed, as whoever can read these artifacts may have
      it; then stop the test from writing it, delete the artifacts, and run again.
"""

    assert expected == rendered(ConsoleReporter(), judged)


def test_waived_and_baselined():
    """What was let through is counted with its reasons."""
    fake = kit.finding(synthetic="documented example key")
    judged = kit.verdict(
        kit.decision(Action.WAIVED, waiver="old-fixture"),
        kit.decision(Action.BASELINED, clause="baseline"),
        kit.decision(Action.ALLOWED, fake, clause="synthetic"),
        kit.decision(Action.ALLOWED, fake, clause="synthetic"),
    )
    expected = f"""\
leakgate: PASSED  nothing blocks, 4 findings were let through by the policy (policy default)

waived: 1 - old-fixture (1)
baselined: 1 - baseline (1)
allowed: 2 - documented example key (2)

{SCANNED}
"""

    assert expected == rendered(ConsoleReporter(), judged)


def test_gaps_only():
    """Gaps are grouped by consequence and reason, the gravest first, and capped."""
    nothing = kit.gap("", reason=GapReason.NOTHING_SCANNED, detail="no artifact: check the path")
    judged = kit.verdict(
        *(kit.gap_decision(GapAction.WARN, kit.gap(f"core.{number}")) for number in range(5)),
        kit.gap_decision(GapAction.INCOMPLETE, nothing),
    )
    expected = f"""\
leakgate: INCOMPLETE  6 gaps in coverage (policy default)

NOT FULLY SCANNED (6)
  incomplete nothing was scanned (1)
    no artifact: check the path
    the whole run
  warn       over the size limit (5)
    over the 4 GiB limit of a file: split it, or raise limits.max_artifact_bytes
    core.0
    core.1
    core.2
    ... and 2 more, see the JSON report

{SCANNED}
next: mend what could not be scanned, or keep it out of the artifacts; what nobody looked at may
      leak.
"""

    assert expected == rendered(ConsoleReporter(), judged)


def test_interrupted():
    """An interrupted run never looks like a pass."""
    assert rendered(ConsoleReporter(), kit.verdict(interrupted=True)).startswith("leakgate: INTERRUPTED")


def test_an_ephemeral_key_is_told():
    """Whoever may copy a fingerprint hears that it will not hold."""
    judged = kit.verdict(kit.decision(Action.BLOCK))

    assert "hold for this run only" in rendered(
        ConsoleReporter(), judged, kit.result(judged, ephemeral_key=True)
    )


def test_the_most_severe_comes_first():
    """Severity before path."""
    low = kit.finding(kit.Sighting(kit.location("a.log")), rule=kit.EMAIL_RULE)
    high = kit.finding(kit.Sighting(kit.location("z.log")))
    judged = kit.verdict(kit.decision(Action.BLOCK, low), kit.decision(Action.BLOCK, high))
    expected = ["z.log", "a.log"]

    assert expected == re.findall(r"at    (\S+):12:40", rendered(ConsoleReporter(), judged))


def test_many_findings_are_counted():
    """Twenty are shown in full, the rest is a number."""
    judged = kit.verdict(*[kit.decision(Action.BLOCK)] * 3000, *[kit.decision(Action.WARN)] * 3000)
    text = rendered(ConsoleReporter(), judged)

    assert "... and 2,980 more that block, see the JSON report\n      Forge access token (2,980)\n" in text
    assert "... and 2,990 more, see the JSON report" in text
    assert len(text.splitlines()) < 200


def test_verbose_lists_what_was_let_through():
    """One line for each, with the clause that let it."""
    judged = kit.verdict(kit.decision(Action.ALLOWED, clause="synthetic"))
    expected = "ALLOWED (1)\n  critical out/run.log:12:40  Forge access token frg_****  [synthetic]\n"

    assert expected in rendered(ConsoleReporter(verbose=1), judged)


def test_more_verbose_shows_every_place():
    """All known places, and the number of those that are not."""
    places = (kit.Sighting(kit.location("a.log")), kit.Sighting(kit.location("a.log", line=13)))
    judged = kit.verdict(kit.decision(Action.BLOCK, kit.finding(*places, occurrences=9)))
    expected = "    at    a.log:12:40\n          a.log:13:40  (and 7 more places)\n"

    assert expected in rendered(ConsoleReporter(verbose=2), judged)


def test_a_place_without_lines_is_a_byte():
    """Binary members have offsets only."""
    place = kit.Sighting(kit.location("core", line=None, column=None))
    judged = kit.verdict(kit.decision(Action.BLOCK, kit.finding(place)))

    assert "at    core@901\n" in rendered(ConsoleReporter(), judged)


def test_colours_only_add_to_the_text():
    """Without its escapes the coloured report is the plain one."""
    judged = everywhere("x")
    coloured = rendered(ConsoleReporter(color=True), judged)

    assert rendered(ConsoleReporter(), judged) == re.sub(r"\x1b\[[\d;]*m", "", coloured)


def test_a_stream_that_is_not_unicode_gets_escapes():
    """An ASCII stream does not fail halfway."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    place = kit.Sighting(kit.location("\u65e5.log"))
    judged = kit.verdict(kit.decision(Action.BLOCK, kit.finding(place)))

    ConsoleReporter().render(kit.result(judged), judged, out)
    out.flush()

    assert b"at    \\u65e5.log:12:40\n" in out.buffer.getvalue()


def test_long_names_are_cut():
    """Five megabytes of a name become a line with a mark."""
    text = rendered(ConsoleReporter(), everywhere("p" * 5_000_000))

    assert "characters cut]..." in text
    assert len(text) < 20_000


@given(text=HOSTILE)
def test_hostile_text_reaches_no_terminal(text):
    """No escape sequence, no control but the line breaks of the report, no command to a CI runner."""
    written = rendered(ConsoleReporter(verbose=2), everywhere(text))
    controls = {char for char in written if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}

    assert controls == {"\n"}
    assert not any(line.lstrip().startswith("::") for line in written.split("\n"))
    assert not re.search(r"##(\[|vso\[|teamcity\[)", written, re.IGNORECASE)


def test_who_wrote_it_is_told():
    """The line of source, the service and the request, where they are known."""
    found = kit.finding(
        kit.Sighting(kit.location(), None, Emitter("src/pay.py", 41, "orders", None, "GET /a"))
    )
    text = rendered(ConsoleReporter(), kit.verdict(kit.decision(Action.BLOCK, found)))

    assert "    from  written by src/pay.py:41, service orders, request GET /a\n" in text
