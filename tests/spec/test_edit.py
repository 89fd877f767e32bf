"""`xchange edit`: what an integration says of itself, changed in place."""

import json
import os
import pty
import struct
import subprocess
import sys

import pytest

from conftest import PLAIN
from pictures import chunk, png
from strict_schemas import faults

FILE = "integrations/orders/integration.yml"
ICON = "integrations/orders/icon.png"
TEXT = """\
# Our orders
definitionVersion: 7
name: "Orders"   # shown to customers
description: ''
labels:
  - CRM   # the first
  - Draft
  - crm
flows:
  - name: F
    steps: [{name: T, isTrigger: true, inputs: {token: hunter22}}]
"""


@pytest.fixture
def folder(project):
    return project({"xchange.yaml": "", FILE: TEXT})


def text_of(folder):
    return (folder / FILE).read_text(encoding="utf-8")


def test_only_the_characters_concerned_change_and_each_change_is_told(xchange, folder):
    ran = xchange(
        "edit", "orders", "--name", "All Orders", "--category", "CRM", "--description", "a\nb", cwd=folder
    )

    assert ran == (
        0,
        (
            "changed name: Orders → All Orders\n"
            "changed description: (empty) → 2 lines\n"
            "changed category: (none) → CRM\n"
            f"wrote {FILE}\n"
        ),
        "",
    )
    expected = TEXT.replace('"Orders"', '"All Orders"')
    assert text_of(folder) == expected.replace("description: ''", "description: |-\n  a\n  b\ncategory: CRM")


def test_line_ends_encoding_and_byte_order_mark_stay(xchange, folder):
    before = ("\ufeff" + TEXT.replace("\n", "\r\n")).encode("utf-16-le")
    (folder / FILE).write_bytes(before)

    assert xchange("edit", "orders", "--name", "Ordérs", "--category", "CRM", cwd=folder).code == 0

    after = TEXT.replace('"Orders"', '"Ordérs"').replace(
        "description: ''\n", "description: ''\ncategory: CRM\n"
    )
    assert (folder / FILE).read_bytes() == ("\ufeff" + after.replace("\n", "\r\n")).encode("utf-16-le")


def test_labels_are_stored_in_lower_case_and_once(xchange, folder):
    ran = xchange(
        "edit", "orders", "--add-label", " ERP ", "--add-label", "erp", "--add-label", "Crm",
        "--remove-label", "draft", "--remove-label", "old", cwd=folder,
    )  # fmt: skip

    assert ran.out == (
        "changed labels: -CRM, -Draft, +erp\n"
        "the label `crm` is there already\n"
        "there is no label `old`\n"
        f"wrote {FILE}\n"
    )
    labels = "  - CRM   # the first\n  - Draft\n  - crm\n"
    assert text_of(folder) == TEXT.replace(labels, "  - crm   # the first\n  - erp\n")


def test_the_first_labels_and_none_at_all(xchange, folder):
    (folder / FILE).write_text(TEXT.partition("labels:")[0] + "flows: []\n")

    xchange("edit", "orders", "--add-label", "a: b", cwd=folder)
    assert "labels:\n  - 'a: b'\nflows: []\n" in text_of(folder)

    xchange("edit", "orders", "--remove-label", "A: B", cwd=folder)
    assert text_of(folder) == TEXT.partition("labels:")[0] + "labels: []\nflows: []\n"


def test_labels_of_an_anchor_elsewhere_stay_as_they_are_there(xchange, folder):
    start = "definitionVersion: 7\nname: Orders\ndescription: ''\nbase: &l [CRM]\n"
    (folder / FILE).write_text(f"{start}labels: *l\nflows: []\n")

    assert xchange("edit", "orders", "--add-label", "erp", cwd=folder).code == 0

    assert text_of(folder) == f"{start}labels: [crm, erp]\nflows: []\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_documentation_comes_from_a_file_or_from_standard_input(xchange, folder, ending):
    markdown = ending.join(["# Orders", "", "It's #1: all of them.", ""])
    block = "documentation: |\n  # Orders\n\n  It's #1: all of them.\n"
    (folder / "README.md").write_bytes(markdown.encode())

    assert xchange("edit", "orders", "--documentation", "README.md", cwd=folder).code == 0
    assert text_of(folder) == TEXT.replace("description: ''\n", f"description: ''\n{block}")
    ran = xchange("edit", "orders", "--documentation", "-", cwd=folder, input=markdown)
    assert ran.out == "the documentation is so already\nnothing is changed\n"


def test_an_icon_is_put_beside_the_file_with_the_other_changes(xchange, folder):
    (folder / "logo.png").write_bytes(png(512, 512))

    ran = xchange("edit", "orders", "--icon", "logo.png", "--name", "New", cwd=folder)

    assert ran.out == (
        f"changed name: Orders → New\nchanged icon: (none) → 512 x 512 pixels\nwrote {FILE}, {ICON}\n"
    )
    assert (folder / ICON).read_bytes() == png(512, 512)
    (folder / "logo.png").write_bytes(png(400, 400))
    ran = xchange("edit", "orders", "--icon", "logo.png", cwd=folder)
    assert ran.out == f"changed icon: 512 x 512 pixels → 400 x 400 pixels\nwrote {ICON}\n"
    assert xchange("edit", "orders", "--icon", "logo.png", cwd=folder).out == (
        "the icon is so already\nnothing is changed\n"
    )


NO_HEADER = b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
NO_PICTURE = png(512, 512)[:33] + chunk(b"IEND", b"")
BAD_SUM = png(512, 512)[:-1] + b"x"


def claimed(width, height, *, depth=8, colour=0):
    """Give an image of 400 x 400 grey pixels whose header says something else."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return png(400, 400)[:8] + chunk(b"IHDR", header) + png(400, 400)[33:]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (png(640, 480), "icon.png is 640 x 480 pixels; it has to be square and at least 400 wide"),
        (png(399, 399), "icon.png is 399 x 399 pixels; it has to be square and at least 400 wide"),
        (png(512, 512)[:100], "icon.png is cut off: 100 bytes, and the image goes on"),
        (png(512, 512)[:10], "icon.png is cut off: 10 bytes, and the image goes on"),
        (BAD_SUM, "icon.png is damaged: a checksum in it does not fit"),
        (NO_HEADER, "icon.png is damaged: it does not begin with the size of the image"),
        (NO_PICTURE, "icon.png is damaged: there is no picture in it"),
        (claimed(512, 512), "icon.png is damaged: it says 512 x 512 pixels and does not have them"),
        (claimed(400, 400, colour=6), "icon.png is damaged: it says 400 x 400 pixels and does not have them"),
        (claimed(400, 400, depth=7), "icon.png is damaged: it says 400 x 400 pixels and does not have them"),
        (b"\xff\xd8\xff\xe0", "icon.png is a JPEG image, not a PNG image"),
        (b"\xef\xbb\xbf <svg/>", "icon.png is an SVG image, not a PNG image"),
        (b"", "icon.png is some other file, not a PNG image"),
        (bytes(10_000_001), "icon.png has 10,000,001 bytes; an icon may have 10 MB"),
    ],
)  # fmt: skip
def test_an_icon_that_does_not_fit_is_refused_with_the_reason_and_nothing_is_written(
    xchange, folder, data, message
):
    (folder / "icon.png").write_bytes(data)

    ran = xchange("edit", "orders", "--icon", "icon.png", "--name", "New", cwd=folder)

    assert ran == (1, "", f"error: {message}\nhint: Nothing was changed.\n")
    assert text_of(folder) == TEXT
    assert not (folder / ICON).exists()


def test_where_one_file_cannot_be_written_none_is(xchange, folder):
    (folder / "logo.png").write_bytes(png(512, 512))
    (folder / ICON).mkdir()

    ran = xchange("edit", "orders", "--icon", "logo.png", "--name", "New", cwd=folder)

    assert (ran.code, ran.err) == (3, f"error: {ICON} is a folder, not a file\n")
    assert text_of(folder) == TEXT


def test_a_diff_shows_the_changed_lines_only_and_changes_nothing(xchange, folder):
    (folder / "logo.png").write_bytes(png(512, 512))

    ran = xchange("edit", "orders", "--name", "New", "--icon", "logo.png", "--diff", cwd=folder)

    assert ran == (
        0,
        (
            f'--- {FILE}\n+++ {FILE}\n@@ -3 +3 @@\n-name: "Orders"   # shown to customers\n'
            '+name: "New"   # shown to customers\nwould change icon: (none) → 512 x 512 pixels\n'
        ),
        "",
    )
    assert text_of(folder) == TEXT
    assert not (folder / ICON).exists()


def test_a_secret_beside_a_change_is_not_shown(xchange, folder):
    (folder / FILE).write_text("name: Orders\nflows: {token: hunter22}\ncategory: A\n", encoding="utf-8")

    assert "hunter22" not in xchange("edit", "orders", "--category", "B", "--diff", cwd=folder).out


def test_programs_get_all_values_and_files(xchange, folder):
    (folder / "logo.png").write_bytes(png(512, 512))

    ran = xchange(
        "edit",
        "orders",
        "--name",
        "New",
        "--add-label",
        "draft",
        "--icon",
        "logo.png",
        "-o",
        "json",
        cwd=folder,
    )

    assert json.loads(ran.out) == {
        "schema": "xchange.edit/1",
        "integration": "orders",
        "file": FILE,
        "isWritten": True,
        "changes": [
            {"what": "name", "before": "Orders", "after": "New"},
            {"what": "labels", "before": ["CRM", "Draft", "crm"], "after": ["crm", "draft"]},
            {
                "what": "icon",
                "before": None,
                "after": {"width": 512, "height": 512, "bytes": len(png(512, 512))},
            },
        ],
        "unchanged": ["the label `draft` is there already"],
        "files": [FILE, ICON],
    }
    assert faults(ran.out, "edit-output") == []


@pytest.mark.parametrize(
    ("options", "code", "err"),
    [
        (["--name", " "], 2, "error: the name is empty\nhint: An integration has to have one.\n"),
        (["--name", "a\nb"], 2, "error: the name cannot have the character U+000A\nhint: Leave it out.\n"),
        (["--description", "a\x1b[31m"], 2, "error: the description cannot have the character U+001B\nhint: Leave it out.\n"),
        (["--add-label", "a\nb"], 2, "error: the label cannot have the character U+000A\nhint: Leave it out.\n"),
        (["--add-label", ""], 2, "error: a label is empty\nhint: Leave it out.\n"),
        (["--add-label", "A", "--remove-label", "a"], 2,
         "error: the label `a` is to be added and removed\nhint: Leave one of the two out.\n"),
        (["--documentation", "none.md"], 3, "error: none.md does not exist\nhint: Check the path.\n"),
        (["--icon", "none.png"], 3, "error: none.png does not exist\nhint: Check the path.\n"),
        ([], 2, ("error: nothing is said of what to change\nhint: Use --name, --description, --category, --documentation, "
         "--add-label,\n      --remove-label or --icon.\n")),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_and_nothing_is_written(xchange, folder, options, code, err):
    assert xchange("edit", "orders", *options, cwd=folder) == (code, "", err)
    assert text_of(folder) == TEXT


@pytest.mark.parametrize(
    ("text", "options", "code", "place", "words"),
    [
        ("name: N\nlabels: crm\n", ["--add-label", "a"], 1, "2:9", "`labels` is text here, not a list"),
        ("name: N\nlabels: [[a]]\n", ["--add-label", "b"], 1, "2:10", "a label is text; this is a list"),
        ("name: [N]\n", ["--name", "M"], 1, "1:7", "`name` is a list here, so no text can be put there"),
        ("name: N\nname: M\n", ["--name", "O"], 1, "2:1", "`name` is here twice"),
        ("name: {N\n", ["--name", "M"], 1, "1:7", ""),
        ("<<<<<<< ours\nname: N\n", ["--name", "M"], 6, "1:1", "a merge that is not finished"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_changed_is_refused_with_the_place(
    xchange, folder, text, options, code, place, words
):
    (folder / FILE).write_text(text, encoding="utf-8")

    ran = xchange("edit", "orders", *options, cwd=folder)

    assert ran.code == code
    assert f"{FILE}:{place}" in ran.err
    assert words in ran.err
    assert text_of(folder) == text


def test_labels_that_are_no_texts_become_texts_when_labels_are_edited(xchange, folder):
    (folder / FILE).write_text("name: N\nlabels: [2024, null, A]\n", encoding="utf-8")

    assert xchange("edit", "orders", "--add-label", "b", cwd=folder).code == 0

    assert text_of(folder) == "name: N\nlabels: ['2024', a, b]\n"


def test_a_long_name_with_emoji_is_written_and_shown_in_one_line(xchange, folder):
    name = "😀/" * 150

    ran = xchange("edit", "orders", "--name", name, cwd=folder)

    assert f'name: "{name}"   # shown' in text_of(folder)
    assert ran.out.splitlines()[0] == f"changed name: {'😀/' * 21}😀…"


def test_inside_of_its_folder_the_key_may_be_left_out(xchange, folder):
    ran = xchange("edit", "--name", "New", cwd=folder / "integrations/orders")

    assert ran == (0, "changed name: Orders → New\nwrote integration.yml\n", "")


def test_a_file_without_a_folder_of_its_own_can_be_edited_but_has_no_icon(xchange, folder):
    (folder / "loose.yml").write_text("name: N\n")
    (folder / "logo.png").write_bytes(png(512, 512))

    assert xchange("edit", "loose.yml", "--name", "M", cwd=folder).code == 0
    ran = xchange("edit", "loose.yml", "--icon", "logo.png", cwd=folder)

    assert (folder / "loose.yml").read_text() == "name: M\n"
    assert (ran.code, ran.err.splitlines()[0]) == (
        2, "error: loose.yml has no folder of its own, so no file beside it can belong to it",
    )  # fmt: skip


def asked(folder, answers):
    """Answer the questions of `xchange edit orders` on a terminal; give its exit code and what it wrote."""
    terminal, side = pty.openpty()
    program = "from xchange_cli.__main__ import main; main()"
    with os.fdopen(terminal, "wb", buffering=0) as typing:
        started = subprocess.Popen(
            [sys.executable, "-c", program, "edit", "orders"],
            cwd=folder, env={**os.environ, **PLAIN}, stdin=side, stderr=side, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        os.close(side)
        typing.write("".join(f"{answer}\n" for answer in answers).encode())
        out, _ = started.communicate(timeout=60)
    return started.returncode, out


def test_on_a_terminal_it_asks_with_what_is_there_as_the_answer(folder):
    code, out = asked(folder, ["New", "", "ERP", "crm, new"])

    assert (code, out) == (
        0, f"changed name: Orders → New\nchanged category: (none) → ERP\nchanged labels: -CRM, -Draft, +new\nwrote {FILE}\n"
    )  # fmt: skip


def test_on_a_terminal_enter_keeps_all_and_a_dash_empties(folder):
    code, out = asked(folder, ["-", "", "", "", "-"])  # an empty name is asked for again

    assert (code, out) == (0, f"changed labels: -CRM, -Draft, -crm\nwrote {FILE}\n")
    assert "labels: []\nflows:" in text_of(folder)
