"""
Does a text under an address-like label look like where a person lives?

Wants a house number or box, words, and what only addresses have: a word for street, or a postcode
with a place.
"""

from __future__ import annotations

from leakgate.detect.plausibility.credential import Plausible
from leakgate.model.detection import Confidence
from leakgate.model.expressions import expression

_STREET = expression(
    r"(?i)\b(?:street|st|road|rd|avenue|ave?|av|lane|ln|drive|dr|way|court|ct|crescent|square|sq|place|pl"
    r"|boulevard"
    r"|blvd|bd|terrace|close|grove|gardens?|parkway|pkwy|highway|hwy|mews|hill|row|walk|quay|alley|circle"
    r"|trail|loop"
    r"|rue|chemin|impasse|quai|allée|allee|cours|faubourg|sentier|route|calle|c/|avenida|avda|plaza|paseo"
    r"|ronda|rambla"
    r"|glorieta|camino|carretera|callej[oó]n|pasaje|urbanizaci[oó]n|cuesta|v[ií]a|viale|piazza|piazzale"
    r"|corso|largo"
    r"|vicolo|rua|travessa|pra[cç]a|estrada|alameda|straat|laan|plein|gracht|kade|ulica|ul|aleja|al|plac|os"
    r"|stra(?:ß|ss)e|str|weg|platz|allee|gasse|ring|damm|ufer)\b"
    r"|(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|steig|straat|laan|plein|gracht|kade"
    r"|gatan|vägen"
    r"|vej|gade|veien|katu|tie)\b(?=[ ,.]|$)"
)
_BOX = expression(
    r"(?i)\b(?:p\.?\s?o\.? box|psc|unit|apt\.?|apartment|flat|suite|ste|studio|postfach|floor|piso|bte) ?#?\d"
)
_POSTCODE = expression(
    r"\b\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
    r"|\b\d{4} ?[A-Z]{2}\b"
    r"|\b\d{2}-\d{3}\b|\b\d{5}-\d{3}\b|(?:,|\b[A-Z]{1,2}-) ?\d{4} (?=[^\W\d])"
)
_STATE = expression(r"\b[A-Z]{2} \d{5}\b")
_HOUSE = expression(r"(?<![\w.:])\d{1,5} ?[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?(?![\w:]|\.\d)")
_NOT_AN_ADDRESS = expression(
    r"(?i)[@\\{}<>=|$*_\[\]]|://|\b0x|\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{1,4}:){2}|::|\d:\d|\(\)"
    r"|\b(?:bytes?|failed|error|invalid|port|socket|connection|refused|timeout|listening|pointer|null|test)\b"
)
_WORD = expression(r"[^\W\d_]{3,}")


def street_address(text: str, *, strong: bool) -> Plausible | None:
    """How sure one may be; `strong`: the label leaves no doubt that it names a postal address."""
    if not 8 <= len(text) <= 200 or _NOT_AN_ADDRESS.search(text) or not _WORD.search(text) or " " not in text:
        return None
    street = _STREET.search(text) is not None
    place = _has_place(text)
    numbered = _HOUSE.search(text) is not None or _BOX.search(text) is not None
    if numbered and ((street and place) or (place and strong) or _STATE.search(text)):
        return Plausible(Confidence.HIGH, "value has a house number and a place")
    if numbered and (street or place):
        confidence = Confidence.HIGH if strong else Confidence.MEDIUM
        return Plausible(confidence, "value has a house number and a street or place")
    if strong and numbered and text.count(" ") >= 1:
        return Plausible(Confidence.MEDIUM, "value has a number and words")
    if strong and (street or place):
        return Plausible(Confidence.MEDIUM, "value has a street or place")
    return None


def _has_place(text: str) -> bool:
    """A postcode that is not all there is to the number."""
    found = _POSTCODE.search(text)
    return found is not None and _WORD.search(text[: found.start()] + text[found.end() :]) is not None
