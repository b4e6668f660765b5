"""The job for GitLab withholds what its own gate did not pass; its lines are run by a shell."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

_TEMPLATE = Path(__file__).parents[2] / "templates" / "leakgate.gitlab-ci.yml"


class _Loader(yaml.SafeLoader):
    """GitLab's references are no YAML of ours."""


_Loader.add_constructor("!reference", lambda loader, node: loader.construct_sequence(node))


@pytest.mark.parametrize(("passed", "kept"), [("7\n", True), ("6\n", False), ("", False), (None, False)])
def test_a_pass_counts_for_the_job_that_wrote_it(tmp_path: Path, passed: str | None, kept: bool) -> None:
    """One that came along with the artifacts of an earlier job says nothing about these."""
    document = yaml.load(_TEMPLATE.read_text(encoding="utf-8"), _Loader)
    (tmp_path / "out").mkdir()
    (tmp_path / "leakgate-reports").mkdir()
    if passed is not None:
        (tmp_path / "leakgate-reports" / "passed").write_text(passed)
    said = {"LEAKGATE_REPORTS": "leakgate-reports", "LEAKGATE_PATHS": "out", "CI_JOB_ID": "7"}

    subprocess.run(
        ["sh", "-ec", "\n".join(document[".leakgate-withhold"]["script"])],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", **said},
        check=True,
        capture_output=True,
    )

    assert kept == (tmp_path / "out").exists()
