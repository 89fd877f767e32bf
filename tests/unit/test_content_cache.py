"""A pack gives what was kept, and nothing else: whatever happens to its file only costs time."""

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from xchange_cli.content_cache.pack import Pack
from xchange_cli.content_cache.stamp import stamp

ONE, TWO, THREE = "1" * 32, "2" * 32, "3" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "answers"


def kept(path: Path, **values: bytes) -> Path:
    pack = Pack(path)
    for digit, value in values.items():
        pack.put(digit[1:] * 32, value)
    pack.save(used_all=False)
    return path


def test_what_was_saved_is_there_for_the_next_one(path):
    kept(path, _1=b"one", _2=b"two words")
    pack = Pack(path)
    assert (pack.get(ONE), pack.get(TWO), pack.get(THREE)) == (b"one", b"two words", None)


def test_what_was_not_saved_is_not_kept(path):
    Pack(path).put(ONE, b"one")
    assert Pack(path).get(ONE) is None


def test_the_file_is_for_its_owner_only(path):
    assert stat.S_IMODE(kept(path, _1=b"one").stat().st_mode) == 0o600


def test_a_torn_line_is_as_good_as_absent(path):
    data = kept(path, _1=b"one", _2=b"two").read_bytes()
    path.write_bytes(data[:-3])
    pack = Pack(path)
    assert (pack.get(ONE), pack.get(TWO)) == (b"one", None)


def test_what_is_added_behind_a_torn_line_is_whole(path):
    data = kept(path, _1=b"one").read_bytes()
    path.write_bytes(data[:-3])
    assert Pack(kept(path, _2=b"two")).get(TWO) == b"two"


def test_a_changed_value_is_as_good_as_absent(path):
    path.write_bytes(kept(path, _1=b"one").read_bytes().replace(b"one", b"six"))
    assert Pack(path).get(ONE) is None


def test_something_else_in_the_place_of_the_file_is_as_good_as_nothing(path):
    path.mkdir(parents=True)
    pack = Pack(path)
    pack.put(ONE, b"one")
    pack.save(used_all=True)
    assert Pack(path).get(ONE) is None


def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(path):
    path.parent.mkdir()
    os.mkfifo(path)
    pack = Pack(path)
    pack.put(ONE, b"one")
    pack.save(used_all=False)
    assert pack.get(ONE) is None


def test_values_have_one_line(path):
    with pytest.raises(ValueError, match="one line"):
        Pack(path).put(ONE, b"one\ntwo")


def test_lines_that_nobody_needs_any_more_go_once_they_are_more_than_the_others(path):
    kept(path, _1=b"one", _2=b"two", _3=b"three")
    pack = Pack(path)
    pack.get(ONE)
    pack.save(used_all=True)
    assert (Pack(path).get(ONE), Pack(path).get(TWO)) == (b"one", None)


def test_who_looks_at_a_part_only_takes_nothing_away(path):
    kept(path, _1=b"one", _2=b"two", _3=b"three")
    pack = Pack(path)
    pack.get(ONE)
    pack.save(used_all=False)
    assert Pack(path).get(THREE) == b"three"


def test_a_pack_that_has_grown_too_large_begins_anew(path, monkeypatch):
    kept(path, _1=b"one")
    monkeypatch.setattr("xchange_cli.content_cache.pack.MOST_BYTES", 10)
    assert Pack(path).get(ONE) is None
    assert not path.exists()


def test_processes_that_write_at_once_lose_nothing_of_one_another(path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_keep_many, args=(path, number)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    pack = Pack(path)
    assert all(pack.get(f"{number}{index:031}") == b"x" * 500 for number in range(4) for index in range(100))


def _keep_many(path: Path, number: int) -> None:
    for index in range(100):
        pack = Pack(path)
        pack.put(f"{number}{index:031}", b"x" * 500)
        pack.save(used_all=False)


def test_the_stamp_is_that_of_this_program_as_it_is():
    assert stamp() == stamp()
    assert len(stamp()) == 64
