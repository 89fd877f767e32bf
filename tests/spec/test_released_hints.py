"""What commands about versions say where there is nothing: no project, no registry, no integration, no version."""

import pytest

import repositories
from repositories import ORDERS, TEXT, change, clone, commit, git, repository, write

NO_PROJECT = (
    "error: there is no project here: neither xchange.yaml nor integrations/, in this folder or above it\n"
    "hint: Go to the folder of the project; `xchange init` begins one.\n"
)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def here(tmp_path, xchange):
    folder = repository(tmp_path / "here", tmp_path / "origin.git")
    assert xchange("publish", "orders", "-m", "x", "--push", cwd=folder).code == 0
    return folder


@pytest.fixture
def run(here, xchange):
    def call(*arguments, cwd=here):
        return xchange(*arguments, cwd=cwd)

    return call


@pytest.mark.parametrize(
    "command",
    [
        ("versions", "orders"),
        ("log",),
        ("verify", "orders"),
        ("export", "orders"),
        ("mark", "orders@1", "unavailable"),
        ("fork", "orders@1", "bills"),
        ("delete", "orders", "--purge", "--yes"),
    ],
)
def test_a_registry_that_is_not_there_is_no_empty_one(run, here, command):
    code, out, err = run(*command, "--registry", "registri")
    assert (code, out, (here / "registri").exists(), (here / ORDERS).exists()) == (3, "", False, True)
    assert err == (
        "error: there is no registry at registri\n"
        "hint: Check the path; only `xchange publish` makes a registry.\n"
    )


def test_publishing_makes_the_registry(run, here):
    assert run("publish", "orders", "-m", "x", "--registry", "another").code == 0
    assert (here / "another/integrations/orders/versions/000001.json").is_file()


@pytest.mark.parametrize(
    "command", [("versions", "orders"), ("log",), ("verify", "orders"), ("export", "orders")]
)
def test_where_there_is_no_project_that_is_said(run, tmp_path, command):
    (tmp_path / "empty").mkdir()
    assert run(*command, cwd=tmp_path / "empty") == (3, "", NO_PROJECT)


def test_where_there_is_no_project_nothing_can_be_published_by_its_key(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("publish", "orders", "-m", "x", cwd=tmp_path / "empty") == (
        3,
        "",
        (
            "error: orders does not exist, and no integration has this key\n"
            "hint: There is no project here: go to its folder, or begin one with `xchange\n"
            "      init`.\n"
        ),
    )


def test_after_a_purge_commands_say_what_was_and_what_comes(run, here):
    assert run("delete", "orders", "--purge", "--yes").code == 0
    gone = "all versions of orders were deleted, up to orders@1; the next is orders@2\n"
    hint = "hint: `xchange log orders` says who did that.\n"
    for command in (("verify", "orders@1"), ("export", "orders"), ("versions", "orders")):
        assert run(*command) == (3, "", f"error: {gone}{hint}")
    write(here, ORDERS, TEXT)
    assert run("versions", "orders").out.endswith(gone)


@pytest.mark.parametrize("command", [("versions", "nope"), ("show", "nope@1")])
def test_what_is_no_integration_is_not_said_to_be_publishable(run, command):
    code, out, err = run(*command)
    assert (code, out) == (3, "")
    assert err == (
        "error: no version of nope is published\n"
        "hint: `xchange list` shows the integrations and their versions.\n"
    )


@pytest.mark.parametrize("command", [("publish", "foo", "-m", "x"), ("delete", "foo", "--yes")])
def test_who_mistypes_a_key_is_told_where_the_keys_are(run, command):
    assert run(*command) == (
        3,
        "",
        (
            "error: foo does not exist, and no integration has this key\n"
            "hint: `xchange list` shows the integrations of this project.\n"
        ),
    )


@pytest.mark.parametrize(
    ("command", "code", "hint"),
    [
        (("versions", "orders@1"), 2, "This is a version, and the key of an integration is wanted: orders."),
        (("log", "orders@1"), 2, "This is a version, and the key of an integration is wanted: orders."),
        (("publish", "orders@1", "-m", "x"), 3, "This is a version, and an integration is meant: orders."),
        (("mark", "Orders@1", "unavailable"), 2, "Did you mean `orders`?"),
        (("export", "orders", "--latest-components", "--pin-components"), 2, "Leave one of them out."),
        (("export", "orders", "--pin", "http=3"), 2, "Add --pin-components."),
        (("delete", "orders", "--purge"), 2, "`xchange delete orders --purge --yes` deletes them."),
    ],
)
def test_a_slip_has_a_way_out(run, command, code, hint):
    ran = run(*command)
    assert (ran.code, ran.out) == (code, "")
    assert f"hint: {hint}" in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("mark", "orders@1", "unavailable"), "Mark orders@1"),
        (("label", "orders@1", "--add", "crm"), "Label orders@1"),
        (("template", "orders@1", "org"), "Offer orders@1"),
    ],
)
def test_what_changes_a_version_says_what_to_commit_and_that_is_all(run, here, command, message):
    assert run(*command).err.endswith(f"  git add registry && git commit -m '{message}'\n")
    git(here, "add", "registry")
    git(here, "commit", "--quiet", "-m", message)
    assert git(here, "status", "--porcelain") == ""


@pytest.fixture
def both_marked(run, here, tmp_path):
    """Two clones have changed the state of one version; the other one has pushed it."""
    write(here, "integrations/bills/integration.yml", TEXT)
    commit(here, "Bills")
    git(here, "push", "--quiet")
    other = clone(tmp_path / "origin.git", tmp_path / "other")
    for folder, word in ((other, "theirs"), (here, "ours")):
        assert run("label", "orders@1", "--add", word, cwd=folder).code == 0
        commit(folder, "Label")
    git(other, "push", "--quiet")


STATE = "registry/integrations/orders/state.json"


def test_a_change_of_state_that_others_made_as_well_is_named_with_the_way_out(both_marked, run, here):
    code, out, err = run("publish", "bills", "-m", "x", "--push")
    assert (code, out) == (6, "")
    assert " ".join(err.split()) == (
        "error: origin/main has moved on, and what is here does not fit on top of it: "
        f"both have changed {STATE} "
        "hint: Nothing is published. `git pull --rebase` stops at this file: take theirs, "
        f"`git checkout origin/main -- {STATE}`, go on with `git rebase --continue`, "
        "and mark or label again; `xchange log` tells what. Then publish again."
    )


def test_the_way_out_of_a_conflict_leads_out(both_marked, run, here):
    git(here, "fetch", "--quiet")
    with pytest.raises(AssertionError):
        git(here, "rebase", "origin/main")
    code, out, err = run("versions", "orders")
    assert (code, out) == (1, "")
    assert err == (
        f"{STATE}:9:1: error: git could not bring two changes of this file together\n"
        "hint: Take the one that others have, `git checkout origin/main --\n"
        f"      {STATE}`, and go on with `git rebase\n"
        "      --continue` or `git merge --continue`. Then do yours again; `xchange log`\n"
        "      tells what it was.\n"
    )
    git(here, "checkout", "origin/main", "--", STATE)
    git(here, "-c", "core.editor=true", "rebase", "--continue")
    assert "ours" in run("log", "orders").out
    assert run("label", "orders@1", "--add", "ours").out == "orders@1 has the labels shop, theirs, ours\n"


def test_a_hook_that_refuses_the_commit_can_be_heeded(run, here):
    repositories.hook(here, "pre-commit", "echo no >&2; exit 1")
    git(here, "add", ".")
    change(here, "more")
    code, _, err = run("publish", "orders", "-m", "x", "--commit", "--allow-dirty")
    assert code == 6
    assert err.endswith(
        "hint: Nothing of it is lost: mend what git says, then the same command again\n      commits it.\n"
    )
    (here / ".git/hooks/pre-commit").unlink()
    assert run("publish", "orders", "-m", "x", "--commit", "--allow-dirty").code == 0
    assert git(here, "log", "-1", "--format=%s") == "Publish orders 2"
