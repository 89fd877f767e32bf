"""`xchange publish`: what can be meant, and what is never taken for an integration."""

import json

import pytest

import repositories
from repositories import ORDERS, TEXT, change, commit, manifest, published, repository, write

LOG = "integrations/orders/attachments/a.log"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def here(tmp_path):
    return repository(tmp_path / "here", tmp_path / "origin.git")


@pytest.fixture
def run(here, xchange):
    def call(*arguments, cwd=here):
        return xchange(*arguments, cwd=cwd)

    return call


@pytest.fixture
def packaged(run, here):
    """Publish a version, and give its file in the registry."""
    assert run("publish", "orders", "-m", "x", "--push").code == 0
    return f"registry/integrations/orders/packages/{manifest(here, 1)['digest']}/integration.yml"


def listed(run):
    return [one["key"] for one in json.loads(run("list", "--output", "json").out)["integrations"]]


@pytest.mark.parametrize(
    ("wish", "way_out"),
    [((), True), (("--allow-dirty", "--commit"), False), (("--allow-dirty", "--push"), False)],
)
def test_a_file_that_git_ignores_is_not_published_where_others_would_not_get_it(run, here, wish, way_out):
    write(here, ".gitignore", "*.log\n")
    commit(here)
    write(here, LOG, "x")
    code, out, err = run("publish", "orders", "-m", "x", *wish)
    assert (code, out) == (6, "")
    assert err.startswith(f"error: git ignores files of orders, so no other clone has them: {LOG}\n")
    assert (f"`git add --force {LOG}`" in " ".join(err.split()), "--allow-dirty" in err) == (True, way_out)
    assert not (here / "registry").exists()


def test_a_file_that_git_ignores_is_published_as_dirty_where_nothing_is_committed(run, here):
    write(here, ".gitignore", "*.log\n")
    commit(here)
    write(here, LOG, "x")
    assert run("publish", "orders", "-m", "x", "--allow-dirty").code == 0
    assert manifest(here, 1)["git"]["dirty"] is True


def test_files_that_are_not_committed_are_named_before_those_that_git_ignores(run, here):
    write(here, ".gitignore", "*.log\n")
    commit(here)
    write(here, LOG, "x")
    change(here, "more")
    assert run("publish", "orders", "-m", "x").err.startswith(
        f"error: orders has changes that are not committed: {ORDERS}\n"
    )


@pytest.mark.parametrize("named", [".", "**/*.yml"])
def test_what_is_published_is_no_integration_of_the_project(packaged, run, here, named):
    write(here, "integrations/bills/integration.yml", TEXT)
    (here / "xchange.yaml").unlink()
    commit(here)
    code, out, _ = run("publish", named, "-m", "x")
    assert (code, [line.split()[:2] for line in out.splitlines()]) == (0, [["bills", "1"], ["orders", "1"]])
    assert json.loads(run("validate", named, "--output", "json").out)["checked"]["files"] == 2
    assert listed(run) == ["bills", "orders"]


def test_patterns_of_the_project_do_not_reach_into_the_registry(packaged, run, here):
    write(here, "xchange.yaml", "integrations: ['**/integration.yml']\n")
    assert json.loads(run("validate", "--output", "json").out)["checked"]["files"] == 1
    assert listed(run) == ["orders"]


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("registry", "registry has no integration: no integration.yml in it or below it"),
        ("registry/**/*.yml", "no file matches registry/**/*.yml"),
    ],
)
def test_a_registry_has_no_integrations_to_publish(packaged, run, here, named, message):
    code, out, err = run("publish", named, "-m", "x")
    assert (code, out, err.splitlines()[0]) == (3, "", f"error: {message}")


def test_a_published_file_is_not_published_once_more(packaged, run, here):
    assert run("publish", packaged, "-m", "x") == (
        2,
        "",
        (
            f"error: {packaged} is of a published version already\n"
            "hint: Publish the integration itself: name its key, its folder or its file.\n"
        ),
    )
    assert run("validate", packaged).code == 0


@pytest.mark.parametrize("name", ["xchange.yaml", "integrations/orders/configs/dev.yml"])
def test_a_file_that_is_something_else_is_refused(run, here, name):
    write(here, name, "values: {}\n")
    assert run("publish", name, "-m", "x", "--allow-dirty") == (
        1,
        "",
        (
            f"{name}:1:1: error: this is no integration: it has neither `definitionVersion` nor `flows`\n"
            "hint: Name the key of an integration, its folder or its file.\n"
        ),
    )


def test_a_publishing_that_failed_leaves_the_receipt_of_an_earlier_one(run, here):
    assert run("publish", "orders", "-m", "x", "--receipt", "receipt.json").code == 0
    before = (here / "receipt.json").read_bytes()
    write(here, ORDERS, "flows: [\n")
    commit(here)
    assert run("publish", "orders", "-m", "x", "--receipt", "receipt.json").code == 1
    assert run("publish", "orders", "-m", "x", "--receipt", "new/receipt.json").code == 1
    assert ((here / "receipt.json").read_bytes(), (here / "new").exists()) == (before, False)


def test_an_integration_of_another_project_with_a_key_of_this_one_is_not_published_here(run, here, tmp_path):
    write(tmp_path, f"other/{ORDERS}", TEXT)
    code, out, err = run("publish", "../other/integrations/orders", "-m", "x", "--allow-dirty")
    assert (code, out, published(here)) == (6, "", [])
    assert err == (
        f"error: ../other/{ORDERS} is outside of the project, which has an integration orders of its own\n"
        "hint: Publish it in its own project, or give it a folder of another name.\n"
    )
