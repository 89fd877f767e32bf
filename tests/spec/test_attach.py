"""`xchange attach`: files kept beside an integration."""

import json
import os
import pty
import subprocess
import sys

import pytest

from conftest import PLAIN
from strict_schemas import faults

FOLDER = "integrations/orders/attachments"
FILES = {
    "xchange.yaml": "attachments: {maxMegabytes: 1}\n",
    "integrations/orders/integration.yml": "definitionVersion: 7\nname: Orders\ndescription: ''\nflows: []\n",
    "orders.csv": "a,b\n",
    "Notes ✓.TXT": "y\n",
    "other/orders.csv": "c\n",
}


@pytest.fixture
def folder(project):
    return project(FILES)


def kept(folder):
    """Give the attachments that are there, by name."""
    place = folder / FOLDER
    return {one.name: one.read_text() for one in sorted(place.iterdir())} if place.is_dir() else {}


def test_files_are_added_and_listed_with_size_and_type(xchange, folder):
    added = xchange("attach", "add", "orders", "orders.csv", "Notes ✓.TXT", cwd=folder)
    listed = xchange("attach", "list", "orders", cwd=folder)

    assert added.out == f"added {FOLDER}/orders.csv (4 B)\nadded {FOLDER}/Notes ✓.TXT (2 B)\n"
    assert kept(folder) == {"Notes ✓.TXT": "y\n", "orders.csv": "a,b\n"}
    assert listed.out == (
        "NAME         SIZE  TYPE\n"
        "Notes ✓.TXT  2 B   text/plain\n"
        "orders.csv   4 B   text/csv\n"
        f"\n2 attachments, 6 B, in {FOLDER}\n"
    )


def test_programs_get_bytes_and_media_types(xchange, folder):
    xchange("attach", "add", "orders", "orders.csv", "--as", "data.unknown", cwd=folder)
    (folder / FOLDER / "deeper").mkdir()

    out = xchange("attach", "list", "orders", "--output", "json", cwd=folder).out

    assert json.loads(out) == {
        "schema": "xchange.attachments/1",
        "integration": "orders",
        "folder": FOLDER,
        "attachments": [{"name": "data.unknown", "bytes": 4, "type": "application/octet-stream"}],
        "leftOut": ["deeper"],
    }
    assert faults(out, "attachments-output") == []
    assert "left out, since it is no file: deeper" in xchange("attach", "list", "orders", cwd=folder).out


def test_without_attachments_the_list_says_how_to_keep_one(xchange, folder):
    assert xchange("attach", "list", "orders", cwd=folder) == (
        0, "no attachments; `xchange attach add orders FILE` keeps one\n", "",
    )  # fmt: skip


def test_a_file_of_the_same_name_is_only_overwritten_on_demand(xchange, folder):
    xchange("attach", "add", "orders", "orders.csv", cwd=folder)

    same = xchange("attach", "add", "orders", "orders.csv", cwd=folder)
    refused = xchange("attach", "add", "orders", "Notes ✓.TXT", "other/orders.csv", cwd=folder)

    assert same == (0, "orders.csv is there already, with this content\n", "")
    assert (refused.code, refused.out) == (6, "")
    assert refused.err.startswith(
        f"error: {FOLDER}/orders.csv is there already, with other content\nhint: --replace"
    )
    assert kept(folder) == {"orders.csv": "a,b\n"}
    replaced = xchange("attach", "add", "orders", "other/orders.csv", "--replace", cwd=folder)
    assert replaced.out == f"replaced {FOLDER}/orders.csv (2 B)\n"
    assert kept(folder) == {"orders.csv": "c\n"}


def test_names_that_are_one_on_other_systems_are_not_two_here(xchange, folder):
    xchange("attach", "add", "orders", "orders.csv", cwd=folder)

    ran = xchange(
        "attach", "add", "orders", "other/orders.csv", "--as", "ORDERS.csv", "--replace", cwd=folder
    )

    assert ran.code == 6
    assert "which is the same name on other systems" in ran.err
    assert kept(folder) == {"orders.csv": "a,b\n"}


@pytest.mark.parametrize(("size", "code"), [(1_000_000, 0), (1_000_001, 1)])
def test_a_file_may_be_as_large_as_the_project_says(xchange, folder, size, code):
    (folder / "data.bin").write_bytes(bytes(size))

    ran = xchange("attach", "add", "orders", "orders.csv", "data.bin", cwd=folder)

    assert ran.code == code
    if code:
        assert ran.err == (
            "error: data.bin has 1,000,001 bytes; an attachment may have 1 MB\n"
            "hint: `attachments: {maxMegabytes: …}` in xchange.yaml sets the limit.\n"
        )
        assert kept(folder) == {}


@pytest.mark.parametrize("setting", ["", "attachments: {maxMegabytes: none}\n", "attachments: 5\n"])
def test_by_default_a_file_may_have_twenty_megabytes(xchange, folder, setting):
    (folder / "xchange.yaml").write_text(setting)
    with (folder / "data.bin").open("wb") as file:
        file.truncate(20_000_001)

    ran = xchange("attach", "add", "orders", "data.bin", cwd=folder)

    assert (ran.code, ran.err.splitlines()[0]) == (
        1, "error: data.bin has 20,000,001 bytes; an attachment may have 20 MB",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../x", "it is a path, not a name"),
        ("a\\b", "it is a path, not a name"),
        ("", "it is empty"),
        (".env", "a file whose name begins with a dot is hidden"),
        ("a\nb", "it has a character that cannot be seen"),
        ("a\u202eb", "it has a character that cannot be seen"),
        ("con.txt", "Windows keeps it for a device"),
        ("LPT1", "Windows keeps it for a device"),
        ("a:b", 'Windows takes none of <>:"|?*'),
        ("a.", "it begins or ends with a blank or a dot, which Windows drops"),
        (" a", "it begins or ends with a blank or a dot, which Windows drops"),
        ("é" * 128, "it has 256 bytes; 255 are possible"),
    ],
)
def test_names_have_to_work_on_every_system(xchange, folder, name, reason):
    ran = xchange("attach", "add", "orders", "orders.csv", "--as", name, cwd=folder)

    assert ran.code == 2
    assert f"cannot be the name of an attachment: {reason}" in " ".join(ran.err.split())
    assert kept(folder) == {}


def test_a_name_of_255_bytes_with_emoji_is_possible(xchange, folder):
    name = "😀" * 62 + "abc.csv"

    assert xchange("attach", "add", "orders", "orders.csv", "--as", name, cwd=folder).code == 0
    assert kept(folder) == {name: "a,b\n"}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["orders", "orders.csv", "none.txt"], 3, "none.txt does not exist"),
        (["orders", "other"], 3, "other is a folder, not a file"),
        (
            ["orders", "orders.csv", "other/orders.csv"],
            2,
            "orders.csv and other/orders.csv would have the same name",
        ),
        (["orders", "orders.csv", "Notes ✓.TXT", "--as", "x"], 2, "--as is for one file, and there are 2"),
        (["nothing", "orders.csv"], 3, "nothing does not exist, and no integration has this key"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(xchange, folder, arguments, code, message):
    ran = xchange("attach", "add", *arguments, cwd=folder)

    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", f"error: {message}")
    assert kept(folder) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_not_waited_for(xchange, folder):
    os.mkfifo(folder / "pipe")

    assert (
        xchange("attach", "add", "orders", "pipe", cwd=folder).err
        == "error: pipe is a pipe or a device, not a file\n"
    )


def test_a_file_in_the_place_of_the_folder_is_told(xchange, folder):
    (folder / FOLDER).write_text("")

    for command in (["list", "orders"], ["add", "orders", "orders.csv"]):
        ran = xchange("attach", *command, cwd=folder)
        assert (ran.code, ran.err.splitlines()[0]) == (3, f"error: {FOLDER} cannot be read: Not a directory")


def test_an_attachment_is_copied_back_to_a_file_a_folder_or_standard_output(xchange, folder):
    xchange("attach", "add", "orders", "orders.csv", "--as", "kept.csv", cwd=folder)

    assert xchange("attach", "get", "orders", "kept.csv", cwd=folder).out == "wrote kept.csv (4 B)\n"
    assert (
        xchange("attach", "get", "orders", "kept.csv", "--to", "other", cwd=folder).out
        == "wrote other/kept.csv (4 B)\n"
    )
    assert xchange("attach", "get", "orders", "kept.csv", "-o", "-", cwd=folder) == (0, "a,b\n", "")
    assert (
        xchange("attach", "get", "orders", "kept.csv", cwd=folder).out
        == "kept.csv is there already, with this content\n"
    )
    assert (folder / "kept.csv").read_text() == (folder / "other/kept.csv").read_text() == "a,b\n"


def test_a_copy_overwrites_another_file_only_on_demand(xchange, folder):
    xchange("attach", "add", "orders", "other/orders.csv", cwd=folder)

    refused = xchange("attach", "get", "orders", "orders.csv", cwd=folder)
    assert refused == (
        6,
        "",
        "error: orders.csv is there already, with other content\nhint: --replace overwrites it.\n",
    )
    done = xchange("attach", "get", "orders", "orders.csv", "--replace", cwd=folder)
    assert done.out == "replaced orders.csv (2 B)\n"
    assert (folder / "orders.csv").read_text() == "c\n"


def test_a_terminal_gets_no_attachment(xchange, folder):
    xchange("attach", "add", "orders", "orders.csv", cwd=folder)
    terminal, side = pty.openpty()
    program = "from xchange_cli.__main__ import main; main()"
    command = [sys.executable, "-c", program, "attach", "get", "orders", "orders.csv", "--to", "-"]
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **PLAIN},
        stdout=side,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(side)
    os.close(terminal)

    assert (ran.returncode, ran.stderr.splitlines()[0]) == (
        2, "error: an attachment could do anything to a terminal",
    )  # fmt: skip


def test_an_attachment_is_removed(xchange, folder):
    xchange("attach", "add", "orders", "orders.csv", "Notes ✓.TXT", cwd=folder)

    assert (
        xchange("attach", "remove", "orders", "orders.csv", cwd=folder).out
        == f"removed {FOLDER}/orders.csv (4 B)\n"
    )
    assert kept(folder) == {"Notes ✓.TXT": "y\n"}


@pytest.mark.parametrize("command", ["get", "remove"])
def test_an_attachment_that_is_not_there_is_told_with_those_that_are(xchange, folder, command):
    assert "hint: It has none.\n" in xchange("attach", command, "orders", "x", cwd=folder).err
    xchange("attach", "add", "orders", "orders.csv", cwd=folder)

    assert xchange("attach", command, "orders", "order.csv", cwd=folder) == (
        3, "", "error: orders has no attachment `order.csv`\nhint: Did you mean `orders.csv`?\n",
    )  # fmt: skip
    ran = xchange("attach", command, "orders", "../integration.yml", cwd=folder)
    assert (ran.code, ran.err) == (
        3, "error: orders has no attachment `../integration.yml`\nhint: There are orders.csv.\n",
    )  # fmt: skip


def test_a_file_without_a_folder_of_its_own_has_no_attachments(xchange, folder):
    (folder / "loose.yml").write_text("name: N\n")

    ran = xchange("attach", "add", "loose.yml", "orders.csv", cwd=folder)

    assert (ran.code, ran.err.splitlines()[0]) == (
        2, "error: loose.yml has no folder of its own, so no file beside it can belong to it",
    )  # fmt: skip
