"""What the sides of `xchange diff` can be, and which integrations are compared where nothing is said."""

import json

import pytest

from differing import LATER, SMALL
from forks import publish
from repositories import alone, commit, git, write

ORDERS = "integrations/orders/integration.yml"
OTHER = "integrations/other/integration.yml"


@pytest.fixture
def repository(project, monkeypatch):
    """Give a repository whose branch `work` has other orders than `main`, and the same other one."""
    alone(monkeypatch)
    folder = project(
        {ORDERS: SMALL, OTHER: SMALL, "xchange.yaml": "limits: warn\n", ".gitignore": ".xchange/\n"}
    )
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, "Begin")
    git(folder, "checkout", "--quiet", "-b", "work")
    write(folder, ORDERS, LATER)
    return folder


@pytest.fixture
def heads(xchange):
    """Give, of each integration that differs, its key, both sides and its grade."""

    def ask(*arguments, **more):
        ran = xchange("diff", *arguments, "--output", "json", **more)
        assert (ran.code, ran.err) == (0, "")
        told = json.loads(ran.out)["integrations"]
        return [(one["key"], one["old"], one["new"], one["grade"]) for one in told]

    return ask


def begun(folder):
    return f"main ({git(folder, 'rev-parse', '--short=7', 'main')})"


def test_without_arguments_it_is_the_merge_base_with_the_main_branch(repository, heads):
    assert heads(cwd=repository) == [("orders", f"{begun(repository)}:{ORDERS}", ORDERS, "breaking")]
    commit(repository)
    assert [head[0] for head in heads(cwd=repository)] == ["orders"]


def test_without_arguments_it_is_the_newest_version_where_there_is_one(repository, heads):
    publish(repository, "orders")
    assert heads(cwd=repository) == []
    write(repository, ORDERS, SMALL)
    assert heads(cwd=repository) == [("orders", "orders@1", ORDERS, "breaking")]
    publish(repository, "orders")
    write(repository, ORDERS, SMALL.replace("name: Orders", "name: Other"))
    assert heads(cwd=repository) == [("orders", "orders@2", ORDERS, "safe")]


def test_documentation_that_is_published_too_is_no_change_of_meaning(repository, heads):
    write(repository, "integrations/orders/docs/notes.md", "# Notes\n")
    publish(repository, "orders")
    write(repository, "integrations/orders/docs/notes.md", "# More\n")
    assert heads(cwd=repository) == []


def test_new_and_deleted_integrations_are_told(repository, heads):
    write(repository, "integrations/third/integration.yml", SMALL.replace("name: Orders", "name: Third"))
    (repository / OTHER).unlink()
    base = begun(repository)
    assert heads(cwd=repository) == [
        ("orders", f"{base}:{ORDERS}", ORDERS, "breaking"),
        ("other", f"{base}:{OTHER}", None, "breaking"),
        ("third", None, "integrations/third/integration.yml", "safe"),
    ]


def test_a_published_integration_that_main_has_no_more_is_not_told_for_ever(repository, heads):
    publish(repository, "other")
    (repository / OTHER).unlink()
    assert ("other", "other@1", None, "breaking") in heads(cwd=repository)
    commit(repository)
    git(repository, "branch", "--force", "main", "HEAD")
    assert heads(cwd=repository) == []
    assert heads("other@1", cwd=repository) == [("other", "other@1", None, "breaking")]


def test_nothing_changed_says_so(repository, xchange):
    write(repository, ORDERS, SMALL)
    assert xchange("diff", cwd=repository) == (0, "nothing changed in 2 integrations\n", "")


def test_another_form_is_counted_and_not_shown(repository, xchange):
    write(repository, ORDERS, SMALL + "# a comment\n")
    assert xchange("diff", cwd=repository).out == (
        "nothing changed in meaning: 1 of 2 integrations differs in form only\n"
    )


def test_the_integration_around_the_working_folder_is_meant(repository, heads):
    write(repository, OTHER, LATER)
    found = heads(cwd=repository / "integrations/other")
    assert found == [("other", f"{begun(repository)}:{OTHER}", "integration.yml", "breaking")]


@pytest.mark.parametrize(
    "arguments",
    [("orders",), (ORDERS,), ("integrations/orders",), ("--key", "orders"), (".", "--key", "orders")],
)
def test_an_integration_of_the_project_alone_is_compared_as_without_arguments(arguments, repository, heads):
    write(repository, OTHER, LATER)
    assert heads(*arguments, cwd=repository) == [
        ("orders", f"{begun(repository)}:{ORDERS}", ORDERS, "breaking")
    ]


@pytest.mark.parametrize(
    ("side", "name"),
    [
        ("main:orders", f"main:{ORDERS}"),
        (f"main:{ORDERS}", f"main:{ORDERS}"),
        (f"main:./{ORDERS}", f"main:{ORDERS}"),
        ("HEAD:integrations/orders", f"HEAD:{ORDERS}"),
    ],
)
def test_one_side_is_compared_with_the_working_copy_of_the_same_integration(side, name, repository, heads):
    assert heads(side, cwd=repository) == [("orders", name, ORDERS, "breaking")]


def test_a_version_is_compared_with_the_working_copy_or_with_another(repository, heads):
    publish(repository, "orders")
    write(repository, ORDERS, SMALL)
    publish(repository, "orders")
    assert heads("orders@1", cwd=repository) == [("orders", "orders@1", ORDERS, "breaking")]
    assert heads("orders@1", "orders@latest", cwd=repository) == [
        ("orders", "orders@1", "orders@2", "breaking")
    ]
    assert heads("orders@2", "main", cwd=repository) == [("orders", "orders@2", f"main:{ORDERS}", None)]


def test_standard_input_is_one_side(repository, heads):
    found = heads("-", "orders", cwd=repository, input=SMALL)
    assert found == [("orders", "<stdin>", ORDERS, "breaking")]
    assert heads("-", "--key", "orders", cwd=repository, input=SMALL) == found


def test_revisions_and_folders_are_whole_projects(repository, heads, tmp_path_factory):
    commit(repository)
    other = tmp_path_factory.mktemp("other")
    write(other, ORDERS, SMALL)
    write(other, OTHER, LATER)
    assert [head[0] for head in heads("main", cwd=repository)] == ["orders"]
    assert heads("main", "work", cwd=repository) == [
        ("orders", f"main:{ORDERS}", f"work:{ORDERS}", "breaking")
    ]
    assert [head[0] for head in heads("main", str(other), cwd=repository)] == ["other"]
    assert [head[0] for head in heads(str(other), ".", cwd=repository)] == ["orders", "other"]
    assert [head[0] for head in heads("main", str(other), "--key", "other", cwd=repository)] == ["other"]


def test_a_revision_is_read_by_the_patterns_that_it_has(repository, heads):
    write(repository, "xchange.yaml", "integrations: [flows/*/integration.yml]\n")
    git(repository, "mv", "integrations", "flows")
    commit(repository)
    found = heads("main", cwd=repository)
    assert found == [("orders", f"main:{ORDERS}", "flows/orders/integration.yml", "breaking")]


def test_what_the_remote_has_of_the_main_branch_comes_first(repository, heads, tmp_path_factory):
    origin = tmp_path_factory.mktemp("origin")
    git(repository, "init", "--quiet", "--bare", str(origin))
    git(repository, "remote", "add", "origin", str(origin))
    git(repository, "push", "--quiet", "origin", "main")
    commit(repository)
    git(repository, "branch", "--force", "main", "HEAD")
    assert [head[0] for head in heads(cwd=repository)] == ["orders"]


def test_without_a_main_branch_nobody_guesses(repository, xchange):
    commit(repository)
    git(repository, "branch", "--quiet", "-D", "main")
    git(repository, "branch", "third")
    ran = xchange("diff", "--fail-on-change", "breaking", cwd=repository)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: nothing is published, and git knows no main branch to compare with\n")


def test_without_git_and_versions_there_is_nothing_to_compare_with(project, xchange):
    ran = xchange("diff", cwd=project({ORDERS: SMALL}))
    assert ran == (
        3,
        "",
        (
            "error: nothing is published, and there is no git repository to compare with\n"
            "hint: Name both sides: `xchange diff OLD NEW`.\n"
        ),
    )


def test_without_git_versions_are_enough(project, heads):
    folder = project({ORDERS: SMALL, OTHER: SMALL})
    publish(folder, "orders")
    write(folder, ORDERS, LATER)
    assert heads(cwd=folder) == [("orders", "orders@1", ORDERS, "breaking"), ("other", None, OTHER, "safe")]


def test_a_broken_integration_does_not_keep_the_others_from_being_compared(repository, xchange):
    write(repository, OTHER, "name: [\n")
    ran = xchange("diff", cwd=repository)
    assert ran.code == 3
    assert ran.out.startswith("1 of 2 integrations differs: 1 breaking; 1 could not be compared\n")
    assert ran.err.startswith(f"{OTHER}:1:7: error: ")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("orders@1",), 3, "no version of orders is published"),
        (("main:nothing",), 3, "main has no file nothing, and no integration with this key"),
        (("--key", "ordres"), 3, "no integration has the key ordres"),
        (("main", "other@x"), 3, "other@x is no file, no key of an integration"),
        (("--config", "acme"), 3, "there is no config set `acme`"),
    ],
)
def test_what_is_not_there_is_told(arguments, code, message, repository, xchange):
    ran = xchange("diff", *arguments, cwd=repository)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err


def test_config_sets_are_told_after_the_verdict(repository, xchange):
    needs = SMALL.replace(", defaultValue: '5'", "").replace(
        "inputs: {}", "inputs: {body: {type: configVar, value: Size}}"
    )
    write(repository, ORDERS, needs)
    write(repository, "integrations/orders/configs/acme.yml", "values: {Size: '7'}\n")
    write(repository, "integrations/orders/configs/bolt.yml", "values: {}\n")
    out = xchange("diff", "orders", "--config", "all", cwd=repository).out
    assert "CONFIG SET  OUTCOME        BY\nacme        unaffected\nbolt        needs a value  `Size`\n" in out
    data = json.loads(xchange("diff", "orders", "--config", "bolt", "-o", "json", cwd=repository).out)
    assert [(one["name"], one["outcome"]) for one in data["integrations"][0]["configSets"]] == [
        ("bolt", "needs_value")
    ]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["diff", ""], ["orders", "other"]),
        (["diff", "orders@"], ["orders@1"]),
        (["diff", "orders@1", "ot"], ["other"]),
        (["diff", "--key", "or"], ["orders"]),
        (["diff", "orders", "--config", ""], ["all", "acme"]),
        (["diff", "--fail-on-change", "b"], ["breaking"]),
    ],
)
def test_the_shell_offers_keys_versions_and_config_sets(words, offered, repository, xchange):
    publish(repository, "orders")
    write(repository, "integrations/orders/configs/acme.yml", "values: {}\n")
    line = ["xchange", *words]
    asked = {
        "_XCHANGE_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(line),
        "COMP_CWORD": str(len(line) - 1),
    }
    assert xchange(cwd=repository, env=asked).out.split() == offered
