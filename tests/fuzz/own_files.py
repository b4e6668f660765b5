"""The files that people write or keep for leakgate: any bytes give the file, or an error that says so."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import yaml

from leakgate.audit.chain import Broken, Head, canonical, digest_of, read_chain, sealed
from leakgate.detect.known.reading import named_values
from leakgate.detect.known.values import guard
from leakgate.detect.packs.gitleaks import read_gitleaks
from leakgate.detect.packs.recognizer import pack_recognizer
from leakgate.detect.packs.trivy import read_trivy
from leakgate.detect.rules.load import rules_of
from leakgate.model.errors import LeakgateError, PolicyError
from leakgate.model.result import Coverage
from leakgate.model.verdict import Action, GapAction
from leakgate.policy.baseline import read_baseline
from leakgate.policy.baseline import written as written_baseline
from leakgate.policy.case_file import read_cases
from leakgate.policy.codeowners import owners_of
from leakgate.policy.evaluate import evaluate
from leakgate.policy.foreign_baselines import read_detect_secrets, read_gitleaksignore
from leakgate.policy.load import load_policy
from leakgate.policy.stages import at_stage
from leakgate.policy.waivers import read_waivers
from leakgate.report.json_read import read_result
from leakgate.report.json_v1 import JsonReporter
from leakgate.sources.git_updates import parse_updates
from tests.fuzz.target import CANARIES, Target, check_shown
from tests.kit import results
from tests.unit.policy.accepting_cases import baseline, fingerprint, waiver_text

_POLICIES = Path(__file__).parents[2] / "policies"
_GITLEAKS = """\
[[rules]]
id = "acme"
description = "Acme token"
regex = '''(?i)\\b(acme_[a-z0-9]{20})(?:['"\\s;]|$)'''
secretGroup = 1
entropy = 3.2
keywords = ["acme_"]
[[rules.allowlists]]
condition = "AND"
regexes = ['''^acme_0+$''']
paths = ['''\\.md$''']
stopwords = ["example"]
[allowlist]
paths = ["vendor/"]
"""
_TRIVY = """\
rules:
  - id: acme
    category: general
    title: Acme
    severity: HIGH
    regex: (?P<key>acme)_(?P<secret>[a-z0-9]{20})
    secret-group-name: secret
    keywords: [acme_]
    allow-rules:
      - {id: docs, path: .*\\.md}
allow-rules: [{id: sample, regex: EXAMPLE}]
disable-rules: [aws-access-key-id]
"""
_RULES = """\
family: acme
rules:
  - id: acme-token
    name: Acme token
    entity: ACME_TOKEN
    category: secret
    severity: high
    confidence: high
    pattern: acme_(?P<secret>[a-z0-9]{20})
    keywords: [acme]
    entropy: 3.0
    examples: ["acme_{alnum:20}", "key acme_{alnum:20};"]
    near_misses: ["acme-{alnum:20}", "acme_{alnum:9}"]
"""
_POLICY = """\
version: 1
name: ours
extends: default
detect: {categories: [secret, pii], locales: [us, eu], nlp: {entities: [PERSON]}}
clauses:
  - {id: one, when: {entity: [CREDIT_CARD], path: "**/x/*.log", confidence: [high, medium]}, then: block}
  - id: deep
    when: {expr: "size(finding.members) > 2 && finding.test.matches('^tests/(a|b)/')"}
    then: block
  - {id: rest, when: {}, then: warn}
budgets: [{id: contacts, when: {data_class: contact}, at_most: 1, then: block}]
default_stage: main
stages:
  main: {coverage: {encrypted: block}}
  pull_request:
    clauses: [{id: pr, when: {confidence: {at_least: medium}, synthetic: false}, then: warn}]
coverage: {nothing_scanned: incomplete, unreadable: warn}
limits: {max_depth: 8, max_seconds: 5m, max_member_bytes: 10MiB}
"""
_CASES = """\
version: 1
policy: default
cases:
  - name: a token in a log blocks
    findings:
      - {rule: github-pat, path: out/ci.log, times: 2, value: a}
      - {entity: EMAIL_ADDRESS, synthetic: true}
    gaps: [{reason: encrypted, path: out/trace.zip}]
    expect: {verdict: block, actions: [block, block, allow], clauses: secrets/likely, gaps: warn}
"""
_PUSH = (
    f"refs/heads/main {'1' * 40} refs/heads/main {'0' * 40}\n(delete) {'0' * 64} refs/tags/v1 {'2' * 64}\n"
)
_DETECT_SECRETS = """{"version": "1.5.0", "plugins_used": [], "results": {"a.py": [{"type": "Secret Keyword",
"filename": "a.py", "hashed_secret": "356a192b7913b04c54574d18c28d46e6395428ab", "line_number": 3}]}}"""
_SECRETS = f'{{"DEPLOY_TOKEN": "{CANARIES[0]}", "nested": {{"a": "{CANARIES[1]}"}}, "list": ["x", 1, null]}}'
_DOTENV = (
    f"export DEPLOY_TOKEN='{CANARIES[0]}'\nB=\"two\nlines\"\n# comment\n{CANARIES[1]}\nC={CANARIES[2]}=\n"
)


def own_file_targets() -> Iterator[Target]:
    yield _text("policy", _judges, _POLICY, *_shipped())
    yield _text("waivers", lambda text: read_waivers(text, "w"), waiver_text(), waiver_text(ticket="SEC-1"))
    yield _bytes("baseline", lambda raw: read_baseline(raw, "b"), written_baseline(baseline(fingerprint())))
    yield _text("known values", _known_values, _SECRETS, _DOTENV)
    yield _text("gitleaks rules", lambda text: pack_recognizer(read_gitleaks(text, "g")), _GITLEAKS)
    yield _text("Trivy rules", lambda text: pack_recognizer(read_trivy(text, "t")), _TRIVY)
    yield _text(
        "gitleaks ignores", lambda text: read_gitleaksignore(text, "g"), "a" * 40 + ":a/b.py:acme:3\n"
    )
    yield _text("detect-secrets baseline", lambda text: read_detect_secrets(text, "d"), _DETECT_SECRETS)
    yield _text(
        "code owners", lambda text: owners_of("a/b", text), "# x\n/a/ @org/team\n*.md a@example.com\n"
    )
    yield _text("family of rules", lambda text: list(rules_of(text, "r")), _RULES)
    yield _text("policy cases", lambda text: read_cases(text, "c"), _CASES)
    yield _bytes("push", parse_updates, _PUSH)
    yield _bytes("result", read_result, _result())
    yield _bytes(
        "audit log",
        lambda raw: read_chain(io.BytesIO(raw), b"k"),
        _chain(),
        _chain() + canonical({}).decode(),
    )


def _shipped() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(_POLICIES.glob("*.yaml"))]


def _judges(text: str) -> None:
    """What is a policy judges anything, at each of its stages."""
    policy = load_policy("p.yaml", text=text)
    found = (results.finding(), results.finding(rule=results.EMAIL_RULE, synthetic="reserved domain"))
    for stage in (None, *(stage.name for stage in policy.stages)):
        with suppress(PolicyError):
            evaluate(at_stage(policy, stage), found, (results.gap(),), Coverage(bytes_scanned=1))


def _known_values(text: str) -> None:
    """No name that is shown is a value."""
    named = tuple(named_values(text, "the file"))
    _guarded, refused = guard(named)
    check_shown(one.why for one in refused)


def _result() -> str:
    verdict = results.verdict(
        results.decision(Action.BLOCK),
        results.decision(Action.WAIVED, waiver="w1"),
        results.gap_decision(GapAction.WARN),
        reasons=["1 finding is blocked by secrets/high."],
    )
    out = io.StringIO()
    JsonReporter().render(results.result(verdict), verdict, out)
    return out.getvalue()


def _chain() -> str:
    first = sealed({"actor": "ada"}, Head(0, "0" * 64), b"k")
    return (first + sealed({"actor": "bob"}, Head(1, digest_of(first)), b"k")).decode()


def _text(name: str, read: Callable[[str], object], *samples: str) -> Target:
    """Samples in YAML also as JSON, which is YAML too and can be mutated as a tree."""
    return _bytes(name, lambda raw: read(raw.decode("utf-8", "replace")), *samples, *_as_json(samples))


def _as_json(samples: Iterable[str]) -> Iterator[str]:
    for sample in samples:
        with suppress(yaml.YAMLError):
            tree = yaml.safe_load(sample)
            if isinstance(tree, dict):
                yield json.dumps(tree, default=str)


def _bytes(name: str, read: Callable[[bytes], object], *samples: str) -> Target:
    def run(data: bytes) -> bool:
        try:
            read(data)
        except LeakgateError as error:
            return error.message != ""
        except Broken:
            return True
        return False

    return Target(f"file:{name}", run, tuple(sample.encode() for sample in samples))
