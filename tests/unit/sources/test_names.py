"""The path of an artifact as people see it."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from leakgate.sources.names import display_path


@given(
    st.lists(
        st.sampled_from(["a", "b c", ".", "..", ".git", "/", "//", "é", "\udcff", "x.", "./"]), min_size=1
    ),
    st.lists(st.sampled_from(["a", "b c", ".", "..", ".git", "/", "//", "é", "\udcff", "x.", "./"])),
)
def test_names_are_put_together_like_paths(given_parts: list[str], parts: list[str]) -> None:
    """The short way to a name gives what a path of both parts would be written as."""
    root, relative = "".join(given_parts), "".join(parts)

    joined = PurePosixPath(root) / relative if relative else PurePosixPath(root)
    expected = os.fsencode(str(joined)).decode("utf-8", "backslashreplace")
    assert expected == display_path(root, relative)
