"""`--since`: only what has changed since the merge base with a revision is checked."""

import json
import subprocess

import pytest

GOOD = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
COMPONENT = "{key: erp, title: ERP, actions: [{key: getOrder, inputs: []}]}\n"
A, B = "integrations/a/integration.yml", "integrations/b/integration.yml"
FILES = {
    "xchange.yaml": "limits: warn\n",
    "components/erp.yml": COMPONENT,
    A: GOOD,
    B: GOOD,
    "integrations/b/configs/dev.yml": "values: {}\n",
}


def git(folder, *arguments):
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.test", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "change", "--allow-empty")


@pytest.fixture
def repository(project, monkeypatch):
    """Give a repository whose branch `work` starts at the tip of `main`; both have the files."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    folder = project(FILES)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    git(folder, "switch", "--quiet", "--create", "work")
    return folder


@pytest.fixture
def checked(repository, xchange):
    """Give the number of files that are checked; a file with an unknown key tells that it is."""

    def count(*arguments, cwd=repository):
        code, out, err = xchange("validate", *arguments, "--since", "main", "--output", "json", cwd=cwd)
        assert (code, err) == (0, "")
        data = json.loads(out)
        return data["checked"]["files"], [one["file"] for one in data["findings"]]

    return count


def test_nothing_has_changed_so_nothing_is_checked(checked):
    assert checked() == (0, [])


def test_what_is_committed_or_not_or_new_is_checked_and_nothing_else(checked, repository, project):
    project({A: f"{GOOD}colour: red\n"})
    assert checked() == (1, [A])
    commit(repository)
    assert checked() == (1, [A])
    project({"integrations/c/integration.yml": f"{GOOD}colour: red\n"})
    assert checked() == (2, [A, "integrations/c/integration.yml"])
    git(repository, "add", "--all")
    assert checked() == (2, [A, "integrations/c/integration.yml"])


def test_what_changed_on_the_other_branch_meanwhile_does_not_count(checked, repository, project):
    git(repository, "switch", "--quiet", "main")
    project({B: f"{GOOD}colour: red\n"})
    commit(repository)
    git(repository, "switch", "--quiet", "work")
    project({A: f"{GOOD}colour: red\n"})
    assert checked() == (1, [A])


def test_an_integration_has_changed_with_the_files_beside_it(checked, project):
    project({"integrations/b/configs/dev.yml": "values: {}\n# changed\n"})
    assert checked()[0] == 1
    project({"integrations/a/docs/notes.md": "of no matter for the check\n"})
    assert checked()[0] == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("xchange.yaml", "limits: enforce\n"),
        ("components/erp.yml", f"{COMPONENT}# changed\n"),
        ("components/new.yml", COMPONENT.replace("erp", "new")),
        ("rules/names.yml", "rules: {}\n"),
    ],
)
def test_what_concerns_all_integrations_makes_all_be_checked(checked, project, file, text):
    project({file: text})
    assert checked()[0] == 2


def test_a_component_that_was_deleted_concerns_all(checked, repository):
    (repository / "components/erp.yml").unlink()
    assert checked()[0] == 2


def test_named_files_are_narrowed_down_too_from_any_folder(checked, repository, project):
    project({A: f"{GOOD}colour: red\n"})
    assert checked("a") == (1, [A])
    assert checked("b") == (0, [])
    inside = repository / "integrations" / "a"
    assert checked("integration.yml", "../b/integration.yml", cwd=inside) == (1, ["integration.yml"])


def test_names_with_any_letters_are_found(checked, project):
    project({'integrations/ö"1/integration.yml': f"{GOOD}colour: red\n"})
    assert checked() == (1, ['integrations/ö"1/integration.yml'])


def test_standard_input_always_counts_as_changed(repository, xchange):
    out = xchange("validate", "-", "--since", "main", cwd=repository, input=GOOD).out
    assert out.startswith("1 file, ")


@pytest.mark.parametrize("revision", ["nope", "--help", "main:xchange.yaml"])
def test_an_unknown_revision_is_wrong_usage(repository, xchange, revision):
    code, out, err = xchange("validate", f"--since={revision}", cwd=repository)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: git knows no revision {revision}\nhint: Name a branch, tag or commit.")


def test_a_branch_without_a_common_commit_is_wrong_usage(repository, xchange):
    git(repository, "switch", "--quiet", "--orphan", "alone")
    git(repository, "commit", "--quiet", "--message", "alone", "--allow-empty")
    git(repository, "switch", "--quiet", "work")
    code, out, err = xchange("validate", "--since", "alone", cwd=repository)
    assert (code, out) == (2, "")
    assert err.startswith("error: alone and the current branch have no commit in common\n")


def test_a_folder_that_is_no_repository_gives_3(project, xchange):
    folder = project(FILES)
    code, out, err = xchange(
        "validate", "--since", "main", cwd=folder, env={"GIT_CEILING_DIRECTORIES": str(folder.parent)}
    )
    assert (code, out) == (3, "")
    assert err.startswith("error: git cannot tell what has changed: not a git repository")


def test_a_machine_without_git_gives_3(project, xchange):
    folder = project(FILES)
    code, out, err = xchange("validate", "--since", "main", cwd=folder, env={"PATH": str(folder)})
    assert (code, out) == (3, "")
    assert err.startswith("error: git cannot be started: ")


@pytest.mark.parametrize("file", ["shared/erp.yml", "deep/a/b/erp.yml"])
def test_components_that_patterns_find_anywhere_concern_all(repository, project, xchange, file):
    inside = repository / "inside"
    project({"inside/xchange.yaml": "components: ['../shared/*.yml', '../deep/**/*.yml']\n"})
    project({"inside/integrations/a/integration.yml": GOOD})
    commit(repository)
    git(repository, "branch", "--force", "main")
    project({file: COMPONENT})
    out = xchange("validate", "--since", "main", "--output", "json", cwd=inside).out
    assert json.loads(out)["checked"]["files"] == 1
