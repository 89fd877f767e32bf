"""`xchange publish --push` where others were faster: told, written and kept is only what is really published."""

import json

import pytest

import repositories
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

BILLS = "integrations/bills/integration.yml"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def origin(tmp_path):
    return tmp_path / "origin.git"


@pytest.fixture
def here(tmp_path, origin):
    folder = repository(tmp_path / "here", origin)
    write(folder, BILLS, TEXT.replace("Orders", "Bills"))
    commit(folder, "Bills")
    git(folder, "push", "--quiet")
    return folder


@pytest.fixture
def other(tmp_path, origin, here):
    return clone(origin, tmp_path / "other")


@pytest.fixture
def publish(here, xchange):
    def run(*arguments, cwd=here, **more):
        return xchange("publish", *arguments, "--note", "x", cwd=cwd, **more)

    return run


@pytest.fixture
def both_changed(publish, here, other):
    """Both clones have changed orders, and the other one has published it."""
    write(other, ORDERS, TEXT.replace("name: Orders", "name: All Orders"))
    commit(other, "Theirs")
    assert publish("orders", "--push", cwd=other).out.startswith("orders 1 ")
    change(here, "ours")
    commit(here, "Ours")


def test_who_loses_is_told_of_no_version_and_the_others_are_published(
    both_changed, publish, here, other, origin, xchange
):
    code, out, err = publish("--all", "--push", "--receipt", "receipt.json")
    assert (code, out) == (6, f"bills 1 {manifest(here, 1, 'bills')['digest']}\n")
    assert err == (
        "warning: 1 commit that origin/main had not got went along\n"
        "error: orders was changed by somebody else as well, so it is not what was checked\n"
        "hint: Nothing of orders is published. Your commits are on top of theirs now:\n"
        "      look at it, then publish again.\n"
        f"committed as {git(here, 'rev-parse', 'HEAD')[:10]} and pushed to origin/main\n"
    )
    receipt = json.loads((here / "receipt.json").read_bytes())
    assert [(one["key"], one["number"]) for one in receipt["versions"]] == [("bills", 1)]
    assert xchange("verify", "receipt.json", cwd=here).code == 0
    assert sorted(pushed(origin)) == ["000001.json", "000001.json"]
    assert manifest(here, 1) == manifest(other, 1)


def test_programs_are_told_the_same(both_changed, publish, here):
    result = json.loads(publish("--changed", "--push", "--output", "json").out)
    told = [(one["key"], one["status"], one["version"], bool(one["error"])) for one in result["integrations"]]
    assert told == [("bills", "published", 1, False), ("orders", "failed", None, True)]
    assert (result["error"], result["pushedTo"]) == (None, "origin/main")


def test_who_loses_alone_is_told_of_nothing(both_changed, publish, here, other):
    code, out, err = publish("orders", "--push", "--receipt", "receipt.json")
    assert (code, out, err.splitlines()[0]) == (
        6,
        "",
        "error: orders was changed by somebody else as well, so it is not what was checked",
    )
    assert not (here / "receipt.json").exists()
    assert manifest(here, 1) == manifest(other, 1)


@pytest.fixture
def committed(publish, here):
    """Give a commit of a version that was never pushed."""
    change(here, "ours")
    commit(here, "Ours")
    assert publish("orders", "--commit").code == 0
    return git(here, "rev-parse", "HEAD")


def test_a_commit_of_an_earlier_call_stays_where_the_network_is_missing(committed, publish, here, origin):
    origin.rename(origin.with_name("away.git"))
    code, out, err = publish("orders", "--push")
    assert (code, out) == (5, f"orders 1 {manifest(here, 1)['digest']}\n")
    assert err.startswith("orders: already published as 1\nerror: origin/main cannot be reached by git: ")
    assert git(here, "rev-parse", "HEAD") == committed


def test_a_commit_of_an_earlier_call_stays_where_what_is_here_does_not_fit(committed, publish, here, other):
    write(other, "readme.txt", "theirs")
    commit(other, "Theirs")
    git(other, "push", "--quiet")
    write(here, "readme.txt", "ours")
    git(here, "add", "readme.txt")
    code, out, err = publish("orders", "--push")
    assert (code, out) == (6, f"orders 1 {manifest(here, 1)['digest']}\n")
    assert "readme.txt has changes that are not committed" in err
    assert git(here, "rev-parse", "HEAD") == committed


def test_a_commit_of_an_earlier_call_that_others_were_faster_than_is_named(committed, publish, here, other):
    change(other, "theirs", BILLS)
    write(other, ORDERS, f"# theirs\n{TEXT}")
    commit(other, "Theirs")
    assert publish("orders", "--push", cwd=other).code == 0
    taken_back = (
        f"warning: the commit {committed[:10]} of an earlier call, which was never pushed, is\n"
        f"         taken back: others were faster. `git show {committed[:10]}` has it, with its\n"
        "         note\n"
    )
    code, out, err = publish("orders", "--push")
    assert (code, out) == (6, "")
    assert err.split("hint")[0] == (
        f"{taken_back}error: orders was changed by somebody else as well, so it is not what was checked\n"
    )
    assert published(here) == ["000001.json"]
    assert git(here, "log", "-1", "--format=%s", committed) == "Publish orders 1"


def test_a_version_of_an_earlier_call_gets_the_next_number_and_that_is_said(committed, publish, here, other):
    change(other, "theirs")
    assert publish("orders", "--push", "--allow-dirty", cwd=other).code == 0
    code, out, err = publish("orders", "--push")
    assert (code, out) == (0, f"orders 2 {manifest(here, 2)['digest']}\n")
    assert err.startswith(
        "orders@2 does the same as orders@1; it differs in integration.yml\n"
        "warning: 1 commit that origin/main had not got went along\n"
        f"warning: the commit {committed[:10]} of an earlier call"
    )


def test_a_clone_that_is_behind_says_so(publish, here, other):
    assert publish("orders", "--push").code == 0
    git(other, "pull", "--quiet")
    for content in ("one", "two"):
        change(here, content)
        commit(here)
        git(here, "push", "--quiet")
    git(other, "fetch", "--quiet")
    code, out, err = publish("orders", "--push", cwd=other)
    assert (code, out) == (0, f"orders 1 {manifest(here, 1)['digest']}\n")
    assert err == (
        "orders: already published as 1\n"
        "warning: origin/main is 2 commits ahead of what is here, perhaps with other\n"
        "         versions; `git pull --rebase` gets them\n"
    )
    told = json.loads(publish("orders", "--push", "--output", "json", cwd=other).out)
    assert len(told["warnings"]) == 1
