"""`xchange docs --edit`: the user's editor, and the text back in its place."""

import json
import re
import sys
import tempfile
from pathlib import Path

import pytest

from documented import FILE, INTEGRATION, KEY

UNCHANGED = f"{FILE}: the documentation is unchanged\n"
CHANGED = f"{FILE}: the documentation is changed\n"
TEXT = "# Orders\n\nHow it works: see [the setup](docs/setup.md#by-hand).\n"


@pytest.fixture(autouse=True)
def kept_here(monkeypatch, tmp_path):
    """Let what is kept be kept in the test's own folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def editor(tmp_path):
    """Make an editor of Python statements, which know the text's file as `file`."""

    def make(statements):
        program = tmp_path / "my editor.py"
        program.write_text(
            f"import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\n{statements}\n", encoding="utf-8"
        )
        return {"VISUAL": "", "EDITOR": f'"{sys.executable}" "{program}"'}

    return make


@pytest.fixture
def folder(project):
    return project({FILE: INTEGRATION})


def kept_in(error):
    """Give the content of the file that a message names as the place of what was written."""
    found = re.search(r"What you have written is kept in\s+(\S+?)\.\n", error)
    return Path(found[1]).read_text(encoding="utf-8", errors="replace")


def test_the_editor_gets_the_text_and_what_it_leaves_is_put_into_the_file(folder, editor, xchange):
    statements = f"assert (file.name, file.read_text()) == ('documentation.md', {TEXT!r})\nfile.write_text('# New\\n\\n- a\\n')"
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor(statements))
    assert (ran.code, ran.out, ran.err) == (0, "", CHANGED)
    before, _, rest = INTEGRATION.partition("  # Orders\n")
    after = f"{before}  # New\n\n  - a\ncategory{rest.partition('category')[2]}"
    assert (folder / FILE).read_text(encoding="utf-8") == after


@pytest.mark.parametrize(
    "statements",
    [
        "",
        "file.write_text(file.read_text())",
        "file.write_bytes(b'\\xef\\xbb\\xbf' + file.read_bytes().replace(b'\\n', b'\\r\\n'))",
    ],
)
def test_a_text_that_means_the_same_changes_nothing(statements, folder, editor, xchange):
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor(statements))
    assert (ran.code, ran.err) == (0, UNCHANGED)
    assert (folder / FILE).read_text(encoding="utf-8") == INTEGRATION


@pytest.mark.parametrize(
    "value", ["'One line'", "|-\n  # A\n\n  b", ">-\n  folded\n  text", "''", "", "|+\n  a\n\n"]
)
def test_an_editor_that_adds_the_last_line_end_changes_nothing(value, project, editor, xchange):
    text = f"definitionVersion: 7\nname: N\ndocumentation: {value}\nflows: []\n"
    folder = project({FILE: text})
    ending = "text = file.read_text()\nfile.write_text(text if text.endswith('\\n') else text + '\\n')"
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor(ending))
    assert (ran.code, ran.err) == (0, UNCHANGED)
    assert (folder / FILE).read_text(encoding="utf-8") == text


def test_a_first_text_is_put_behind_the_description(project, editor, xchange):
    folder = project({FILE: "definitionVersion: 7\nname: N\ndescription: D # of it\nflows: []\n"})
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor("file.write_text('# N\\n\\nText: all.')"))
    assert (ran.code, ran.err) == (0, CHANGED)
    assert (folder / FILE).read_text(encoding="utf-8") == (
        "definitionVersion: 7\nname: N\ndescription: D # of it\ndocumentation: |\n  # N\n\n  Text: all.\nflows: []\n"
    )


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-le", "")]
)
def test_encoding_and_line_ends_of_the_file_stay(encoding, mark, folder, editor, xchange):
    whole = mark + INTEGRATION.replace("\n", "\r\n")
    (folder / FILE).write_bytes(whole.encode(encoding))
    ran = xchange(
        "docs",
        KEY,
        "--edit",
        cwd=folder,
        env=editor("file.write_text('a\\n\\nb \\U0001f600\\n', encoding='utf-8')"),
    )
    assert (ran.code, ran.err) == (0, CHANGED)
    start, end = whole.index("  # Orders"), whole.index("category")
    after = f"{whole[:start]}  a\r\n\r\n  b \U0001f600\r\n{whole[end:]}"
    assert (folder / FILE).read_bytes() == after.encode(encoding)


def test_emptying_the_text_empties_the_key(folder, editor, xchange):
    assert xchange("docs", KEY, "--edit", cwd=folder, env=editor("file.write_text(' \\n')")).err == CHANGED
    assert "documentation: ''\ncategory" in (folder / FILE).read_text(encoding="utf-8")


def test_visual_wins_over_editor(folder, editor, xchange):
    env = editor("file.write_text('new\\n')")
    ran = xchange(
        "docs", KEY, "--edit", cwd=folder, env={"VISUAL": env["EDITOR"], "EDITOR": "no-such-editor"}
    )
    assert (ran.code, ran.err) == (0, CHANGED)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has an editor that is always there")
def test_without_an_editor_the_message_says_what_is_needed(folder, xchange):
    ran = xchange("docs", KEY, "--edit", cwd=folder, env={"VISUAL": "", "EDITOR": " "})
    assert ran.code == 2
    assert ran.err == (
        "error: --edit needs an editor, and none is set\n"
        "hint: Set VISUAL or EDITOR to the command that starts your editor and waits for\n"
        "      it, such as `nano` or `code --wait`.\n"
    )


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("no-such-editor", 3, "the editor `no-such-editor` cannot be started: No such file or directory"),
        ("vi 'x", 2, "the editor `vi 'x` cannot be started: a quote is not closed"),
        ("false", 3, "the editor `false` ended with exit code 1, so nothing is changed"),
    ],
)
def test_an_editor_that_does_not_work_changes_nothing(command, code, message, folder, xchange):
    ran = xchange("docs", KEY, "--edit", cwd=folder, env={"VISUAL": command})
    assert (ran.code, ran.err.splitlines()[0]) == (code, f"error: {message}")
    assert "is kept in" not in ran.err
    assert list(folder.glob("xchange-*")) == []
    assert (folder / FILE).read_text(encoding="utf-8") == INTEGRATION


def test_what_was_written_before_the_editor_failed_is_kept(folder, editor, xchange):
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor("file.write_text('precious')\nsys.exit(3)"))
    assert (ran.code, kept_in(ran.err)) == (3, "precious")
    assert (folder / FILE).read_text(encoding="utf-8") == INTEGRATION


def test_what_was_written_is_kept_when_the_file_was_changed_meanwhile(folder, editor, xchange):
    others = f"pathlib.Path({str(folder / FILE)!r}).write_text('name: Theirs\\n')"
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor(f"file.write_text('precious')\n{others}"))
    assert (ran.code, kept_in(ran.err)) == (6, "precious")
    assert ran.err.startswith(
        f"error: {FILE} was changed by somebody else meanwhile, so nothing is changed\n"
    )
    assert (folder / FILE).read_text(encoding="utf-8") == "name: Theirs\n"


def test_what_is_no_text_is_refused_and_kept(folder, editor, xchange):
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor("file.write_bytes(b'a\\xff')"))
    assert (ran.code, kept_in(ran.err)) == (3, "a\ufffd")
    assert ran.err.startswith("error: what the editor has written is no UTF-8 text\nhint: Save it as UTF-8.")


def test_a_character_that_nobody_can_see_is_refused_and_the_text_kept(folder, editor, xchange):
    ran = xchange("docs", KEY, "--edit", cwd=folder, env=editor("file.write_text('a\\x1b[31mb')"))
    assert (ran.code, kept_in(ran.err)) == (2, "a\x1b[31mb")
    assert ran.err.startswith(
        "error: the documentation cannot have the character U+001B\nhint: Leave it out."
    )
    assert (folder / FILE).read_text(encoding="utf-8") == INTEGRATION


def test_such_a_character_that_was_there_before_may_stay(project, editor, xchange):
    folder = project({FILE: 'name: N\ndocumentation: "a\\fb"\n'})
    ran = xchange(
        "docs", KEY, "--edit", cwd=folder, env=editor("file.write_text('new ' + file.read_text().strip())")
    )
    assert (ran.code, ran.err) == (0, CHANGED)
    assert (folder / FILE).read_text(encoding="utf-8") == 'name: N\ndocumentation: "new a\\fb"\n'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_an_editor_that_is_killed_is_told_so(folder, xchange):
    ran = xchange("docs", KEY, "--edit", cwd=folder, env={"VISUAL": "sh -c 'kill -9 $$'"})
    assert ran.code == 3
    assert "was ended by signal 9, so nothing is changed" in ran.err


def test_a_key_that_holds_no_text_is_refused_before_the_editor_starts(project, xchange):
    folder = project({FILE: "name: N\ndocumentation: [a]\n"})
    ran = xchange("docs", KEY, "--edit", cwd=folder, env={"VISUAL": "no-such-editor"})
    assert (ran.code, ran.err) == (
        1,
        f"{FILE}:2:16: error: `documentation` is a list here, so it cannot be edited\n",
    )


def test_a_file_in_the_middle_of_a_merge_is_refused(project, xchange):
    folder = project({FILE: "<<<<<<< HEAD\nname: N\n=======\nname: M\n>>>>>>> x\n"})
    ran = xchange("docs", KEY, "--edit", "--output", "text", cwd=folder, env={"VISUAL": "no-such-editor"})
    assert ran.code == 6
    assert json.dumps(ran.err).startswith(f'"{FILE}:1:1: error: the file has the marks of a merge')
