"""
Phone numbers by `phonenumbers`, the library under Presidio's phone recognizer.

International numbers are recognized as they stand; national ones only behind a name that says
telephone, in the numbering plans of the chosen locales. A number must be valid in its plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from leakgate.detect.adapters.belief import Phrases, Voice, is_contrary
from leakgate.detect.adapters.surroundings import Surroundings, surroundings
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.expressions import expression
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_REGIONS: dict[str, tuple[str, ...]] = {
    "eu": (
        "DE", "FR", "ES", "IT", "PL", "NL", "BE", "AT", "PT", "IE", "SE", "FI", "DK",
        "CZ", "RO", "HU", "GR", "SK", "BG", "HR", "SI", "LT", "LV", "EE", "LU",
    ),
    "uk": ("GB",),
    "all": (
        "US", "GB", "DE", "FR", "IN", "CA", "BR", "IL", "ES", "IT", "PL", "NL", "AU", "JP", "KR", "CN",
        "MX", "AR", "ZA", "NG", "TR", "RU", "UA", "SG", "TH", "PH", "SE", "FI", "CH", "AT", "BE", "PT",
    ),
}  # fmt: skip

_NAMES = (
    "phone telephone tel mobile mobil cell cellphone fax handy telefon telefono teléfono telefone téléphone "
    "telefoon puhelin whatsapp sms msisdn call caller callback contact phonenumber mobilenumber "
    "telephonenumber"
)
_TELEPHONES = frozenset(_NAMES.split())
_WORDS = Phrases(frozenset(f" {name} " for name in _TELEPHONES), frozenset())
# Digits without groups are a telephone only where the name ends in a word for one: `phone_id` names an id,
# `mobile_build` a build, `first_contact_createdate` a time.
_FORMS = (
    "number numbers no nr num value values home work private primary secondary office main business personal"
    " raw formatted national international display text daytime evening emergency e intl verified"
)
_FORMS_OF_NUMBERS = frozenset(_FORMS.split())
_WEAK_NAMES = frozenset({"contact", "call", "cell"})  # with `number` behind them alone
_INTERNATIONAL = rb"\+[1-9](?:[ ()./-]{0,3}\d){7,14}"
_NATIONAL = (
    rb"(?:phone|tel|mobile?|cell|fax|handy|t\xc3\xa9l\xc3\xa9|puhelin|whatsapp|sms|msisdn|call|contact"
    rb"|number is|reach|dial|desk|office|answering at|messages to)"
    rb"[^\n\d+]{0,32}?[(]?\d(?:[ ()./-]{0,3}\d){6,14}"
)
_NUMBER = expression(rb"(?<![\w.+/:@#$%-])(?:\+[1-9]|\(?\d)(?:[ ()./-]{0,3}\d){6,14}(?![\w@]|[.:/-]\w)")
# A North American number with its area code in brackets needs no word: little else is written so.
_BRACKETED = expression(rb"\([2-9]\d\d\) ?[2-9]\d\d[ -]\d{4}")
# Words that speak for a number written in groups only.
_FAINT_WORDS = ("number is", "reach", "dial", "desk", "office", "answering at", "messages to")
_FAINT = Phrases(
    frozenset(f" {name} " for name in _FAINT_WORDS),
    frozenset(),
)
# Times, decimal numbers, and a number before an IP address.
_CLOCK = expression(
    rb"\d{4}[-/.]\d\d[-/.]\d\d|\d\d?[-/.]\d\d?[-/.]\d{4}$|\d+\.\d+$|.{0,12}\b\d{1,3}(?:\.\d{1,3}){3}$"
)

# NANPA: 555 line numbers were for services, and are being reclaimed since 2016. As North America writes them,
# with the last four digits that people make up: one number in 800 that a plan allows has the exchange.
_NO_SUBSCRIBERS = expression(
    r"(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-]?)555[ .-]?"
    r"(?:1212|(\d)\1{3}|(\d\d)\2|\d\d00|0123|1234|2345|3456|4567|5678|6789|7890|9876|8765|7654|6543|5432|4321|3210)"
)
# Reserved for fiction: NANPA 555-01xx, with any area code, or with the area 555, which there is not.
_NORTH_AMERICAN_FICTION = expression(
    r"(?:\+?1[ .-]?)?(?:(?:\(\d{3}\) ?|\d{3}[ .-]?)?555[ .-]?01\d\d|(?:\(555\) ?|555[ .-]?)\d{3}[ .-]?\d{4})"
)
# Reserved for fiction: Ofcom's drama numbers, BNetzA's, ARCEP's, ACMA's and PTS'.
_FICTIONAL = expression(
    r"(?:^(?:44|0)(?:1\d{2}4960\d{3}|1632960\d{3}|2079460\d{3}|7700900\d{3}|8081570\d{3}|9098790\d{3}"
    r"|3069990\d{3}|1(?:13|14|15|16|17|18|21|31|41|51|61)4960\d{3}|2890180\d{3}|2920180\d{3}|1914980\d{3})$)"
    r"|(?:^(?:49|0)(?:3023125\d{2,3}|6990009\d{2,3}|4066969\d{2,3}|22147108\d{2}|8999998\d{2,3}|1523125\d{3,4}"
    r"|17139200\d{2}|1729925904|176040690\d{2})$)"
    r"|(?:^(?:33|0)(?:19900|26191|35301|46571|53649|63998)\d{4}$)"
    r"|(?:^(?:61|0)(?:491570\d{3}|[2378]\d{0,3}5550\d{3}|4915701\d\d)$)"
    r"|(?:^(?:46|0)(?:701740(?:60[5-9]|6[1-9]\d)|3139006\d\d|406280(?:4\d\d)|846500(?:4\d\d)|980319(?:2\d\d))$)"
)


class PhoneNumbers:
    """International numbers, and the national ones of `locales` behind a telephone-like name."""

    def __init__(self, locales: frozenset[str]) -> None:
        self._regions = tuple(
            dict.fromkeys(
                region
                for locale in sorted(locales, key=lambda each: (each in _REGIONS, each))
                for region in _REGIONS.get(locale, (locale.upper(),))
            )
        )
        self._rule = Rule(
            id="presidio/phone-number",
            name="Phone number",
            entity="PHONE_NUMBER",
            category=Category.PII,
            severity=Severity.MEDIUM,
            confidence=Confidence.MEDIUM,
            family="pii-contact",
            reference="https://microsoft.github.io/presidio/supported_entities/",
            remediation="Use a number reserved for fiction, or mask the value before it is written.",
            cwe="CWE-532",
            specificity=2,
        )
        self._patterns = (
            Pattern("presidio/phone-number/international", _INTERNATIONAL, max_width=64),
            Pattern("presidio/phone-number/national", _NATIONAL, max_width=128, ignore_case=True),
            Pattern("presidio/phone-number/bracketed", _BRACKETED.pattern, max_width=64),
        )

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (self._rule,)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return self._patterns

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """Each number once."""
        seen: set[Span] = set()
        valid: dict[str, bool] = {}
        for suspect in suspects:
            window = suspect.window
            for found in _NUMBER.finditer(segment.data, window.start, window.end):
                span = Span(found.start(), found.end())
                match = None if span in seen else self._judge(segment, span, valid)
                if match is not None:
                    seen.add(span)
                    yield match

    def _judge(self, segment: Segment, span: Span, valid: dict[str, bool]) -> Match | None:
        raw = segment.data[span.start : span.end]
        around = surroundings(segment, span)
        voice = _voice(around, raw)
        if voice is Voice.NAME and raw.isdigit() and not _names_a_telephone(around):
            return None
        shaped = raw.startswith(b"+") or _BRACKETED.fullmatch(raw) is not None
        if not (shaped or voice) or is_contrary(around, _WORDS) or _CLOCK.match(raw):
            return None
        text = raw.decode("ascii")
        synthetic = why_fictional(text)
        if text not in valid:
            valid[text] = synthetic is not None or self._valid(text)
        if not valid[text]:
            return None
        confidence = _confidence(raw.startswith(b"+"), voice, raw)
        if confidence is None:
            return None
        return Match(self._rule, span, Secret(raw), confidence, _reason(voice), synthetic)

    def _valid(self, text: str) -> bool:
        import phonenumbers

        regions: tuple[str | None, ...] = (None,) if text.startswith("+") else self._regions
        return any(_valid_in(phonenumbers, text, region) for region in regions)


def _valid_in(library: Any, text: str, region: str | None) -> bool:
    try:
        return bool(library.is_valid_number(library.parse(text, region)))
    except library.NumberParseException:
        return False


def _confidence(international: bool, voice: Voice | None, raw: bytes) -> Confidence | None:
    if voice is Voice.NAME:
        return Confidence.HIGH
    if international:
        return Confidence.MEDIUM if voice or not raw[1:].isdigit() else Confidence.LOW
    return Confidence.LOW if not raw.isdigit() else None


def _voice(around: Surroundings, raw: bytes) -> Voice | None:
    """How the words before it speak; some only for a number in groups."""
    faint = None if raw.isdigit() else _FAINT.speak(around)
    return _WORDS.speak(around) or (Voice.LINE if faint else None)


def _names_a_telephone(around: Surroundings) -> bool:
    """Whether the last word of the name, forms of numbers left out, is one for telephones."""
    name = around.name.split()
    if set(name) <= _FORMS_OF_NUMBERS:
        name = around.phrase.split()
    form = False
    while name and name[-1] in _FORMS_OF_NUMBERS:
        form = name.pop() in ("number", "numbers", "no", "nr", "num") or form
    return bool(name) and name[-1] in _TELEPHONES and (form or name[-1] not in _WEAK_NAMES)


def _reason(voice: Voice | None) -> str:
    match voice:
        case Voice.NAME:
            return "valid in its numbering plan, and its name says so"
        case Voice.LINE:
            return "valid in its numbering plan, and a word on the line says so"
        case None:
            return "valid in its numbering plan"
        case _ as other:
            assert_never(other)


def why_fictional(text: str) -> str | None:
    digits = re.sub(r"\D", "", text)
    if _NORTH_AMERICAN_FICTION.fullmatch(text.strip()) or _FICTIONAL.search(digits):
        return "number reserved for fiction"
    if any(run in digits for run in ("12345678", "87654321", "23456789")) or len(set(digits[-7:])) == 1:
        return "digits in a row"
    return "exchange 555, which has no subscribers" if _NO_SUBSCRIBERS.fullmatch(text.strip()) else None
