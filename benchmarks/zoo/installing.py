"""
Environments for tools: pinned packages of npm and the Python index, packages of Debian. Made once.

Never touches the environment this runs in.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from .tool import Needs, Tool

_PASSED_ON = ("HOME", "PATH", "LANG", "JAVA_HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS")
_PASSED_ON_BEGINNINGS = ("PIP_", "NPM_CONFIG_", "npm_config_", "GO", "CARGO", "RUSTUP_", "MAVEN_", "PYENV_")


class NotInstalled(Exception):
    """A tool is not to be had here; the message says why."""


def surroundings() -> dict[str, str]:
    """The variables a run is given of ours: where things are, never what is in them."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _PASSED_ON or name.lower().endswith("_proxy") or name.startswith(_PASSED_ON_BEGINNINGS)
    }
    return {**kept, "CI": "true", "TERM": "dumb", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def install(tool: Tool, root: Path) -> dict[str, str]:
    """What the tool needs, below `root`; the variables that lead to it. Raises NotInstalled."""
    needs = tool.needs
    _debian(needs)
    missing = [name for name in needs.commands if shutil.which(name) is None]
    if missing:
        raise NotInstalled(f"no command {', '.join(missing)}")
    variables: dict[str, str] = {}
    path = os.environ.get("PATH", "")
    if needs.pip:
        home = _once(root, "pip", needs.pip, _pip)
        path = f"{home / 'bin'}{os.pathsep}{path}"
        variables["VIRTUAL_ENV"] = str(home)
    if needs.npm:
        home = _once(root, "npm", needs.npm, _npm)
        path = f"{home / 'node_modules' / '.bin'}{os.pathsep}{path}"
        variables["NODE_HOME"] = str(home / "node_modules")
    return {**variables, "PATH": path}


def _once(
    root: Path, kind: str, packages: tuple[str, ...], make: Callable[[Path, tuple[str, ...]], None]
) -> Path:
    digest = hashlib.sha256("\n".join(packages).encode()).hexdigest()[:12]
    home = root / f"{kind}-{digest}"
    ready = home / ".ready"
    if not ready.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        make(home, packages)
        ready.touch()
    return home


def _pip(home: Path, packages: tuple[str, ...]) -> None:
    _run((sys.executable, "-m", "venv", str(home)))
    _run(
        (
            str(home / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            *packages,
        )
    )


def _npm(home: Path, packages: tuple[str, ...]) -> None:
    pins = dict(package.rsplit("@", 1) for package in packages)
    (home / "package.json").write_text(json.dumps({"private": True, "dependencies": pins}), encoding="utf-8")
    skipped = {
        "PUPPETEER_SKIP_DOWNLOAD": "1",
        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1",
        "CYPRESS_INSTALL_BINARY": "0",
    }
    _run(("npm", "install", "--no-audit", "--no-fund", "--loglevel", "error"), cwd=home, more=skipped)


def _debian(needs: Needs) -> None:
    missing = [name for name in needs.debian if not _is_there(name)]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise NotInstalled(f"needs Debian's {', '.join(missing)}; install as root")
    _run(
        ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing),
        more={"DEBIAN_FRONTEND": "noninteractive"},
    )


def _is_there(package: str) -> bool:
    if shutil.which("dpkg-query") is None:
        return False
    asked = subprocess.run(
        ("dpkg-query", "--show", "--showformat=${db:Status-Status}", package),
        capture_output=True,
        check=False,
    )
    return asked.stdout == b"installed"


def _run(command: tuple[str, ...], *, cwd: Path | None = None, more: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**surroundings(), **(more or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = done.stdout.strip().splitlines()[-1:] or ["no word"]
        raise NotInstalled(f"{command[0].rsplit('/', 1)[-1]} failed with {done.returncode}: {last[0][:160]}")
