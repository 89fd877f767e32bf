"""`scripts/drive.py`: every flow of a folder runs to its end, or its file explains why not.

`XCHANGE_REAL_FILES=FOLDER make test` drives the exported integrations of a folder, too.
"""

import json
import os
from pathlib import Path
from textwrap import indent

import pytest

from conftest import REPOSITORY
from runs import code, flow, integration, step

REAL_FILES = os.environ.get("XCHANGE_REAL_FILES", "")


@pytest.fixture
def drive(monkeypatch, capsys):
    """Run the script; give its exit code and what it tells of each flow, by name."""
    monkeypatch.syspath_prepend(str(REPOSITORY / "scripts"))
    from drive import main

    def run(folder: Path, *arguments: str):
        exit_code = main([str(folder), *arguments, "--output", "json"])
        return exit_code, {one["flow"]: one for one in json.loads(capsys.readouterr().out)}

    return run


def test_every_flow_of_the_examples_runs_to_its_end(drive):
    exit_code, flows = drive(REPOSITORY / "examples")

    assert exit_code == 0
    assert {name: one["verdict"] for name, one in flows.items()} == dict.fromkeys(
        ("Receive Order", "Export Orders", "Sync Changes", "Send Batch"), "ran to the end"
    )


@pytest.mark.skipif(not REAL_FILES, reason="set XCHANGE_REAL_FILES to a folder of exported integrations")
def test_every_flow_of_real_files_runs_to_its_end_or_its_file_explains_why_not(drive):
    exit_code, flows = drive(Path(REAL_FILES))

    assert [(name, one["failing"]) for name, one in flows.items() if not one["isFine"]] == []
    assert (exit_code, bool(flows)) == (0, True)


def test_steps_that_go_over_the_network_give_what_the_flow_reads_of_them(drive, project):
    reading = code("Say", "return { data: stepResults.each.results };")
    url = "{type: template, value: 'https://api.example.test/{{$trigger.results.body.data.place.id}}'}"
    get = step("Get Orders", "http", "httpGet", url=url)
    inner = step(
        "Name", "text-manipulation", "upperCase", text="{type: reference, value: each.currentItem.name}"
    )
    items = "{type: reference, value: getOrders.results.orders}"
    each = step("Each", "loop", "loopOverItems", items=items, more=f"steps:\n{inner}")
    folder = project({"integration.yml": integration(flow(get, each, reading))})

    exit_code, flows = drive(folder)
    assert (exit_code, flows["Flow"]["mocked"], flows["Flow"]["answer"]) == (0, ["getOrders"], ["NAME"])


def test_each_branch_is_taken_by_some_run(drive, project):
    mappings = (
        "{type: complex, value: [{name: New, type: value, value: new}, {name: Old, type: value, value: old}]}"
    )
    branches = "".join(
        f"- name: {name}\n  steps:\n{indent(step(f'Log {name}', 'log', 'writeLog', message=name), '  ')}"
        for name in ("New", "Old", "Else")
    )
    choose = step(
        "Choose",
        "branch",
        "branchOnValue",
        inputValue="{type: reference, value: trigger.results.body.data.kind}",
        branchValueMappings=mappings,
        more=f"branches:\n{branches}",
    )
    exit_code, flows = drive(project({"integration.yml": integration(flow(choose))}))

    assert flows["Flow"]["failing"] is None
    assert (exit_code, flows["Flow"]["left"], flows["Flow"]["runs"]) == (0, [], 6)


def test_a_flow_that_stops_without_an_explanation_is_a_failure_with_its_place(drive, project):
    slip = code("Slip", "return { data: stepResults.trigger.results.body.data.order.id };")
    exit_code, flows = drive(project({"integration.yml": integration(flow(slip))}))

    failing = flows["Flow"]["failing"]
    assert (exit_code, flows["Flow"]["verdict"], failing["where"]) == (1, "failed", "integration.yml:21:28")
    assert failing["message"].startswith("TypeError: ")
    assert failing["explained"] == ""


@pytest.mark.parametrize(
    ("broken", "verdict", "explained"),
    [
        (
            code("Refuse", 'throw new Error("not on Sundays");'),
            "failed",
            "its code throws",
        ),
        (
            step("Wait", "sleep", "sleep", ms="{type: reference, value: triger.results}"),
            "did not start",
            "unknown-reference: no step of this flow is called `triger`",
        ),
    ],
    ids=["code that throws", "an error in the file"],
)
def test_what_the_file_explains_is_no_failure_of_the_drive(drive, project, broken, verdict, explained):
    exit_code, flows = drive(project({"integration.yml": integration(flow(broken))}))

    assert (exit_code, flows["Flow"]["verdict"]) == (0, verdict)
    assert flows["Flow"]["failing"]["explained"] == explained


def test_code_that_needs_node_says_so(drive, project):
    needing = code("Parse", 'return { data: new URL("https://example.test/?a=1").searchParams.get("a") };')
    folder = project({"integration.yml": integration(flow(needing))})
    exit_code, flows = drive(folder, "--js", "quickjs")

    assert (exit_code, flows["Flow"]["failing"]["explained"]) == (0, "its code needs Node.js")


def test_a_drive_leaves_nothing_behind(drive, project):
    folder = project({"integration.yml": integration(flow(code("Say", "return { data: 1 };")))})
    drive(folder)

    assert [path.name for path in folder.iterdir()] == ["integration.yml"]
