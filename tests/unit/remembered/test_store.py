"""Records on disk: believed with their signature only, private, bounded, shared between runs."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from leakgate.remembered import store as module
from leakgate.remembered.store import ResultStore

KEY = b"k" * 32


def kept(
    directory: Path, *records: bytes, key: bytes = KEY, day: int = 10, most: int = 1 << 20
) -> ResultStore:
    store = ResultStore(directory, key, day=day, most_bytes=most)
    for record in records:
        store.put(store.name(record), record)
    store.close()
    return store


def known(directory: Path, *records: bytes, key: bytes = KEY) -> list[bytes]:
    """Those of `records` that the directory remembers."""
    store = ResultStore(directory, key)
    return [record for record in records if store.get(store.name(record)) == record]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "results"


def test_what_was_kept_is_known_to_the_next_run(place: Path) -> None:
    """Under its name, and under no other."""
    kept(place, b"one", b"two")

    assert [b"one", b"two"] == known(place, b"one", b"two", b"three")


def test_only_the_owner_can_read_it(place: Path) -> None:
    """The directory and all in it."""
    kept(place, b"one")

    assert {0o700, 0o600} == {path.stat().st_mode & 0o777 for path in (place, *place.iterdir())}


def test_nothing_is_believed_with_another_key(place: Path) -> None:
    """What somebody without the key wrote is told, and read as nothing."""
    kept(place, b"one", key=b"another" * 5)

    store = ResultStore(place, KEY)

    assert store.get(store.name(b"one")) is None
    assert ["not written with this key" in note for note in store.notes] == [True]


@pytest.mark.parametrize("at", [0, 3, 25, 90, 150, -1])
def test_a_changed_byte_is_not_believed(place: Path, at: int) -> None:
    """Wherever it is: in the mark, the signature, a name or a record."""
    kept(place, b"one", b"two")
    file = place / "results.lgr"
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)

    assert [] == known(place, b"one", b"two")


@pytest.mark.parametrize("length", [0, 10, 84, 100, 160])
def test_a_cut_file_is_not_believed(place: Path, length: int) -> None:
    """A run that was killed while it wrote, or a disk that was full."""
    kept(place, b"one", b"two")
    os.truncate(place / "results.lgr", length)

    assert [] == known(place, b"one", b"two")


def test_a_record_moved_to_another_name_is_not_believed(place: Path) -> None:
    """The signature covers which bytes a result belongs to."""
    store = kept(place, b"one", b"two")
    file = place / "results.lgr"
    one, two = store.name(b"one"), store.name(b"two")
    raw = file.read_bytes().replace(one, b"X").replace(two, one).replace(b"X", two)
    file.write_bytes(raw)

    assert [] == known(place, b"one", b"two")


def test_a_file_that_was_damaged_is_written_anew(place: Path) -> None:
    """The next run but one knows again."""
    kept(place, b"one")
    (place / "results.lgr").write_bytes(b"rubbish")

    kept(place, b"two")

    assert [b"two"] == known(place, b"one", b"two")


def test_what_a_killed_run_left_is_removed(place: Path) -> None:
    """Half a file beside the whole one."""
    kept(place, b"one")
    (place / "abc.tmp").write_bytes(b"half")

    kept(place, b"two")

    assert {"lock", "results.lgr"} == {path.name for path in place.iterdir()}


def test_a_file_that_is_too_large_is_not_read(place: Path) -> None:
    """Its size is looked at before its bytes."""
    kept(place, b"one" * 100)

    store = ResultStore(place, KEY, most_bytes=100)

    assert store.get(store.name(b"one" * 100)) is None
    assert ["is larger than" in note for note in store.notes] == [True]


@pytest.mark.parametrize("mode", [0o770, 0o777, 0o702])
def test_a_directory_that_others_may_write_is_not_used(place: Path, mode: int) -> None:
    """Neither read nor written, and that is told."""
    kept(place, b"one")
    place.chmod(mode)

    store = kept(place, b"two")

    assert ["the result cache can be written by others"] == store.notes
    place.chmod(0o700)
    assert [b"one"] == known(place, b"one", b"two")


def test_a_link_is_not_followed(place: Path, tmp_path: Path) -> None:
    """Neither as the directory nor as the file in it."""
    kept(tmp_path / "real", b"one")
    place.symlink_to(tmp_path / "real")
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    (other / "results.lgr").symlink_to(tmp_path / "real" / "results.lgr")

    assert [] == known(place, b"one")
    assert [] == known(other, b"one")


def test_a_pipe_is_not_waited_for(place: Path) -> None:
    """A file that is none is told, and nothing is read from it."""
    place.mkdir(mode=0o700)
    os.mkfifo(place / "results.lgr", 0o600)

    assert 1 == len(ResultStore(place, KEY).notes)


def test_a_place_that_is_a_file_is_a_note(tmp_path: Path) -> None:
    """The run goes on without."""
    place = tmp_path / "file"
    place.write_text("")

    assert 1 == len(kept(place, b"one").notes)


def test_a_full_disk_is_a_note(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known before stays."""
    kept(place, b"one")

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.tempfile, "mkstemp", full)
    store = kept(place, b"two")

    assert ["No space left on device" in note for note in store.notes] == [True]
    assert [b"one"] == known(place, b"one", b"two")


def test_two_runs_at_once_keep_what_both_learned(place: Path) -> None:
    """Who closes last adds to what the other wrote."""
    first, second = ResultStore(place, KEY), ResultStore(place, KEY)
    first.put(first.name(b"one"), b"one")
    second.put(second.name(b"two"), b"two")

    first.close()
    second.close()

    assert [b"one", b"two"] == known(place, b"one", b"two")


def test_a_run_does_not_wait_for_another_for_long(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that it kept nothing."""
    monkeypatch.setattr(module, "_PAUSE", 0.0)
    kept(place, b"one")
    with (place / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        store = kept(place, b"two")

    assert ["is being written by another run" in note for note in store.notes] == [True]
    assert [b"one"] == known(place, b"one", b"two")


def test_the_oldest_goes_first(place: Path) -> None:
    """What was used today stays before what was written yesterday."""
    old, used, new = b"o" * 40, b"u" * 40, b"n" * 40
    kept(place, old, used, day=1)
    store = ResultStore(place, KEY, day=2, most_bytes=330)
    assert store.get(store.name(used)) == used
    for record in (new, new[1:]):
        store.put(store.name(record), record)
    store.close()

    assert [used, new] == known(place, old, used, new)


def test_a_record_with_a_line_break_is_not_kept(place: Path) -> None:
    """It would be read back as two."""
    kept(place, b"one\ntwo")

    assert not (place / "results.lgr").exists()


def test_names_tell_nothing_without_the_key(tmp_path: Path) -> None:
    """Two keys give two names, and parts cannot be shifted from one to the next."""
    one, other = ResultStore(tmp_path / "a", KEY), ResultStore(tmp_path / "b", b"other" * 8)

    assert 4 == len({one.name(b"ab", b"c"), one.name(b"a", b"bc"), one.name(b"abc"), other.name(b"ab", b"c")})
