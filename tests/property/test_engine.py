"""The two engines agree: whatever the text, the same matches are confirmed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from leakgate.detect.engine.build import build_engine
from leakgate.detect.engine.portable import PortableEngine
from leakgate.detect.labelled.secrets import LabelledSecrets
from leakgate.detect.recognizers.private_keys import PrivateKeys
from leakgate.detect.recognizers.rules import RuleRecognizer
from leakgate.detect.rules.examples import expand
from leakgate.detect.rules.load import proven_rules
from leakgate.model.detection import Recognizer
from tests.kit.segments import matches

# Every seventh rule: the portable engine looks for one expression after another.
_SPECS = proven_rules()[::7]
_PROOFS = [spec.proof for spec in _SPECS if spec.proof is not None]
_RECOGNIZERS: tuple[Recognizer, ...] = (RuleRecognizer(_SPECS), LabelledSecrets(), PrivateKeys())
_FAST = {id(r): build_engine(r.patterns, None) for r in _RECOGNIZERS}
_SLOW = {id(r): PortableEngine(r.patterns) for r in _RECOGNIZERS}

_tokens = st.builds(
    expand,
    st.sampled_from([text for p in _PROOFS for text in (*p.examples, *p.near_misses)]),
    st.integers(0, 50),
)
_labels = st.sampled_from(["password", "apiKey", "DB_PASS", "client-secret", "token", "x", "sessionid"])
_separators = st.sampled_from(["=", ": ", '": "', "' => '", " is ", ">", '\\": \\"', " "])
_noise = st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=40)
_texts = st.lists(st.one_of(_tokens, _labels, _separators, _noise), max_size=24).map("".join)


@settings(max_examples=60, deadline=None)
@given(_texts)
def test_both_engines_lead_to_the_same_matches(text: str) -> None:
    """Hyperscan and the portable engine differ in speed alone."""
    for recognizer in _RECOGNIZERS:
        fast = {(m.rule.id, m.span) for m in matches(recognizer, text, _FAST[id(recognizer)])}
        slow = {(m.rule.id, m.span) for m in matches(recognizer, text, _SLOW[id(recognizer)])}

        assert slow == fast
