"""`xchange publish --push`: what a remote has decides which number a version gets, and whether there is one."""

import json

import pytest

import repositories
from clones import race_of_clones
from repositories import (
    ORDERS,
    TEXT,
    change,
    clone,
    commit,
    git,
    manifest,
    published,
    pushed,
    repository,
    write,
)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


def test_pushing_needs_a_remote(publish, here):
    git(here, "remote", "remove", "origin")
    code, out, err = publish("--push")
    assert (code, out, err.splitlines()[0]) == (
        2,
        "",
        "error: --push needs a remote and a branch, and git knows none here",
    )


def test_a_pushed_version_is_on_the_branch_of_the_remote(publish, here, origin):
    code, _, err = publish("--push")
    head = git(here, "rev-parse", "HEAD")
    assert (code, err) == (0, f"committed as {head[:10]} and pushed to origin/main\n")
    assert (pushed(origin), git(origin, "rev-parse", "main")) == (["000001.json"], head)


def test_who_is_later_gets_the_next_number(publish, here, origin, tmp_path):
    other = clone(origin, tmp_path / "other")
    change(other, "theirs")
    assert publish("--push", "--allow-dirty", cwd=other).out.startswith("orders 1 ")
    change(here, "ours")
    write(here, "staged.txt", "x")
    git(here, "add", "staged.txt")
    assert publish("--push", "--allow-dirty").out.startswith("orders 2 ")
    assert pushed(origin) == ["000001.json", "000002.json"]
    assert git(here, "status", "--porcelain").splitlines() == [f" M {ORDERS}", "A  staged.txt"]
    assert git(here, "log", "--format=%s", "origin/main").splitlines() == [
        "Publish orders 2",
        "Publish orders 1",
        "Begin",
    ]


def test_who_is_later_gets_a_number_that_is_unavailable_and_changes_no_other(publish, here, origin, tmp_path):
    other = clone(origin, tmp_path / "other")
    change(other, "theirs")
    assert publish("--push", "--allow-dirty", cwd=other).out.startswith("orders 1 ")
    assert publish("--push", "--unavailable").out.startswith("orders 2 ")
    state = json.loads(git(origin, "show", "main:registry/integrations/orders/state.json"))
    assert {number: one["available"] for number, one in state["versions"].items()} == {"2": False}
    assert "planned" not in state


def test_who_is_later_with_the_same_content_gets_the_version_that_is_there(publish, here, origin, tmp_path):
    other = clone(origin, tmp_path / "other")
    assert publish("--push", cwd=other).out.startswith("orders 1 ")
    code, out, err = publish("--push")
    assert (code, out) == (0, f"orders 1 {manifest(other, 1)['digest']}\n")
    assert err.startswith("orders: already published as 1\n")
    assert git(here, "rev-parse", "HEAD") == git(origin, "rev-parse", "main")
    assert git(here, "status", "--porcelain") == ""


def test_commits_that_were_not_pushed_yet_go_along_on_top_of_those_of_others(publish, here, origin, tmp_path):
    other = clone(origin, tmp_path / "other")
    write(other, "readme.txt", "theirs")
    commit(other, "Theirs")
    assert publish("--push", cwd=other).code == 0
    change(here, "ours")
    commit(here, "Ours")
    code, out, err = publish("--push")
    assert (code, out) == (0, f"orders 2 {manifest(here, 2)['digest']}\n")
    assert err.startswith(
        "orders@2 does the same as orders@1; it differs in integration.yml\n"
        "warning: 1 commit that origin/main had not got went along\n"
    )
    assert git(here, "log", "--format=%s", "origin/main").splitlines() == [
        "Publish orders 2",
        "Ours",
        "Publish orders 1",
        "Theirs",
        "Begin",
    ]
    assert manifest(here, 2)["git"]["commit"] == git(here, "rev-parse", "HEAD~1")


def test_commits_that_do_not_fit_on_top_of_others_leave_everything_as_it_was(publish, here, origin, tmp_path):
    other = clone(origin, tmp_path / "other")
    change(other, "theirs")
    commit(other, "Theirs")
    git(other, "push", "--quiet")
    change(here, "ours")
    ours = commit(here, "Ours")
    code, out, err = publish("--push")
    assert (code, out) == (6, "")
    assert err.startswith("error: origin/main has moved on, and what is here does not fit on top of it: ")
    assert (git(here, "rev-parse", "HEAD"), git(here, "status", "--porcelain")) == (ours, "")
    assert (published(here), pushed(origin)) == ([], [])


def test_changes_that_are_not_committed_are_never_mixed_with_those_of_others(publish, here, origin, tmp_path):
    other = clone(origin, tmp_path / "other")
    change(other, "theirs")
    commit(other, "Theirs")
    git(other, "push", "--quiet")
    change(here, "ours")
    code, _, err = publish("--push", "--allow-dirty")
    assert (code, f"{ORDERS} has changes that are not committed" in err) == (6, True)
    assert (here / ORDERS).read_text(encoding="utf-8") == f"{TEXT}# ours\n"
    assert (published(here), git(here, "stash", "list")) == ([], "")


def test_an_integration_that_others_changed_as_well_is_not_published_unseen(publish, here, origin, tmp_path):
    other = clone(origin, tmp_path / "other")
    write(other, ORDERS, TEXT.replace("name: Orders", "name: All Orders"))
    commit(other, "Theirs")
    git(other, "push", "--quiet")
    change(here, "ours")
    commit(here, "Ours")
    code, out, err = publish("--push")
    assert (code, out) == (6, "")
    assert err.startswith(
        "error: orders was changed by somebody else as well, so it is not what was checked\n"
    )
    assert (published(here), git(here, "log", "-1", "--format=%s")) == ([], "Ours")


def test_what_the_remote_refuses_is_taken_back(publish, here, origin):
    hook_of_origin = write(origin, "hooks/pre-receive", "#!/bin/sh\necho protected >&2; exit 1\n")
    hook_of_origin.chmod(0o755)
    code, out, err = publish("--push")
    assert (code, out) == (4, "")
    assert (
        err.splitlines()[0]
        == "error: origin refuses the push to main: [remote rejected] (pre-receive hook declined): protected"
    )
    assert (published(here), git(here, "status", "--porcelain")) == ([], "")
    assert git(here, "log", "--format=%s") == "Begin"


def test_what_cannot_be_pushed_for_want_of_a_network_is_taken_back(publish, here, origin):
    origin.rename(origin.with_name("away.git"))
    code, out, err = publish("--push", "--output", "json")
    assert (code, err) == (5, "")
    assert json.loads(out)["retryable"] is True
    assert (published(here), git(here, "status", "--porcelain")) == ([], "")
    origin.with_name("away.git").rename(origin)
    assert publish("--push").out.startswith("orders 1 ")


def test_credentials_in_the_url_of_a_remote_are_never_shown(publish, here):
    git(here, "remote", "set-url", "origin", "http://ada:s3cr3t-word@127.0.0.1:9/acme/orders.git")
    code, out, err = publish("--push")
    assert (code, "s3cr3t" in out + err) == (5, False)
    assert publish().code == 0
    assert manifest(here, 1)["git"]["repository"] == "http://127.0.0.1:9/acme/orders"


@pytest.mark.parametrize("point", ["commit", "push"])
def test_a_publishing_that_ended_early_is_brought_to_its_end_by_the_next(publish, here, origin, point):
    assert publish(*(("--commit",) if point == "push" else ())).code == 0
    code, out, err = publish("--push")
    assert (code, out, pushed(origin)) == (0, f"orders 1 {manifest(here, 1)['digest']}\n", ["000001.json"])
    commit_id = git(here, "rev-parse", "HEAD")[:10]
    how = "pushed" if point == "push" else f"committed as {commit_id} and pushed"
    assert err.endswith(f"{how} to origin/main\n")
    assert point == "commit" or "committed" not in err


def test_what_changed_earlier_and_was_not_pushed_is_pushed_by_who_publishes_what_has_changed(
    here, xchange, origin
):
    wish = ("publish", "--changed", "--note", "x")
    assert xchange(*wish, "--commit", cwd=here).code == 0
    assert xchange(*wish, "--commit", cwd=here).out == ""
    assert xchange(*wish, "--push", cwd=here).out.startswith("orders 1 ")
    assert pushed(origin) == ["000001.json"]
    assert xchange(*wish, "--push", cwd=here).out == ""


def test_a_registry_in_another_repository_is_committed_there(publish, here, origin, tmp_path):
    central = repository(tmp_path / "central", tmp_path / "central.git")
    assert publish("--registry", str(central / "registry"), "--push").code == 0
    assert git(central, "log", "-1", "--format=%s", "origin/main") == "Publish orders 1"
    assert git(here, "log", "-1", "--format=%s") == "Begin"
    assert manifest(central, 1)["git"]["commit"] == git(here, "rev-parse", "HEAD")


def test_clones_that_publish_at_once_lose_nothing_and_leave_no_gap(here, origin, tmp_path):
    assert race_of_clones(origin, tmp_path, clones=4, rounds=3) == []
