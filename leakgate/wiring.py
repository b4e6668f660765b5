"""
The composition root: settings in, a ready scan out.

The only module that knows all stages. Decides nothing a setting does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from leakgate import __version__
from leakgate.detect.adapters.detect_secrets import detect_secrets_recognizers
from leakgate.detect.adapters.presidio import presidio_recognizers
from leakgate.detect.detector import Detector, pattern_groups
from leakgate.detect.engine.build import build_engine_for_groups
from leakgate.detect.engine.cache import DatabaseCache, Databases
from leakgate.detect.nlp.recognizer import NamesInProse, nlp_recognizers
from leakgate.detect.recognizers.registry import native_recognizers
from leakgate.detect.rules.digest import rules_digest
from leakgate.findings.fingerprint import Key, keyed
from leakgate.findings.masking import Masker
from leakgate.findings.pieces import Pieces
from leakgate.findings.redaction import Redactor
from leakgate.findings.seal import Sealer, Verify
from leakgate.model.artifact import Named, Unit
from leakgate.model.committed import NOTHING_VOUCHES, Vouching
from leakgate.model.detection import Decoder, Recognizer, Rule
from leakgate.model.finding import Finding
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.limits import Limits
from leakgate.model.records import dataclass
from leakgate.model.result import RunIdentity, ScanResult
from leakgate.model.selection import Selection
from leakgate.model.verdict import Verdict
from leakgate.pipeline.ports import Watcher
from leakgate.pipeline.run import Harvest, Sharing, run
from leakgate.pipeline.unit import UnitScanner
from leakgate.policy.accepting import NOTHING_ACCEPTED, Accepted
from leakgate.policy.evaluate import evaluate
from leakgate.policy.gate_rule import GATE_RULE
from leakgate.policy.locales import expanded
from leakgate.policy.policy import Policy
from leakgate.policy.spellings import Unmatched, with_spellings
from leakgate.remembering import Circumstances, ResultCache, remembering
from leakgate.sources.division import FileDivision
from leakgate.sources.paths import Paths, open_sources
from leakgate.unpack.decoders.registry import decoders as all_decoders
from leakgate.unpack.parts import parts
from leakgate.unpack.unpacker import UnitUnpacker

if TYPE_CHECKING:
    from leakgate.detect.known.recognizer import KnownValues
    from leakgate.detect.known.values import Unguardable
    from leakgate.detect.packs.recognizer import PackRecognizer
    from leakgate.policy.gate_changes import GateChange
    from leakgate.sources.git_push import Push


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a scan depends on; the environment was read by whoever made this."""

    paths: tuple[str, ...]
    policy: Policy
    selection: Selection
    key: Key
    cache_directory: Path | None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    stdin_name: str | None = None
    source_root: Path | None = None
    jobs: int = 1
    known_values: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    packs: tuple[PackRecognizer, ...] = ()
    verification: Verify | None = None
    accepted: Accepted = NOTHING_ACCEPTED
    gate_changes: tuple[GateChange, ...] | None = None  # None without a base to compare with
    vouching: Vouching = NOTHING_VOUCHES
    result_cache: ResultCache | None = None
    run: RunIdentity = field(default_factory=RunIdentity)
    own_files: tuple[str, ...] = ()  # reports of this run: they may stand among what is scanned
    cache_key: bytes | None = field(default=None, repr=False)  # signs what is kept in `cache_directory`
    public_names: Callable[[], frozenset[str]] = frozenset  # files of the base commit, below the source root


@dataclass(frozen=True, slots=True)
class Judged:
    """A finished run and what the policy makes of it. `notes` are lines on what was no trouble for either.

    `paths` are the arguments, as they may be shown.
    """

    result: ScanResult
    verdict: Verdict
    notes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def scan(settings: Settings, stdin: BinaryIO, watch: Watcher) -> Judged:
    """Runs the whole gate. Raises LeakgateError for what stops a run; an interrupt is in the verdict."""
    _check_settings(settings)
    source = open_sources(
        settings.paths,
        include=settings.include,
        exclude=settings.exclude,
        stdin=stdin,
        stdin_name=settings.stdin_name,
        max_bytes=settings.policy.limits.max_artifact_bytes,
        own=settings.own_files,
        anchors=_folders(settings.policy),
    )
    return _judged(settings, source, lambda findings: findings, watch)


def _folders(policy: Policy) -> tuple[str, ...]:
    """Where the policy stands: its globs may mean what they mean there."""
    written = {clause.origin.source for clause in policy.clauses if clause.when.path is not None}
    return tuple(sorted({str(Path(source).parent) for source in written if Path(source).is_file()}))


def scan_push(settings: Settings, push: Push, watch: Watcher) -> Judged:
    """Judges what a push adds to a remote, instead of the paths of the settings."""
    _check_settings(settings)
    return _judged(settings, push, push.narrowed, watch)


def _check_settings(settings: Settings) -> None:
    written = settings.policy.identity.source != "builtin"
    scoped = any(waiver.scope is not None for waiver in settings.accepted.waivers)
    if not written and not scoped:
        return  # the shipped policies are checked by tests; to know all rules takes its time
    from leakgate.policy.vocabulary import check_scopes, check_words

    foreign = tuple(rule for pack in settings.packs for rule in pack.rules)
    rules = (*all_rules(), *foreign)
    if written:
        check_words(settings.policy, rules)
    check_scopes(settings.accepted.waivers, rules)


def _judged(
    settings: Settings,
    source: Paths | Push,
    narrowed: Callable[[tuple[Finding, ...]], tuple[Finding, ...]],
    watch: Watcher,
) -> Judged:
    limits = settings.policy.limits
    known, unguardable = _known_values(settings.known_values)
    detector = build_detector(
        settings.selection,
        settings.cache_directory,
        known,
        settings.packs,
        cache_key=settings.cache_key,
    )
    scanner = build_scanner(
        detector,
        settings.key,
        limits,
        settings.source_root,
        settings.paths,
        vouching=settings.vouching,
        verification=settings.verification,
    )
    division = FileDivision(partial(parts, limits=limits))
    remembered = remembering(scanner, _circumstances(settings, detector), settings.result_cache)
    policy = with_spellings(settings.policy, source.aliases)  # names of a run have one form, globs may not
    unmatched = Unmatched(settings.policy, policy)
    harvest = run(
        _Heard(source, unmatched),
        remembered.scanner,
        skipped=lambda: source.skipped,
        watch=watch,
        sharing=Sharing(settings.jobs, division),
        reuse=remembered.reuse,
        again=source.again,
    )
    notes = remembered.close(masker := Masker(_pieces(settings.key), harvest.pieces, settings.public_names))

    judge = _Judge(settings, detector, policy, unmatched, unguardable, narrowed)
    result, verdict = harvest.told.masked(lambda told: _masked(masker, *judge.judged(harvest, *told)))
    notes = (*notes, *map(_named_like_a_value, masker.kept))
    return Judged(result, verdict, notes, tuple(map(masker, settings.paths)))


@dataclass(frozen=True, slots=True)
class _Judge:
    """What a run is judged by, beside what it told."""

    settings: Settings
    detector: Detector
    policy: Policy
    unmatched: Unmatched
    unguardable: tuple[Unguardable, ...]
    narrowed: Callable[[tuple[Finding, ...]], tuple[Finding, ...]]

    def judged(
        self, harvest: Harvest, findings: tuple[Finding, ...], gaps: tuple[Gap, ...]
    ) -> tuple[ScanResult, Verdict]:
        """By the names as they are: what a run printed must not change which clause counts."""
        settings = self.settings
        findings = (*self.narrowed(findings), *_gate_findings(settings, findings))
        gaps = (*gaps, *map(_not_guarded, self.unguardable))
        result = _result(settings, self.detector, harvest, findings=findings, gaps=gaps)
        verdict = evaluate(
            self.policy,
            result.findings,
            result.gaps,
            result.coverage,
            interrupted=harvest.interrupted,
            accepted=settings.accepted,
        )
        for gap in gaps:
            self.unmatched.see(gap.path, gap.members)
        if harvest.interrupted:
            return result, verdict
        told = self.unmatched.told(members=result.coverage.members > 0)
        return result, replace(verdict, reasons=(*verdict.reasons, *told))


def _masked(masker: Masker, result: ScanResult, verdict: Verdict) -> tuple[ScanResult, Verdict]:
    """Both as they may be shown."""
    shown = {id(finding): masker.finding(finding) for finding in result.findings}
    gaps = {id(gap): masker.gap(gap) for gap in result.gaps}
    decisions = tuple(replace(one, finding=shown[id(one.finding)]) for one in verdict.decisions)
    missed = tuple(replace(one, gap=gaps.get(id(one.gap)) or masker.gap(one.gap)) for one in verdict.gaps)
    reasons = tuple(map(masker, verdict.reasons))
    return (
        replace(
            result,
            findings=tuple(shown[id(one)] for one in result.findings),
            gaps=tuple(gaps[id(one)] for one in result.gaps),
        ),
        replace(verdict, decisions=decisions, gaps=missed, reasons=reasons),
    )


def _pieces(key: Key) -> Pieces:
    """With a key of its own: digests of pieces are in no report, and tell nothing of fingerprints."""
    return Pieces(key.derived(b"leakgate names 1"), _is_word)


def _is_word(word: str) -> bool:
    from leakgate.detect.nlp.known_names import Kind, kind_of

    return kind_of(word) in (
        Kind.WORD,
        Kind.ROLE,
        Kind.PLACE,
        Kind.TECHNICAL,
        Kind.GIVEN_OR_WORD,
        Kind.SURNAME_OR_WORD,
    )


def _named_like_a_value(file: str) -> str:
    return f"{file} is named like a value that was found; the base commit has it, so its name is shown"


@dataclass(frozen=True, slots=True)
class _Heard:
    """A source whose names the clauses by path hear of."""

    source: Paths | Push
    unmatched: Unmatched

    def units(self) -> Iterator[Unit | Gap | Named]:
        for item in self.source.units():
            if isinstance(item, Unit):
                self.unmatched.see(item.artifact.path, item.artifact.members)
            yield item


def _circumstances(settings: Settings, detector: Detector) -> Circumstances:
    return Circumstances(
        policy_digest=settings.policy.identity.digest,
        selection=settings.selection,
        limits=settings.policy.limits,
        rules=detector.rules,
        packs=tuple(pack.text for pack in settings.packs),
        key_check=settings.key.check,
        source_root=settings.source_root is not None,
        known_values=settings.known_values,
    )


def _known_values(named: tuple[tuple[str, str], ...]) -> tuple[KnownValues | None, tuple[Unguardable, ...]]:
    """The recognizer of the values that can be looked for, and those that cannot."""
    if not named:
        return None, ()
    from leakgate.detect.known.recognizer import KnownValues
    from leakgate.detect.known.values import guard

    guarded, unguardable = guard(named)
    return KnownValues(guarded) if guarded else None, unguardable


def _result(
    settings: Settings,
    detector: Detector,
    harvest: Harvest,
    *,
    findings: tuple[Finding, ...],
    gaps: tuple[Gap, ...],
) -> ScanResult:
    return ScanResult(
        findings=findings,
        gaps=gaps,
        coverage=harvest.coverage,
        timing=harvest.timing,
        rules=(*detector.rules, *((GATE_RULE,) if _has_base(settings) else ())),
        rules_digest=rules_digest(detector.rules),
        policy=settings.policy.identity,
        tool_version=__version__,
        ephemeral_key=settings.key.ephemeral,
        key_check=None if settings.key.ephemeral else settings.key.check,
        run=settings.run,
    )


def _has_base(settings: Settings) -> bool:
    return settings.gate_changes is not None or settings.vouching.changed is not None


def _gate_findings(settings: Settings, found: Sequence[Finding]) -> tuple[Finding, ...]:
    """What the change under test does to the gate itself, each with a fingerprint of path and new content."""
    offers = dict.fromkeys(finding.offer for finding in found if finding.offer is not None)
    if not settings.gate_changes and not offers:
        return ()
    from leakgate.policy.gate_changes import as_finding, as_offered

    changes = (*(settings.gate_changes or ()), *map(as_offered, offers))
    return tuple(as_finding(one, keyed(settings.key, GATE_RULE.id, _version(one))) for one in changes)


def _version(change: GateChange) -> bytes:
    return f"{change.path}\0{change.version}".encode("utf-8", "surrogateescape")


def build_detector(
    selection: Selection,
    cache_directory: Path | None,
    known: KnownValues | None = None,
    packs: Sequence[PackRecognizer] = (),
    *,
    cache_key: bytes | None = None,
    databases: Databases | None = None,
) -> Detector:
    """The recognizers that `selection` wants, behind one engine; known values whatever it wants.

    Compiled databases are in `databases`, else in `cache_directory`, signed with `cache_key`.
    """
    wanted = tuple(pack for pack in packs if any(map(selection.wants, pack.rules)))
    recognizers = (*build_recognizers(selection), *wanted)
    decoders: Sequence[Decoder] = all_decoders()
    engine = build_engine_for_groups(
        pattern_groups(recognizers, decoders), databases or DatabaseCache(cache_directory, key=cache_key)
    )
    if known is None:
        return Detector(engine, recognizers, decoders, selection.wants)
    from leakgate.detect.known.recognizer import EngineWithKnownValues

    # An engine of their own: compiled databases are kept on disk, known values must not be.
    both = EngineWithKnownValues(engine, known)
    return Detector(both, (known, *recognizers), decoders, selection.wants)


def build_recognizers(selection: Selection) -> tuple[Recognizer, ...]:
    """Native recognizers first, then those of the libraries, each only if one of its rules is wanted.

    One without rules of its own finds by the rules of others.
    """
    everything = (
        *native_recognizers(selection),
        *detect_secrets_recognizers(),
        *presidio_recognizers(selection.locales),
        *nlp_recognizers(selection.nlp_entities),
    )
    wanted = tuple(r for r in everything if any(selection.wants(rule) for rule in r.rules))
    return (*wanted, *(r for r in everything if not r.rules)) if wanted else ()


def all_rules() -> tuple[Rule, ...]:
    """Every rule of every recognizer, all countries and language models included."""
    from leakgate.detect.known.recognizer import KnownValues

    everything = Selection(locales=expanded(["all"]), nlp_entities=("PERSON", "LOCATION"))
    shipped = tuple(rule for recognizer in build_recognizers(everything) for rule in recognizer.rules)
    return (*shipped, *KnownValues.rules, GATE_RULE)


def build_scanner(
    detector: Detector,
    key: Key,
    limits: Limits,
    source_root: Path | None = None,
    paths: tuple[str, ...] = (),
    *,
    vouching: Vouching = NOTHING_VOUCHES,
    verification: Verify | None = None,
) -> UnitScanner:
    # A language model would look for names of people in the names of files: slow, and never sure.
    models = [r for r in detector.recognizers if isinstance(r, NamesInProse)]
    named = detector.without(models)
    sealer = Sealer(
        key,
        redact=Redactor(named.matches),
        verify=verification,
        pieces=_pieces(key),
    )
    if source_root is not None:
        from leakgate.findings.repository import with_sources

        sealer = with_sources(sealer, source_root, paths, vouching)
    return UnitScanner(detector, sealer, lambda expired: UnitUnpacker(limits, expired), limits, named=named)


def _not_guarded(value: Unguardable) -> Gap:
    detail = f"{value.name} is not looked for: {value.why}; give it a longer, random value, or leave it out"
    return Gap("(run)", (), Stage.DETECT, GapReason.UNGUARDABLE, detail)
