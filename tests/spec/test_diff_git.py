"""`xchange diff --git-driver` in a real git, and `xchange init --git-diff`."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from differing import LATER, SMALL
from repositories import alone, commit, git, write

ORDERS = "integrations/orders/integration.yml"
HEAD = f"diff --git a/{ORDERS} b/{ORDERS}\n"

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="there is no git")


@pytest.fixture
def repository(project, xchange, monkeypatch, tmp_path_factory):
    """Give a repository in which git calls this program."""
    alone(monkeypatch)
    program = tmp_path_factory.mktemp("bin") / "xchange"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m xchange_cli "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NO_COLOR", "1")
    folder = project({ORDERS: SMALL, "xchange.yaml": "limits: warn\n"})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    assert xchange("init", "--git-diff", cwd=folder).code == 0
    commit(folder, "Begin")
    return folder


needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script here")


def arguments(folder, old, new, path=ORDERS):
    """Give the seven arguments of git for two texts, None for one that is not there."""
    given = [path]
    for name, text in (("old", old), ("new", new)):
        if text is None:
            given += [os.devnull, ".", "."]
        else:
            given += [str(write(folder, name, text)), "0" * 40, "100644"]
    return given


@needs_shell
@pytest.mark.parametrize("command", [("diff",), ("log", "-p", "-1", "--ext-diff"), ("show", "--ext-diff")])
def test_git_speaks_of_flows_and_steps(command, repository):
    write(repository, ORDERS, LATER)
    if command[0] != "diff":
        commit(repository)
    told = git(repository, *command)
    assert HEAD in told
    assert "flow `Receive`\n  breaking  synchronous: true → false\n            synchronous-changed " in told
    assert "@@" not in told


@needs_shell
def test_git_shows_what_was_added_deleted_and_broken(repository):
    other = "integrations/other/integration.yml"
    write(repository, other, SMALL)
    commit(repository)
    assert f"b/{other}\nnew file mode 100644\nnothing → b/{other}: " in git(repository, "show", "--ext-diff")
    (repository / other).unlink()
    write(repository, ORDERS, "name: [\n")
    commit(repository)
    told = git(repository, "show", "--ext-diff")
    assert f"b/{other}\ndeleted file mode 100644\na/{other} → nothing: breaking\n" in told
    assert f"{HEAD}--- a/{ORDERS}\n+++ b/{ORDERS}\n@@ -1,13 +1 @@\n" in told
    assert "\n-name: Orders\n" in told
    assert "\n+name: [\n" in told


@needs_shell
def test_git_shows_renamed_files_as_what_they_are(repository):
    (repository / "integrations/bolt").mkdir()
    git(repository, "mv", ORDERS, "integrations/bolt/integration.yml")
    write(repository, "integrations/bolt/integration.yml", LATER)
    commit(repository)
    told = git(repository, "show", "--ext-diff", "-M")
    assert "diff --git a/integrations/orders/integration.yml b/integrations/bolt/integration.yml\n" in told
    assert "rename from integrations/orders/integration.yml\n" in told
    assert "  breaking  synchronous: true → false\n" in told


def test_another_form_has_no_lines(tmp_path, xchange):
    given = arguments(tmp_path, SMALL, SMALL + "# a comment\n")
    assert xchange("diff", "--git-driver", "--", *given) == (
        0,
        f"{HEAD}a/{ORDERS} →\nb/{ORDERS}: no change in meaning\n",
        "",
    )


def test_what_is_no_integration_is_shown_as_lines(tmp_path, xchange):
    given = arguments(tmp_path, "a: 1\nb: 2\n", "a: 1\nb: 3")
    assert xchange("diff", "--git-driver", "--", *given) == (
        0,
        (
            f"{HEAD}--- a/{ORDERS}\n+++ b/{ORDERS}\n"
            "@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n\\ No newline at end of file\n"
        ),
        "",
    )


def test_an_unmerged_file_is_named(tmp_path, xchange):
    assert xchange("diff", "--git-driver", "--", ORDERS) == (0, f"* Unmerged path {ORDERS}\n", "")


def test_a_file_that_neither_side_has_shows_nothing(tmp_path, xchange):
    assert xchange("diff", "--git-driver", "--", *arguments(tmp_path, None, None)) == (0, "", "")


def test_a_change_of_the_mode_is_told(tmp_path, xchange):
    given = arguments(tmp_path, SMALL, SMALL)
    given[-1] = "100755"
    assert xchange("diff", "--git-driver", "--", *given).out.startswith(
        f"{HEAD}old mode 100644\nnew mode 100755\n"
    )


def test_names_with_dashes_are_no_options(tmp_path, xchange):
    given = arguments(tmp_path, SMALL, LATER, "-odd.yml")
    assert xchange("diff", "--git-driver", "--", *given).out.startswith("diff --git a/-odd.yml b/-odd.yml\n")


def test_other_numbers_of_arguments_are_wrong_usage(tmp_path, xchange):
    ran = xchange("diff", "--git-driver", "a", "b")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: git gives 7 arguments, and there are 2\n")


def test_a_pager_of_git_gets_colours(tmp_path, xchange):
    given = arguments(tmp_path, SMALL, LATER)
    ran = xchange(
        "diff",
        "--git-driver",
        "--",
        *given,
        env={"GIT_PAGER_IN_USE": "true", "NO_COLOR": "", "TERM": "xterm"},
    )
    assert ran.out.startswith(f"\x1b[1m{HEAD.rstrip()}\x1b[0m\n")


def test_init_says_what_it_does_and_does_it_once(repository, xchange):
    assert (repository / ".gitattributes").read_text("utf-8").splitlines()[-2:] == [
        "integrations/**/integration.yml diff=xchange",
        "integrations/**/integration.yaml diff=xchange",
    ]
    assert git(repository, "config", "diff.xchange.command") == "xchange diff --git-driver --"
    ran = xchange("init", "--git-diff", cwd=repository)
    assert [line[:15] for line in ran.out.splitlines()] == ["left as it is  "] * 5


def test_init_extends_what_is_there_by_the_patterns_of_the_project(project, xchange):
    folder = project({"xchange.yaml": "integrations: [flows/*.yml, 'a/*']\nregistry: s3://b/c\n"})
    git(folder, "init", "--quiet")
    mine = "# mine\n*.png binary\na/**/integration.yml diff\n"
    write(folder, ".gitattributes", mine)
    out = xchange("init", "--git-diff", cwd=folder).out
    assert (folder / ".gitattributes").read_text("utf-8") == (
        f"{mine}flows/** -text\na/** -text\nflows/*.yml diff=xchange\na/**/integration.yaml diff=xchange\n"
    )
    assert "made           git config diff.xchange.command\n" in out


def test_init_leaves_another_setting_to_the_user(repository, xchange):
    git(repository, "config", "diff.xchange.command", "mine")
    out = xchange("init", "--git-diff", cwd=repository).out
    assert "to do          git config diff.xchange.command: it is `mine` already\n" in out
    assert git(repository, "config", "diff.xchange.command") == "mine"


def test_init_without_git_says_what_is_left_to_do(tmp_path, xchange):
    out = xchange("init", "--git-diff").out
    assert "                 git config diff.xchange.command 'xchange diff --git-driver --'\n" in out
    assert Path(tmp_path, ".gitattributes").read_text("utf-8").count("diff=xchange") == 1
