"""
YAML: cassettes of recorded requests, compose files, manifests, pipelines, inventories.

Reads events only: an alias is never followed, so a document cannot grow by being read. One that is no
YAML from some line on (a template, a cut file) is read up to there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakgate.model.expressions import expression
from leakgate.model.gap import Gap, GapReason, Stage
from leakgate.model.segment import Segment
from leakgate.unpack.formats.json_fields import JsonFields
from leakgate.unpack.formats.json_labels import label
from leakgate.unpack.formats.json_nodes import Key, Node
from leakgate.unpack.formats.yaml_events import DEEPEST, TooDeep, Value, values
from leakgate.unpack.formats.yaml_scalars import binary, text

_MOST_BYTES = 16 << 20  # events are read at 5 to 100 MB/s, by their size
_BATCH = 8192
_SHORTEST = 3
_SUFFIXES = (".yaml", ".yml")
_KNOWN = expression(
    rb"(?:%YAML |---(?:\s|\Z)|\#[^\n]*\n)*"
    rb"(?:interactions|http_interactions|apiVersion|version|services):(?:\s|\Z)"
)


class YamlDocument:
    """YAML by its name, or by the first key of what tools write."""

    name = "YAML"

    def matches(self, head: bytes, name: str) -> bool:
        return name.lower().endswith(_SUFFIXES) or _KNOWN.match(head) is not None

    def read(self, document: Segment) -> Iterator[Segment | Gap]:
        """Segments of FIELDS; a gap where a document is too large or too deep."""
        artifact = document.artifact
        if len(document.data) > _MOST_BYTES:
            detail = f"YAML: over {_MOST_BYTES} bytes; scanned as text only"
            yield Gap(artifact.path, artifact.members, Stage.UNPACK, GapReason.TOO_LARGE, detail)
            return
        batch: list[Value] = []
        try:
            for value in values(document.data):
                batch.append(value)
                if len(batch) >= _BATCH:
                    yield from _gathered(document, batch)
                    batch = []
            yield from _gathered(document, batch)
        except TooDeep:
            yield from _gathered(document, batch)
            detail = f"YAML: nested deeper than {DEEPEST} levels; the rest is scanned as text only"
            yield Gap(artifact.path, artifact.members, Stage.UNPACK, GapReason.TOO_DEEP, detail)


def _gathered(document: Segment, batch: Sequence[Value]) -> Iterator[Segment]:
    fields = JsonFields(document, _nobody)
    bodies = JsonFields(document, _nobody, by=("base64",))
    for node, key, scalar, is_binary in batch:
        encoded = is_binary or _is_secret(node, key)
        decoded = binary(document.data, scalar) if encoded else None
        if decoded is not None:
            bodies.add(label(node, key), *decoded, ((0, node, key),))
            continue
        said, back = text(document.data, scalar)
        if len(said) >= _SHORTEST:
            fields.add(label(node, key), said, back, ((0, node, key),))
    yield from (made for made in (fields.segment(), bodies.segment()) if made is not None)


def _is_secret(node: Node, key: Key) -> bool:
    """Whether a value is data of a Kubernetes Secret, which is Base64."""
    above = node.parent
    return node.key == b"data" and above is not None and above.text(b"kind") == "Secret"


def _nobody(_: Node) -> None:
    """A recording does not say which test made it."""
