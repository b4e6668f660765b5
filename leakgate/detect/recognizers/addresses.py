"""
Street addresses in running text, by their form: house number, street, place and postcode in one piece.

No word has to speak for them. Knows the orders in which countries write the parts (UPU S42); knows no list
of streets or places, and never says that an address exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from leakgate.detect.plausibility.personal_samples import sample_reason
from leakgate.model.detection import Category, Confidence, Match, Pattern, Rule, Severity, Suspect
from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.model.secret import Secret
from leakgate.model.segment import Segment
from leakgate.model.spans import Span

_RULE = Rule(
    id="street-address-by-form",
    name="Street address by its form",
    entity="STREET_ADDRESS",
    category=Category.PII,
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    family="pii-contact",
    cwe="CWE-532",
    reference="https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions",
    remediation="Use invented data in tests, or mask the address before it is written.",
    specificity=1,
)
_REACH = 180  # bytes before a postcode in which its address begins

# Bytes of a word; letters beyond ASCII are UTF-8 or Latin-1.
_LETTER = rb"[A-Za-z\x80-\xff'.\-]"
_CAPITAL = rb"[A-Z\xc0-\xff]" + _LETTER + rb"{0,40}"
_PARTICLE = (
    rb"(?:de|del|la|las|los|el|le|les|du|des|der|den|dem|di|da|do|dos|das|dei|della|an|am|auf|im|in|bei|vor|ob"
    rb"|von|van|sur|sous|en|of|the|upon|on|y|i|e|et)"
)
_NAME = _CAPITAL + rb"(?: (?:" + _CAPITAL + rb"|" + _PARTICLE + rb"(?= ))){0,5}"
_BETWEEN = rb"(?: ?, ?|\r?\n|\\n)"  # of the parts of an address
_UNIT = (
    rb"(?:,? (?:Suite|Ste\.?|Apt\.?|Apartment|Unit|Floor|Fl\.?|Room|Flat|Studio|Piso|Puerta|Esc\.?|Bajo"
    rb"|Bte\.?|\#) ?[\w\xba\xc2]{0,6}){0,3}"
)
_HOUSE = rb"\d{1,5}(?: ?[a-zA-Z])?(?:[/-]\d{1,4}[a-zA-Z]?)?"
_STATE = (
    rb"(?:A[KLRZASP]|AE|AA|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]|P[ARW]"
    rb"|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])"
)
_UK_POSTCODE = rb"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}"
_STREET_ENDING = (
    rb"(?i:str\.?|stra(?:\xc3\x9f|\xdf|ss)e|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|pfad|chaussee"
    rb"|promenade|graben|markt|wall|hof|straat|laan|plein|gracht|kade|dijk|singel|gatan|v(?:\xc3\xa4|\xe4)gen|vej"
    rb"|gade|veien|gata|katu|tie)"
)
_STREET_KIND_FRENCH = (
    rb"(?i:rue|avenue|av\.?|boulevard|bd\.?|chemin|place|impasse|all(?:\xc3\xa9|\xe9|e)e|quai|route|cours|square"
    rb"|passage|faubourg|sentier|villa|mont(?:\xc3\xa9|\xe9|e)e)"
)
_STREET_KIND = (
    rb"(?i:calle|c\.|c/|avenida|avda\.?|av\.|paseo|plaza|ronda|rambla|glorieta|urbanizaci(?:\xc3\xb3|\xf3|o)n"
    rb"|alameda|camino|carrer|cuesta|callej(?:\xc3\xb3|\xf3|o)n|acceso|pasadizo|vial|pasaje|carretera|via|viale"
    rb"|piazza|corso|largo|vicolo|rua|travessa|pra(?:\xc3\xa7|\xe7|c)a|estrada|ul\.|al\.|pl\.|os\.)"
)
_CONTINENTAL_POSTCODE = rb"(?:[A-Z]{1,2}-)?(?:\d{4} ?[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{4,5})"
_TOWN = _NAME


@dataclass(frozen=True, slots=True)
class _Form:
    """How a group of countries writes an address; `anchor` is where the engine notices one."""

    slug: str
    anchor: bytes
    whole: bytes

    @property
    def expression(self) -> re.Pattern[bytes]:
        return _compiled(self.whole)


@cache
def _compiled(whole: bytes) -> re.Pattern[bytes]:
    """When the first hit asks: all of them take a start 8 ms."""
    return re.compile(whole)


def _form(slug: str, anchor: bytes, *choices: bytes) -> _Form:
    whole = rb"(?<![\w./#-])(?:" + rb"|".join(choices) + rb")(?![\w-])"
    return _Form(slug, anchor, whole)


_FORMS = (
    _form(
        "us",
        rb"[,O] [A-Z]{2},? \d{5}\b",
        rb"\d{1,6}[A-Za-z]? (?:[NSEW]\.? )?" + _NAME + _UNIT + _BETWEEN + _NAME + rb", " + _STATE
        + rb",? \d{5}(?:-\d{4})?",
        rb"(?i:P\.? ?O\.? Box) \d{1,6}" + _BETWEEN + _NAME + rb", " + _STATE + rb",? \d{5}(?:-\d{4})?",
        rb"(?:Unit \d{1,5} Box \d{1,5}|PSC \d{1,5},? Box \d{1,5}|US(?:NS|NV|S|CGC) " + _NAME + rb")"
        + _BETWEEN + rb"[AFD]PO,? A[AEP],? \d{5}(?:-\d{4})?",
    ),
    _form(
        "uk",
        rb"[a-z],? [A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b",
        rb"(?:(?:Flat|Studio|Unit|Apartment|Suite) \d{1,4}[A-Z]{0,2} ?,? )(?:\d{1,4}[A-Za-z]? )?" + _NAME
        + _BETWEEN + rb"(?:" + _NAME + _BETWEEN + rb"){0,2}" + _NAME + rb",? " + _UK_POSTCODE,
        rb"\d{1,4}[A-Za-z]? " + _NAME + _BETWEEN + rb"(?:" + _NAME + _BETWEEN + rb"){0,2}" + _NAME
        + rb",? " + _UK_POSTCODE,
    ),
    _form(
        "street-ending",
        rb"\d ?[a-z]?, (?:[A-Z]{1,2}-)?\d{4,5} [A-Z\xc3]",
        rb"(?:" + _CAPITAL + rb" ){0,2}[A-Z\xc0-\xff]" + _LETTER + rb"{0,48}?" + _STREET_ENDING + rb" "
        + _HOUSE + rb",? " + _CONTINENTAL_POSTCODE + rb" " + _TOWN,
        rb"(?:Am|An de[rnm]|Auf de[rnm]|Im|In de[rnm]|Unter den|Zu[mr]|Stra(?:\xc3\x9f|\xdf|ss)e|Alte[rs]?"
        rb"|Neue[rs]?) " + _NAME + rb" " + _HOUSE + rb",? " + _CONTINENTAL_POSTCODE + rb" " + _TOWN,
    ),
    _form(
        "street-kind",
        rb"[a-z\x80-\xff], \d{5}\b",
        rb"\d{1,4}(?: ?(?:bis|ter|quater|[A-D]))?,? " + _STREET_KIND_FRENCH + rb" (?:" + _PARTICLE
        + rb" |l'|d'){0,2}" + _NAME + rb",? " + _CONTINENTAL_POSTCODE + rb" " + _TOWN,
        _STREET_KIND + rb" (?:" + _PARTICLE + rb" ){0,2}" + _NAME + rb",? " + _HOUSE + _UNIT + rb" ?, "
        + _NAME + rb", \d{5}",
    ),
    _form(
        "street-kind-number",
        rb"\d ?\w?,? (?:\d{5}|\d{2}-\d{3}|\d{4}-\d{3}) [A-Z\xc3\xc5]",
        _STREET_KIND + rb" (?:" + _PARTICLE + rb" ){0,2}" + _NAME + rb",? (?:n[.\xba\xb0\xc2]{1,3} ?)?"
        + _HOUSE + _UNIT + rb" ?,? " + _CONTINENTAL_POSTCODE + rb" " + _TOWN,
    ),
)  # fmt: skip

# What licence texts name: the Free Software Foundation's three, Creative Commons', those of large licensors.
_PUBLISHED = expression(
    rb"(?i)51 Franklin (?:St|Street)\b.*Boston|59 Temple Place\b.*Boston"
    rb"|675 Mass(?:achusetts)? Ave\b.*Cambridge"
    rb"|(?:171 Second Street|444 Castro Street)\b.*(?:San Francisco|Mountain View)"
    rb"|1600 Amphitheatre (?:Pkwy|Parkway)\b.*Mountain View|(?:One|1) Microsoft Way\b.*Redmond"
    rb"|(?:One|1) Apple Park Way\b.*Cupertino|1 Infinite Loop\b.*Cupertino|500 Oracle Parkway\b.*Redwood",
    re.DOTALL,
)
# What a number counts in a log is no street.
_COUNTED = expression(
    rb"(?i)\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|tests?|files?|lines?|bytes|items?|errors?"
    rb"|warnings?|passed|failed|skipped|requests?|retries|packages?|threads?)\b"
)


class StreetAddresses:
    """Whole addresses, wherever they stand."""

    def __init__(self) -> None:
        self.rules: tuple[Rule, ...] = (_RULE,)
        self._forms = {f"{_RULE.id}/{form.slug}": form for form in _FORMS}
        self.patterns: tuple[Pattern, ...] = tuple(
            Pattern(identity, form.anchor, max_width=_REACH) for identity, form in self._forms.items()
        )

    def confirm(self, segment: Segment, suspects: Sequence[Suspect]) -> Iterator[Match]:
        """Each address once; a part of one that was found before is none."""
        seen: list[Span] = []
        for suspect in suspects:
            expression = self._forms[suspect.pattern.id].expression
            for hit in expression.finditer(segment.data, suspect.window.start, suspect.window.end):
                span = Span(hit.start(), _without_stop(hit))
                if _COUNTED.search(hit[0]) is None and not any(span.overlaps(other) for other in seen[-8:]):
                    seen.append(span)
                    yield _match(segment.data, span)


def _without_stop(hit: re.Match[bytes]) -> int:
    """The end of an address, without the full stop of its sentence."""
    return hit.end() - (len(hit[0]) - len(hit[0].rstrip(b".'-")))


def _match(data: bytes, span: Span) -> Match:
    raw = data[span.start : span.end]
    return Match(
        rule=_RULE,
        span=span,
        secret=Secret(raw),
        confidence=Confidence.MEDIUM,
        because="written as an address: house number, street, place and postcode",
        synthetic=sample_reason("STREET_ADDRESS", raw.decode("utf-8", "replace")) or _published(raw),
    )


def _published(raw: bytes) -> str | None:
    return "address in licence texts" if _PUBLISHED.search(raw) else None
