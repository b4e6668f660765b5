"""The audit log: whatever is cut, changed, added or moved is found, and a damaged log stays as it is."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakgate.audit.chain import Broken, Head, canonical, digest_of, read_chain, sealed
from leakgate.audit.log import AuditLog
from leakgate.model.errors import UsageError

KEY = b"k" * 32
EITHER = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "signed"])


def a_log(folder: Path, key: bytes | None = None, records: int = 4) -> AuditLog:
    log = AuditLog(folder / "audit.jsonl", key)
    for number in range(records):
        log.append({"actor": "ada", "number": number})
    return log


def lines(log: AuditLog) -> list[bytes]:
    return log.path.read_bytes().splitlines(keepends=True)


def head_file(log: AuditLog) -> Path:
    return log.path.with_name("audit.jsonl.head")


@EITHER
def test_a_log_that_was_left_alone_holds(tmp_path: Path, key: bytes | None) -> None:
    """Its head is the digest of its last line."""
    log = a_log(tmp_path, key)

    assert Head(4, digest_of(lines(log)[-1])) == log.verified()


def test_records_follow_each_other(tmp_path: Path) -> None:
    """Each names the digest of the line before, and its number."""
    one, two, *_ = map(json.loads, lines(log := a_log(tmp_path)))

    assert (1, "0" * 64) == (one["seq"], one["prev"])
    assert (2, digest_of(lines(log)[0])) == (two["seq"], two["prev"])


def _dropped(index: int) -> object:
    return lambda told: told[:index] + told[index + 1 :]


@EITHER
@pytest.mark.parametrize(
    "tamper",
    [
        _dropped(0),
        _dropped(1),
        _dropped(3),
        lambda told: [],
        lambda told: told[:2],
        lambda told: [told[1], told[0], *told[2:]],
        lambda told: [*told, told[-1]],
        lambda told: [told[0], told[0], *told[1:]],
        lambda told: [told[0].replace(b"ada", b"eve"), *told[1:]],
        lambda told: [*told[:-1], told[-1].replace(b"ada", b"eve")],
        lambda told: [*told[:-1], told[-1][:-1]],
        lambda told: [*told[:-1], told[-1][:10]],
        lambda told: [told[0].replace(b":", b": "), *told[1:]],
        lambda told: [*told, b"\n"],
        lambda told: [*told, b"{}\n"],
        lambda told: [b"\xff\xfe\n", *told],
    ],
)
def test_tampering_is_found(tmp_path: Path, key: bytes | None, tamper: object) -> None:
    """At the beginning, in the middle and at the end; nothing is added to such a log."""
    log = a_log(tmp_path, key)
    log.path.write_bytes(b"".join(tamper(lines(log))))  # type: ignore[operator]
    damaged = log.path.read_bytes()

    with pytest.raises(Broken):
        log.verified()
    with pytest.raises(UsageError, match="damaged"):
        log.ready()
    with pytest.raises(UsageError, match="damaged"):
        log.append({})
    assert damaged == log.path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.data())
def test_any_changed_byte_is_found(tmp_path: Path, data: st.DataObject) -> None:
    """Whichever it is, with a key and without."""
    key = data.draw(st.sampled_from([None, KEY]))
    told: list[bytes] = []
    head = Head()
    for number in range(3):
        told.append(sealed({"number": number}, head, key))
        head = Head(number + 1, digest_of(told[-1]))
    whole = bytearray(b"".join(told))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))

    try:
        chain = read_chain(bytes(whole).splitlines(keepends=True), key)
    except Broken:
        return
    assert head != chain.head  # a last record that was changed in a valid way: another head


@pytest.mark.parametrize("gone", ["log", "head", "both"])
def test_a_missing_file_is_found(tmp_path: Path, gone: str) -> None:
    """Without its head file the end of a log may have been cut; without the log all is gone."""
    log = a_log(tmp_path)
    for path in {"log": [log.path], "head": [head_file(log)], "both": [log.path, head_file(log)]}[gone]:
        path.unlink()

    with pytest.raises(Broken):
        log.verified()


@pytest.mark.parametrize("gone", ["log", "head"])
def test_a_log_never_starts_over(tmp_path: Path, gone: str) -> None:
    """One of the two files is not enough."""
    log = a_log(tmp_path)
    (log.path if gone == "log" else head_file(log)).unlink()

    with pytest.raises(UsageError, match="damaged"):
        log.append({})
    assert (gone == "log") is not log.path.exists()


def test_an_end_that_was_cut_together_with_its_head_is_found_by_a_head_kept_elsewhere(tmp_path: Path) -> None:
    """Old copies of both files agree with each other; only an anchor outside tells."""
    log = a_log(tmp_path, KEY, 2)
    old = log.path.read_bytes(), head_file(log).read_bytes()
    kept = log.append({"actor": "eve"})
    log.path.write_bytes(old[0])
    head_file(log).write_bytes(old[1])

    assert 2 == log.verified().count
    with pytest.raises(Broken, match="digest that was kept"):
        log.verified(kept.digest)


def test_an_older_head_is_enough(tmp_path: Path) -> None:
    """A log that has grown since still has the record."""
    log = a_log(tmp_path, records=1)
    kept = log.verified()
    log.append({})

    assert 2 == log.verified(kept.digest).count


def test_a_head_kept_elsewhere_serves_without_the_head_file(tmp_path: Path) -> None:
    """For logs that were archived without it."""
    log = a_log(tmp_path)
    kept = log.verified().digest
    head_file(log).unlink()

    assert 4 == log.verified(kept).count


def test_a_signed_log_cannot_be_written_anew(tmp_path: Path) -> None:
    """Whoever lacks the key can forge neither a record nor the whole."""
    log = a_log(tmp_path, KEY)
    for key in (None, b"another key"):
        forged = a_log(tmp_path / str(key), key)
        log.path.write_bytes(forged.path.read_bytes())
        head_file(log).write_bytes(head_file(forged).read_bytes())
        with pytest.raises(Broken):
            log.verified()


def test_a_signed_log_needs_its_key(tmp_path: Path) -> None:
    """It says so; and no unsigned record gets between the signed ones."""
    a_log(tmp_path, KEY)

    with pytest.raises(UsageError, match="set LEAKGATE_KEY"):
        AuditLog(tmp_path / "audit.jsonl", None).append({})


@EITHER
def test_a_run_that_died_between_record_and_head_is_no_damage(tmp_path: Path, key: bytes | None) -> None:
    """One record more than the head file says, and it follows: the log goes on."""
    log = a_log(tmp_path, key, 2)
    before = head_file(log).read_bytes()
    log.append({})
    head_file(log).write_bytes(before)

    assert 3 == log.verified().count
    assert 4 == log.append({}).count


def test_records_that_something_else_added_are_found(tmp_path: Path) -> None:
    """More than one that the head file does not know."""
    log = a_log(tmp_path, None, 2)
    before = head_file(log).read_bytes()
    for _ in range(2):
        log.append({})
    head_file(log).write_bytes(before)

    with pytest.raises(Broken, match="added"):
        log.verified()


def test_a_log_is_private_and_no_link(tmp_path: Path) -> None:
    """Only its owner reads it; a link in its place is refused."""
    log = a_log(tmp_path)
    assert 0o600 == log.path.stat().st_mode & 0o777

    (tmp_path / "other.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Exception, match="cannot be written"):
        AuditLog(tmp_path / "other.jsonl", None).append({})
    assert not (tmp_path / "elsewhere").exists()


def _append_some(path: str) -> None:
    log = AuditLog(Path(path), None)
    for number in range(10):
        log.append({"number": number})


def test_runs_at_the_same_time_take_turns(tmp_path: Path) -> None:
    """No record is lost and none is torn."""
    path = tmp_path / "audit.jsonl"
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_append_some, args=(str(path),)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert 30 == AuditLog(path, None).verified().count


def test_one_spelling_for_one_record() -> None:
    """Order of keys does not matter, and all is ASCII."""
    assert b'{"a":"\\u00e9","b":1}' == canonical({"b": 1, "a": "\u00e9"})


@pytest.mark.parametrize("name", ["audit.jsonl", "audit.jsonl.head"])
def test_what_is_no_file_is_not_read(tmp_path: Path, name: str) -> None:
    """A pipe that nobody writes to would be waited for, a device read without end."""
    log = a_log(tmp_path)
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)

    with pytest.raises(UsageError, match="not a regular file"):
        log.ready()
