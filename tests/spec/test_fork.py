"""`xchange fork`: an integration of your own, made from a working copy or a published version."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from forks import change, publish, registry
from strict_schemas import faults
from xchange_cli.validation.schema_check import is_valid

ORDERS = """\
# Our orders
definitionVersion: 7
stableKey: 6f1c
name: "Orders"   # the name
description: Takes orders.
configPages: [{name: Page, elements: [{type: configVar, value: Queue}, {type: configVar, value: Zendesk}]}]
requiredConfigVars:
  - {key: Queue, dataType: string, defaultValue: orders-in, orgOnly: false}
  - key: Zendesk
    dataType: connection
    orgOnly: false
    connection: {key: apiToken, component: {key: zendesk, isPublic: true, version: LATEST}}
    inputs: {}
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Hook Up
        action: {key: createWebhook, component: {key: zendesk, isPublic: true, version: LATEST}}
        inputs:
          zendeskConnection: {type: configVar, value: Zendesk}
          name: {type: value, value: orders hook}
          callbackUrl: {type: reference, value: trigger.results.webhookUrls.Flow}
      - name: Make Queue
        action: {key: createQueue, component: {key: aws-sqs, isPublic: true, version: LATEST}}
        inputs: {name: {type: configVar, value: Queue}}
      - name: Look Up
        action: {key: get, component: {key: redis, isPublic: true, version: LATEST}}
        inputs: {key: {type: template, value: 'cursor:{{$trigger.results.body.data.id}}'}}
      - name: Own Place
        action: {key: set, component: {key: redis, isPublic: true, version: LATEST}}
        inputs:
          key: {type: template, value: 'cursor:{{$trigger.results.instance.id}}'}
          value: {type: value, value: '1'}
      - name: Own State
        action: {key: saveCrossFlowValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs: {keyInput: {type: value, value: cursor}, valueInput: {type: value, value: '1'}}
"""
PLAIN = "definitionVersion: 7\nname: Orders\ndescription: ''\nflows: []\n"
SECRET = "ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"
FILES = {
    "integrations/orders/integration.yml": ORDERS,
    "integrations/orders/configs/dev.yml": "values: {Queue: q}\n",
    "integrations/orders/payloads/leak.json": f'{{"token": "{SECRET}"}}\n',
    "integrations/orders/docs/notes.md": "# Notes\n",
    "integrations/orders/attachments/a.csv": "1,2\n",
    "integrations/orders/approvals.yml": "{}\n",
}


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def git(folder, *arguments):
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def orders(project):
    return project(FILES)


def digests(folder, key):
    """Give those of its documentation and attachments."""
    place = folder / "integrations" / key
    return {
        name: hashlib.sha256((place / name).read_bytes()).hexdigest()
        for name in ("attachments/a.csv", "docs/notes.md")
    }


def origin(folder, key):
    data = json.loads((folder / "integrations" / key / "fork.json").read_bytes())
    assert is_valid(data, "fork")
    return data


def test_a_fork_has_the_folder_of_its_parent_and_says_where_it_is_from(orders, xchange):
    ran = xchange("fork", "orders", "bolt", cwd=orders)
    assert (ran.code, ran.err, SECRET in ran.out) == (0, "", False)
    assert names(orders / "integrations/bolt") == [
        "attachments/a.csv",
        "configs/dev.yml",
        "docs/notes.md",
        "fork.base.yml",
        "fork.json",
        "integration.yml",
    ]
    assert (orders / "integrations/bolt/fork.base.yml").read_text(encoding="utf-8") == ORDERS
    assert origin(orders, "bolt") == {
        "schema": "xchange.fork/1",
        "parent": "orders",
        "version": None,
        "commit": None,
        "digest": hashlib.sha256(ORDERS.encode()).hexdigest(),
        "files": digests(orders, "bolt"),
    }


def test_what_was_made_is_told_with_the_names_that_both_would_use(orders, xchange):
    assert xchange("fork", "orders", "bolt", cwd=orders).out == (
        "made integrations/bolt/integration.yml\n"
        "made integrations/bolt/configs/dev.yml\n"
        "made integrations/bolt/docs/notes.md\n"
        "made integrations/bolt/attachments/a.csv\n"
        "made integrations/bolt/fork.json\n"
        "made integrations/bolt/fork.base.yml\n"
        "left out integrations/orders/payloads/leak.json: it holds what looks like a\n"
        "         secret in clear text\n"
        "a fork of orders as it is now\n"
        "still as in its parent, which both would use; nothing of this was changed:\n"
        "  integrations/bolt/integration.yml:3:12: take out stableKey `6f1c`, by which\n"
        "    the platform knows the parent\n"
        "  integrations/bolt/integration.yml:8:50: queue or topic `orders-in`, the\n"
        "    default of `Queue`, could be `bolt-orders-in`\n"
        "  integrations/bolt/integration.yml:25:38: webhook `orders hook`, in `Hook Up`,\n"
        "    could be `bolt hook`\n"
        "  integrations/bolt/integration.yml:32:47: state key\n"
        "    `cursor:{{$trigger.results.body.data.id}}`, in `Look Up`, could be\n"
        "    `bolt-cursor:{{$trigger.results.body.data.id}}`\n"
        "checked: 1 error, 3 warnings; `xchange validate bolt` shows where\n"
        "next: xchange validate bolt\n"
        "      xchange show bolt\n"
    )


def test_only_name_and_description_change_and_the_parent_stays(orders, xchange):
    xchange("fork", "orders", "bolt", "--name", "Bolt: Orders", "--description", "Ours.", cwd=orders)
    text = (orders / "integrations/bolt/integration.yml").read_text(encoding="utf-8")
    assert text == ORDERS.replace('"Orders"', '"Bolt: Orders"').replace("Takes orders.", "Ours.")
    assert (orders / "integrations/orders/integration.yml").read_text(encoding="utf-8") == ORDERS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_and_line_ends_stay(encoding, end, xchange, project):
    folder = project(FILES)
    before = ORDERS.replace("\n", end).encode(encoding)
    (folder / "integrations/orders/integration.yml").write_bytes(before)
    assert xchange("fork", "orders", "bolt", cwd=folder).code == 0
    made = folder / "integrations/bolt"
    assert (made / "fork.base.yml").read_bytes() == before
    assert (made / "integration.yml").read_bytes() == (
        ORDERS.replace('"Orders"', '"Bolt"').replace("\n", end).encode(encoding)
    )


def test_flow_style_and_anchors_stay(xchange, project):
    text = "{definitionVersion: 7, name: &n Orders, description: *n, flows: []}\n"
    folder = project({"integrations/orders/integration.yml": text})
    xchange("fork", "orders", "bolt", "--description", "Ours", cwd=folder)
    made = (folder / "integrations/bolt/integration.yml").read_text(encoding="utf-8")
    assert made == "{definitionVersion: 7, name: &n Bolt, description: Ours, flows: []}\n"


def test_a_version_is_forked_with_its_documentation_and_attachments(orders, xchange):
    publish(orders, "orders")
    (orders / "integrations/orders/integration.yml").write_text(PLAIN, encoding="utf-8")
    ran = xchange("fork", "orders@1", "bolt", cwd=orders)
    assert (ran.code, ran.err) == (0, "")
    assert "a fork of orders@1\n" in ran.out
    assert names(orders / "integrations/bolt") == [
        "attachments/a.csv",
        "docs/notes.md",
        "fork.base.yml",
        "fork.json",
        "integration.yml",
    ]
    assert (orders / "integrations/bolt/fork.base.yml").read_text(encoding="utf-8") == ORDERS
    assert origin(orders, "bolt")["version"] == 1


def test_a_version_can_be_forked_when_the_folder_is_gone(orders, xchange):
    publish(orders, "orders")
    xchange("delete", "orders", "--yes", cwd=orders)
    assert xchange("fork", "orders@1", "bolt", cwd=orders).code == 0
    assert origin(orders, "bolt")["parent"] == "orders"


def test_an_unavailable_version_is_forked_with_a_warning(orders, xchange):
    publish(orders, "orders")
    change(orders, "orders", 1, available=False, because="loses orders")
    ran = xchange("fork", "orders@1", "bolt", cwd=orders)
    assert (ran.code, "warning: orders@1 is marked as unavailable: loses orders\n" in ran.out) == (0, True)


def test_the_log_of_a_published_parent_has_the_fork(orders, xchange):
    publish(orders, "orders")
    xchange("fork", "orders@1", "bolt", cwd=orders)
    xchange("fork", "orders", "bolt-2", cwd=orders)
    entries = [one for one in registry(orders).log("orders") if one.category == "fork"]
    assert [(one.subject, one.preview, one.details["fork"]) for one in entries] == [
        ("orders", "forked as bolt-2", "bolt-2"),
        ("orders@1", "forked as bolt", "bolt"),
    ]


def test_a_project_that_publishes_nothing_gets_no_registry(orders, xchange):
    xchange("fork", "orders", "bolt", cwd=orders)
    assert not (orders / "registry").exists()


def test_a_fork_can_be_forked(orders, xchange):
    xchange("fork", "orders", "bolt", cwd=orders)
    assert xchange("fork", "bolt", "nut", cwd=orders).code == 0
    base = (orders / "integrations/nut/fork.base.yml").read_bytes()
    assert base == (orders / "integrations/bolt/integration.yml").read_bytes()
    assert origin(orders, "nut") | {"schema": ""} == {
        "schema": "",
        "parent": "bolt",
        "version": None,
        "commit": None,
        "digest": hashlib.sha256(base).hexdigest(),
        "files": digests(orders, "bolt"),
    }


def test_the_commit_is_kept_if_it_has_the_file_as_it_is(orders, xchange):
    git(orders, "init", "-q")
    git(orders, "add", "-A")
    git(orders, "commit", "-qm", "all")
    commit = git(orders, "rev-parse", "HEAD")
    ran = xchange("fork", "orders", "bolt", cwd=orders)
    assert f"a fork of orders as in commit {commit[:12]}\n" in ran.out
    assert origin(orders, "bolt")["commit"] == commit
    with (orders / "integrations/orders/integration.yml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    ran = xchange("fork", "orders", "nut", cwd=orders)
    assert "a fork of orders as it is now, which has changes that are in no commit\n" in ran.out
    assert origin(orders, "nut")["commit"] is None


@pytest.mark.parametrize("parent", ["orders", "orders@1"])
def test_the_result_is_data_for_programs_as_its_schema_says(parent, orders, xchange):
    publish(orders, "orders")
    out = xchange("fork", parent, "bolt", "--output", "json", cwd=orders).out
    assert faults(out, "forked-output") == []
    data = json.loads(out)
    is_version = parent != "orders"
    assert data["parent"] == {
        "key": "orders",
        "version": 1 if is_version else None,
        "commit": None,
        "digest": hashlib.sha256(ORDERS.encode()).hexdigest(),
        "isAvailable": True if is_version else None,
    }
    assert [(one["kind"], one["suggestion"], one["step"], one["configVar"]) for one in data["names"]] == [
        ("stable-key", None, None, None),
        ("queue", "bolt-orders-in", "Make Queue", "Queue"),
        ("webhook", "bolt hook", "Hook Up", None),
        ("state-key", "bolt-cursor:{{$trigger.results.body.data.id}}", "Look Up", None),
    ]


def test_validate_takes_a_fork_as_it_is(xchange, project):
    folder = project({"integrations/orders/integration.yml": PLAIN.replace("[]", "[]\n")})
    before = xchange("validate", "orders", "--output", "json", cwd=folder).out
    xchange("fork", "orders", "bolt", "--name", "Orders", cwd=folder)
    after = xchange("validate", "bolt", "--output", "json", cwd=folder).out
    findings = [[one["rule"] for one in json.loads(out)["findings"]] for out in (before, after)]
    assert findings[0] == findings[1]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ["orders", "orders"],
            6,
            "error: the key `orders` is taken: there is integrations/orders/integration.yml",
        ),
        (["orders", "gone"], 6, "error: the key `gone` is taken: gone@1 is published"),
        (["orders", "Bolt"], 2, "error: `Bolt` cannot be a key: `B` is no lower-case letter, digit or dash"),
        (
            ["orders", "../bolt"],
            2,
            "error: `../bolt` cannot be a key: `.` is no lower-case letter, digit or dash",
        ),
        (["orders", "bolt", "--name", " "], 2, "error: the name is empty"),
        (
            ["orders", "bolt", "--description", "a\x1bb"],
            2,
            "error: the description cannot have the character U+001B",
        ),
        (["orders@2", "bolt"], 3, "error: orders has no version 2"),
        (["nothing@1", "bolt"], 3, "error: no version of nothing is published"),
        (["order", "bolt"], 3, "error: order does not exist, and no integration has this key"),
        (
            ["broken", "bolt"],
            1,
            "integrations/broken/integration.yml:1:8: error: this bracket is never closed",
        ),
        (
            ["merged", "bolt"],
            6,
            "integrations/merged/integration.yml:1:1: error: the file has the marks of a merge that is not finished",
        ),
    ],
)
def test_what_cannot_be_forked_is_refused_and_nothing_is_written(arguments, code, message, project, xchange):
    folder = project(
        FILES
        | {
            "integrations/gone/integration.yml": PLAIN,
            "integrations/broken/integration.yml": "flows: [",
            "integrations/merged/integration.yml": "<<<<<<< ours\n",
        }
    )
    publish(folder, "orders")
    publish(folder, "gone")
    xchange("delete", "gone", "--yes", cwd=folder)
    before = names(folder)
    ran = xchange("fork", *arguments, cwd=folder)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", message)
    assert names(folder) == before


def test_a_file_where_the_folder_is_to_be_is_in_the_way(orders, xchange):
    (orders / "integrations/bolt").write_text("x", encoding="utf-8")
    assert xchange("fork", "orders", "bolt", cwd=orders).code == 6
    assert (orders / "integrations/bolt").read_text(encoding="utf-8") == "x"


def test_a_damaged_version_is_not_forked(orders, xchange):
    publish(orders, "orders")
    stored = next((orders / "registry").rglob("integration.yml"))
    stored.write_text(PLAIN, encoding="utf-8")
    assert xchange("fork", "orders@1", "bolt", cwd=orders).code == 1
    assert not (orders / "integrations/bolt").exists()


@pytest.mark.usefixtures("asked_again_at_once")
def test_a_registry_that_cannot_be_reached_does_not_stop_a_fork_of_the_working_copy(orders, xchange):
    (orders / "xchange.yaml").write_text("registry: s3://orders/versions\n", encoding="utf-8")
    nowhere = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    ran = xchange("fork", "orders", "bolt", cwd=orders, env=nowhere | {"AWS_MAX_ATTEMPTS": "1"})
    assert ran.code == 0
    assert ran.err.startswith("warning: the registry was not asked, and its log says nothing of this:")
    assert origin(orders, "bolt")["parent"] == "orders"


def test_what_does_not_go_along_is_named(orders, xchange):
    place = orders / "integrations/orders"
    (place / "notes.txt").write_text("x", encoding="utf-8")
    (place / "lib").mkdir()
    (place / ".env").write_text("TOKEN=1", encoding="utf-8")
    ran = xchange("fork", "orders", "bolt", cwd=orders)
    assert [line for line in ran.out.splitlines() if "no place" in line] == [
        "left out integrations/orders/lib: it has no place in an integration",
        "left out integrations/orders/notes.txt: it has no place in an integration",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_that_lead_elsewhere_or_nowhere_stay_and_are_named(orders, xchange, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    place = orders / "integrations/orders/attachments"
    for name, target in {"out": elsewhere, "gone": "nowhere", "round": "round", "to-docs": "../docs"}.items():
        (place / name).symlink_to(target)
    ran = xchange("fork", "orders", "bolt", "--output", "json", cwd=orders)
    told = {one["file"]: one["reason"] for one in json.loads(ran.out)["leftOut"]}
    assert {name.rpartition("/")[2]: reason for name, reason in told.items() if "attachments" in name} == {
        "gone": "it is a link that leads nowhere",
        "out": "it is a link that leads out of the folder",
        "round": "it is a link that leads nowhere",
        "to-docs": "it is a link to a folder",
    }
    assert names(orders / "integrations/bolt/attachments") == ["a.csv"]


def test_where_the_registry_is_in_git_it_and_the_fork_are_to_be_committed(orders, xchange):
    git(orders, "init", "-q")
    publish(orders, "orders")
    git(orders, "add", "-A")
    git(orders, "commit", "-qm", "all")
    assert xchange("fork", "orders@1", "bolt", cwd=orders).err == (
        "The registry is in git: commit this and push it, or nobody else gets it.\n"
        "  git add registry integrations/bolt && git commit -m 'Fork orders'\n"
    )
    assert xchange("fork", "orders@1", "acme", cwd=orders / "integrations/orders").err.endswith(
        "  git add ../../registry ../acme && git commit -m 'Fork orders'\n"
    )


EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/integrations/*/integration.yml"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.parent.name)
def test_every_example_can_be_forked(example, xchange, tmp_path):
    parent = tmp_path / "integrations" / example.parent.name
    shutil.copytree(example.parent, parent)
    ran = xchange("fork", parent.name, "bolt")
    assert (ran.code, ran.err) == (0, "")
    before, made = (
        (place / "integration.yml").read_text(encoding="utf-8").splitlines()
        for place in (parent, parent.with_name("bolt"))
    )
    assert [new for old, new in zip(before, made, strict=True) if old != new] == ["name: Bolt"]


def test_a_fork_is_made_where_its_maker_is_whatever_project_its_parent_is_in(orders, xchange, tmp_path):
    here = tmp_path / "elsewhere"
    (here / "integrations").mkdir(parents=True)
    assert xchange("fork", orders / "integrations/orders", "bolt", cwd=here).code == 0
    assert (here / "integrations/bolt/fork.json").is_file()
    assert not (orders / "integrations/bolt").exists()
