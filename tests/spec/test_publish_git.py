"""`xchange publish` and git: what may be published, and how versions are committed."""

import pytest

import repositories
from repositories import ORDERS, TEXT, change, clone, commit, git, hook, manifest, write


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


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
    ],
)
def test_what_is_not_committed_is_not_published(publish, here, prepare, names):
    write(here, "integrations/orders/attachments/gone.txt", "x")
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


def test_bytes_that_no_commit_has_are_not_published_when_git_changes_line_ends(
    publish, here, origin, tmp_path
):
    write(here, "integrations/orders/docs/setup.md", "# Setup\n")
    write(here, "integrations/orders/icon.png", "none\r\n")
    commit(here)
    git(here, "push", "--quiet")
    git(tmp_path, "clone", "--quiet", "--config", "core.autocrlf=true", str(origin), "copy")
    copy, files = tmp_path / "copy", (ORDERS, "integrations/orders/docs/setup.md")
    repositories.identify(copy)
    assert b"\r\n" in (copy / ORDERS).read_bytes()
    assert publish(cwd=copy) == (
        6,
        "",
        (
            "error: git keeps other bytes of orders than are here, such as other line ends: "
            f"{files[1]}, {files[0]}\n"
            "hint: A line `integrations/** -text` in .gitattributes keeps git from that;\n"
            "      commit it, then delete these files and check them out again. --allow-dirty\n"
            "      publishes them as they are here.\n"
        ),
    )
    assert not (copy / "registry").exists()

    write(copy, ".gitattributes", "integrations/** -text\n")
    git(copy, "add", ".gitattributes")
    git(copy, "commit", "--quiet", "--message", "Keep line ends")
    for name in files:
        (copy / name).unlink()
    git(copy, "checkout", "--", *files)
    assert publish(cwd=copy).code == publish().code == 0
    assert manifest(copy, 1)["digest"] == manifest(here, 1)["digest"]
    assert manifest(copy, 1)["git"]["dirty"] is False


def test_bytes_that_no_commit_has_are_dirty_when_they_are_published_all_the_same(publish, here):
    write(here, ".gitattributes", "* text=auto eol=crlf\n")
    commit(here)
    (here / ORDERS).unlink()
    git(here, "checkout", "--", ORDERS)
    assert publish().code == 6
    assert publish("--allow-dirty").code == 0
    assert manifest(here, 1)["git"]["dirty"] is True


def test_what_a_filter_of_git_makes_is_published_as_it_is_here(publish, here):
    write(here, ".gitattributes", "*.txt filter=upper\n")
    git(here, "config", "filter.upper.clean", "tr A-Z a-z")
    git(here, "config", "filter.upper.smudge", "tr a-z A-Z")
    large = write(here, "integrations/orders/attachments/large.txt", "LARGE\n")
    commit(here)
    assert git(here, "show", f"HEAD:{large.relative_to(here).as_posix()}") == "large"
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
    assert publish() == (0, f"orders 1 {manifest(here, 1)['digest']}\n", "")


def test_versions_that_git_ignores_though_it_has_older_ones_are_said_to_stay_here(publish, here):
    assert publish("--commit").code == 0
    write(here, ".gitignore", "registry/\n")
    change(here, "more")
    commit(here)
    code, out, err = publish("--commit")
    assert (code, out) == (2, "")
    assert err == (
        "error: git ignores registry, so no new version in it can be committed, though it has older ones\n"
        "hint: Take it out of .gitignore.\n"
    )
    code, out, err = publish()
    assert (code, out) == (0, f"orders 2 {manifest(here, 2)['digest']}\n")
    ignored = f"registry/integrations/orders/packages/{manifest(here, 2)['digest']}/integration.yml"
    assert (
        err.split()
        == (
            "orders@2 does the same as orders@1; it differs in integration.yml "
            f"warning: git ignores {ignored}, though it has other files of the registry: nobody else gets these "
            "versions. Take them out of .gitignore, then commit the registry."
        ).split()
    )


@pytest.mark.parametrize("rule", ["packages/", "*.yml\n!integrations/*/integration.yml", "versions/"])
def test_a_version_of_which_git_takes_only_a_part_is_not_committed(publish, here, rule):
    write(here, ".gitignore", f"{rule}\n")
    git(here, "add", "--force", "--all")
    commit(here)
    code, out, err = publish("--commit")
    assert (code, out, err.count("git ignores registry/integrations/orders/")) == (2, "", 1)
    assert err.endswith(
        ", so the version cannot be committed as a whole\n"
        "hint: A line `!registry/**` at the end of .gitignore takes it in.\n"
    )
    assert not (here / "registry/integrations").exists()
    assert "git add" not in publish().err
    write(here, ".gitignore", f"{rule}\n!registry/**\n")
    assert publish("--commit").code == 0
    assert git(here, "status", "--porcelain", "--ignored", "registry") == "!! registry/.xchange/"
