"""One compressed stream as a container: of its one member, or of the members of the tar inside."""

from __future__ import annotations

from collections.abc import Iterator

from leakgate.model.artifact import Artifact, Named
from leakgate.model.gap import Gap
from leakgate.unpack.budget import Budget
from leakgate.unpack.containers.base import Member, gap
from leakgate.unpack.containers.tar_archive import tar_members
from leakgate.unpack.containers.tar_header import BLOCK, is_tar
from leakgate.unpack.flow import Flow, gather


def stream_members(
    flow: Flow, name: str, artifact: Artifact, budget: Budget
) -> Iterator[Member | Gap | Named]:
    """A tar is transparent: people say `logs.tgz, a/ci.log`. It is streamed, with limits per member."""
    if is_tar(flow.peek(BLOCK)):
        yield from tar_members(flow, artifact, budget)
        return
    if trouble := budget.admit():
        yield gap(artifact, trouble)
        return
    data, cut = gather(flow, budget)
    inner = artifact.member(name)
    if data or cut is None:
        yield Member(inner, data)
    if cut is not None:
        yield gap(inner, cut)
