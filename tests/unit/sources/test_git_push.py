"""What a push carries, read from real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakgate.model.artifact import Named, Unit
from leakgate.model.errors import SourceError, UsageError
from leakgate.sources.git import Git
from leakgate.sources.git_push import Push, open_push
from leakgate.sources.git_updates import Update, parse_updates
from tests.kit import results as kit
from tests.kit.repositories import Repository, repository

A, B, ZERO = "a" * 40, "b" * 64, "0" * 40


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return repository(tmp_path / "work")


def push_of(repo: Repository, tip: str = "HEAD", known: str | None = None, remote: str = "origin") -> Push:
    local = repo.git("rev-parse", tip)
    return open_push(Git(repo.folder, repo.variables()), (Update(local, known),), remote)


def carried(push: Push) -> dict[str, bytes]:
    """Contents by name, without the messages."""
    found: dict[str, bytes] = {}
    for unit in push.units():
        if isinstance(unit, Named):
            continue
        assert isinstance(unit, Unit)
        with unit.content.open() as reader:
            found[unit.artifact.path] = reader.read(0, reader.size)
    return {name: content for name, content in found.items() if not name.startswith("message of ")}


def found_at(path: str, *lines: int, rule=kit.TOKEN_RULE):
    return kit.finding(*(kit.Sighting(kit.location(path, line=line)) for line in lines), rule=rule)


def kept_lines(push: Push, path: str, count: int) -> list[int | None]:
    """On which of the first lines a finding of `path` would be kept."""
    kept = push.narrowed([found_at(path, line) for line in range(1, count + 1)])
    return [one.location.line for one in kept]


def test_lines_of_git_are_understood():
    """New, deleted and moved refs, with hashes of both kinds."""
    told = f"refs/heads/a {A} refs/heads/a {ZERO}\n(delete) {ZERO} refs/heads/b {A}\nx {B} y {B}\n".encode()

    seen = parse_updates(told)

    assert [(A, None), (None, A), (B, B)] == [(one.local, one.remote) for one in seen]


@pytest.mark.parametrize("told", [b"hello\n", b"a b c d\n", f"a {A} b\n".encode(), f"a {A} b -x\n".encode()])
def test_other_lines_are_an_error(told):
    """What is not understood is not let through."""
    with pytest.raises(UsageError):
        parse_updates(told)


def test_everything_goes_to_a_new_remote(repo):
    """All files of all commits."""
    repo.commit(a__txt="one\n")
    repo.commit(b__txt="two\n")

    assert {"a.txt": b"one\n", "b.txt": b"two\n"} == carried(push_of(repo))


def test_what_the_remote_has_is_left_out(repo):
    """Only what the new commits bring."""
    repo.commit(a__txt="one\n")
    repo.git("push", "-q", "origin", "main")
    repo.commit(b__txt="two\n")

    assert {"b.txt": b"two\n"} == carried(push_of(repo))


def test_what_a_later_commit_removes_is_carried(repo):
    """It is in the history that is pushed."""
    repo.commit(a__txt="secret\n")
    repo.git("rm", "-q", "a.txt")
    repo.commit()

    assert {"a.txt": b"secret\n"} == carried(push_of(repo))


def test_every_version_is_carried(repo):
    """The last one under its path, an earlier one with its commit."""
    first = repo.commit(a__txt="one\n")
    repo.commit(a__txt="two\n")

    assert {"a.txt": b"two\n", f"a.txt@{first[:12]}": b"one\n"} == carried(push_of(repo))


def test_a_finding_in_an_earlier_version_names_its_commit(repo):
    """Its path is the file's, so that a policy knows it."""
    first = repo.commit(a__txt="one\n")
    repo.commit(a__txt="two\n")
    push = push_of(repo)
    carried(push)

    [finding] = push.narrowed([found_at(f"a.txt@{first[:12]}", 1)])

    assert ("a.txt", f"commit {first[:12]}") == (finding.location.path, finding.location.pointer)


def test_only_added_lines_count(repo):
    """A line that a version before had, anywhere, is not new."""
    repo.commit(a__txt="one\ntwo\nthree\n")
    repo.git("push", "-q", "origin", "main")
    repo.commit(a__txt="three\nnew\none\r\ntwo\n")
    push = push_of(repo)
    carried(push)

    assert [2] == kept_lines(push, "a.txt", 4)


def test_a_renamed_file_keeps_its_old_lines(repo):
    """Moving a file does not make it new."""
    lines = "".join(f"line {number}\n" for number in range(20))
    repo.commit(a__txt=lines)
    repo.git("push", "-q", "origin", "main")
    repo.git("mv", "a.txt", "b.txt")
    repo.commit(b__txt=lines + "new\n")
    push = push_of(repo)

    assert ["b.txt"] == list(carried(push))
    assert [21] == kept_lines(push, "b.txt", 21)


def test_a_merge_brings_only_what_its_parents_lack(repo):
    """Merging what the remote has does not make it new; what was written in the merge is."""
    repo.commit(a__txt="base\n")
    repo.git("push", "-q", "origin", "main")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(a__txt="base\nside\n")
    repo.git("checkout", "-q", "main")
    repo.commit(a__txt="base\nmain\n", other__txt="theirs\n")
    repo.git("push", "-q", "origin", "main")
    repo.git("checkout", "-q", "side")
    repo.run("git", "merge", "-q", "main")
    repo.commit(a__txt="base\nmain\nside\nevil\n")
    push = push_of(repo)

    assert "other.txt" not in carried(push)
    assert [4] == kept_lines(push, "a.txt", 4)


@pytest.mark.parametrize(
    "name", ["out/run.log", "a.har", "cassettes/x.yaml", "__snapshots__/a.js", "TEST-x.xml"]
)
def test_recorded_files_count_as_a_whole(repo, name):
    """Nobody reads them line by line before they are committed; personal data counts too."""
    repo.write(name, "one\n")
    repo.commit()
    repo.git("push", "-q", "origin", "main")
    repo.write(name, "one\ntwo\n")
    repo.commit()
    push = push_of(repo)
    carried(push)

    assert 2 == len(push.narrowed([found_at(name, 1), found_at(name, 2, rule=kit.EMAIL_RULE)]))


def test_binary_files_count_as_a_whole(repo):
    """They have no lines."""
    repo.commit(a__bin=b"\0\1")
    push = push_of(repo)
    carried(push)

    assert 1 == len(push.narrowed([found_at("a.bin", 1, rule=kit.EMAIL_RULE)]))


def test_personal_data_in_a_source_is_there_on_purpose(repo):
    """Only secrets count in text that people write."""
    repo.commit(a__py="# me@corp.test\n")
    push = push_of(repo)
    carried(push)

    assert () == push.narrowed([found_at("a.py", 1, rule=kit.EMAIL_RULE)])


def test_places_that_were_only_counted_keep_a_finding(repo):
    """In doubt it stays."""
    repo.commit(a__txt="one\ntwo\n")
    repo.git("push", "-q", "origin", "main")
    repo.commit(a__txt="one\ntwo\nthree\n")
    push = push_of(repo)
    carried(push)
    hidden = kit.finding(kit.Sighting(kit.location("a.txt", line=1)), occurrences=51)

    assert (hidden,) == push.narrowed([hidden])


def test_messages_are_carried(repo):
    """Of commits and of tags, without the names of their authors."""
    repo.commit("the message")
    repo.git("tag", "-a", "v1", "-m", "the tag")
    push = push_of(repo, "v1")
    messages = []
    for unit in (item for item in push.units() if isinstance(item, Unit)):
        with unit.content.open() as reader:
            messages.append(reader.read(0, reader.size))

    assert sorted([b"the message\n", b"the tag\n"]) == sorted(messages)


def test_hashes_may_be_sha_256(tmp_path):
    """As in repositories of that format."""
    repo = repository(tmp_path / "work", hash_name="sha256")
    repo.commit(a__txt="one\n")
    repo.git("push", "-q", "origin", "main")
    repo.commit(a__txt="one\ntwo\n")
    push = push_of(repo)

    assert {"a.txt": b"one\ntwo\n"} == carried(push)
    assert [2] == kept_lines(push, "a.txt", 2)


@pytest.mark.parametrize("name", ["-rf", "a b", "ä.txt", 'q"uote', "new\nline", ":1 2 3", "tab\t"])
def test_names_are_only_names(repo, name):
    """No name of a file is taken for an option, a record or a line."""
    repo.write(name, "one\n")
    repo.commit()
    repo.git("push", "-q", "origin", "main")
    repo.write(name, "one\ntwo\n")
    repo.commit()
    push = push_of(repo)

    assert [b"one\ntwo\n"] == list(carried(push).values())


def test_a_name_that_is_not_utf_8_is_shown_escaped(repo):
    """As everywhere."""
    repo.write("x", "one\n")
    (repo.folder / "x").rename(repo.folder / "caf\udce9")
    repo.commit()

    assert ["caf\\xe9"] == list(carried(push_of(repo)))


def test_the_remote_may_have_what_we_do_not(repo):
    """Its branch was forced by somebody else: all that is known of it counts."""
    repo.commit(a__txt="one\n")
    repo.git("push", "-q", "origin", "main")
    repo.commit(b__txt="two\n")

    assert ["b.txt"] == list(carried(push_of(repo, known="c" * 40)))


def test_an_address_is_a_remote_of_which_nothing_is_known(repo):
    """The whole history goes there."""
    repo.commit(a__txt="one\n")
    repo.git("push", "-q", "origin", "main")

    assert ["a.txt"] == list(carried(push_of(repo, remote="https://example.com/x.git")))


def test_a_known_commit_carries_nothing(repo):
    """A light tag, or a branch that is moved back."""
    repo.commit(a__txt="one\n")
    repo.git("push", "-q", "origin", "main")

    assert push_of(repo).is_empty


def test_a_submodule_is_not_a_file(repo):
    """Its commits are pushed elsewhere."""
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{A},sub")
    repo.git("commit", "-q", "-m", "x")

    assert {} == carried(push_of(repo))


def test_no_repository_is_an_error(tmp_path):
    """With a hint, and no crash."""
    with pytest.raises(SourceError):
        open_push(
            Git(tmp_path, {"PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": "/"}), (Update(A, None),), ""
        )


def test_a_shallow_clone_is_scanned_as_far_as_it_goes(repo, tmp_path):
    """What lies before is not there to be pushed."""
    repo.commit(a__txt="one\n")
    repo.commit(b__txt="two\n")
    repo.git("push", "-q", "origin", "main")
    clone = Repository(tmp_path / "clone")
    clone.folder.mkdir()
    clone.git("clone", "-q", "--depth=1", f"file://{tmp_path / 'work.git'}", ".")
    clone.commit(c__txt="three\n")

    assert ["c.txt"] == list(carried(push_of(clone)))
