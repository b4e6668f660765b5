"""
Looks at a repository: which CI service, which test runners, and where their runs leave files.

Reads a few files by their names, within bounds; runs nothing, follows no symbolic links.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from leakgate.model.expressions import expression
from leakgate.model.records import dataclass
from leakgate.starter.runners import OTHER_SERVICES, RUNNERS, Runner

_LARGEST = 1 << 20
_MOST_FILES = 100
_MOST_NODES = 20_000
_PLAIN = expression(r"[A-Za-z0-9_.*][A-Za-z0-9_./*-]{0,199}")
_JUNIT = expression(r"--junit-?xml[= ]+([\w./-]+)")


@dataclass(frozen=True, slots=True)
class Survey:
    """`places` are paths and globs that runs leave: what the pipeline keeps, else what the runners write.

    `jobs` are jobs of GitLab that keep artifacts.
    """

    github: tuple[str, ...] = ()
    gitlab: bool = False
    others: tuple[str, ...] = ()
    runners: tuple[Runner, ...] = ()
    places: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    pre_commit: bool = False


def survey(root: Path) -> Survey:
    """What is there. What cannot be read or makes no sense is taken as not there."""
    github = tuple(path.name for path in _workflows(root))
    gitlab = _yaml(root / ".gitlab-ci.yml")
    runners = tuple(one for one in RUNNERS if _uses(root, one))
    uploaded = [place for path in _workflows(root) for place in _uploads(_yaml(path))]
    uploaded += [place for job in _jobs(gitlab).values() for place in job]
    uploaded += _reports(root)
    # A path that does not exist fails a scan: what runners usually write counts where nothing else is known.
    written = [place for one in runners for place in one.places]
    return Survey(
        github=github,
        gitlab=(root / ".gitlab-ci.yml").is_file(),
        others=tuple(name for file, name in OTHER_SERVICES if (root / file).is_file()),
        runners=runners,
        places=_clean(uploaded) or _clean(written),
        jobs=tuple(_jobs(gitlab)),
        pre_commit=(root / ".pre-commit-config.yaml").is_file(),
    )


def _workflows(root: Path) -> list[Path]:
    folder = root / ".github" / "workflows"
    return sorted((*folder.glob("*.yml"), *folder.glob("*.yaml")))[:_MOST_FILES]


def _uses(root: Path, runner: Runner) -> bool:
    if any(next(root.glob(pattern), None) for pattern in runner.files):
        return True
    return any(word in _text(root / file) for file, word in runner.words)


def _text(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""


def _yaml(path: Path) -> Any:
    import yaml

    # References of GitLab are tags of its own: what they lead to is in other files.
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    try:
        return yaml.load(_text(path), Loader=Loader)  # noqa: S506 - a SafeLoader that skips unknown tags
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _mappings(tree: Any) -> Iterator[dict[Any, Any]]:
    """Every mapping in the tree, each once, however aliases repeat it; no recursion."""
    waiting: list[Any] = [tree]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_NODES:
        node = waiting.pop(0)
        if id(node) in seen or not isinstance(node, dict | list):
            continue
        seen.add(id(node))
        waiting += node.values() if isinstance(node, dict) else node
        if isinstance(node, dict):
            yield node


def _uploads(workflow: Any) -> Iterator[str]:
    """The paths of steps that upload artifacts."""
    for step in _mappings(workflow):
        if str(step.get("uses", "")).startswith("actions/upload-artifact") and isinstance(
            step.get("with"), dict
        ):
            yield from str(step["with"].get("path", "")).splitlines()


def _jobs(pipeline: Any) -> dict[str, list[str]]:
    """Jobs of GitLab by name, with the paths that they keep."""
    jobs = pipeline.items() if isinstance(pipeline, dict) else ()
    kept = {name: _kept(job) for name, job in jobs if isinstance(name, str) and not name.startswith(".")}
    return {name: paths for name, paths in kept.items() if paths and name not in ("default", "leakgate")}


def _kept(job: Any) -> list[str]:
    artifacts = job.get("artifacts") if isinstance(job, dict) else None
    paths = artifacts.get("paths") if isinstance(artifacts, dict) else None
    return [str(path) for path in paths] if isinstance(paths, list) else []


def _reports(root: Path) -> list[str]:
    """Folders of the JUnit files that configurations and workflows name."""
    files = [root / name for name in ("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "Makefile")]
    texts = map(_text, (*files, *_workflows(root), root / ".gitlab-ci.yml"))
    found = [path for text in texts for path in _JUNIT.findall(text)]
    return [path.rpartition("/")[0] or path for path in found]


def _clean(places: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for place in map(_plain, places) if place))


def _plain(place: str) -> str:
    """A path or glob without variables, and nothing above the repository."""
    clean = place.strip().removeprefix("./").rstrip("/")
    return clean if _PLAIN.fullmatch(clean) and ".." not in clean.split("/") else ""
