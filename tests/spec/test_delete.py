"""`xchange delete`: what depends on an integration is shown, it goes as a whole, and nothing is lost."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from conftest import start_process
from differing import SMALL
from forks import publish, registry
from registries import PURGE, Killed, Watched
from repositories import write
from strict_schemas import faults
from xchange_cli.registry.registry import Registry
from xchange_cli.storage.open import open_store

PLAIN = "definitionVersion: 7\nname: Orders\ndescription: ''\nflows: []\n"
FILES = {
    "integrations/order-intake/integration.yml": PLAIN,
    "integrations/order-intake/configs/dev.yml": "values: {}\n",
    "integrations/order-intake/.env": "TOKEN=1\n",
    "integrations/other/integration.yml": PLAIN,
}
INTAKE = "integrations/order-intake/integration.yml"
ALONE = "integrations/order-intake: 3 files of order-intake\nno version is published\nnothing here depends on it\n"
GONE = (
    "deleted integrations/order-intake\n"
    "to have it back: mv .xchange/deleted/order-intake integrations/order-intake\n"
)


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def without_local(folder):
    return [name for name in names(folder) if not name.startswith(".xchange/")]


def git(folder, *arguments):
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def orders(project):
    return project(FILES)


@pytest.mark.parametrize(
    "argument", ["order-intake", "integrations/order-intake", "integrations/order-intake/integration.yml"]
)
def test_the_whole_folder_goes_and_can_be_had_back(argument, orders, xchange):
    assert xchange("delete", argument, "--yes", cwd=orders) == (0, GONE, ALONE)
    assert without_local(orders) == ["integrations/other/integration.yml"]
    assert names(orders / ".xchange/deleted/order-intake") == [".env", "configs/dev.yml", "integration.yml"]
    (orders / ".xchange/deleted/order-intake").rename(orders / "integrations/order-intake")
    assert without_local(orders) == sorted(FILES)


def test_what_was_deleted_before_stays(orders, xchange):
    for number in ("", "-2", "-3"):
        text = f"{PLAIN}# {number}\n"
        place = orders / "integrations/order-intake"
        place.mkdir(exist_ok=True)
        (place / "integration.yml").write_text(text, encoding="utf-8")
        assert (
            f"mv .xchange/deleted/order-intake{number} "
            in xchange("delete", "order-intake", "--yes", cwd=orders).out
        )
        assert (orders / f".xchange/deleted/order-intake{number}/integration.yml").read_text("utf-8") == text


def test_without_a_terminal_and_without_yes_it_only_shows(orders, xchange):
    ran = xchange("delete", "order-intake", cwd=orders)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == ALONE + (
        "error: order-intake: nobody is here to type the key, so nothing was done\n"
        "hint: `xchange delete order-intake --yes` does it without asking.\n"
    )
    assert names(orders) == sorted(FILES)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("typed", "code", "stays"), [("order-intake\n", 0, False), ("order\n", 2, True), ("\x04", 130, True)]
)
def test_on_a_terminal_the_key_has_to_be_typed(typed, code, stays, orders):
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    env = {"TERM": "dumb"}
    process = start_process("delete", "order-intake", cwd=orders, env=env, stdin=theirs, stderr=theirs)
    out, _ = process.communicate(timeout=60)
    assert "Type order-intake to delete it" in os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, out) == (code, "" if stays else GONE)
    assert (orders / "integrations/order-intake").exists() is stays


def test_what_depends_on_it_is_shown(project, xchange):
    folder = project(
        FILES
        | {
            "xchange.yaml": "lint:\n  # order-intake is old\n  rules: {}\n",
            "components/erp.yml": "key: erp\ntitle: Talks to order-intake-2\n",
            "rules/house.yml": "# not for integrations/order-intake/\n",
            "integrations/other/tests/a.test.yml": "# as order-intake does\ntests: {}\n",
            "integrations/other/docs/b.md": "as in order-intakes\n",
        }
    )
    xchange("fork", "order-intake", "bolt", cwd=folder)
    publish(folder, "bolt")
    ran = xchange("delete", "order-intake", "--yes", cwd=folder)
    assert ran.code == 0
    assert ran.err == (
        "integrations/order-intake: 3 files of order-intake\n"
        "no version is published\n"
        "what depends on it:\n"
        "  bolt: a fork of it\n"
        "  xchange.yaml:2: names it\n"
        "  rules/house.yml:1: names it\n"
        "  integrations/other/tests/a.test.yml:1: names it\n"
        "  bolt@1: a published fork of it\n"
    )


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("# orders\n", False),
        ("labels: [orders]\n", False),
        ("# integrations/orders-old/\n", False),
        ("# see ../orders/docs/a.md\n", True),
        ("# as in orders@3\n", True),
    ],
)
def test_a_key_that_is_a_word_is_named_by_a_path_or_a_version_only(text, is_named, project, xchange):
    folder = project(
        {"integrations/orders/integration.yml": PLAIN, "integrations/b/integration.yml": PLAIN + text}
    )
    ran = xchange("delete", "orders", "--yes", cwd=folder)
    assert ("  integrations/b/integration.yml:5: names it\n" in ran.err) is is_named


def test_published_versions_stay_and_the_log_tells_of_it(orders, xchange):
    publish(orders, "order-intake")
    ran = xchange("delete", "order-intake", "--yes", cwd=orders)
    assert "published versions up to order-intake@1 stay\n" in ran.err
    assert ran.out == GONE
    known = registry(orders)
    assert known.newest("order-intake").number == 1
    entry = next(iter(known.log("order-intake")))
    assert (entry.category, entry.preview) == ("delete", "deleted; the versions stay")


def test_purge_deletes_the_versions_too_and_their_numbers_are_never_used_again(orders, xchange):
    publish(orders, "order-intake")
    (orders / "integrations/order-intake/integration.yml").write_text(PLAIN + "# 2\n", encoding="utf-8")
    publish(orders, "order-intake")
    ran = xchange("delete", "order-intake", "--purge", "--yes", cwd=orders)
    assert "published versions up to order-intake@2 go, too, for good\n" in ran.err
    assert ran.out == GONE + (
        "deleted all published versions up to order-intake@2\n"
        "the next version of order-intake would be 3; the log keeps that\n"
    )
    known = registry(orders)
    entry = next(iter(known.log("order-intake")))
    assert known.newest("order-intake") is None
    assert (entry.category, entry.preview, entry.details["purgedThrough"]) == (
        "delete",
        "deleted with all versions",
        2,
    )
    (orders / ".xchange/deleted/order-intake").rename(orders / "integrations/order-intake")
    assert publish(orders, "order-intake").number == 3


def test_versions_without_a_folder_can_be_purged(orders, xchange):
    publish(orders, "order-intake")
    xchange("delete", "order-intake", "--yes", cwd=orders)
    ran = xchange("delete", "order-intake", "--yes", cwd=orders)
    assert ran.code == 3
    assert ran.err == (
        "error: there is no folder of order-intake, only its versions up to order-intake@1\n"
        "hint: `xchange delete order-intake --purge --yes` deletes those.\n"
    )
    ran = xchange("delete", "order-intake", "--purge", "--yes", cwd=orders)
    assert ran.code == 0
    assert ran.out == (
        "deleted all published versions up to order-intake@1\n"
        "the next version of order-intake would be 2; the log keeps that\n"
    )
    assert xchange("delete", "order-intake", "--purge", "--yes", cwd=orders).code == 3


class Cut(Watched):
    """Kills the process where the first name with this in it is deleted."""

    def __init__(self, store, part):
        super().__init__(store)
        self._part = part

    def before(self, method, name, *_):
        if method == "delete" and self._part in name:
            raise Killed


def cut_off(folder, part):
    """Purge order-intake, and be killed before the first of these files goes."""
    one = Registry(Cut(open_store("registry/", folder), part))
    with pytest.raises(Killed):
        one.purge("order-intake", PURGE._replace(subject="order-intake"))


@pytest.mark.parametrize("part", ["/versions/", "/packages/"])
def test_a_purge_that_was_cut_off_keeps_publish_back_and_is_finished_by_the_same_command(
    part, orders, xchange
):
    write(orders, INTAKE, SMALL)
    publish(orders, "order-intake")
    cut_off(orders, part)

    refused = xchange("publish", "order-intake", "--note", "x", "--dry-run", cwd=orders)
    assert refused.code == 6
    assert refused.err == (
        "error: all versions of order-intake are being deleted, or that was cut off\n"
        "hint: `xchange delete order-intake --purge --yes` finishes it, and moves the\n"
        "      folder aside; then publish again.\n"
    )
    ran = xchange("delete", "order-intake", "--purge", "--yes", cwd=orders)

    assert ran.code == 0
    assert ran.out.endswith("the next version of order-intake would be 2; the log keeps that\n")
    assert sorted(path.name for path in (orders / "registry/integrations/order-intake").iterdir()) == [
        "activity",
        "head.json",
        "state.json",
    ]


def test_what_a_purge_has_left_is_deleted_also_where_folder_and_versions_are_gone(orders, xchange):
    publish(orders, "order-intake")
    cut_off(orders, "/packages/")
    shutil.rmtree(orders / "integrations/order-intake")

    ran = xchange("delete", "order-intake", "--purge", "--yes", cwd=orders)

    assert ran == (
        0,
        (
            "deleted what was left of versions of order-intake\n"
            "the next version of order-intake would be 2; the log keeps that\n"
        ),
        (
            "no version is published; what earlier ones have left goes, too, for good\n"
            "nothing here depends on it\n"
        ),
    )
    assert xchange("delete", "order-intake", "--purge", "--yes", cwd=orders).code == 3


def test_the_number_of_a_version_that_was_lost_is_given_up_by_a_purge(orders, xchange):
    for note in ("one", "two", "three"):
        write(orders, INTAKE, f"{SMALL}# {note}\n")
        if note != "three":
            publish(orders, "order-intake")
    (orders / "registry/integrations/order-intake/versions/000002.json").unlink()
    refused = xchange("publish", "order-intake", "--note", "x", cwd=orders)
    assert refused.code == 1
    assert "If it is lost for good, `xchange delete order-intake --purge --yes`" in " ".join(
        refused.err.split()
    )

    ran = xchange("delete", "order-intake", "--purge", "--yes", cwd=orders)

    assert "deleted all published versions up to order-intake@1\n" in ran.out
    assert "the next version of order-intake would be 3; the log keeps that\n" in ran.out
    shutil.move(orders / ".xchange/deleted/order-intake", orders / "integrations/order-intake")
    assert xchange("publish", "order-intake", "--note", "x", cwd=orders).out.startswith("order-intake 3 ")


def test_purge_takes_yes_as_well(orders, xchange):
    ran = xchange("delete", "order-intake", "--purge", cwd=orders)
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "error: --purge takes --yes as well: no version ever comes back",
    )
    assert names(orders) == sorted(FILES)


@pytest.mark.usefixtures("asked_again_at_once")
def test_where_versions_cannot_be_purged_the_folder_is_put_back(orders, xchange):
    publish(orders, "order-intake")
    state = orders / "registry/integrations/order-intake/state.json"
    before = without_local(orders)
    (orders / "xchange.yaml").write_text("registry: s3://orders/versions\n", encoding="utf-8")
    nowhere = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    ran = xchange("delete", "order-intake", "--purge", "--yes", cwd=orders, env=nowhere)
    assert ran.code == 5
    (orders / "xchange.yaml").unlink()
    state.mkdir()
    assert xchange("delete", "order-intake", "--purge", "--yes", cwd=orders).code == 3
    assert without_local(orders) == before
    assert not (orders / ".xchange/deleted/order-intake").exists()


def test_git_has_it_too_as_it_was_committed(orders, xchange):
    git(orders, "init", "-q")
    git(orders, "add", "-A")
    git(orders, "commit", "-qm", "all")
    (orders / "integrations/order-intake/integration.yml").write_text("# new\n", encoding="utf-8")
    ran = xchange("delete", "order-intake", "--yes", cwd=orders)
    assert ran.out == GONE + "or as committed: git restore integrations/order-intake\n"
    git(orders, "restore", "integrations/order-intake")
    assert (orders / "integrations/order-intake/integration.yml").read_text("utf-8") == PLAIN
    kept = orders / ".xchange/deleted/order-intake/integration.yml"
    assert kept.read_text("utf-8") == "# new\n"


def test_the_result_is_data_for_programs_as_its_schema_says(orders, xchange):
    xchange("fork", "order-intake", "bolt", cwd=orders)
    publish(orders, "order-intake")
    ran = xchange("delete", "order-intake", "--yes", "--output", "json", cwd=orders)
    assert (ran.code, ran.err, faults(ran.out, "deleted-output")) == (0, "", [])
    assert json.loads(ran.out) == {
        "schema": "xchange.deleted/1",
        "key": "order-intake",
        "path": "integrations/order-intake",
        "files": 3,
        "keptAs": ".xchange/deleted/order-intake",
        "isInGit": False,
        "newestVersion": 1,
        "isPurged": False,
        "dependants": [{"kind": "fork", "name": "bolt", "line": None}],
    }


@pytest.mark.parametrize("text", ["flows: [", "<<<<<<< ours\n", "- 1\n", ""])
def test_a_file_need_not_be_in_order_to_be_deleted(text, project, xchange):
    folder = project({"integrations/order-intake/integration.yml": text})
    assert xchange("delete", "order-intake", "--yes", cwd=folder).code == 0
    assert without_local(folder) == []


def test_of_a_file_without_a_folder_of_its_own_nothing_else_goes(project, xchange):
    folder = project({"xchange.yaml": "", "flows/Order Intake.yml": PLAIN, "flows/other.yml": PLAIN})
    ran = xchange("delete", "flows/Order Intake.yml", "--yes", cwd=folder)
    assert (ran.code, without_local(folder)) == (0, ["flows/other.yml", "xchange.yaml"])
    assert ran.out.splitlines()[1] == (
        "to have it back: mv '.xchange/deleted/Order Intake.yml' 'flows/Order Intake.yml'"
    )


@pytest.mark.parametrize(
    "file", ["xchange.yaml", "notes.txt", "other.yml", "integrations/order-intake/configs/dev.yml"]
)
def test_a_file_that_is_no_integration_stays_whoever_names_it(file, project, xchange):
    files = FILES | {"xchange.yaml": "lint: {}\n", "notes.txt": "x\n", "other.yml": "a: b\n"}
    folder = project(files)
    ran = xchange("delete", file, "--yes", cwd=folder)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (
        2,
        "",
        f"error: {file} is no integration, so it is not deleted",
    )
    assert names(folder) == sorted(files)


def test_a_copy_does_not_take_the_versions_of_the_original_along(project, xchange):
    folder = project(FILES | {"xchange.yaml": "", "order-intake.yml": PLAIN})
    publish(folder, "order-intake")
    before = without_local(folder)
    ran = xchange("delete", "order-intake.yml", "--purge", "--yes", cwd=folder)
    assert (ran.code, ran.err.splitlines()) == (
        6,
        [
            "error: integrations/order-intake/integration.yml has the key order-intake, too, so no versions are deleted",
            "hint: Nothing was deleted. Leave out --purge.",
        ],
    )
    assert without_local(folder) == before
    assert xchange("delete", "order-intake.yml", "--yes", cwd=folder).code == 0


def test_a_damaged_registry_keeps_no_folder_from_being_deleted_but_its_versions_from_being_purged(
    orders, xchange
):
    publish(orders, "other")
    version = orders / "registry/integrations/other/versions/000001.json"
    version.write_text("{", encoding="utf-8")
    before = without_local(orders)
    assert xchange("delete", "order-intake", "--purge", "--yes", cwd=orders).code == 1
    assert without_local(orders) == before
    ran = xchange("delete", "order-intake", "--yes", cwd=orders)
    assert (ran.code, ran.out) == (0, GONE)
    assert "registry/integrations/other/versions/000001.json:1:1: not JSON" in ran.err


def test_where_the_registry_is_in_git_its_new_entry_is_to_be_committed(orders, xchange):
    git(orders, "init", "-q")
    publish(orders, "order-intake")
    git(orders, "add", "-A")
    git(orders, "commit", "-qm", "all")
    ran = xchange("delete", "order-intake", "--yes", cwd=orders)
    assert ran.err.endswith(
        "The registry is in git: commit this and push it, or nobody else gets it.\n"
        "  git add registry && git commit -m 'Delete order-intake'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nothing"], 3, "error: nothing does not exist, and no integration has this key"),
        (["order-intak"], 3, "error: order-intak does not exist, and no integration has this key"),
        (["integrations"], 2, "error: one integration is meant, and there are 2: "),
        (["-"], 2, "error: standard input is no integration of the project"),
        (
            ["order-intake@1"],
            2,
            "error: order-intake@1 is a published version, and those are not deleted one by one",
        ),
    ],
)
def test_what_cannot_be_deleted_is_refused(arguments, code, message, orders, xchange):
    ran = xchange("delete", "--yes", *arguments, cwd=orders)
    assert (ran.code, ran.out, ran.err.startswith(message)) == (code, "", True)
    assert names(orders) == sorted(FILES)


def test_the_folder_that_one_works_in_stays(orders, xchange):
    ran = xchange("delete", "order-intake", "--yes", cwd=orders / "integrations/order-intake/configs")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "hint: Leave the folder first, with cd.")
    assert names(orders) == sorted(FILES)


def test_the_folder_of_the_whole_project_stays(project, xchange):
    folder = project({"all/integration.yml": PLAIN, "all/notes.md": "x\n"})
    ran = xchange("delete", "all", "--yes", cwd=folder)
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "error: all is the folder of the whole project, so it is not deleted",
    )
    assert names(folder) == ["all/integration.yml", "all/notes.md"]


def test_a_folder_with_other_integrations_in_it_stays(project, xchange):
    folder = project(FILES | {"integrations/order-intake/old/integration.yml": PLAIN})
    ran = xchange("delete", "order-intake", "--yes", cwd=folder)
    assert ran.code == 6
    assert ran.err.splitlines()[0] == (
        "error: integrations/order-intake holds other integrations, too: "
        "integrations/order-intake/old/integration.yml"
    )
    assert len(names(folder)) == len(FILES) + 1


def test_where_nothing_can_be_put_aside_nothing_is_deleted(orders, xchange):
    (orders / ".xchange").mkdir()
    (orders / ".xchange/deleted").write_text("x", encoding="utf-8")
    ran = xchange("delete", "order-intake", "--yes", cwd=orders)
    assert (ran.code, ran.err.splitlines()[-1]) == (3, "hint: Nothing was deleted.")
    assert without_local(orders) == sorted(FILES)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_of_a_link_only_the_link_goes(project, xchange):
    folder = project({"elsewhere/integration.yml": PLAIN, "integrations/a/integration.yml": PLAIN})
    (folder / "integrations/order-intake").symlink_to(folder / "elsewhere")
    assert xchange("delete", "order-intake", "--yes", cwd=folder).code == 0
    assert (folder / "elsewhere/integration.yml").is_file()
    assert not os.path.lexists(folder / "integrations/order-intake")
