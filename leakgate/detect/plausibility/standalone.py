"""
Does a value say what it is without a name beside it? Only by what other values hardly ever have.

The check of its kind has passed before; this asks for grouping, letters or ranges on top.
"""

from __future__ import annotations

import re

from leakgate.detect.plausibility.person_name import has_title
from leakgate.model.expressions import expression

_EVIDENCE: dict[str, re.Pattern[str]] = {
    "IT_FISCAL_CODE": expression(r"[A-Z0-9]{16}"),
    "FR_NIR": expression(r"[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d"),
    "BR_CPF": expression(r"\d{3}\.\d{3}\.\d{3}-\d\d"),
    "ES_NIF": expression(r"\d{2}\.?\d{3}\.?\d{3}-?[A-Z]"),
    "ES_NIE": expression(r"[XYZ]-?\d{7}-?[A-Z]"),
    "CA_SIN": expression(r"\d{3}[ -]\d{3}[ -]\d{3}"),
    "DE_TAX_ID": expression(r"\d{11}|\d\d \d{3} \d{3} \d{3}"),
    "PL_PESEL": expression(r"\d{11}"),
    # England gives 400 to 499 and 600 to 799; what begins with 1 is a time in seconds.
    "UK_NHS": expression(r"[467]\d{9}|\d{3}[ -]\d{3}[ -]\d{4}"),
    "MEDICAL_RECORD_NUMBER": expression(r"MRN[-: #]?\d{5,12}"),
    "PHONE_NUMBER": expression(
        r"(?:\+|00)\d[\d ()./-]{6,20}|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4}"
        r"|0\d{1,4}[ /-]\d[\d ]{4,12}"
    ),
}  # fmt: skip


def speaks_for_itself(entity: str, text: str) -> bool:
    """Whether `text`, of which the check of `entity` holds, is hardly anything else."""
    if entity == "PERSON":
        return has_title(text) and text[:1].isupper()
    evidence = _EVIDENCE.get(entity)
    return evidence is not None and evidence.fullmatch(text) is not None
