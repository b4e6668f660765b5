"""Every native recognizer, in one visible place."""

from __future__ import annotations

from leakgate.detect.labelled.personal import LabelledPersonalData
from leakgate.detect.labelled.secrets import LabelledSecrets
from leakgate.detect.recognizers.private_keys import PrivateKeys
from leakgate.detect.recognizers.rules import RuleRecognizer
from leakgate.detect.rules.load import shipped_rules
from leakgate.model.detection import Recognizer
from leakgate.model.selection import Selection


def native_recognizers(selection: Selection) -> tuple[Recognizer, ...]:
    """What leakgate itself recognises; rules that `selection` does not want are left out."""
    wanted = [spec for spec in shipped_rules() if selection.wants(spec.rule)]
    return (RuleRecognizer(wanted), PrivateKeys(), LabelledSecrets(), LabelledPersonalData())
