"""`leakgate hook`, driven by real pushes to a bare repository."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.kit import tokens
from tests.kit.repositories import Repository, repository

COMMAND = (sys.executable, "-m", "leakgate", "hook")
Done = subprocess.CompletedProcess[bytes]


@pytest.fixture
def bare(tmp_path: Path, engine_cache: Path) -> Repository:
    """A repository without the hook."""
    root = str(Path(__file__).parents[2])
    return repository(tmp_path / "work", {"LEAKGATE_CACHE_DIR": str(engine_cache), "PYTHONPATH": root})


@pytest.fixture
def repo(bare: Repository) -> Repository:
    """One clean commit that the remote has, and the hook."""
    bare.commit(app__py="print('hello')\n")
    bare.git("push", "-q", "origin", "main")
    hook(bare, "install")
    return bare


def hook(repo: Repository, *arguments: str, told: bytes = b"") -> Done:
    return repo.run(*COMMAND, *arguments, told=told)


def push(repo: Repository, *arguments: str) -> Done:
    return repo.run("git", "push", "origin", *(arguments or ("main",)))


def on_remote(repo: Repository, ref: str) -> str | None:
    found = repo.git("ls-remote", "origin", ref)
    return found.split()[0] if found else None


def leak() -> str:
    return f"token = '{tokens.github()}'\n"


def test_a_clean_push_is_let_through_in_silence(repo: Repository) -> None:
    """Nobody has to read anything."""
    head = repo.commit(app__py="print('hello')\nprint('world')\n")

    done = push(repo)

    assert (0, head) == (done.returncode, on_remote(repo, "main"))
    assert b"leakgate" not in done.stdout + done.stderr


def test_a_leak_stops_the_push(repo: Repository) -> None:
    """What, where, how to fix it, and what skipping the check means; nothing arrives, no value is shown."""
    before = on_remote(repo, "main")
    repo.commit(app__py=f"print('hello')\n{leak()}")

    done = push(repo)

    said = (done.stdout + done.stderr).decode()
    assert done.returncode != 0
    assert before == on_remote(repo, "main")
    for words in (
        "GitHub personal access token",
        "app.py:2:",
        "git rebase -i",
        "--no-verify",
        "Delete the token",
    ):
        assert words in said
    assert tokens.github() not in said


@pytest.mark.parametrize(
    "name", ["leakgate.py", "click.py", "json.py", "sitecustomize.py", "leakgate/__init__.py"]
)
def test_no_module_of_the_working_tree_runs(repo: Repository, name: str) -> None:
    """The hook runs at its root, where a pull request that is looked at may have put anything."""
    repo.write(name, f"import os\nopen({str(repo.folder.parent / 'ran')!r}, 'w').close()\nos._exit(0)\n")
    repo.commit(app__py=leak())
    hostile = {name: str(repo.folder) for name in ("PYTHONPATH", "PYTHONUSERBASE", "PYTHONSTARTUP")}

    done = push(Repository(repo.folder, {**repo.environment, **hostile}))

    assert (1, False) == (done.returncode, (repo.folder.parent / "ran").exists())


@pytest.mark.parametrize("entry", ["", ".", "tools", "{}/tools", "{}"])
def test_no_program_of_the_working_tree_runs(repo: Repository, entry: str) -> None:
    """Whatever of it is in PATH, as a version manager may have put it there."""
    for name in ("cat", "leakgate", "python3"):
        for folder in (".", "tools"):
            repo.write(f"{folder}/{name}", f"#!/bin/sh\ntouch {repo.folder.parent}/ran\nexit 0\n")
            (repo.folder / folder / name).chmod(0o755)
    repo.commit(app__py=leak())
    path = f"{entry.format(repo.folder)}:{os.environ['PATH']}"

    done = push(Repository(repo.folder, {**repo.environment, "PATH": path}))

    assert (1, False) == (done.returncode, (repo.folder.parent / "ran").exists())


def test_a_hook_that_would_not_find_leakgate_is_not_installed(bare: Repository, tmp_path: Path) -> None:
    """One that is known by PYTHONPATH alone would stop every push, or run what lies in the working tree."""
    plain = tmp_path / "plain"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", plain], check=True)
    packages = os.pathsep.join(
        [str(Path(__file__).parents[2]), *(path for path in sys.path if "site-packages" in path)]
    )
    known = Repository(bare.folder, {**bare.environment, "PYTHONPATH": packages})

    done = known.run(plain / "bin" / "python", "-m", "leakgate", "hook", "install")

    assert 2 == done.returncode
    assert b"install it with pip or pipx" in done.stderr
    assert not (bare.folder / ".git/hooks/pre-push").exists()


def test_a_hook_is_not_written_through_a_link(bare: Repository, tmp_path: Path) -> None:
    """`core.hooksPath` may lead into the working tree, and a link there anywhere."""
    (tmp_path / "elsewhere").mkdir()
    (bare.folder / ".hooks").symlink_to(tmp_path / "elsewhere")
    bare.git("config", "core.hooksPath", ".hooks")

    assert 2 == hook(bare, "install").returncode
    assert [] == list((tmp_path / "elsewhere").iterdir())


def test_a_new_branch_is_judged(repo: Repository) -> None:
    """It has no other end to compare with."""
    repo.git("checkout", "-q", "-b", "feature")
    repo.commit(config__yaml=leak())

    done = push(repo, "feature")

    assert done.returncode != 0
    assert None is on_remote(repo, "feature")


def test_what_a_later_commit_removes_stops_the_push(repo: Repository) -> None:
    """The commit that holds it is named."""
    guilty = repo.commit(app__py=leak())
    repo.commit(app__py="print('clean')\n")

    done = push(repo)

    assert done.returncode != 0
    assert guilty[:12] in done.stdout.decode() + done.stderr.decode()


def test_a_forced_push_is_judged_by_what_it_brings(repo: Repository) -> None:
    """Rewriting the guilty commit is the way out."""
    repo.commit(app__py=leak())
    stopped = push(repo, "--force", "main")
    repo.write("app.py", "print('clean')\n")
    repo.git("commit", "-q", "-a", "--amend", "-m", "clean")

    allowed = push(repo, "--force", "main")

    assert (1, 0) == (stopped.returncode, allowed.returncode)


def test_deleting_a_branch_sends_nothing(repo: Repository) -> None:
    """So nothing is judged, also where the working tree holds a leak."""
    repo.git("push", "-q", "--no-verify", "origin", "main:old")
    repo.commit(app__py=leak())

    done = push(repo, "--delete", "old")

    assert (0, None) == (done.returncode, on_remote(repo, "old"))


def test_a_tag_is_judged_with_its_message(repo: Repository) -> None:
    """A light tag on what is known passes; a message that leaks does not."""
    repo.git("tag", "light")
    repo.git("tag", "-a", "heavy", "-m", f"release\n\n{leak()}")

    assert (0, 1) == (push(repo, "light").returncode, push(repo, "heavy").returncode)


def test_an_old_leak_on_another_line_is_no_news(repo: Repository) -> None:
    """What the remote has is not held against whoever pushes next."""
    repo.commit(app__py=leak())
    repo.git("push", "-q", "--no-verify", "origin", "main")
    repo.commit(app__py=f"{leak()}print('more')\n")

    assert 0 == push(repo).returncode


def test_recorded_files_are_judged_as_artifacts(repo: Repository) -> None:
    """Personal data in a log or an archive counts, an author's address in a source does not."""
    address = "clara.weiss@" + "brandt-logistik.de\n"
    repo.commit(authors__py=f"AUTHOR = '{address.strip()}'\n")
    source = push(repo)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("app.log", f"user mail: {address}")
    repo.commit(trace__zip=held.getvalue())
    archived = push(repo)

    assert (0, 1) == (source.returncode, archived.returncode)
    assert b"trace.zip!/app.log" in archived.stdout + archived.stderr


def test_skipping_is_possible_and_said_to_be(repo: Repository) -> None:
    """Git's own way out stays one."""
    repo.commit(app__py=leak())

    assert 0 == push(repo, "--no-verify", "main").returncode


def test_a_worktree_has_the_hook(repo: Repository, tmp_path: Path) -> None:
    """Hooks are shared."""
    repo.git("worktree", "add", "-q", "-b", "side", tmp_path / "side")
    side = Repository(tmp_path / "side", repo.environment)
    side.commit(app__py=leak())

    assert 1 == push(side, "side").returncode


def test_the_configured_folder_of_hooks_is_heeded(bare: Repository) -> None:
    """`core.hooksPath`, relative to the root of the working tree."""
    bare.git("config", "core.hooksPath", ".hooks")

    hook(bare, "install")

    assert (True, False) == (
        (bare.folder / ".hooks/pre-push").exists(),
        (bare.folder / ".git/hooks/pre-push").exists(),
    )
    bare.write("app.py", leak())
    bare.git("add", "app.py")
    bare.git("commit", "-q", "-m", "x")
    assert 1 == push(bare).returncode


def another_hook(repo: Repository, code: int) -> str:
    script = f'#!/bin/sh\necho "$@" > "{repo.folder}/seen"\ncat >> "{repo.folder}/seen"\nexit {code}\n'
    path = repo.folder / ".git/hooks/pre-push"
    path.parent.mkdir(exist_ok=True)
    path.write_text(script)
    path.chmod(0o755)
    return script


def test_a_hook_that_is_there_runs_first(bare: Repository) -> None:
    """With the arguments and the input that git gave; afterwards ours judges."""
    another_hook(bare, 0)
    told = hook(bare, "install").stdout
    head = bare.commit(app__py=leak())

    done = push(bare)

    seen = (bare.folder / "seen").read_text()
    assert b"pre-push.before-leakgate runs before it" in told
    assert seen.startswith("origin ")
    assert f"refs/heads/main {head} refs/heads/main {'0' * 40}\n" in seen
    assert b"BLOCKED" in done.stdout + done.stderr


def test_a_hook_that_fails_stops_the_push(bare: Repository) -> None:
    """Whatever ours would say."""
    another_hook(bare, 9)
    hook(bare, "install")
    bare.commit(app__py="print()\n")

    assert (1, None) == (push(bare).returncode, on_remote(bare, "main"))


def test_installing_twice_changes_nothing(bare: Repository) -> None:
    """The hook that was there is still the one that runs first."""
    script = another_hook(bare, 0)
    hook(bare, "install")
    hook(bare, "install")

    assert script == (bare.folder / ".git/hooks/pre-push.before-leakgate").read_text()


def test_uninstalling_restores(bare: Repository) -> None:
    """What was there is there again; then there is nothing of ours to take away."""
    script = another_hook(bare, 0)
    hook(bare, "install")

    gone, again = hook(bare, "uninstall"), hook(bare, "uninstall")

    assert script == (bare.folder / ".git/hooks/pre-push").read_text()
    assert (0, 2) == (gone.returncode, again.returncode)


def test_uninstalling_nothing_is_no_error(bare: Repository) -> None:
    """And it says so."""
    done = hook(bare, "uninstall")

    assert 0 == done.returncode
    assert b"there is no hook" in done.stdout


def test_a_second_foreign_hook_is_not_overwritten(bare: Repository) -> None:
    """Somebody replaced ours: a person has to decide."""
    another_hook(bare, 0)
    hook(bare, "install")
    another_hook(bare, 0)

    assert 2 == hook(bare, "install").returncode


def test_a_leakgate_that_is_gone_stops_the_push(repo: Repository) -> None:
    """Uninstalling the package must not switch the check off unseen."""
    script = repo.folder / ".git/hooks/pre-push"
    script.write_text(
        script.read_text().replace(sys.executable, "/nowhere/python").replace("command -v", "false")
    )
    repo.commit(app__py="print()\n")

    done = push(repo)

    assert done.returncode != 0
    assert b"cannot find leakgate" in done.stderr


def test_the_policy_is_written_into_the_hook(bare: Repository) -> None:
    """It judges every push."""
    hook(bare, "install", "--policy", "advisory")
    bare.commit(app__py=leak())

    assert 0 == push(bare).returncode


def test_a_policy_that_is_wrong_is_not_installed(bare: Repository) -> None:
    """Better now than at the next push."""
    assert 2 == hook(bare, "install", "--policy", "nowhere.yaml").returncode
    assert not (bare.folder / ".git/hooks/pre-push").exists()


def test_pre_commit_says_what_is_pushed(repo: Repository) -> None:
    """In variables instead of arguments and input."""
    before = repo.git("rev-parse", "HEAD")
    after = repo.commit(app__py=leak())
    variables = {
        "PRE_COMMIT_FROM_REF": before,
        "PRE_COMMIT_TO_REF": after,
        "PRE_COMMIT_REMOTE_NAME": "origin",
    }

    called = Repository(repo.folder, {**repo.environment, **variables})

    assert 1 == hook(called, "run").returncode


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("run",), b""), (("run", "origin", "x"), b"nonsense\n"), (("run", "origin", "x"), b"a b c d\n")],
)
def test_what_is_not_understood_is_not_let_through(
    repo: Repository, arguments: tuple[str, ...], told: bytes
) -> None:
    """A hook that is called in another way is an error, not a pass."""
    assert 2 == hook(repo, *arguments, told=told).returncode


def test_outside_of_a_repository_is_an_error(tmp_path: Path, engine_cache: Path) -> None:
    """With a hint."""
    nowhere = Repository(tmp_path, {"LEAKGATE_CACHE_DIR": str(engine_cache), "GIT_CEILING_DIRECTORIES": "/"})

    done = hook(nowhere, "install")

    assert 2 == done.returncode
    assert b"hint:" in done.stderr
