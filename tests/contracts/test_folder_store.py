"""What a store that is a folder promises beyond what every store does."""

import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stores import Place, at_once, error_of, refused, take_numbers, write_new
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.folder import FolderStore
from xchange_cli.storage.folder_lock import locked
from xchange_cli.storage.open import open_store

HOUR = 3600
DYING = """
import os, signal, sys
from pathlib import Path
from xchange_cli.storage.open import open_store
left = int(sys.argv[2])
def dying(event, arguments):
    global left
    if event in {"open", "os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "os.scandir", "fcntl.flock"}:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
store = open_store("registry/", Path(sys.argv[1]))
sys.addaudithook(dying)
store.write("a/b", b"1" * 100_000, if_absent=True)
store.write("a/c", b"1", if_absent=True)
"""
"""Ends itself at a certain call to the system."""


@pytest.fixture
def root(tmp_path):
    return tmp_path / "registry"


@pytest.fixture
def store(tmp_path):
    return open_store("registry/", tmp_path)


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def told(act) -> tuple[ErrorCode, str]:
    with pytest.raises(XchangeError) as caught:
        act()
    return caught.value.code, caught.value.message


def test_looking_and_deleting_make_nothing(store, root):
    assert (store.read("a"), list(store.list("")), store.delete("a")) == (None, [], None)
    assert not root.exists()


def test_files_have_the_names_and_contents_of_what_was_written(store, root):
    store.write("integrations/acme/versions/000001.json", b"{}\n", if_absent=True)
    assert (root / "integrations/acme/versions/000001.json").read_bytes() == b"{}\n"


def test_git_sees_what_was_written_and_nothing_else(store, tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    store.write("a/b", b"1", if_absent=True)
    store.write("c", b"1")
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    seen = subprocess.run(status, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert seen.stdout == "?? registry/a/b\n?? registry/c\n"


def test_a_delete_leaves_no_empty_folders(store, root):
    store.write("a/b/c/d", b"1")
    store.write("a/e", b"1")
    store.delete("a/b/c/d")
    assert [path.name for path in root.iterdir() if path.name != ".xchange"] == ["a"]
    assert [path.name for path in (root / "a").iterdir()] == ["e"]


def test_a_write_that_is_refused_leaves_no_folder(store, root):
    assert write_new(store, "a/b", b"")
    store.delete("a/b")
    assert refused(lambda: store.write("a/b", b"", if_match="none"))
    assert files(root) == [".xchange/.gitignore", ".xchange/registry.lock"]
    assert not (root / "a").exists()


def test_the_mask_of_the_user_decides_who_may_read(store, root):
    earlier = os.umask(0o027)
    try:
        store.write("a/b", b"1")
    finally:
        os.umask(earlier)
    assert ((root / "a/b").stat().st_mode & 0o777, (root / "a").stat().st_mode & 0o777) == (0o640, 0o750)


def test_a_process_killed_at_any_point_leaves_all_or_nothing(tmp_path):
    seen = set()
    for point in range(1, 60):
        folder = tmp_path / str(point)
        folder.mkdir()
        ended = subprocess.run([sys.executable, "-c", DYING, folder, str(point)], check=False, timeout=60)
        store = open_store("registry/", folder)
        names = list(store.list(""))
        assert all(store.read(name).data in {b"1" * 100_000, b"1"} for name in names)
        seen.add(tuple(names))
        assert (write_new(store, "a/b", b"1" * 100_000), write_new(store, "a/c", b"1")) == (True, True)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
    assert point > 15
    assert seen == {(), ("a/b",), ("a/b", "a/c")}


def test_what_killed_processes_have_left_is_not_listed_and_goes_after_an_hour(store, root):
    store.write("a", b"1")
    old, young = (root / ".xchange/staged" / name for name in ("old", "young"))
    for path in (old, young):
        path.write_bytes(b"half of a")
    os.utime(old, (time.time() - 2 * HOUR,) * 2)
    store.write("b", b"1")
    assert list(store.list("")) == ["a", "b"]
    assert (old.exists(), young.exists()) == (False, True)


def test_whoever_keeps_the_lock_is_waited_for_and_then_named(store, root):
    store.write("a", b"1")
    impatient = FolderStore(root, "registry/", patience=0)
    with locked(root / ".xchange/registry.lock"):
        error = error_of(lambda: impatient.write("a", b"2"))
    assert (error.code, error.retryable) == (ErrorCode.UNREADABLE, True)
    assert error.message == "registry/ is being written by somebody else all the time"
    assert store.read("a").data == b"1"


def test_a_waiting_writer_goes_on_as_soon_as_the_lock_is_free(store, root):
    store.write("a", b"1")
    with locked(root / ".xchange/registry.lock") as _:
        waits = []

        def sleep(seconds):
            waits.append(seconds)
            if len(waits) == 3:
                raise InterruptedError

        with pytest.raises(InterruptedError), locked(root / ".xchange/registry.lock", sleep=sleep):
            pass
    with locked(root / ".xchange/registry.lock", patience=0):
        assert all(0 <= wait <= 0.005 for wait in waits)


def test_nothing_is_written_where_the_file_system_has_no_locks(store, root, monkeypatch):
    def refuse(*_arguments):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert told(lambda: store.write("a", b"1")) == (
        ErrorCode.UNREADABLE,
        "registry/a cannot be written: No locks available",
    )
    assert list(store.list("")) == []


@pytest.fixture
def no_links(monkeypatch):
    def refuse(*_arguments, **_more):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("no_links")
def test_without_hard_links_what_is_there_is_not_written_either(store, root):
    assert [write_new(store, "a/b", data) for data in (b"1", b"2", b"1")] == [True, False, True]
    assert store.read("a/b").data == b"1"
    assert os.listdir(root / ".xchange/staged") == []  # noqa: PTH208


@pytest.mark.usefixtures("no_links")
def test_without_hard_links_no_number_is_given_twice_either(tmp_path):
    place = Place("registry/", tmp_path)
    taken = at_once([lambda n=n: take_numbers(place.open(), f"w{n}", 5) for n in range(4)])
    assert sorted(sum(taken, start=[])) == [f"numbers/{number:06}" for number in range(1, 21)]  # noqa: RUF017


def test_a_full_disk_leaves_everything_as_it_was(store, root, monkeypatch):
    store.write("a", b"1")

    def refuse(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        assert told(lambda: store.write("a", b"2")) == (
            ErrorCode.UNREADABLE,
            "registry/a cannot be written: No space left on device",
        )
    assert store.read("a").data == b"1"
    assert files(root) == [".xchange/.gitignore", ".xchange/registry.lock", "a"]


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret").write_text("theirs")
    return folder


@pytest.mark.parametrize("place", ["a", "b/c"])
def test_links_are_never_followed(store, root, outside, place):
    store.write("b/d", b"1")
    (root / "a").symlink_to(outside)
    (root / "b/c").symlink_to(outside / "secret")
    name = "a/secret" if place == "a" else place
    refusal = (
        ErrorCode.UNREADABLE,
        f"registry/{name} is a link, or behind one, and could lead out of the registry",
    )
    assert told(lambda: store.read(name)) == refusal
    assert told(lambda: store.delete(name)) == refusal
    for condition in ({}, {"if_absent": True}, {"if_match": "x"}):
        assert told(lambda condition=condition: store.write(name, b"mine", **condition)) == refusal
    for prefix in (place, place + "/", place + "/s"):
        assert told(lambda prefix=prefix: list(store.list(prefix)))[1].startswith(
            f"registry/{place} is a link"
        )
    assert list(store.list("b/d")) == ["b/d"]
    assert files(outside) == ["secret"]
    assert (outside / "secret").read_text() == "theirs"


def test_links_that_lead_round_in_a_circle_are_refused(store, root):
    store.write("a/b", b"1")
    (root / "a/loop").symlink_to(root / "a")
    (root / "self").symlink_to(root / "self")
    assert told(lambda: list(store.list("")))[0] is ErrorCode.UNREADABLE
    assert told(lambda: store.read("self"))[0] is ErrorCode.UNREADABLE


def test_the_folder_itself_may_be_a_link(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "registry").symlink_to(tmp_path / "far")
    open_store("registry/", tmp_path).write("a/b", b"1", if_absent=True)
    assert (tmp_path / "far/a/b").read_bytes() == b"1"


def test_a_file_in_place_of_the_folder_is_refused(store, root):
    root.write_text("no folder")
    for use in (lambda: store.read("a"), lambda: list(store.list("")), lambda: store.write("a", b"")):
        code, message = told(use)
        assert (code, message.endswith("it is no folder")) == (ErrorCode.UNREADABLE, True)
    assert root.read_text() == "no folder"


def test_a_file_in_place_of_a_folder_below_is_refused(store):
    store.write("a", b"1")
    assert store.read("a/b") is None
    store.delete("a/b")
    assert told(lambda: store.write("a/b", b"", if_absent=True))[0] is ErrorCode.UNREADABLE
    assert store.read("a").data == b"1"


def test_a_folder_in_place_of_a_file_is_refused(store):
    store.write("a/b", b"1")
    assert store.read("a") is None
    for condition in ({}, {"if_absent": True}):
        assert told(lambda condition=condition: store.write("a", b"", **condition))[0] is ErrorCode.UNREADABLE
    assert told(lambda: store.delete("a"))[0] is ErrorCode.UNREADABLE
    assert list(store.list("")) == ["a/b"]


def test_a_pipe_in_place_of_a_file_is_not_waited_for(store, root):
    store.write("a", b"1")
    os.mkfifo(root / "pipe")
    assert told(lambda: store.read("pipe")) == (
        ErrorCode.UNREADABLE,
        "registry/pipe cannot be read: it is no ordinary file",
    )


def test_a_folder_that_goes_while_it_is_listed_harms_nothing(store, root):
    for name in ("a/x", "b/y", "c/z"):
        store.write(name, b"1")
    listing = store.list("")
    assert next(listing) == "a/x"
    shutil.rmtree(root / "b")
    assert list(listing) == ["c/z"]


def test_what_could_be_no_name_is_not_listed(store, root):
    store.write("a", b"1")
    (root / ".git").mkdir()
    (root / ".git/config").write_text("")
    (root / "b\nc").write_text("")
    Path(os.fsdecode(os.fsencode(root) + b"/\xff")).write_text("")
    assert list(store.list("")) == ["a"]
