"""`xchange publish` and git: what may be published, and how versions are committed."""

import json
import stat

import pytest

import repositories
from repositories import ORDERS, TEXT, change, clone, commit, git, repository, write


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def origin(tmp_path):
    return tmp_path / "origin.git"


@pytest.fixture
def here(tmp_path, origin):
    return repository(tmp_path / "here", origin)


@pytest.fixture
def publish(here, xchange):
    def run(*arguments, cwd=here, **more):
        return xchange("publish", "orders", "--note", "x", *arguments, cwd=cwd, **more)

    return run


def manifest(folder, number):
    return json.loads((folder / f"registry/integrations/orders/versions/{number:06}.json").read_bytes())


def hook(folder, name, script):
    path = write(folder, f".git/hooks/{name}", f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


def pushed(origin):
    """Name the manifests of the branch `main`."""
    found = git(origin, "ls-tree", "-r", "--name-only", "main").splitlines()
    return [name.rpartition("/")[2] for name in found if "/versions/" in name]


@pytest.mark.parametrize(
    ("prepare", "names"),
    [
        (lambda here: change(here, "more"), ORDERS),
        (lambda here: write(here, "integrations/orders/docs/new.md", "x"), "integrations/orders/docs/new.md"),
        (lambda here: write(here, "integrations/orders/icon.png", "x"), "integrations/orders/icon.png"),
        (
            lambda here: (here / "integrations/orders/attachments/gone.txt").unlink(),
            "integrations/orders/attachments/gone.txt",
        ),
        (
            lambda here: write(here, "integrations/orders/attachments/ignored.txt", "x"),
            "integrations/orders/attachments/ignored.txt",
        ),
    ],
)
def test_what_is_not_committed_is_not_published(publish, here, prepare, names):
    write(here, "integrations/orders/attachments/gone.txt", "x")
    write(here, ".gitignore", "ignored.txt\n")
    commit(here)
    prepare(here)
    assert publish() == (
        6,
        "",
        (
            f"error: orders has changes that are not committed: {names}\n"
            "hint: Commit them first, or publish them as they are with --allow-dirty.\n"
        ),
    )
    assert not (here / "registry").exists()
    assert publish("--allow-dirty").code == 0
    assert manifest(here, 1)["git"]["dirty"] is True


def test_what_is_not_published_need_not_be_committed(publish, here):
    write(here, "integrations/orders/configs/dev.yml", "values: {}\n")
    write(here, "integrations/orders/docs/draft.txt", "x")
    write(here, "integrations/bills/integration.yml", TEXT)
    assert publish().code == 0
    assert manifest(here, 1)["git"]["dirty"] is False


def test_other_branches_than_the_default_one_are_not_published_from(publish, here):
    git(here, "switch", "--quiet", "--create", "feature")
    assert publish() == (
        6,
        "",
        (
            "error: versions are published from `main` or `master`, and this is the branch `feature`\n"
            "hint: Merge first. `publish: {branches: […]}` in xchange.yaml names other\n"
            "      branches; --any-branch publishes from here.\n"
        ),
    )
    assert publish("--any-branch").code == 0
    assert manifest(here, 1)["git"]["branch"] == "feature"


def test_the_default_branch_is_the_one_that_the_clone_knows(publish, here, origin, tmp_path):
    git(here, "push", "--quiet", "origin", "main:trunk")
    git(origin, "symbolic-ref", "HEAD", "refs/heads/trunk")
    copy = clone(origin, tmp_path / "copy")
    assert publish("--dry-run", cwd=copy).code == 0
    git(copy, "switch", "--quiet", "main")
    assert publish("--dry-run", cwd=copy).code == 6


def test_the_project_names_the_branches_to_publish_from(publish, here):
    write(here, "xchange.yaml", "publish: {branches: [release/*]}\n")
    assert publish("--dry-run").code == 6
    git(here, "switch", "--quiet", "--create", "release/1.0")
    assert publish("--dry-run").code == 0


def test_nobody_knows_the_branch_of_a_detached_head_unless_it_is_said(publish, here):
    git(here, "checkout", "--quiet", "--detach")
    code, _, err = publish()
    assert (code, "HEAD is detached, so nobody can tell the branch" in err) == (6, True)
    assert publish("--branch", "main").code == 0
    assert manifest(here, 1)["git"]["branch"] == "main"


def test_an_older_commit_is_not_put_on_top_of_a_newer_version(publish, here):
    old = git(here, "rev-parse", "HEAD")
    change(here, "more")
    commit(here)
    assert publish("--push").code == 0
    git(here, "switch", "--quiet", "--detach", old)
    git(here, "checkout", "--quiet", "main", "--", "registry")
    code, out, err = publish("--branch", "main")
    assert (code, out) == (6, "")
    assert err.startswith(f"error: orders@1 was published from a later commit than this one, {old[:10]}\n")
    assert publish("--any-branch").out.startswith("orders 2 ")


def test_a_commit_has_the_files_of_the_version_and_nothing_else_that_is_staged(publish, here):
    write(here, "staged.txt", "x")
    git(here, "add", "staged.txt")
    write(here, "registry/notes.txt", "mine")
    write(here, "integrations/orders/configs/dev.yml", "values: {}\n")
    assert publish("--commit").code == 0
    names = git(here, "show", "--name-only", "--format=", "HEAD").splitlines()
    digest = manifest(here, 1)["digest"]
    assert [name for name in names if "/activity/" not in name] == [
        "registry/.gitattributes",
        "registry/integrations/orders/head.json",
        f"registry/integrations/orders/packages/{digest}/integration.yml",
        "registry/integrations/orders/versions/000001.json",
        "registry/summaries/orders.json",
    ]
    assert git(here, "log", "-1", "--format=%an <%ae>%n%B") == (
        f"Ada <ada@acme.test>\nPublish orders 1\n\nx\n\nXchange-Version: orders@1 {digest}"
    )
    assert git(here, "status", "--porcelain").splitlines() == [
        "A  staged.txt",
        "?? integrations/orders/configs/",
        "?? registry/notes.txt",
    ]


def test_a_commit_that_a_hook_refuses_loses_nothing_and_can_be_made_up_for(publish, here):
    hook(here, "pre-commit", "echo no versions today >&2; exit 1")
    code, out, err = publish("--commit")
    assert (code, out) == (6, f"orders 1 {manifest(here, 1)['digest']}\n")
    assert "git does not commit their files: no versions today\n" in err
    assert git(here, "diff", "--cached", "--name-only") == ""
    (here / ".git/hooks/pre-commit").unlink()
    assert publish("--commit").code == 0
    assert git(here, "log", "-1", "--format=%s") == "Publish orders 1"


def test_git_has_to_know_who_commits_before_anything_is_published(publish, here, monkeypatch):
    git(here, "config", "--unset", "user.name")
    git(here, "config", "--unset", "user.email")
    git(here, "config", "user.useConfigOnly", "true")
    code, out, err = publish("--commit")
    assert (code, out, err.splitlines()[0]) == (2, "", "error: git does not know who commits")
    assert not (here / "registry").exists()


def test_versions_that_git_ignores_cannot_be_committed(publish, here):
    write(here, ".gitignore", "registry/\n")
    commit(here)
    code, out, err = publish("--commit")
    assert (code, out, err.splitlines()[0]) == (
        2,
        "",
        "error: git ignores registry, so no version in it can be committed",
    )
