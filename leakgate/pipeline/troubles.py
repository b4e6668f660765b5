"""
What went wrong in one unit of work, as gaps: each once, in the order of its happening.

Never quotes an exception, whose text may hold scanned bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leakgate.model.artifact import Artifact
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.refusal import reason_of
from leakgate.pipeline.gap_list import GapList

_NAMELESS = "(a name that could not be checked for secrets)"

OUT_OF_MEMORY = (
    "took more memory than there is, or than limits.max_memory_bytes allows; what was found until then "
    "stands; raise the limit, or lower limits.max_document_bytes and max_member_bytes"
)


@dataclass(slots=True)
class Troubles:
    """Gaps with their names as they stand; `told` gives them as they may be shown."""

    gaps: GapList
    times: int = 0  # that there was one, also where it was listed already

    def keep(self, gap: Gap) -> None:
        self.times += 1
        self.gaps.add(gap)

    def add(self, artifact: Artifact, stage: Stage, reason: GapReason, detail: str) -> None:
        self.keep(Gap(artifact.path, artifact.members, stage, reason, detail))

    def out_of_time(self, artifact: Artifact) -> None:
        detail = "the time limit of the run is over (limits.max_seconds); the rest of it was not scanned"
        self.add(artifact, Stage.RUN, GapReason.TIME_LIMIT, detail)

    def out_of_memory(self, artifact: Artifact) -> None:
        self.add(artifact, Stage.RUN, GapReason.MEMORY_LIMIT, OUT_OF_MEMORY)

    def failed(self, artifact: Artifact, stage: Stage, what: str, exc: Exception) -> None:
        """The gap that an exception leaves: the system's word where it refuses, else a bug of ours."""
        if isinstance(exc, OSError) and stage in (Stage.SOURCE, Stage.UNPACK):
            detail = f"cannot be read ({_name(exc)}); check permissions and who writes here"
            self.add(artifact, Stage.SOURCE, reason_of(exc), detail)
            return
        if isinstance(exc, MemoryError):
            self.out_of_memory(artifact)
            return
        detail = f"{what} failed here ({_name(exc)}); this is a bug of leakgate, please report it"
        self.add(artifact, stage, GapReason.RECOGNIZER_FAILED, detail)

    def told(self, redact: Callable[[str], str]) -> tuple[Gap, ...]:
        """All of them, with what detection finds in names and details masked."""
        return tuple(redacted(gap, redact) for gap in self.gaps.listed())


def redacted(gap: Gap, redact: Callable[[str], str]) -> Gap:
    """As it may be shown. Never raises, also where `redact` does."""
    try:
        path, members, detail = redact(gap.path), tuple(map(redact, gap.members)), redact(gap.detail)
    except Exception:  # noqa: BLE001 - a gap must be told, if need be without names
        path, members, detail = _NAMELESS, (), gap.detail
    return Gap(path, members, gap.stage, gap.reason, detail)


def _name(exc: BaseException) -> str:
    """The kind of an exception, or the system's word for it."""
    strerror = exc.strerror if isinstance(exc, OSError) else None
    return strerror or type(exc).__name__
