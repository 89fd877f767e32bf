"""What `xchange list` shows is what the files say now, whatever was kept of them."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from conftest import start_process
from listed import integration, next_tick, rewrite_in_secret
from xchange_cli.overview.index_file import read_index, write_index
from xchange_cli.overview.index_stamp import FileStamp, Moment
from xchange_cli.project.looking import names_in

FILE = "integrations/orders/integration.yml"
ONE = integration("Orders", "Take: webhook")
SAME_SIZE = ONE.replace("Orders", "Prices")
not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells too little: all is read")


@pytest.fixture
def names(xchange):
    """List a project and give key and name of each integration."""

    def listed(folder, *arguments):
        ran = xchange("list", *arguments, "--output", "json", cwd=folder)
        assert (ran.code, ran.err) == (0, "")
        return [(one["key"], one["name"]) for one in json.loads(ran.out)["integrations"]]

    return listed


@pytest.fixture
def trusting(monkeypatch):
    """Let files count as safe at once: tests cannot wait for the seconds that a user's files are old."""
    monkeypatch.setattr("xchange_cli.overview.index_stamp.SAFE_NS", -(10**15))


@pytest.fixture
def folder(project, names):
    """A project that was listed."""
    made = project({FILE: ONE, "integrations/stock/integration.yml": integration("Stock", "Count: flow")})
    names(made)
    next_tick(made)
    return made


def index(folder):
    return folder / ".xchange/cache/listed"


def rename_in_index(folder):
    """Change what is kept, so that it can be told from what the files say."""
    kept = read_index(index(folder))
    write_index(
        index(folder),
        {name: one._replace(facts=one.facts._replace(name="Kept")) for name, one in kept.items()},
    )


@not_on_windows
def test_files_that_have_certainly_not_changed_are_not_read(trusting, project, names):
    folder = project({FILE: ONE})
    names(folder)
    rename_in_index(folder)
    assert names(folder) == [("orders", "Kept")]


@not_on_windows
def test_of_a_file_that_was_written_just_before_nothing_but_its_content_is_believed(folder):
    assert [one.stamp for one in read_index(index(folder)).values()] == [None, None]


@not_on_windows
def test_of_a_file_that_is_old_enough_the_stamp_is_kept_when_it_is_read_again(folder, names, monkeypatch):
    monkeypatch.setattr("xchange_cli.overview.index_stamp.SAFE_NS", 0)
    names(folder)
    assert None not in [one.stamp for one in read_index(index(folder)).values()]


def test_a_change_is_seen(folder, names):
    (folder / FILE).write_text(integration("All Orders", "Take: webhook"))
    assert names(folder) == [("orders", "All Orders"), ("stock", "Stock")]


@pytest.mark.parametrize("trusted", [False, True])
def test_a_change_of_the_same_size_under_the_old_time_is_seen(trusted, folder, names, request):
    if trusted:
        request.getfixturevalue("trusting")
        names(folder)
        next_tick(folder)
    rewrite_in_secret(folder / FILE, SAME_SIZE)
    assert names(folder) == [("orders", "Prices"), ("stock", "Stock")]


@not_on_windows
@pytest.mark.parametrize("part", FileStamp._fields)
def test_a_file_that_differs_in_anything_the_system_tells_is_read(part, trusting, folder, names):
    names(folder)
    rename_in_index(folder)
    kept = read_index(index(folder))
    stamp = kept[FILE].stamp
    other = stamp._replace(**{part: getattr(stamp, part) + 1})
    write_index(index(folder), {**kept, FILE: kept[FILE]._replace(stamp=other, digest="0" * 32)})
    assert names(folder) == [("orders", "Orders"), ("stock", "Kept")]


@pytest.mark.parametrize(
    ("change", "is_safe"),
    [
        ({}, True),
        ({"modified_ns": 99_000_000_000}, True),
        ({"changed_ns": 97_900_000_000}, True),
        ({"changed_ns": 98_000_000_000}, False),
        ({"changed_ns": 100_000_000_000}, False),
        ({"changed_ns": 200_000_000_000}, False),
        ({"device": 2}, False),
    ],
)
def test_a_stamp_is_believed_two_seconds_after_the_last_change_by_the_clock_of_the_same_disk(change, is_safe):
    stamp = FileStamp(size=9, modified_ns=5_000_000_000, changed_ns=5_000_000_000, number=7, device=1)
    now = Moment(device=1, now_ns=100_000_000_000)
    assert now.is_safe(stamp._replace(**change)) is is_safe


def test_new_gone_and_renamed_files_are_seen(trusting, folder, names):
    (folder / "integrations/orders").rename(folder / "integrations/new-orders")
    assert names(folder) == [("new-orders", "Orders"), ("stock", "Stock")]
    shutil.copytree(folder / "integrations/stock", folder / "integrations/copy")
    assert names(folder) == [("copy", "Stock"), ("new-orders", "Orders"), ("stock", "Stock")]
    shutil.rmtree(folder / "integrations/stock")
    assert names(folder) == [("copy", "Stock"), ("new-orders", "Orders")]


def test_folders_that_have_changed_places_are_seen(trusting, folder, names):
    names(folder)
    place = folder / "integrations"
    (place / "orders").rename(place / "other")
    (place / "stock").rename(place / "orders")
    (place / "other").rename(place / "stock")
    assert names(folder) == [("orders", "Stock"), ("stock", "Orders")]


def test_a_link_that_leads_elsewhere_is_seen(trusting, project, names):
    folder = project({"a.yml": ONE, "b.yml": SAME_SIZE, "integrations/orders/x": ""})
    link = folder / FILE
    try:
        link.symlink_to(folder / "a.yml")
    except OSError:
        pytest.skip("this system makes no links")
    assert names(folder) == [("orders", "Orders")]
    link.unlink()
    link.symlink_to(folder / "b.yml")
    assert names(folder) == [("orders", "Prices")]


def test_other_patterns_in_the_project_file_are_seen(folder, names):
    (folder / "loose.yml").write_text(SAME_SIZE)
    (folder / "xchange.yaml").write_text("integrations: ['*.yml']\n")
    assert names(folder) == [("loose", "Prices")]
    (folder / "xchange.yaml").write_text("{}\n")
    assert names(folder) == [("orders", "Orders"), ("stock", "Stock")]


def test_two_projects_know_nothing_of_each_other(trusting, project, names):
    folder = project({f"one/{FILE}": ONE, f"two/{FILE}": SAME_SIZE})
    assert names(folder / "one") == [("orders", "Orders")]
    assert names(folder / "two") == [("orders", "Prices")]
    shutil.copytree(folder / "one/.xchange", folder / "two/.xchange", dirs_exist_ok=True)
    assert names(folder / "two") == [("orders", "Prices")]


def test_a_project_that_was_moved_keeps_its_index_and_one_that_was_copied_is_read_anew(
    trusting, project, names
):
    folder = project({f"one/{FILE}": ONE})
    names(folder / "one")
    (folder / "one").rename(folder / "two")
    shutil.copytree(folder / "two", folder / "three")
    rename_in_index(folder / "two")
    (folder / "three" / FILE).write_text(SAME_SIZE)
    assert names(folder / "three") == [("orders", "Prices")]
    if sys.platform != "win32":
        assert names(folder / "two") == [("orders", "Kept")]


# --- the index itself


@pytest.mark.parametrize("damage", [b"", b"\n", b"\0" * 100, b"{}", b"00000000 x\n{}", b"[" * 100_000])
def test_a_damaged_index_is_made_anew(damage, trusting, folder, names):
    names(folder)
    good = index(folder).read_bytes()
    index(folder).write_bytes(damage)
    assert names(folder) == [("orders", "Orders"), ("stock", "Stock")]
    assert index(folder).read_bytes() == good


@pytest.mark.parametrize("part", [0, 20, 200, -1])
def test_an_index_with_one_other_byte_is_made_anew(part, trusting, folder, names):
    names(folder)
    good = bytearray(index(folder).read_bytes())
    good[part] ^= 1
    index(folder).write_bytes(good)
    assert names(folder) == [("orders", "Orders"), ("stock", "Stock")]


def test_an_index_of_another_program_is_made_anew(trusting, folder, names, monkeypatch):
    monkeypatch.setattr("xchange_cli.overview.index_file.stamp", lambda: "of another version")
    names(folder)
    rename_in_index(folder)
    monkeypatch.undo()
    assert names(folder) == [("orders", "Orders"), ("stock", "Stock")]


def test_the_index_is_for_its_owner_only_and_git_does_not_see_it(folder):
    assert (folder / ".xchange/.gitignore").read_text() == "*\n"
    if os.name == "posix":
        assert index(folder).stat().st_mode & 0o777 == 0o600


def test_nothing_but_the_index_is_left_behind(folder):
    assert names_in(index(folder).parent) == ["listed"]


@pytest.mark.parametrize("place", [".xchange", ".xchange/cache"])
def test_where_no_index_can_be_the_list_is_the_same(place, project, names):
    """The system refuses even a privileged user a folder where there is a file."""
    folder = project({FILE: ONE})
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).write_text("a file\n")
    assert names(folder) == names(folder) == [("orders", "Orders")]
    assert (folder / place).read_text() == "a file\n"


def test_a_folder_in_the_place_of_the_index_does_no_harm(project, names):
    folder = project({FILE: ONE, ".xchange/cache/listed/x": "mine"})
    assert names(folder) == names(folder) == [("orders", "Orders")]
    assert names_in(index(folder)) == ["x"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pipes in folders")
def test_a_pipe_in_the_place_of_the_index_is_not_waited_for(project, names):
    folder = project({FILE: ONE, ".xchange/cache/x": ""})
    os.mkfifo(index(folder))
    assert names(folder) == [("orders", "Orders")]


def test_commands_at_once_all_see_everything_and_leave_a_whole_index(project, names):
    files = {f"integrations/i{number:03}/integration.yml": ONE + f"# {number}\n" for number in range(60)}
    folder = project(files)
    running = [
        start_process("list", "--output", "json", cwd=folder, stderr=subprocess.PIPE) for _ in range(4)
    ]
    outputs = [process.communicate(timeout=60) for process in running]
    assert [len(json.loads(out)["integrations"]) for out, _ in outputs] == [60] * 4
    assert {out for out, _ in outputs} == {outputs[0][0]}
    assert sorted(read_index(index(folder))) == sorted(files)
    assert names_in(index(folder).parent) == ["listed"]


def test_many_files_are_read_as_one_by_one(project, names, monkeypatch):
    files = {f"integrations/i{number:03}/integration.yml": integration(f"N{number}", "F: webhook") for number in range(150)}  # fmt: skip
    folder = project({**files, "integrations/odd/integration.yml": "flows: [\n"})
    shared = names(folder)
    shutil.rmtree(folder / ".xchange")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert names(folder) == shared == [*((f"i{n:03}", f"N{n}") for n in range(150)), ("odd", "")]


@not_on_windows
def test_a_list_of_what_is_known_loads_no_reader_of_integrations(trusting, project, names, xchange_process):
    folder = project({FILE: ONE, "xchange.yaml": "{}\n"})
    names(folder)
    modules = "('xchange_cli.overview.entry_facts', 'xchange_cli.model.build', 'rich', 'jsonschema')"
    tell = f"import atexit, sys\natexit.register(lambda: print([m for m in {modules} if m in sys.modules]))"
    ran = xchange_process("list", cwd=folder, python=tell)
    assert (ran.code, ran.out.splitlines()[1:]) == (
        0,
        ["orders  Orders  webhook       1", "", "1 integration", "[]"],
    )


def test_a_long_first_look_says_how_far_it_is(project):
    from terminals import Terminal
    from xchange_cli.formats.reading_progress import reading_progress

    screen, times = Terminal(), iter([0.0, 0.9, 1.1])
    with reading_progress(screen, lambda: next(times)) as told:
        told(0, 2000)
        told(640, 2000)
    assert screen.writes == ["\r\x1b[Kreading integrations: 640 of 2,000", "\r\x1b[K"]


def test_nothing_is_said_of_a_long_look_where_there_is_no_terminal(capsys):
    from xchange_cli.formats.reading_progress import reading_progress

    times = iter([0.0, 5.0])
    with reading_progress(sys.stderr, lambda: next(times)) as told:
        told(640, 2000)
    assert capsys.readouterr().err == ""
