"""`xchange new --from`: a file, standard input, or another integration to begin with."""

import json
import os

import pytest

from strict_schemas import faults

ORDERS = """\
# Our orders
definitionVersion: 7
stableKey: 6f1c
name: "Orders"   # the name
description: ''
category: ERP
labels: [Old]
configPages: [{name: Page, elements: [{type: configVar, value: Token}]}]
requiredConfigVars: [{key: Token, dataType: string, orgOnly: false}]
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Log
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {level: {type: value, value: info}, message: {type: configVar, value: Token}}
"""
SECRET = "ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"
OWN = {
    "integrations/orders/integration.yml": ORDERS,
    "integrations/orders/configs/dev.yml": 'values: {Token: "${env:TOKEN}"}\n',
    "integrations/orders/configs/prod.yml": f"values: {{Token: {SECRET}}}\n",
    "integrations/orders/configs/eu.yml": "extends: prod\n",
    "integrations/orders/configs/broken.yml": "values: [\n",
    "integrations/orders/payloads/order.json": "{}\n",
    "integrations/orders/payloads/leak.json": f'{{"token": "{SECRET}"}}\n',
    "integrations/orders/tests/order.test.yml": "tests: {greets: {config: dev, payload: order}}\n",
    "integrations/orders/docs/more/notes.md": "# Notes\n",
    "integrations/orders/attachments/a b.csv": "1,2\n",
    "integrations/orders/fork.json": "{}\n",
    "integrations/orders/approvals.yml": "{}\n",
    "integrations/orders/recordings/flow.json": "{}\n",
    "integrations/orders/.hidden": "x\n",
}


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def orders(project):
    folder = project(OWN)
    (folder / "integrations/orders/icon.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    return folder


@pytest.mark.parametrize("origin", ["orders", "integrations/orders", "integrations/orders/integration.yml"])
def test_another_integration_goes_along_with_what_is_beside_it_but_for_secrets(origin, orders, xchange):
    ran = xchange("new", "bolt", "--from", origin, cwd=orders)
    assert (ran.code, ran.err, SECRET in ran.out) == (0, "", False)
    assert names(orders / "integrations/bolt") == [
        "attachments/a b.csv",
        "configs/dev.yml",
        "docs/more/notes.md",
        "icon.png",
        "integration.yml",
        "payloads/order.json",
        "tests/order.test.yml",
    ]
    assert ran.out == (
        "made integrations/bolt/integration.yml\n"
        "made integrations/bolt/icon.png\n"
        "made integrations/bolt/configs/dev.yml\n"
        "made integrations/bolt/payloads/order.json\n"
        "made integrations/bolt/tests/order.test.yml\n"
        "made integrations/bolt/docs/more/notes.md\n"
        "made integrations/bolt/attachments/a b.csv\n"
        "left out integrations/orders/configs/broken.yml: it is no valid config set, so\n"
        "         nobody knows whether it holds secrets\n"
        "left out integrations/orders/configs/eu.yml: it extends a set that holds a\n"
        "         secret in clear text\n"
        "left out integrations/orders/configs/prod.yml: it holds a secret in clear text\n"
        "left out integrations/orders/payloads/leak.json: it holds what looks like a\n"
        "         secret in clear text\n"
        "`stableKey` was taken out: the platform knows the other integration by it.\n"
        "checked: no findings\n"
        "next: xchange validate bolt\n"
        "      xchange show bolt\n"
    )


IN_TESTS = {
    "leak": "variables: {API Password: hunter2}\ntests: {a: {}}\n",
    "own": "tests: {a: {variables: {Login: {user: ann, password: s3cret}}}}\n",
    "mock": "tests: {a: {mocks: {Log: {accessToken: k9f2Xq7Lm4Zt8Vb1Rw6p}}}}\n",
    "broken": "tests: [\n",
    "list": "tests: [{name: a, variables: {API Password: hunter2}}]\n",
    "nested": "tests: {a: [{variables: {API Password: hunter2}}]}\n",
    "listed": "tests: {a: {variables: [{API Password: hunter2}]}}\n",
    "placeholder": 'variables: {API Password: "${env:PASSWORD}"}\ntests: {a: {}}\n',
    "made-up": "tests: {a: {variables: {API Password: changeme, Page Size: 50}, mocks: {Log: {token: abc}}}}\n",
}


def test_no_secret_of_a_flow_test_is_copied_and_the_files_left_out_are_told(project, xchange):
    tests = {f"integrations/orders/tests/{name}.test.yml": text for name, text in IN_TESTS.items()}
    folder = project({"integrations/orders/integration.yml": ORDERS, **tests})

    ran = xchange("new", "bolt", "--from", "orders", cwd=folder)

    assert (ran.code, names(folder / "integrations/bolt")) == (
        0,
        ["integration.yml", "tests/made-up.test.yml", "tests/placeholder.test.yml"],
    )
    told = " ".join(ran.out.split())
    clear = "it holds a secret in clear text"
    unknown = "it cannot be read as flow tests, so nobody knows whether it holds secrets"
    for name, why in [
        ("leak", clear),
        ("own", clear),
        ("mock", clear),
        ("listed", clear),
        ("broken", unknown),
        ("list", unknown),
        ("nested", unknown),
    ]:
        assert f"left out integrations/orders/tests/{name}.test.yml: {why}" in told
    assert [text for text in ("hunter2", "s3cret", "k9f2Xq7Lm4Zt8Vb1Rw6p") if text in ran.out] == []


def test_a_config_set_whose_variable_is_called_a_secret_is_not_copied(project, xchange):
    sets = {
        "integrations/orders/configs/clear.yml": "values: {API Password: hunter2}\n",
        "integrations/orders/configs/dev.yml": 'values: {API Password: "${env:PASSWORD}", Page Token: "x1", API Key Location: header}\n',
    }
    folder = project({"integrations/orders/integration.yml": ORDERS, **sets})

    ran = xchange("new", "bolt", "--from", "orders", cwd=folder)

    assert names(folder / "integrations/bolt") == ["configs/dev.yml", "integration.yml"]
    assert "left out integrations/orders/configs/clear.yml: it holds a secret in clear text\n" in ran.out


def test_only_the_characters_of_what_is_given_change(orders, xchange):
    xchange("new", "bolt", "--from", "orders", "--category", "CRM", "--label", "New", cwd=orders)
    text = (orders / "integrations/bolt/integration.yml").read_text(encoding="utf-8")
    assert text == ORDERS.replace("stableKey: 6f1c\n", "").replace('"Orders"', '"Bolt"').replace(
        "category: ERP", "category: CRM"
    ).replace("[Old]", "[new]")
    assert (orders / "integrations/orders/integration.yml").read_text(encoding="utf-8") == ORDERS


def test_the_result_is_data_for_programs_as_its_schema_says(orders, xchange):
    out = xchange("new", "bolt", "--from", "orders", "--output", "json", cwd=orders).out
    assert faults(out, "new-output") == []
    data = json.loads(out)
    assert data["stableKey"] == "removed"
    assert [row["file"].rpartition("/")[2] for row in data["leftOut"]] == [
        "broken.yml",
        "eu.yml",
        "prod.yml",
        "leak.json",
    ]
    assert data["validation"] == {"ok": True, "errors": 0, "warnings": 0, "notes": 0}


def test_a_stable_key_that_cannot_be_taken_out_is_told(xchange, project):
    text = ORDERS.replace("stableKey: 6f1c", "stableKey: &it 6f1c")
    folder = project({"export.yml": text})
    ran = xchange("new", "bolt", "--from", "export.yml", cwd=folder)
    assert (ran.code, "`stableKey` is still there" in ran.out) == (0, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_and_line_ends_of_a_file_stay(encoding, end, xchange, tmp_path):
    text = ORDERS.replace("stableKey: 6f1c\n", "").replace("\n", end)
    (tmp_path / "export.yml").write_bytes(text.encode(encoding))
    assert xchange("new", "bolt", "--from", "export.yml").code == 0
    made = (tmp_path / "integrations/bolt/integration.yml").read_bytes()
    assert made == text.replace('"Orders"', '"Bolt"').encode(encoding)


def test_a_loose_file_brings_nothing_along(xchange, project):
    folder = project({"export.yml": ORDERS, "configs/dev.yml": "values: {}\n"})
    xchange("new", "bolt", "--from", "export.yml", cwd=folder)
    assert names(folder / "integrations") == ["bolt/integration.yml"]


def test_standard_input_can_be_begun_with_and_findings_are_told(xchange):
    ran = xchange("new", "bolt", "--from", "-", input=ORDERS.replace("value: Token}}", "value: Tokn}}"))
    assert ran.code == 0
    assert "checked: 1 error; `xchange validate bolt` shows where\n" in ran.out


def test_a_flow_style_file_keeps_its_style(xchange, tmp_path):
    text = json.dumps({"definitionVersion": 7, "name": "Orders", "description": "", "flows": []})
    xchange("new", "bolt", "--from", "-", "--label", "new", input=text)
    made = json.loads((tmp_path / "integrations/bolt/integration.yml").read_text(encoding="utf-8"))
    assert made == {"definitionVersion": 7, "name": "Bolt", "description": "", "labels": ["new"], "flows": []}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links")
def test_a_link_that_leads_out_of_the_folder_is_not_followed(orders, xchange):
    (orders / "secret.txt").write_text("x", encoding="utf-8")
    (orders / "integrations/orders/docs/out.md").symlink_to(orders / "secret.txt")
    ran = xchange("new", "bolt", "--from", "orders", cwd=orders)
    assert "left out integrations/orders/docs/out.md: it is a link that leads out of the\n" in ran.out
    assert not (orders / "integrations/bolt/docs/out.md").exists()


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("a: [", 1, "<stdin>:1:4: error: this bracket is never closed"),
        ("- 1\n", 1, "<stdin>:1:1: error: this is no integration: the file has no keys at its top"),
        (
            "a: 1\n",
            1,
            "<stdin>:1:1: error: this is no integration: it has neither `definitionVersion` nor `flows`",
        ),
        ("<<<<<<< ours\n", 6, "<stdin>:1:1: error: the file has the marks of a merge that is not finished"),
        (
            "name: [a]\nflows: []\n",
            1,
            "<stdin>:1:7: error: `name` is a list here, so no text can be put there",
        ),
        (b"name: \xff\n", 3, "<stdin>:1:7: error: not UTF-8 text: byte 0xff"),
    ],
)
def test_what_is_no_integration_is_refused_with_its_place(text, code, message, xchange, tmp_path):
    ran = xchange("new", "bolt", "--from", "-", input=text)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", message)
    assert names(tmp_path) == []


def test_a_key_or_file_that_is_not_there_gives_3(xchange, tmp_path):
    ran = xchange("new", "bolt", "--from", "nothing")
    assert (ran.code, ran.err.splitlines()[0]) == (
        3,
        "error: nothing does not exist, and no integration has this key",
    )
    assert names(tmp_path) == []
