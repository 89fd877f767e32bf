"""`xchange list`: all integrations of a project, or those that somebody looks for."""

import json
import os
from pathlib import Path

import pytest

from listed import integration
from strict_schemas import faults

GOLDEN = Path(__file__).parent / "list"
SHOP = integration(
    "Shop Orders",
    "Receive Order: webhook",
    "Sync Prices: schedule",
    description="Orders of the shop go to the ledger.",
    category="ERP",
    labels=["shop", "ledger"],
    connection="shopify",
)
CHAT = integration(
    "Chat Alerts",
    "Alert: app",
    "Set Up: deployment",
    "Clean Up: removal",
    labels=["chat"],
    action="slack.postMessage",
)
STOCK = integration(
    "Stock", "Count Stock: flow", description="Counts what is in the shop.", category="Logistics"
)
FILES = {
    "integrations/shop-orders/integration.yml": SHOP,
    "integrations/chat-alerts/integration.yml": CHAT,
    "integrations/stock/integration.yml": STOCK,
}
BROKEN = {
    **FILES,
    "integrations/broken/integration.yml": "name: Broken\nflows: [\n",
    "integrations/merged/integration.yml": "name: M\n<<<<<<< HEAD\nflows: []\n=======\n>>>>>>> other\n",
    "integrations/stock/integration.yaml": STOCK.replace('name: "Stock"', "name: Stock\nname: Again"),
    "integrations/a-key-that-is-much-longer-than-its-column/integration.yml": integration(
        "注文を受け取り、在庫を確認して、出荷を手配する \x07 integration", "Order: webhook", labels=["a-very-long-label", "x" * 30]
    ),
    "integrations/empty/integration.yml": "",
}  # fmt: skip


@pytest.fixture
def found(xchange, project):
    """Write files, list some of them, and give their keys, after a look at the schema."""

    def keys(*arguments, files=FILES):
        ran = xchange("list", *arguments, "--output", "json", cwd=project(files))
        assert (ran.code, ran.err, faults(ran.out, "list-output")) == (0, "", [])
        return [one["key"] for one in json.loads(ran.out)["integrations"]]

    return keys


# --- all of them


def test_the_integrations_of_a_project_are_listed_by_their_keys(xchange, project, golden):
    code, out, err = xchange("list", cwd=project(FILES))
    assert (code, err) == (0, "")
    golden(GOLDEN / "all.golden", out)


def test_broken_files_and_keys_that_are_there_twice_are_listed_and_marked(xchange, project, golden):
    code, out, err = xchange("list", cwd=project(BROKEN))
    assert (code, err) == (0, "")
    golden(GOLDEN / "broken.golden", out)
    assert max(len(line) for line in out.splitlines() if "much-longer" not in line) <= 80


def test_programs_are_told_all_facts_of_an_integration(xchange, project):
    folder = project(FILES)
    os.utime(folder / "integrations/shop-orders/integration.yml", (1_715_938_215, 1_715_938_215))
    ran = xchange("list", "shop", "--name", "orders", "--output", "json", cwd=folder)
    assert faults(ran.out, "list-output") == []
    assert json.loads(ran.out) == {
        "schema": "xchange.list/1",
        "integrations": [
            {
                "key": "shop-orders",
                "file": "integrations/shop-orders/integration.yml",
                "name": "Shop Orders",
                "description": "Orders of the shop go to the ledger.",
                "category": "ERP",
                "labels": ["shop", "ledger"],
                "endpointType": "flow_specific",
                "flows": [
                    {
                        "name": "Receive Order",
                        "kinds": ["webhook"],
                        "trigger": {"component": "webhook-triggers", "action": "webhook"},
                        "synchronous": False,
                        "steps": 2,
                    },
                    {
                        "name": "Sync Prices",
                        "kinds": ["schedule"],
                        "trigger": {"component": "schedule-triggers", "action": "schedule"},
                        "synchronous": False,
                        "steps": 2,
                    },
                ],
                "components": ["http", "schedule-triggers", "shopify", "webhook-triggers"],
                "actions": [
                    {"component": "http", "action": "httpPost"},
                    {"component": "schedule-triggers", "action": "schedule"},
                    {"component": "webhook-triggers", "action": "webhook"},
                ],
                "connections": [{"key": "Shopify Connection", "component": "shopify"}],
                "configVars": ["Shopify Connection"],
                "changedAt": "2024-05-17T09:30:15.000Z",
                "sameKey": [],
                "published": None,
                "parent": None,
                "problem": None,
            }
        ],
        "allFiles": 3,
        "unread": [],
        "unmatched": [],
    }


def test_programs_are_told_what_is_wrong_with_a_file_and_who_has_its_key(xchange, project):
    ran = xchange("list", "--output", "json", cwd=project(BROKEN))
    assert faults(ran.out, "list-output") == []
    told = {one["file"]: (one["problem"], one["sameKey"]) for one in json.loads(ran.out)["integrations"]}
    assert told["integrations/stock/integration.yml"] == (None, ["integrations/stock/integration.yaml"])
    problem, _ = told["integrations/merged/integration.yml"]
    assert problem == {
        "message": "the file has the marks of a merge that is not finished",
        "hint": "Finish the merge first; git status shows what is left.",
        "start": {"line": 2, "column": 1},
    }


def test_files_are_named_relative_to_the_working_folder(xchange, project):
    folder = project(BROKEN) / "integrations" / "stock"
    ran = xchange("list", "--output", "json", cwd=folder)
    files = [one["file"] for one in json.loads(ran.out)["integrations"]]
    assert files[-2:] == ["integration.yaml", "integration.yml"]
    assert files[1] == "../broken/integration.yml"


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("key", ["a", "b", "c"]),
        ("name", ["b", "c", "a"]),
        ("category", ["c", "a", "b"]),
        ("changed", ["a", "c", "b"]),
    ],
)
def test_there_are_four_orders(order, keys, found, project):
    files = {
        f"integrations/{key}/integration.yml": integration(name, "F: webhook", category=category)
        for key, name, category in [("b", "alpha", "CRM"), ("c", "Beta", ""), ("a", "Gamma", "crm")]
    }
    folder = project(files)
    for day, key in enumerate("bca"):
        os.utime(folder / f"integrations/{key}/integration.yml", (day * 86_400, day * 86_400))
    assert found("--sort", order, files={}) == keys


def test_the_last_column_shows_what_the_list_is_sorted_by(xchange, project, golden):
    folder = project(FILES)
    for key in ("shop-orders", "chat-alerts", "stock"):
        os.utime(folder / f"integrations/{key}/integration.yml", (1_715_938_215, 1_715_938_215))
    by_category = xchange("list", "--sort", "category", cwd=folder).out
    by_change = xchange("list", "--sort", "changed", cwd=folder).out
    golden(GOLDEN / "sorted.golden", by_category + by_change)


# --- some of them


@pytest.mark.parametrize(
    ("option", "word", "keys"),
    [
        ("--name", "ORDERS", ["shop-orders"]),
        ("--name", "s*", ["shop-orders", "stock"]),
        ("--name", "*s", ["chat-alerts", "shop-orders"]),
        ("--description", "ledger", ["shop-orders"]),
        ("--description", "", ["chat-alerts"]),
        ("--category", "erp", ["shop-orders"]),
        ("--category", "er", []),
        ("--category", "*", ["chat-alerts", "shop-orders", "stock"]),
        ("--category", "", ["chat-alerts"]),
        ("--label", "LEDGER", ["shop-orders"]),
        ("--label", "", ["stock"]),
        ("--trigger", "webhook", ["shop-orders"]),
        ("--trigger", "schedule", ["shop-orders"]),
        ("--trigger", "deployment", ["chat-alerts"]),
        ("--trigger", "removal", ["chat-alerts"]),
        ("--trigger", "flow", ["stock"]),
        ("--trigger", "app", ["chat-alerts"]),
        ("--trigger", "shopify", ["chat-alerts"]),
        ("--trigger", "shopify.eventTopicWebhook", ["chat-alerts"]),
        ("--component", "shopify", ["chat-alerts", "shop-orders"]),
        ("--component", "slack", ["chat-alerts"]),
        ("--component", "*-triggers", ["chat-alerts", "shop-orders"]),
        ("--action", "httpPost", ["shop-orders", "stock"]),
        ("--action", "slack.*", ["chat-alerts"]),
        ("--connection", "shopify", ["shop-orders"]),
        ("--connection", "Shopify Connection", ["shop-orders"]),
        ("--connection", "", ["chat-alerts", "stock"]),
        ("--config-var", "connection", ["shop-orders"]),
        ("--flow", "stock", ["stock"]),
        ("--step", "do alert", ["chat-alerts"]),
        ("--step", "do *up", ["chat-alerts"]),
    ],
)
def test_a_filter_takes_those_that_fulfil_it(option, word, keys, xchange, project):
    ran = xchange("list", option, word, "--output", "json", cwd=project(FILES))
    assert (ran.code, [one["key"] for one in json.loads(ran.out)["integrations"]]) == (0, keys)


def test_a_flow_without_a_trigger_is_found_by_none(found):
    files = {
        "integrations/a/integration.yml": "name: A\nflows: [{name: F, steps: []}]\n",
        "integrations/b/integration.yml": SHOP,
        "integrations/c/integration.yml": "name: C\n",
    }
    assert found("--trigger", "none", files=files) == ["a", "c"]


def test_an_app_that_is_asked_on_a_schedule_is_found_by_both(found):
    polls = integration("Polls", "Poll: app").replace(
        "isTrigger: true,", "isTrigger: true, schedule: {type: value, value: '* * * * *'},"
    )
    files = {**FILES, "integrations/polls/integration.yml": polls}
    assert found("--trigger", "schedule", files=files) == ["polls", "shop-orders"]
    assert found("--trigger", "app", files=files) == ["chat-alerts", "polls"]


def test_one_word_of_a_filter_is_enough_and_all_filters_must_fit(found):
    assert found("--label", "chat", "--label", "ledger") == ["chat-alerts", "shop-orders"]
    assert found("--label", "chat", "--label", "ledger", "--trigger", "webhook") == ["shop-orders"]
    assert found("--component", "http", "--name", "stock", "stock") == ["stock"]


def test_all_words_must_occur_somewhere_and_keys_and_names_come_first(found):
    assert found("shop") == ["shop-orders", "stock"]
    assert found("stock") == ["stock"]
    assert found("shop ledger") == found("ledger", "shop") == ["shop-orders"]
    assert found("receive") == ["shop-orders"]
    assert found("shop", "nothing") == []
    assert found("c*t*") == ["chat-alerts", "stock"]


def test_who_is_called_just_so_comes_before_who_has_it_in_its_name(found):
    files = {
        f"integrations/{key}/integration.yml": integration(name, f"{flow}: webhook")
        for key, name, flow in [("a", "Price List", "F"), ("b", "List", "F"), ("c", "Others", "List")]
    }
    assert found("list", files=files) == ["b", "a", "c"]
    assert found("list", "--sort", "key", files=files) == ["a", "b", "c"]


def test_accents_may_be_written_in_either_way(found):
    files = {"integrations/cafe/integration.yml": integration("Cafe\u0301 Orders", "F: webhook")}
    assert found("--name", "CAF\u00c9", files=files) == ["cafe"]


def test_what_a_pattern_has_beside_the_star_means_itself(found):
    files = {
        "integrations/a/integration.yml": integration("Orders [new] (1.0)?", "F: webhook"),
        "integrations/b/integration.yml": integration("Orders n", "F: webhook"),
    }
    assert found("--name", "orders [new] (1.0)?", files=files) == ["a"]
    assert found("--name", "*[new]*", files=files) == ["a"]
    assert found("--name", "order.*", files=files) == []


# --- nothing found


def test_a_misspelt_word_is_told_with_the_nearest_that_there_is(xchange, project):
    ran = xchange("list", "--component", "slak", "--label", "shop", cwd=project(FILES))
    assert ran == (
        0,
        "0 of 3 integrations\n",
        "no integration uses the component `slak`; did you mean `slack`?\n",
    )


def test_where_no_word_is_near_those_that_there_are_are_told(xchange, project):
    ran = xchange("list", "--category", "zzz", "--output", "json", cwd=project(FILES))
    assert (ran.code, ran.err) == (
        0,
        "no integration is of the category `zzz`; there are `ERP`, `Logistics`\n",
    )
    assert json.loads(ran.out)["unmatched"] == [{"filter": "category", "word": "zzz", "nearest": None}]


def test_a_misspelt_word_is_told_beside_one_that_is_right(xchange, project):
    ran = xchange("list", "--label", "shop", "--label", "chta", "--output", "json", cwd=project(FILES))
    assert ran.err == "no integration has the label `chta`; did you mean `chat`?\n"
    assert [one["key"] for one in json.loads(ran.out)["integrations"]] == ["shop-orders"]


def test_files_that_cannot_be_read_are_named_where_they_may_be_meant(xchange, project):
    ran = xchange("list", "--label", "chat", cwd=project(BROKEN))
    assert ran.code == 0
    assert ran.err == (
        "3 files cannot be read and may be missing here:\n"
        "integrations/broken/integration.yml, integrations/empty/integration.yml,\n"
        "integrations/merged/integration.yml\n"
    )
    found_by_key = xchange("list", "broken", "--output", "json", cwd=project(BROKEN))
    assert [one["key"] for one in json.loads(found_by_key.out)["integrations"]] == ["broken"]


def test_a_project_without_integrations_says_how_to_get_one(xchange, tmp_path):
    code, out, err = xchange("list", cwd=tmp_path)
    assert (code, out) == (0, "0 integrations\n")
    assert err == (
        "no integration here: no file matches integrations/*/integration.yml,\n"
        "integrations/*/integration.yaml; `xchange new KEY` makes one\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_order_is_wrong_usage(xchange, tmp_path):
    ran = xchange("list", "--sort", "size", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        "error: invalid value for '--sort': 'size' is not one of key, name, category, changed\n"
    )


# --- odd files and projects


def test_a_loose_file_is_listed_and_nothing_is_left_beside_it(xchange, project):
    folder = project({"integration.yml": SHOP})
    ran = xchange("list", "--output", "json", cwd=folder)
    assert [one["file"] for one in json.loads(ran.out)["integrations"]] == ["integration.yml"]
    assert [path.name for path in folder.iterdir()] == ["integration.yml"]


def test_the_patterns_of_the_project_file_say_what_is_listed(xchange, project):
    folder = project({**FILES, "xchange.yaml": "integrations: [flows/*.yml]\n", "flows/other.yml": STOCK})
    ran = xchange("list", "--output", "json", cwd=folder)
    assert [(one["key"], one["file"]) for one in json.loads(ran.out)["integrations"]] == [
        ("other", "flows/other.yml")
    ]


def test_a_broken_project_file_is_told(xchange, project):
    ran = xchange("list", "stock", cwd=project({**FILES, "xchange.yaml": "integrations: [\n"}))
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "1 of 3 integrations")
    assert ran.err.startswith("xchange.yaml:1:15: error yaml-syntax: this bracket is never closed\n")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such things in folders")
def test_what_is_no_file_is_listed_with_what_it_is(xchange, project):
    folder = project({"integrations/folder/integration.yml/x": "", "xchange.yaml": "{}\n"})
    for name in ("link", "pipe"):
        (folder / "integrations" / name).mkdir()
    (folder / "integrations/link/integration.yml").symlink_to("nowhere")
    os.mkfifo(folder / "integrations/pipe/integration.yml")
    ran = xchange("list", "--output", "json", cwd=folder)
    assert {one["key"]: one["problem"]["message"] for one in json.loads(ran.out)["integrations"]} == {
        "folder": "integrations/folder/integration.yml is a folder, not a file",
        "link": "integrations/link/integration.yml does not exist",
        "pipe": "integrations/pipe/integration.yml is a pipe or a device, not a file",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_and_line_ends_do_not_matter(encoding, line_end, found, tmp_path):
    file = tmp_path / "integrations/shop-orders/integration.yml"
    file.parent.mkdir(parents=True)
    file.write_bytes(SHOP.replace("\n", line_end).encode(encoding))
    assert found("--label", "ledger", "--step", "Do Sync Prices", files={}) == ["shop-orders"]


def test_bytes_that_are_no_text_are_a_problem_with_its_place(xchange, tmp_path):
    file = tmp_path / "integrations/odd/integration.yml"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"name: \xff\n")
    ran = xchange("list", "--output", "json", cwd=tmp_path)
    problem = json.loads(ran.out)["integrations"][0]["problem"]
    assert problem == {
        "message": "not UTF-8 text: byte 0xff",
        "hint": "Save the file as UTF-8.",
        "start": {"line": 1, "column": 7},
    }


def test_tokens_in_texts_are_not_shown(xchange, project):
    token = "ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"
    secret = integration(
        f"Uses {token}", f"Flow {token}: webhook", description=f"With {token}.", labels=[token]
    )
    folder = project({"integrations/a/integration.yml": secret})
    ran = xchange("list", "--output", "json", cwd=folder)
    assert token not in ran.out + xchange("list", cwd=folder).out
    assert token.encode() not in (folder / ".xchange/cache/listed").read_bytes()
    assert json.loads(ran.out)["integrations"][0]["name"] == "Uses «secret: hidden»"
