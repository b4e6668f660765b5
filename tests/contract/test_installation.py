"""Wherever leakgate is installed by us, it is of what is locked, and by nothing that a job prepared."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_HASH = "sha256:" + "0123456789abcdef" * 4

# A Python that writes down how pip is called, from where and with what, and makes environments of itself.
_PYTHON = """#!/bin/sh
case "$*" in
  "-I -m venv "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
  "-I -m pip "*)
    echo "$* in $PWD with $(env | grep -E '^(PIP_|PYTHON|LD_)' | tr '\\n' ' ')" >>"CALLS"
    case "$*" in *itself.txt*) cat itself.txt >>"CALLS" ;; esac
    ;;
  *) echo "leakgate, version 1.2.3" ;;
esac
"""


@pytest.fixture
def action(tmp_path: Path) -> Path:
    """The files of the action that an installation copies."""
    folder = tmp_path / "action"
    for name in ("policies", "requirements", "leakgate"):
        (folder / name).mkdir(parents=True)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        (folder / name).touch()
    return folder


def _install(tmp_path: Path, **more: str) -> tuple[int, list[str], dict[str, str]]:
    """Exit code, what pip was asked for, outputs."""
    python, calls = tmp_path / "python", tmp_path / "calls"
    python.write_text(_PYTHON.replace("CALLS", str(calls)))
    python.chmod(0o755)
    calls.touch()
    (tmp_path / "output").write_text("")
    (tmp_path / "workspace").mkdir(exist_ok=True)
    (tmp_path / "temp").mkdir(exist_ok=True)
    here = {
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "LEAKGATE_PYTHON": str(python),
        "LEAKGATE_ACTION_PATH": str(tmp_path / "action"),
    }
    done = subprocess.run(
        ["bash", ROOT / "action" / "install.sh"],
        env={**here, **more},
        cwd=tmp_path / "workspace",
        check=False,
        capture_output=True,
        timeout=60,
    )
    lines = (tmp_path / "output").read_text().splitlines()
    return done.returncode, calls.read_text().splitlines(), dict(line.split("=", 1) for line in lines)


def test_the_action_installs_what_is_locked(tmp_path: Path, action: Path) -> None:
    """What builds it too; itself comes behind it, and brings nothing along."""
    code, [lock, builders, itself], _outputs = _install(tmp_path)

    assert 0 == code
    for call, name in ((lock, "image"), (builders, "build")):
        assert f"--require-hashes --only-binary :all: --requirement {action}/requirements/{name}.txt" in call
    assert "--no-deps --no-build-isolation --no-index ./source" in itself


def test_a_version_is_installed_by_its_hash(tmp_path: Path, action: Path) -> None:
    """Its number alone says what an index says."""
    code, calls, _outputs = _install(tmp_path, LEAKGATE_VERSION="1.2.3", LEAKGATE_VERSION_HASHES=_HASH)

    assert (0, f"leakgate-ci==1.2.3 --hash={_HASH}") == (code, calls[-1])
    assert "--require-hashes --no-deps --only-binary :all: --requirement itself.txt" in calls[-2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"LEAKGATE_VERSION": "1.2.3"},
        {"LEAKGATE_VERSION": "1.2.3", "LEAKGATE_VERSION_HASHES": "sha256:x --no-deps"},
        {"LEAKGATE_VERSION": "1.2.3", "LEAKGATE_VERSION_HASHES": "--index-url=http://x"},
        {"LEAKGATE_VERSION": "1 --index-url=x"},
        {"LEAKGATE_INDEX": "http://example.com/simple"},
        {"LEAKGATE_INDEX": "--pre"},
    ],
)
def test_what_cannot_be_trusted_is_not_installed(tmp_path: Path, action: Path, wrong: dict[str, str]) -> None:
    """A number without hash, an index without TLS, an option in place of a value."""
    code, calls, outputs = _install(tmp_path, **wrong)

    assert (2, {}) == (code, outputs)
    assert not any("leakgate-ci" in call for call in calls)


def test_nothing_that_the_job_prepared_takes_part(tmp_path: Path, action: Path) -> None:
    """Variables for pip, Python and the loader are gone, and programs in PATH are not met."""
    (tmp_path / "programs").mkdir()
    for name in ("python3", "pip", "mktemp", "cp", "git", "leakgate", "grep"):
        (tmp_path / "programs" / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 0\n")
        (tmp_path / "programs" / name).chmod(0o755)
    hostile = dict.fromkeys(
        (
            "PIP_INDEX_URL",
            "PIP_CONFIG_FILE",
            "PIP_TARGET",
            "PYTHONPATH",
            "PYTHONHOME",
            "PYTHONSTARTUP",
            "PYTHONINSPECT",
            "PYTHONUSERBASE",
            "PYTHONBREAKPOINT",
            "PYTHONPYCACHEPREFIX",
            "LD_LIBRARY_PATH",
            "OPENSSL_CONF",
            "TMPDIR",
        ),
        str(tmp_path / "workspace"),
    )

    code, calls, outputs = _install(tmp_path, PATH=f"{tmp_path}/programs:{os.environ['PATH']}", **hostile)

    assert (0, False) == (code, (tmp_path / "ran").exists())
    assert outputs["leakgate"].startswith(str(tmp_path / "temp" / "leakgate."))
    for call in calls:
        assert "-I -m pip --isolated " in call
        assert call.split(" in ")[1].startswith(str(tmp_path / "temp"))
        assert call.endswith("with PIP_CONFIG_FILE=/dev/null ")
        assert "--index-url https://pypi.org/simple" in call


def test_two_uses_in_a_job_have_a_folder_each(tmp_path: Path, action: Path) -> None:
    """Of different versions, and whatever was there before either."""
    old = tmp_path / "temp" / "leakgate" / "bin" / "leakgate"
    old.parent.mkdir(parents=True)
    old.write_text("#!/bin/sh\nexit 0\n")
    first = _install(tmp_path)[2]["leakgate"]
    second = _install(tmp_path, LEAKGATE_VERSION="1.2.3", LEAKGATE_VERSION_HASHES=_HASH)[2]["leakgate"]

    assert 3 == len({first, second, str(old)})
    assert {0o700} == {Path(one).parent.stat().st_mode & 0o777 for one in (first, second)}
    assert "-I -m leakgate" in Path(first).read_text()


@pytest.mark.parametrize(
    ("place", "begin"), [("Makefile", "\n$(READY):"), ("Dockerfile", "\nRUN python -m venv")]
)
def test_nothing_is_resolved_when_it_is_installed(place: str, begin: str) -> None:
    """Neither in CI, which uses make, nor in the image; what builds leakgate is locked as well."""
    text = (ROOT / place).read_text(encoding="utf-8").replace("\\\n", " ")
    installs = text.split(begin)[1].split("\n\n")[0].split("pip install")[1:]

    assert 2 == len(installs)
    assert "--require-hashes" in installs[0]
    assert "--no-deps" in installs[1]
    assert "--no-build-isolation" in installs[1]
