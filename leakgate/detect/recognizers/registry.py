"""Every native recognizer, in one visible place."""

from __future__ import annotations

from leakgate.detect.labelled.names import words
from leakgate.detect.labelled.personal import LabelledPersonalData, classes
from leakgate.detect.labelled.secrets import LabelledSecrets
from leakgate.detect.recognizers.addresses import StreetAddresses
from leakgate.detect.recognizers.key_material import KeyMaterial
from leakgate.detect.recognizers.private_keys import PrivateKeys
from leakgate.detect.recognizers.rules import RuleRecognizer
from leakgate.detect.rules.load import shipped_rules
from leakgate.model.detection import Recognizer
from leakgate.model.errors import PolicyError
from leakgate.model.selection import Selection


def native_recognizers(selection: Selection) -> tuple[Recognizer, ...]:
    """What leakgate itself recognises; rules that `selection` does not want are left out."""
    wanted = [spec for spec in shipped_rules() if selection.wants(spec.rule)]
    secret, personal = _further_names(selection.sensitive_fields)
    return (
        RuleRecognizer(wanted),
        PrivateKeys(),
        KeyMaterial(),
        LabelledSecrets(secret),
        LabelledPersonalData(personal),
        StreetAddresses(),
    )


# What a policy may call a field that holds a credential, and the rule that judges it.
_SECRET_CLASSES = {
    "password": "generic-password",
    "secret": "generic-secret",
    "api-key": "generic-api-key",
    "token": "generic-token",
}


def _further_names(fields: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Names of fields from the policy: those of credentials and those of persons, with their rules."""
    if not fields:
        return {}, {}
    personal_classes = classes()
    secret: dict[str, str] = {}
    personal: dict[str, str] = {}
    for label, kind in fields:
        name = " ".join(words(label))
        if kind in _SECRET_CLASSES:
            secret[name] = _SECRET_CLASSES[kind]
        elif kind in personal_classes:
            personal[name] = personal_classes[kind]
        else:
            known = ", ".join(sorted({*_SECRET_CLASSES, *personal_classes}))
            raise PolicyError("sensitive_fields: a class that is not known", hint=f"there are {known}")
    return secret, personal
