"""`xchange publish` and git: what is published and in git never changes, whatever somebody did to its files."""

import pytest

import repositories
from repositories import ORDERS, change, commit, git, manifest, published, pushed, repository

NEVER = "and what is published never changes"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def origin(tmp_path):
    return tmp_path / "origin.git"


@pytest.fixture
def here(tmp_path, origin, xchange):
    """Give a repository with two pushed versions."""
    folder = repository(tmp_path / "here", origin)
    for note in ("first", "second"):
        change(folder, note)
        commit(folder)
        assert xchange("publish", "orders", "--note", note, "--push", cwd=folder).code == 0
    return folder


@pytest.fixture
def publish(here, xchange):
    def run(*arguments, cwd=here, **more):
        return xchange("publish", "orders", "--note", "x", *arguments, cwd=cwd, **more)

    return run


def of_version(here, number):
    """Give two files of a version: its integration's and its manifest."""
    digest = manifest(here, number)["digest"]
    yield f"registry/integrations/orders/packages/{digest}/integration.yml"
    yield f"registry/integrations/orders/versions/{number:06}.json"


def entry(here):
    return next((here / "registry/integrations/orders/activity").iterdir()).relative_to(here).as_posix()


def refusal(name):
    return (
        f"error: {name} was changed or deleted since it was committed, {NEVER}\n",
        f"git restore --staged --worktree {name}",
    )


@pytest.mark.parametrize("wish", [(), ("--push",)])
@pytest.mark.parametrize(
    ("damaged", "how"),
    [
        (lambda here: next(of_version(here, 1)), "changed"),
        (lambda here: next(of_version(here, 2)), "changed"),
        (lambda here: list(of_version(here, 1))[1], "changed"),
        (lambda here: list(of_version(here, 1))[1], "deleted"),
        (entry, "changed"),
        (lambda _: "registry/integrations/orders/state.json", "deleted"),
    ],
)
def test_damage_is_named_and_nothing_is_committed(publish, here, origin, xchange, damaged, how, wish):
    assert xchange("mark", "orders@1", "unavailable", cwd=here).code == 0
    before = commit(here, "Mark")
    git(here, "push", "--quiet")
    name = damaged(here)
    if how == "changed":
        change(here, "evil", name)
    else:
        (here / name).unlink()
    code, out, err = publish(*wish)
    first, way_out = refusal(name)
    assert (code, out, err.startswith(first)) == (1, "", True)
    assert way_out in " ".join(err.split())
    assert git(here, "rev-parse", "HEAD") == git(origin, "rev-parse", "main") == before
    git(here, *way_out.split()[1:])
    assert publish(*wish).code == 0


def test_damage_that_is_staged_is_brought_back_by_what_the_hint_says(publish, here):
    name = next(of_version(here, 1))
    change(here, "evil", name)
    git(here, "add", name)
    err = publish("--commit").err
    git(here, *refusal(name)[1].split()[1:])
    assert (err.startswith(refusal(name)[0]), publish("--commit").code) == (True, 0)
    assert git(here, "status", "--porcelain") == ""


def test_damage_of_one_integration_keeps_no_other_back(publish, here, xchange):
    bills = repositories.write(here, "integrations/bills/integration.yml", repositories.TEXT)
    commit(here)
    change(here, "evil", next(of_version(here, 1)))
    code, out, _ = xchange("publish", "orders", "bills", "--note", "x", "--commit", cwd=here)
    assert (code, out) == (1, f"bills 1 {manifest(here, 1, 'bills')['digest']}\n")
    assert bills.is_file()
    assert git(here, "status", "--porcelain").split()[0] == "M"


def test_damage_that_somebody_has_committed_is_not_pushed(publish, here, origin):
    name = next(of_version(here, 1))
    change(here, "evil", name)
    commit(here, "Evil")
    before = git(origin, "rev-parse", "main")
    code, out, err = publish("--push")
    assert (code, out) == (1, "")
    assert err.startswith(
        f"error: a commit that origin/main has not got changes or deletes {name}, {NEVER}\n"
    )
    assert git(origin, "rev-parse", "main") == before
    git(here, "restore", "--source=origin/main", "--staged", "--worktree", name)
    commit(here, "Good again")
    change(here, "third")
    commit(here)
    assert publish("--push").out == f"orders 3 {manifest(here, 3)['digest']}\n"


def test_what_is_purged_may_go_and_what_comes_after_it_may_not(publish, here, origin, xchange):
    text = (here / ORDERS).read_text(encoding="utf-8")
    assert xchange("delete", "orders", "--purge", "--yes", cwd=here).code == 0
    repositories.write(here, ORDERS, text)
    assert publish("--push").out == f"orders 3 {manifest(here, 3)['digest']}\n"
    assert (published(here), pushed(origin)) == (["000003.json"], ["000003.json"])
    name = next(of_version(here, 3))
    (here / name).unlink()
    code, out, err = publish("--push")
    assert (code, out, err.startswith(refusal(name)[0])) == (1, "", True)


def test_who_makes_a_file_executable_changes_nothing_that_is_published(publish, here):
    (here / next(of_version(here, 1))).chmod(0o755)
    assert publish().code == 0
