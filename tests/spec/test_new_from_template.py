"""`xchange new --from template:KEY`: begun with the newest version that is offered."""

import json

import pytest

from forks import change, publish
from strict_schemas import faults

ORDERS = "definitionVersion: 7\nstableKey: 6f1c\nname: Orders   # ours\ndescription: ''\nflows: []\n"
FILES = {
    "integrations/orders/integration.yml": ORDERS,
    "integrations/orders/configs/dev.yml": "values: {}\n",
    "integrations/orders/docs/notes.md": "# Notes\n",
}


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def offered(project):
    """Give a project with three versions, of which the first two are offered."""
    folder = project(FILES)
    for number in (1, 2, 3):
        text = f"{ORDERS}# {number}\n"
        (folder / "integrations/orders/integration.yml").write_text(text, encoding="utf-8")
        publish(folder, "orders")
    change(folder, "orders", 1, template="all")
    change(folder, "orders", 2, template="org")
    return folder


def test_it_begins_with_the_newest_version_that_is_offered(offered, xchange):
    ran = xchange("new", "bolt", "--from", "template:orders", cwd=offered)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "made integrations/bolt/integration.yml\n"
        "made integrations/bolt/docs/notes.md\n"
        "begun with the template orders@2\n"
        "`stableKey` was taken out: the platform knows the other integration by it.\n"
    )
    made = offered / "integrations/bolt"
    assert names(made) == ["docs/notes.md", "integration.yml"]
    assert (made / "integration.yml").read_text(encoding="utf-8") == (
        ORDERS.replace("stableKey: 6f1c\n", "").replace("Orders", "Bolt") + "# 2\n"
    )


def test_a_version_that_is_unavailable_is_passed_over(offered, xchange):
    change(offered, "orders", 2, available=False)
    assert "the template orders@1\n" in xchange("new", "bolt", "--from", "template:orders", cwd=offered).out
    change(offered, "orders", 1, available=False)
    ran = xchange("new", "nut", "--from", "template:orders", cwd=offered)
    assert ran.code == 3
    assert ran.err == (
        "error: orders@2 is offered as a template, but it is unavailable\n"
        "hint: `xchange mark orders@2 available` makes it available.\n"
    )


def test_the_result_is_data_for_programs_as_its_schema_says(offered, xchange):
    out = xchange("new", "bolt", "--from", "template:orders", "--output", "json", cwd=offered).out
    assert faults(out, "new-output") == []
    assert json.loads(out)["template"] == "orders@2"


def test_another_registry_can_be_named(offered, xchange, tmp_path):
    here = tmp_path / "elsewhere"
    here.mkdir()
    registry = offered / "registry"
    assert xchange("new", "bolt", "--from", "template:orders", "--registry", registry, cwd=here).code == 0
    assert (here / "integrations/bolt/integration.yml").is_file()


@pytest.mark.parametrize(
    ("origin", "code", "message"),
    [
        ("template:order", 3, "error: no version of order is published"),
        ("template:none", 3, "error: no version of none is offered as a template"),
        ("template:", 2, "error: "),
        ("template:../orders", 2, "error: "),
    ],
)
def test_what_is_not_offered_cannot_be_begun_with(origin, code, message, offered, xchange):
    place = offered / "integrations/none"
    place.mkdir()
    (place / "integration.yml").write_text(ORDERS, encoding="utf-8")
    publish(offered, "none")
    before = names(offered)
    ran = xchange("new", "bolt", "--from", origin, cwd=offered)
    assert (ran.code, ran.out, ran.err.startswith(message)) == (code, "", True)
    assert names(offered) == before


def test_a_version_that_is_named_by_its_number_leads_to_the_two_ways(offered, xchange):
    ran = xchange("new", "bolt", "--from", "orders@3", cwd=offered)
    assert (ran.code, ran.out, ran.err.splitlines()) == (
        3,
        "",
        [
            "error: orders@3 is no file, and --from takes no version but one that is offered as a template",
            "hint: Take `--from template:orders`, or `xchange fork orders@3 NEWKEY`.",
        ],
    )
