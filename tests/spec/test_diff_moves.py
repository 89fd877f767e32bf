"""An integration in another folder: told as moved where it is clear that it is the same, with what changed in it."""

import json
import shutil

import pytest

from differing import LATER, SMALL
from forks import publish
from repositories import alone, commit, git, write

ORDERS, SHOP = "integrations/orders/integration.yml", "integrations/shop/integration.yml"
RENAMED = SMALL.replace("name: Orders", "name: Shop")
MOVED = "moved to another folder: the key `orders` is `shop` now"
GONE = ("orders", ["integration-removed"])


@pytest.fixture
def repository(project, monkeypatch):
    """Give a repository with one integration."""
    alone(monkeypatch)
    folder = project({ORDERS: SMALL, "xchange.yaml": "limits: warn\n", ".gitignore": ".xchange/\n"})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, "Begin")
    return folder


@pytest.fixture
def kinds(repository, xchange):
    """Give, of each integration that differs, its key and the kinds of changes."""

    def ask(*arguments):
        told = json.loads(xchange("diff", *arguments, "--output", "json", cwd=repository).out)
        return [(one["key"], [change["kind"] for change in one["changes"]]) for one in told["integrations"]]

    return ask


def move(folder, text=SMALL, to="shop"):
    if (folder / ORDERS).exists():
        shutil.move(folder / "integrations/orders", folder / "integrations" / to)
    write(folder, f"integrations/{to}/integration.yml", text)


def test_it_is_told_once_with_what_changed_in_it(repository, xchange):
    move(repository, LATER)
    then = f"main ({git(repository, 'rev-parse', '--short=7', 'main')}):{ORDERS}"
    assert xchange("diff", cwd=repository) == (
        0,
        (
            "1 of 1 integration differs: 1 breaking\n"
            "\n"
            f"{then} →\n"
            f"{SHOP}: breaking\n"
            "1 breaking, 1 risky\n"
            "\n"
            "Callers of `Receive` must change.\n"
            "\n"
            "integration\n"
            f"  risky     {MOVED}\n"
            "            integration-moved 461d5cc6dfa1 integrations/shop/integration.yml:2:7\n"
            "            Versions are kept by the key: those that were published as `orders`,\n"
            "            if any, stay there.\n"
            "flow `Receive`\n"
            "  breaking  synchronous: true → false\n"
            "            synchronous-changed d88a4009bec7\n"
            "            integrations/shop/integration.yml:8:20\n"
            "            Callers who wait for the result get an acknowledgement instead.\n"
        ),
        "",
    )


def test_of_a_published_one_it_is_said_that_its_versions_stay_with_the_old_key(repository, xchange):
    publish(repository, "orders")
    move(repository)
    told = json.loads(xchange("diff", "--output", "json", cwd=repository).out)
    [one] = told["integrations"]
    assert (told["looked"], one["key"], one["old"], one["new"]) == (1, "shop", "orders@1", SHOP)
    assert one["verdict"] == ["Whoever has `orders` deployed gets no new version: the key is another one."]
    [change] = one["changes"]
    assert [change[key] for key in ("kind", "grade", "message", "concern", "subject")] == [
        "integration-moved",
        "breaking",
        MOVED,
        "key",
        "orders",
    ]
    assert change["reason"] == (
        "`orders@1` stays the newest version of `orders`: what is published next is `shop@1`, "
        "which is not offered to those who have `orders`."
    )


def test_the_move_can_be_approved_and_another_one_is_not(repository, kinds, xchange):
    move(repository)
    [change] = json.loads(xchange("diff", "-o", "json", cwd=repository).out)["integrations"][0]["changes"]
    fingerprint = change["fingerprint"]
    assert xchange("diff", "--approve", fingerprint, "--because", "tidied", cwd=repository).code == 0
    assert (repository / "integrations/shop/approvals.yml").exists()
    assert xchange("diff", "--fail-on-change", "risky", cwd=repository).code == 0
    commit(repository, "Move")
    git(repository, "mv", "integrations/shop", "integrations/depot")
    assert kinds("main") == [("depot", ["integration-moved"])]
    assert xchange("diff", "main", "--fail-on-change", "risky", cwd=repository).code == 1


@pytest.mark.parametrize("key", ["orders", "shop"])
def test_it_is_found_by_its_old_key_and_by_its_new_one(key, repository, kinds, xchange):
    publish(repository, "orders")
    move(repository)
    assert kinds("--key", key) == kinds("main", "--key", key) == [("shop", ["integration-moved"])]
    assert xchange("diff", "--key", key, "--fail-on-change", "breaking", cwd=repository).code == 1


def test_it_is_not_taken_for_another_one_that_is_meant(repository, kinds):
    move(repository)
    write(repository, "integrations/other/integration.yml", "name: Other\n")
    assert kinds("--key", "other") == [("other", ["integration-added"])]


def test_it_is_found_between_two_revisions_and_two_folders(repository, kinds, tmp_path):
    shutil.copytree(repository, tmp_path / "before", ignore=shutil.ignore_patterns(".git"))
    git(repository, "checkout", "--quiet", "-b", "work")
    git(repository, "mv", "integrations/orders", "integrations/shop")
    commit(repository, "Move")
    moved = [("shop", ["integration-moved"])]
    assert kinds("main", "work") == moved
    assert kinds("work", "main") == [("orders", ["integration-moved"])]
    assert kinds(str(tmp_path / "before"), ".") == moved


@pytest.mark.parametrize(
    ("text", "is_moved"),
    [
        pytest.param(SMALL, True, id="the same"),
        pytest.param(SMALL.replace("'5'", "'50'").replace("''", "For shops."), True, id="alike, with the same name"),
        pytest.param(RENAMED, False, id="almost the same, but small and with another name"),
        pytest.param(SMALL.partition("flows:")[0] + "flows:\n" + "".join(f"  - {{name: F{n}, steps: []}}\n" for n in range(9)), False, id="the same name, but little else"),
    ],
)  # fmt: skip
def test_how_alike_it_has_to_be(text, is_moved, repository, kinds):
    move(repository, text)
    assert (kinds()[0][1][0] == "integration-moved") is is_moved
    assert is_moved or kinds() == [GONE, ("shop", ["integration-added"])]


def test_a_large_one_may_have_another_name(repository, kinds):
    flows = "".join(
        f"  - {{name: F{number}, description: Of {number}., steps: []}}\n" for number in range(40)
    )
    write(repository, ORDERS, SMALL + flows)
    commit(repository, "Grow")
    move(repository, RENAMED + flows)
    assert kinds("main") == [("shop", ["integration-moved", "integration-name-changed"])]


@pytest.mark.parametrize("text", [SMALL, SMALL.replace("'5'", "'50'")], ids=["the same", "alike"])
def test_where_it_may_be_either_of_two_it_is_none(text, repository, kinds):
    move(repository, text)
    write(repository, "integrations/store/integration.yml", text)
    added = ["integration-added"]
    assert kinds() == [GONE, ("shop", added), ("store", added)]


def test_a_new_fork_is_another_integration_and_a_fork_that_was_one_may_move(repository, kinds):
    fork = "integrations/shop/fork.json"
    write(repository, SHOP, SMALL)
    write(repository, fork, '{"schema": "xchange.fork/1"}\n')
    (repository / ORDERS).unlink()
    assert kinds("main") == [GONE, ("shop", ["integration-added"])]
    commit(repository, "Fork")
    assert kinds("HEAD~1", "HEAD") == [GONE, ("shop", ["integration-added"])]
    git(repository, "mv", "integrations/shop", "integrations/store")
    assert kinds("HEAD") == [("store", ["integration-moved"])]


def test_a_name_that_two_share_is_no_move(repository, kinds):
    """Two integrations with one key stand under their paths; the key is the same."""
    write(repository, "integrations/north/orders/integration.yml", SMALL)
    write(repository, "xchange.yaml", "limits: warn\nintegrations: ['integrations/**/integration.yml']\n")
    assert "integration-moved" not in [kind for _, found in kinds("main") for kind in found]


def test_what_is_remembered_of_a_pair_is_not_told_of_a_move(repository, kinds):
    write(repository, SHOP, LATER)
    commit(repository, "Two")
    write(repository, SHOP, SMALL)
    assert kinds("HEAD") == [("shop", ["synchronous-changed"])]
    git(repository, "rm", "--quiet", "--cached", SHOP)
    commit(repository, "One")
    (repository / ORDERS).unlink()
    write(repository, SHOP, LATER)
    assert kinds("HEAD~2") == [("shop", ["integration-moved", "synchronous-changed"])]
    write(repository, SHOP, SMALL)
    assert kinds("HEAD~2") == [("shop", ["integration-moved"])]
