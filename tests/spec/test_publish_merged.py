"""Branches that changed the same registry, merged by plain git."""

import pytest

import repositories
from repositories import change, commit, git, repository
from xchange_cli.registry import layout
from xchange_cli.registry.registry import Registry
from xchange_cli.storage.open import open_store

SUMMARY = f"registry/{layout.summary('orders')}"
HEAD = f"registry/{layout.head('orders')}"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def here(tmp_path, xchange):
    folder = repository(tmp_path)
    assert publish(xchange, folder).code == 0
    return folder


def publish(xchange, folder, *options):
    return xchange("publish", "orders", "--note", "x", "--commit", "--any-branch", *options, cwd=folder)


def on_branch(folder, name):
    git(folder, "switch", "--quiet", "--create", name, "main")


def registry(folder):
    return Registry(open_store("registry/", folder))


def test_what_is_derived_never_stops_a_merge_and_is_right_after_it(here, xchange):
    on_branch(here, "marked")
    assert xchange("mark", "orders@1", "unavailable", cwd=here).code == 0
    commit(here, "Mark")
    git(here, "switch", "--quiet", "main")
    change(here, "more")
    commit(here)
    assert publish(xchange, here).out.startswith("orders 2 ")
    git(here, "merge", "--quiet", "--no-edit", "marked")

    merged = registry(here).summary("orders")
    assert (merged.number, merged.versions, merged.newest_available) == (2, 2, 2)
    assert registry(here).states("orders")[1].available is False
    assert publish(xchange, here).out.startswith("orders 2 ")
    assert git(here, "log", "-1", "--format=%s") == "Bring the registry up to date"
    whole = (here / SUMMARY).read_bytes()
    (here / SUMMARY).unlink()
    publish(xchange, here)
    assert (here / SUMMARY).read_bytes() == whole


def test_two_versions_of_one_number_are_a_conflict_and_one_of_them_is_published_again(here, xchange):
    for name in ("ours", "theirs"):
        on_branch(here, name)
        change(here, name)
        commit(here)
        assert publish(xchange, here).out.startswith("orders 2 ")
    git(here, "switch", "--quiet", "ours")
    with pytest.raises(AssertionError):
        git(here, "merge", "--quiet", "theirs")
    conflicts = git(here, "diff", "--name-only", "--diff-filter=U").splitlines()
    assert conflicts == [repositories.ORDERS, f"registry/{layout.version('orders', 2)}"]

    git(here, "checkout", "--ours", "--", "registry")
    git(here, "checkout", "--theirs", "--", repositories.ORDERS)
    commit(here, "Merge")
    assert publish(xchange, here).out.startswith("orders 3 ")
    assert [one.number for one in registry(here).versions("orders")] == [3, 2, 1]
    assert xchange("verify", "orders@2", cwd=here).code == 0


def test_files_with_marks_of_a_conflict_are_made_again_where_they_are_derived(here, xchange):
    right = {name: (here / name).read_bytes() for name in (SUMMARY, HEAD)}
    seen = xchange("list", "--output", "json", cwd=here)
    for name, data in right.items():
        (here / name).write_bytes(b"<<<<<<< ours\n" + data + b"=======\n" + data + b">>>>>>> theirs\n")
    assert xchange("list", "--output", "json", cwd=here) == seen
    assert xchange("versions", "orders", cwd=here).code == 0
    commit(here, "Merge")
    assert publish(xchange, here).code == 0
    assert {name: (here / name).read_bytes() for name in right} == right
