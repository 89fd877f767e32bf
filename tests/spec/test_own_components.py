"""Components of one's own, from the first command to the run."""

import json
import subprocess
import sys

import pytest

from xchange_cli.sdk import perform

FLOW = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Act
        action: {key: ACTION, component: {key: COMPONENT, isPublic: PUBLIC, version: LATEST}}
        inputs: INPUTS
"""
SPECIFICATION = """\
key: erp
title: ERP
actions:
  - {key: save, effect: writes}
  - {key: look, effect: reads}
  - {key: count, effect: pure}
"""


def flow(component, action, inputs="{}", *, is_public=False):
    values = {"ACTION": action, "COMPONENT": component, "PUBLIC": str(is_public).lower(), "INPUTS": inputs}
    text = FLOW
    for word, value in values.items():
        text = text.replace(word, value)
    return text


def erp(*lines):
    return {
        "xchange.yaml": "",
        "components/erp.yml": SPECIFICATION,
        "components/erp.py": "\n".join(lines) + "\n",
        "integration.yml": flow("erp", "count"),
    }


def run(xchange, folder, *options):
    ran = xchange("run", "integration.yml", "--output", "json", *options, cwd=folder)
    return ran, json.loads(ran.out)


def test_a_component_is_begun_checked_tested_and_run(xchange, project):
    folder = project({
        "xchange.yaml": "",
        "integration.yml": flow("acme-erp", "greet", "{name: {type: value, value: Ada}, loudly: {type: value, value: 'true'}}"),
    })  # fmt: skip

    begun = xchange("components", "new", "acme-erp", cwd=folder)

    assert (begun.code, begun.err) == (0, "")
    assert begun.out.splitlines()[:3] == [
        "wrote components/acme-erp.yml: what the component offers",
        "wrote components/acme-erp.py: its code",
        "wrote components/test_acme_erp.py: a test, which passes",
    ]
    assert xchange("validate", "integration.yml", cwd=folder).code == 0
    ran, told = run(xchange, folder)
    assert (ran.code, ran.err, told["status"]) == (0, "", "success")
    assert told["steps"][-1]["result"] == {"greeting": "HELLO, ADA"}
    assert told["logs"] == [{"path": "act", "level": "INFO", "message": "Hello, Ada"}]
    assert own_tests(folder).returncode == 0


def own_tests(folder):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "components"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_its_own_test_notices_a_mistake(xchange, project):
    folder = project({"xchange.yaml": ""})
    xchange("components", "new", "erp", "--action", "create-order", cwd=folder)
    file = folder / "components/erp.py"
    assert own_tests(folder).returncode == 0
    assert 'ACTIONS = {"create-order": create_order}' in file.read_text()

    file.write_text(file.read_text().replace("Hello", "Bye"))

    assert "2 failed, 1 passed" in own_tests(folder).stdout


def test_a_known_component_gets_code_for_one_action(xchange, project):
    inputs = "{message: {type: value, value: Hi}, channelName: {type: value, value: a}}"
    folder = project(
        {"xchange.yaml": "", "integration.yml": flow("slack", "postMessage", inputs, is_public=True)}
    )
    before = xchange("run", "integration.yml", cwd=folder)
    assert (before.code, "xchange components new slack --action" in " ".join(before.out.split())) == (
        10,
        True,
    )

    begun = xchange("components", "new", "slack", "--action", "postMessage", cwd=folder)

    assert begun.out.startswith("wrote components/slack.py: code for `postMessage`\n")
    assert not (folder / "components/slack.yml").exists()
    assert own_tests(folder).returncode == 0
    assert perform(folder / "components/slack.py", "postMessage").data["ok"] == "<boolean>"
    blocked, told = run(xchange, folder)
    assert (blocked.code, told["error"]["kind"]) == (10, "write-blocked")
    ran, told = run(xchange, folder, "--allow-writes=act")
    assert (ran.code, told["steps"][-1]["result"]["ok"]) == (0, "<boolean>")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["erp"], 2, "components/erp.yml exists already"),
        (["crm"], 2, "components/test_crm.py exists already"),
        (["new"], 2, "`new` cannot be the key of a component"),
        (["a/b"], 2, "`a/b` cannot be the key of a component"),
        (["slack"], 2, "`slack` is in the catalogue: which of its actions do you want to write?"),
        (["slack", "--action", "postMesage"], 3, "hint: Did you mean `postMessage`?"),
        (["math", "--action", "add"], 2, "`add` of `math` has built-in code already"),
        ([], 2, "missing argument 'KEY'"),
    ],
)
def test_what_cannot_be_begun_is_told_and_writes_nothing(xchange, project, arguments, code, message):
    folder = project({
        "xchange.yaml": "", "components/erp.yml": SPECIFICATION, "components/test_crm.py": "mine",
    })  # fmt: skip

    ran = xchange("components", "new", *arguments, cwd=folder)

    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert {path.name for path in (folder / "components").iterdir()} == {"erp.yml", "test_crm.py"}


@pytest.mark.parametrize(
    ("patterns", "written"),
    [("[own/*.yml]", "own/erp.py"), ("['x/*/spec.yml', '*.yml']", "erp.py"), ("['x/*/*.yml']", "")],
)
def test_the_project_says_where_components_are(xchange, project, patterns, written):
    folder = project({"xchange.yaml": f"components: {patterns}\n"})

    ran = xchange("components", "new", "erp", cwd=folder)

    assert ran.code == (0 if written else 2)
    if written:
        assert (folder / written).is_file()
        assert xchange("components", "erp", "greet", "--output", "json", cwd=folder).code == 0
    else:
        assert "it is not clear where new components belong" in ran.err


def test_a_folder_that_cannot_be_made_is_told(xchange, project):
    folder = project({"xchange.yaml": "", "components": "a file"})

    code, _, err = xchange("components", "new", "erp", cwd=folder)
    assert (code, err) == (3, "error: components cannot be written: File exists\n")


def test_checking_runs_no_code(xchange, project):
    folder = project(erp("raise SystemExit('run')"))

    assert xchange("validate", "integration.yml", cwd=folder).code == 0
    assert xchange("components", "erp", cwd=folder).code == 0
    assert xchange("components", cwd=folder).code == 0


def test_a_component_says_what_runs_here(xchange, project):
    folder = project(erp("def save(context, inputs): ..."))

    (one,) = [
        entry
        for entry in json.loads(xchange("components", "-o", "json", cwd=folder).out)["components"]
        if entry["key"] == "erp"
    ]
    page = json.loads(xchange("components", "erp", "-o", "json", cwd=folder).out)
    assert (one["own"], one["local"]) == (True, True)
    assert {action["key"]: action["local"] for action in page["actions"]} == {
        "save": True, "look": False, "count": False,
    }  # fmt: skip


def test_a_component_without_a_function_for_an_action_names_those_it_has(xchange, project):
    folder = project(erp("def conut(context, inputs): ...", "def save(context, inputs): ..."))

    ran, told = run(xchange, folder)
    assert (ran.code, told["error"]["kind"], told["error"]["message"]) == (
        10,
        "not-implemented",
        (
            "`count` of `erp` cannot be performed here; give the step a result with --mock act=FILE, or write it: "
            "components/erp.py has no function `count`; it has `conut`, `save`"
        ),
    )


@pytest.mark.parametrize("action", ["save", "look", "count"])
def test_only_an_action_that_writes_is_asked_for(xchange, project, action):
    files = erp(f"def {action}(context, inputs):", "    return 'done'")
    folder = project({**files, "integration.yml": flow("erp", action)})

    ran, told = run(xchange, folder)

    if action == "save":
        assert (ran.code, told["error"]["kind"]) == (10, "write-blocked")
        ran, told = run(xchange, folder, "--allow-writes=act")
    assert (ran.code, told["steps"][-1]["result"]) == (0, "done")


def test_what_goes_wrong_is_a_failure_with_its_place_and_no_traceback(xchange, project):
    folder = project(erp("def count(context, inputs):", "    return inputs['nothing']"))

    ran = xchange("run", "integration.yml", cwd=folder)

    assert ran.code == 10
    assert "components/erp.py:2: KeyError: 'nothing'" in ran.out
    assert "Traceback" not in ran.out + ran.err


def test_state_and_warnings_of_a_component_count(xchange, project):
    folder = project(
        erp(
            "from datetime import date",
            "from xchange_cli.sdk import ActionResult",
            "def count(context, inputs):",
            "    seen = context.state('instanceState').get('seen', 0) + 1",
            "    return ActionResult(date(2024, 5, seen), state={'instanceState': {'seen': seen}})",
        )
    )

    results = [run(xchange, folder)[1] for _ in "ab"]

    assert [told["steps"][-1]["result"] for told in results] == ["2024-05-01", "2024-05-02"]
    assert [warning["message"] for warning in results[0]["warnings"]] == [
        "the result is a date: it becomes the text 2024-05-01"
    ]
    assert json.loads(xchange("state", "get", "integration.yml", "seen", cwd=folder).out) == 2


@pytest.mark.parametrize("command", [["components"], ["components", "show"], ["components", "new"]])
def test_help_has_examples(xchange, command):
    code, out, _ = xchange(*command, "--help")

    assert code == 0
    assert "\n   xchange components" in out
