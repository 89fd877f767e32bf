"""`show` and `docs` of a published version, and what `show` and `list` say of what is published."""

import json

import pytest

from forks import change, publish
from strict_schemas import faults

ORDERS = "definitionVersion: 7\nname: Orders\ndescription: ''\ndocumentation: '# First'\nflows: []\n"
FILES = {
    "integrations/orders/integration.yml": ORDERS,
    "integrations/orders/docs/notes.md": "# Notes\n",
    "integrations/returns/integration.yml": ORDERS.replace("Orders", "Returns"),
}

LISTED = """\
KEY      NAME      TRIGGERS  FLOWS  VERSION  LABELS
bolt     Bolt      -             0        -
    a fork of orders@1
orders   Orders 2  -             0        1
    unavailable: loses orders
returns  Returns   -             0        1
    a template for all

3 integrations
"""


def rewrite(folder, old, new):
    file = folder / "integrations/orders/integration.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def published(project):
    """Give a project with version 1 of orders, and a working copy that has another name and other documentation."""
    folder = project(FILES)
    publish(folder, "orders")
    rewrite(folder, "name: Orders", "name: Orders 2")
    rewrite(folder, "# First", "# Second")
    (folder / "integrations/orders/docs/notes.md").unlink()
    return folder


def test_a_version_is_shown_as_it_was_published(published, xchange):
    publish(published, "orders")
    ran = xchange("show", "orders@1", cwd=published)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Orders (orders)\n"
        "orders@1\n"
        "version 1 of 2\n"
        "\n"
        "orders@1:5:8: error empty: `flows` is empty; it needs at least one item\n"
        "checked: 1 error; `xchange export orders@1 | xchange validate -` shows where\n"
    )


def test_a_working_copy_says_which_version_is_the_newest_and_whether_it_is_another(published, xchange):
    assert xchange("show", "orders", cwd=published).out.splitlines()[2] == (
        "published: orders@1; the working copy differs"
    )
    publish(published, "orders")
    change(published, "orders", 1, template="org")
    change(published, "orders", 2, available=False, because="loses orders")
    assert xchange("show", "orders", cwd=published).out.splitlines()[2:4] == [
        "published: orders@2; unavailable: loses orders; orders@1 is a template for the",
        "organization; the working copy is the same",
    ]
    assert "published" not in xchange("show", "returns", cwd=published).out


def test_what_is_published_is_data_for_programs_as_the_schema_says(published, xchange):
    of_copy, of_version, of_other = (
        xchange("show", name, "--output", "json", cwd=published).out
        for name in ("orders", "orders@1", "returns")
    )
    assert [faults(out, "show-output") for out in (of_copy, of_version, of_other)] == [[], [], []]
    expected = {
        "version": 1,
        "newest": 1,
        "isAvailable": True,
        "because": None,
        "templateVersion": None,
        "templateFor": None,
        "workingCopyDiffers": True,
    }
    assert json.loads(of_copy)["published"] == expected
    assert json.loads(of_version)["published"] == expected | {"workingCopyDiffers": None}
    assert json.loads(of_version)["integration"]["name"] == "Orders"
    assert json.loads(of_other)["published"] is None


def test_the_documentation_of_a_version_is_what_was_published(published, xchange):
    ran = xchange("docs", "orders@1", cwd=published)
    assert (ran.code, ran.err) == (0, "")
    assert ("First" in ran.out, "── docs/notes.md ──" in ran.out, "Second" in ran.out) == (True, True, False)
    page = xchange("docs", "orders@1", "--html", "-", cwd=published).out
    assert "Made by xchange docs from orders@1." in page


@pytest.mark.parametrize("option", ["--edit", "--serve"])
def test_a_version_is_not_edited_or_watched(option, published, xchange):
    ran = xchange("docs", "orders@1", option, cwd=published)
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        f"error: {option} is for a working copy, and orders@1 never changes",
    )


def test_a_version_is_shown_when_its_folder_is_gone(published, xchange):
    xchange("delete", "orders", "--yes", cwd=published)
    assert xchange("show", "orders@1", cwd=published).code == 0
    assert xchange("docs", "orders@1", cwd=published).code == 0


@pytest.mark.parametrize("command", ["show", "docs"])
@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("orders@2", 3, "error: orders has no version 2\n"),
        ("order@1", 3, "error: no version of order is published\nhint: Did you mean `orders`?\n"),
        ("orders@0", 2, "error: `orders@0` names no version"),
    ],
)
def test_a_version_that_is_not_there_is_told(command, name, code, message, published, xchange):
    ran = xchange(command, name, cwd=published)
    assert (ran.code, ran.out, ran.err.startswith(message)) == (code, "", True)


@pytest.mark.parametrize("command", ["show", "docs"])
def test_a_damaged_version_is_refused(command, published, xchange):
    next((published / "registry").rglob("integration.yml")).write_text(ORDERS + "# more\n", encoding="utf-8")
    assert xchange(command, "orders@1", cwd=published).code == 1


def test_a_working_copy_is_shown_whatever_is_wrong_with_the_registry(published, xchange):
    next((published / "registry").rglob("000001.json")).write_text("{", encoding="utf-8")
    ran = xchange("show", "orders", cwd=published)
    assert (ran.code, ran.out.startswith("Orders 2 (orders)\n")) == (0, True)
    assert ran.err == (
        "warning: nothing is known of published versions:\n"
        "         registry/integrations/orders/versions/000001.json:1:1: not JSON: the\n"
        "         `{` is never closed\n"
    )


@pytest.fixture
def listed(published, xchange):
    """Give a project with an unavailable version, a template, a fork, and something that was never published."""
    publish(published, "returns")
    change(published, "orders", 1, available=False, because="loses orders")
    change(published, "returns", 1, template="all")
    xchange("fork", "orders@1", "bolt", cwd=published)
    return published


def test_a_list_has_versions_templates_and_forks(listed, xchange):
    assert xchange("list", cwd=listed) == (
        0,
        LISTED,
        "",
    )


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ("--published", ["orders", "returns"]),
        ("--unpublished", ["bolt"]),
        ("--published --unpublished", ["bolt", "orders", "returns"]),
        ("--unavailable", ["orders"]),
        ("--template", ["returns"]),
        ("--fork", ["bolt"]),
        ("--fork-of orders", ["bolt"]),
        ("--fork-of returns", []),
        ("--published --template", ["returns"]),
    ],
)
def test_a_list_is_narrowed_down_to_what_is_published_or_a_fork(options, keys, listed, xchange):
    out = xchange("list", *options.split(), "--output", "json", cwd=listed).out
    assert faults(out, "list-output") == []
    assert [one["key"] for one in json.loads(out)["integrations"]] == keys


def test_a_list_tells_programs_what_is_published(listed, xchange):
    data = json.loads(xchange("list", "--output", "json", cwd=listed).out)
    told = {one["key"]: (one["published"], one["parent"]) for one in data["integrations"]}
    nothing = {"templateVersion": None, "templateFor": None, "workingCopyDiffers": None}
    assert told == {
        "bolt": (None, "orders@1"),
        "orders": (
            {"version": 1, "newest": 1, "isAvailable": False, "because": "loses orders", **nothing},
            None,
        ),
        "returns": (
            nothing
            | {
                "version": 1,
                "newest": 1,
                "isAvailable": True,
                "because": None,
                "templateVersion": 1,
                "templateFor": "all",
            },
            None,
        ),
    }


def test_another_registry_is_read_when_it_is_named(listed, xchange, tmp_path):
    (listed / "registry").rename(tmp_path / "kept")
    assert "VERSION" not in xchange("list", cwd=listed).out
    assert xchange("list", "--registry", "kept", cwd=listed).out == LISTED


@pytest.mark.usefixtures("asked_again_at_once")
def test_a_list_asks_a_registry_elsewhere_only_when_it_has_to(listed, xchange):
    (listed / "xchange.yaml").write_text("registry: s3://orders/versions\n", encoding="utf-8")
    nowhere = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    ran = xchange("list", cwd=listed, env=nowhere)
    assert (ran.code, ran.err, "VERSION" in ran.out) == (0, "", False)
    assert xchange("list", "--published", cwd=listed, env=nowhere).code == 5


def test_a_registry_that_cannot_be_read_does_not_keep_a_list_from_being_shown(listed, xchange):
    (listed / "registry").rename(listed / "kept")
    (listed / "registry").write_text("x", encoding="utf-8")
    ran = xchange("list", cwd=listed)
    assert (ran.code, "VERSION" in ran.out) == (0, False)
    assert ran.err.startswith("warning: nothing is known of published versions: ")
    assert xchange("list", "--published", cwd=listed).code == 3


def test_a_fork_says_what_it_was_made_of_also_as_a_version(published, xchange):
    xchange("fork", "orders@1", "bolt", cwd=published)
    publish(published, "bolt")
    assert "\na fork of orders@1\n" in xchange("show", "bolt", cwd=published).out
    assert "\na fork of orders@1\n" in xchange("show", "bolt@1", cwd=published).out
    out = xchange("show", "bolt", "--output", "json", cwd=published).out
    assert (faults(out, "show-output"), json.loads(out)["parent"]) == ([], "orders@1")


def test_a_key_whose_versions_are_gone_is_not_suggested_in_place_of_itself(published, xchange):
    xchange("delete", "orders", "--purge", "--yes", cwd=published)
    ran = xchange("show", "orders@1", cwd=published)
    assert (ran.code, "Did you mean `orders`?" in ran.err) == (3, False)


def test_a_version_without_documentation_is_named_as_one(published, xchange):
    publish(published, "returns")
    rewrite(published, "documentation: '# Second'\n", "")
    publish(published, "orders")
    ran = xchange("docs", "orders@2", cwd=published)
    assert (ran.code, ran.out, ran.err) == (0, "", "orders@2 has no documentation\n")
