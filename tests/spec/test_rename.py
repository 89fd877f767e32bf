"""`xchange rename`: what follows, what is left and told, and what is refused."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import REPOSITORY
from xchange_cli import schemas

FILE = "integrations/shop/integration.yml"
TESTS = "integrations/shop/tests/orders.test.yml"
SHOP = {
    FILE: """\
definitionVersion: 7
name: Shop
description: Take Orders takes orders.
configPages:
  - name: Main
    elements:
      - {type: configVar, value: API Base}
      - {type: configVar, value: Run At}
requiredConfigVars:
  - {key: API Base, dataType: string, defaultValue: 'https://x.test'}
  - {key: Run At, dataType: schedule, defaultValue: '0 3 * * *', scheduleType: custom}
renameAttributes:
  flows: [{oldName: Old Orders, newName: Take Orders}]
flows:
  - name: Take Orders  # by the shop
    isSynchronous: false
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Get Item
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: template, value: '{{#API Base}}/{{$trigger.results.body.data.id}}'}
      - name: Each
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: "getItem.results"}
        steps:
          - name: Work
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code:
                type: value
                value: |
                  module.exports = async ({ configVars, webhookUrls }, stepResults) => {
                    const { getItem, each: { currentItem } } = stepResults;
                    const url = configVars?.["API Base"] + webhookUrls["Take Orders"];
                    return { data: [getItem.results, stepResults.getItem?.results, currentItem, url] };
                  };
      - name: Call Nightly
        action: {key: invokeFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
        inputs:
          flowName: {type: value, value: Nightly}
          data: {type: reference, value: trigger.results.webhookUrls.Nightly}
  - name: Nightly
    isSynchronous: false
    steps:
      - name: Start
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: configVar, value: Run At, meta: {scheduleType: custom, timeZone: ''}}
        inputs: {}
      - name: Get Item
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: template, value: '{{#API Base}}/items'}
      - name: Tell
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: getItem.results}
""",
    "integrations/shop/configs/base.yml": """\
values:
  API Base: https://a.test
run: {allowWrites: [work]}
""",
    "integrations/shop/configs/dev.yml": """\
extends: base
values: {"API Base": 'https://b.test'}
""",
    TESTS: """\
flow: takeOrders
variables: {API Base: https://c.test}
tests:
  works:
    payload: {id: 1}
    mocks: {getItem: [1], "work[1]": 3, Nightly/Get Item: []}
    expect:
      steps:
        Get Item: {status: success}
  fails:
    flow: Take Orders
    payload: {id: 1}
    mocks: {getItem: [1], work: {error: no}}
    expect:
      error: {path: 'each[1]/work', kind: mocked}
""",
}


def rewritten(files, by):
    """Give files with texts replaced in some of them."""
    return {name: _replace(text, by.get(name, {})) for name, text in files.items()}


def _replace(text, by):
    for old, new in by.items():
        assert old in text
        text = text.replace(old, new)
    return text


def texts(folder: Path, names=SHOP):
    return {name: (folder / name).read_bytes().decode() for name in names}


def test_a_step_gets_its_new_name_in_its_own_flow_and_in_all_that_refers_to_it(xchange, project):
    folder = project(SHOP)
    ran = xchange("rename", "shop", "step", "getItem", "Fetch All", "--in-flow", "Take Orders")
    assert (ran.code, ran.err) == (0, "")
    first, nightly = SHOP[FILE].split("  - name: Nightly\n")
    first = _replace(
        first,
        {
            "name: Get Item": "name: Fetch All",
            '"getItem.results"': '"fetchAll.results"',
            "{ getItem, each": "{ fetchAll: getItem, each",
            "stepResults.getItem": "stepResults.fetchAll",
        },
    )
    by = {"{getItem: [1]": "{fetchAll: [1]", "        Get Item:": "        Fetch All:"}
    assert texts(folder) == {
        **SHOP,
        FILE: f"{first}  - name: Nightly\n{nightly}",
        TESTS: _replace(SHOP[TESTS], by),
    }


def test_a_flow_gets_its_new_name_in_urls_code_tests_and_attributes(xchange, project):
    folder = project(SHOP)
    assert xchange("rename", "shop", "flow", "Take Orders", "Orders 2.0").code == 0
    by = {
        FILE: {
            "newName: Take Orders": "newName: Orders 2.0",
            "  - name: Take Orders": "  - name: Orders 2.0",
            'webhookUrls["Take Orders"]': 'webhookUrls["Orders 2.0"]',
        },
        TESTS: {
            "flow: takeOrders": "flow: orders20",
            "flow: Take Orders": "flow: Orders 2.0",
        },
    }
    assert texts(folder) == rewritten(SHOP, by)


def test_a_flow_name_with_a_dot_stands_in_brackets_in_a_path_and_a_plain_one_does_not(xchange, project):
    folder = project(SHOP)
    assert xchange("rename", "shop", "flow", "Nightly", "Night [v1.2]").code == 0
    by = {
        FILE: {
            "value: trigger.results.webhookUrls.Nightly": """value: 'trigger.results.webhookUrls.["Night [v1.2]"]'""",
            "value: Nightly}": "value: 'Night [v1.2]'}",
            "- name: Nightly": "- name: Night [v1.2]",
        },
        TESTS: {"Nightly/Get Item:": "'Night [v1.2]/Get Item':"},
    }
    assert texts(folder) == rewritten(SHOP, by)
    assert xchange("validate").code == 0
    assert xchange("rename", "shop", "flow", "Night [v1.2]", "Nightly").code == 0
    assert "'trigger.results.webhookUrls.Nightly'" in texts(folder)[FILE]


def test_a_config_variable_gets_its_new_name_in_pages_templates_code_sets_and_tests(xchange, project):
    folder = project(SHOP)
    assert xchange("rename", "shop", "config-var", "API Base", "Base/URL").code == 0
    assert texts(folder) == {name: text.replace("API Base", "Base/URL") for name, text in SHOP.items()}


def test_a_schedule_follows_its_config_variable(xchange, project):
    folder = project(SHOP)
    assert xchange("rename", "shop", "config-var", "Run At", "Start Time").code == 0
    assert texts(folder)[FILE] == SHOP[FILE].replace("Run At", "Start Time")


def test_names_of_the_write_guard_follow_their_step(xchange, project):
    folder = project(SHOP)
    assert xchange("rename", "shop", "step", "Work", "Do It").code == 0
    assert "allowWrites: [doIt]" in texts(folder)["integrations/shop/configs/base.yml"]
    assert "each[1]/doIt" in texts(folder)[TESTS]


def test_another_way_to_write_the_same_name_changes_the_name_only(xchange, project):
    folder = project(SHOP)
    ran = xchange("rename", "shop", "step", "Work", "WORK!")
    assert ran.code == 0
    assert texts(folder)[FILE] == SHOP[FILE].replace("name: Work", "name: WORK!")


@pytest.mark.parametrize("old", ["Take Orders", "takeOrders"])
def test_the_name_that_it_has_already_changes_nothing(xchange, project, old):
    folder = project(SHOP)
    ran = xchange("rename", "shop", "flow", old, "Take Orders")
    assert ran == (0, "the flow `Take Orders` has this name already; nothing to do\n", "")
    assert texts(folder) == SHOP


def test_diff_shows_the_change_on_stdout_and_writes_nothing(xchange, project):
    folder = project(SHOP)
    ran = xchange("rename", "shop", "step", "Tell", "Say", "--diff")
    lines = [line for line in ran.out.splitlines() if line[:1] in "+-"]
    assert (ran.code, lines) == (
        0,
        [f"--- {FILE}", f"+++ {FILE}", "-      - name: Tell", "+      - name: Say"],
    )
    assert ran.err.startswith("would rename the step `Tell` of `Nightly` to `Say`\n")
    assert texts(folder) == SHOP


def test_secrets_of_a_config_set_are_not_in_the_diff(xchange, project):
    connection = "  - {key: API, dataType: connection, connection: {key: apiKey, component: {key: http, isPublic: true}}, inputs: {}}\n"
    shop = {
        FILE: SHOP[FILE].replace("requiredConfigVars:\n", f"requiredConfigVars:\n{connection}"),
        "integrations/shop/configs/dev.yml": "connections:\n  API:\n    fields: {apiKey: s3cret-s3cret}\n",
    }
    project(shop)
    ran = xchange("rename", "shop", "config-var", "API", "Key", "--diff")
    assert (ran.code, "s3cret" in ran.out + ran.err) == (0, False)
    assert "-  API:\n+  Key:\n     fields: {apiKey: ***}\n" in ran.out


DOUBTFUL = """\
                  module.exports = async (context, results) => {
                    // getItem is read here
                    const name = "getItem";
                    return { data: [results[name], results.getItem, other(results).getItem] };
                  };
"""


def test_what_may_mean_it_is_told_with_its_place_and_left(xchange, project):
    head, _, tail = SHOP[FILE].partition("                  module.exports")
    shop = {
        **SHOP,
        FILE: head + DOUBTFUL + tail[tail.index("      - name: Call Nightly") :],
        "integrations/shop/docs/how.md": "The step **Get Item** reads.\n",
        "integrations/shop/payloads/take-orders-small.json": "{}",
    }
    project(shop)
    ran = xchange(
        "rename", "shop", "step", "Get Item", "Fetch", "--in-flow", "takeOrders", "--diff", "-o", "json"
    )
    told = [
        (doubt["start"]["line"], doubt["certainty"], doubt["reason"])
        for doubt in json.loads(ran.out)["doubts"]
    ]
    assert told == [
        (1, "mention", "a file that names it"),
        (38, "mention", "a comment in code"),
        (39, "unsure", "the code has the name as a text"),
        (40, "unsure", "the code chooses by a name that it makes itself"),
        (40, "unsure", "a member of this name, of something that is not known for certain"),
    ]
    ran = xchange("rename", "shop", "flow", "Take Orders", "Receive", "--diff", "-o", "json")
    told = [(doubt["file"].rpartition("/")[2], doubt["reason"]) for doubt in json.loads(ran.out)["doubts"]]
    assert told == [
        ("integration.yml", "text for people"),
        ("take-orders-small.json", "this file's name begins with the flow's: it is for that flow"),
    ]


def test_the_recording_that_a_flow_would_not_find_any_more_is_told(xchange, project):
    recording = "integrations/shop/recordings/takeOrders.json"
    project({**SHOP, recording: "{}"})
    told = f"{recording}:1:1: runs find this recording by the flow's name: rename the file, too\n"
    assert told in xchange("rename", "shop", "flow", "Take Orders", "Receive", "--diff").err
    assert told not in xchange("rename", "shop", "flow", "Take Orders", "take orders", "--diff").err
    assert told not in xchange("rename", "shop", "flow", "Nightly", "Receive", "--diff").err


def test_a_mock_for_steps_of_several_flows_is_left_to_the_user(xchange, project):
    tests = "mocks: {getItem: []}\ntests:\n  a: {flow: Take Orders, payload: {}}\n  b: {flow: Nightly, trigger: schedule}\n"
    name = "integrations/shop/tests/both.test.yml"
    folder = project({**SHOP, name: tests})
    ran = xchange("rename", "shop", "step", "getItem", "Fetch", "--in-flow", "Nightly")
    assert ran.code == 0
    assert f"{name}:1:9: steps of several flows are meant by this name\n" in ran.out
    assert texts(folder, [name]) == {name: tests}


def test_the_json_is_what_its_schema_says(xchange, project):
    project(SHOP)
    ran = xchange("rename", "shop", "step", "Tell", "Grüße", "--output", "json")
    document = json.loads(ran.out)
    Draft202012Validator(schemas.schema("renamed-output")).validate(document)
    assert [found["rule"] for found in document.pop("findings")] == ["unsure-step-name"]
    assert "unsure-step-name" in ran.err
    assert document == {
        "schema": "xchange.renamed/1",
        "integration": "shop",
        "kind": "step",
        "flow": "Nightly",
        "old": "Tell",
        "new": "Grüße",
        "isWritten": True,
        "files": [
            {
                "file": FILE,
                "places": [{"start": {"line": 59, "column": 15}, "end": {"line": 59, "column": 19}}],
            }
        ],
        "doubts": [],
    }


@pytest.mark.parametrize(
    ("arguments", "code", "message", "hint"),
    [
        (["flow", "Take Order", "X"], 3, "the integration has no flow `Take Order`", "Did you mean `Take Orders`?"),
        (["config-var", "Api base", "X"], 3, "the integration has no config variable `Api base`", "Did you mean `API Base`?"),
        (["step", "Wrok", "X"], 3, "the integration has no step `Wrok`", "Did you mean `Work`?"),
        (["step", "Work", "X", "--in-flow", "Nightly"], 3, "the flow `Nightly` has no step `Work`", "There are: `Start`, `Get Item`, `Tell`."),
        (["step", "Work", "X", "--in-flow", "Nihgtly"], 3, "the integration has no flow `Nihgtly`", "Did you mean `Nightly`?"),
        (["step", "Get Item", "X"], 2, "2 flows have a step `Get Item`: `Take Orders`, `Nightly`", "Say which with --in-flow."),
        (["flow", "Nightly", "X", "--in-flow", "Nightly"], 2, "--in-flow is for steps", "Leave it out."),
        (["flow", "", "X"], 2, "the old name is empty", "Give the name that it has now."),
        (["flow", "Nightly", ""], 2, "the new name is empty", "Give a name with at least one letter or digit."),
        (["flow", "Nightly", " X"], 2, "the new name begins or ends with a blank", "Placeholders drop such blanks: leave them out."),
        (["flow", "Nightly", "a\nb"], 2, "the new name has a line break or control character: U+000A", "Give a name on one line."),
        (["step", "Work", "🎉"], 2, "`🎉` has no letter or digit (A to Z, 0 to 9), so no reference could name the step", "Choose another name."),
    ],
)  # fmt: skip
def test_names_that_are_not_there_and_names_that_cannot_be_are_refused(
    xchange, project, arguments, code, message, hint
):
    folder = project(SHOP)
    ran = xchange("rename", "shop", *arguments)
    assert (ran.code, ran.out, " ".join(ran.err.split())) == (code, "", f"error: {message} hint: {hint}")
    assert texts(folder) == SHOP


@pytest.mark.parametrize(
    ("arguments", "place", "message"),
    [
        (["flow", "Nightly", "Take Orders"], "15:11", "there is a flow `Take Orders` already"),
        (["config-var", "Run At", "API Base"], "10:11", "there is a config variable `API Base` already"),
        (["step", "Tell", "get-item"], "55:15", "references would call `get-item` `getItem`, and that is the step `Get Item` already"),
    ],
)  # fmt: skip
def test_a_name_that_is_taken_is_refused_with_its_place(xchange, project, arguments, place, message):
    folder = project(SHOP)
    ran = xchange("rename", "shop", *arguments)
    assert (ran.code, ran.err.splitlines()[0]) == (6, f"{FILE}:{place}: error: {message}")
    assert texts(folder) == SHOP


def test_a_reference_that_leads_nowhere_is_not_captured(xchange, project):
    shop = {FILE: SHOP[FILE].replace("value: getItem.results}", "value: fetch.results}")}
    folder = project(shop)
    ran = xchange("rename", "shop", "step", "Get Item", "Fetch", "--in-flow", "Nightly")
    assert (ran.code, ran.err.splitlines()[0]) == (
        6,
        f"{FILE}:62:45: error: `fetch` leads nowhere now, and would mean what gets the new name",
    )
    assert texts(folder, shop) == shop


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("API Base", "a}b", "a placeholder cannot hold braces"),
        ("API Base", "a\\b", "in code, it would need an escape"),
    ],
)
def test_a_name_that_no_form_can_hold_is_refused_at_the_reference(xchange, project, old, new, why):
    folder = project(SHOP)
    ran = xchange("rename", "shop", "config-var", old, new)
    assert ran.code == 2
    assert f"error: the new name cannot be written here: {why}" in ran.err
    assert texts(folder) == SHOP


def test_two_steps_of_one_name_are_refused_with_a_place(xchange, project):
    project({FILE: SHOP[FILE].replace("name: Tell", "name: Get Item")})
    ran = xchange("rename", "shop", "step", "Get Item", "Fetch", "--in-flow", "Nightly")
    assert (ran.code, ran.err.splitlines()[0]) == (1, f"{FILE}:59:15: error: there are two steps `Get Item`")


def test_a_broken_file_of_tests_that_names_it_stops_the_renaming(xchange, project):
    name = "integrations/shop/tests/broken.test.yml"
    folder = project({**SHOP, name: "flow: Nightly\ntests: {a: [}\n"})
    ran = xchange("rename", "shop", "flow", "Nightly", "X")
    assert (ran.code, ran.err.startswith(f"{name}:2:")) == (1, True)
    assert texts(folder) == SHOP
    assert xchange("rename", "shop", "step", "Tell", "Say").code == 0


def test_a_merge_that_is_not_finished_stops_the_renaming(xchange, project):
    project({FILE: SHOP[FILE].replace("flows:\n", "flows:\n<<<<<<< HEAD\n", 1)})
    assert xchange("rename", "shop", "flow", "Nightly", "X").code == 6


@pytest.mark.parametrize(
    ("encoding", "mark", "end"),
    [("utf-8", "\ufeff", "\r\n"), ("utf-16-le", "\ufeff", "\n"), ("utf-8", "", "\r")],
)
def test_encoding_mark_and_line_ends_stay(xchange, tmp_path, encoding, mark, end):
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes((mark + SHOP[FILE].replace("\n", end)).encode(encoding))
    assert xchange("rename", "shop", "config-var", "Run At", "Grüße 🎉").code == 0
    wanted = SHOP[FILE].replace("Run At", "Grüße 🎉").replace("\n", end)
    assert path.read_bytes() == (mark + wanted).encode(encoding)


ALIASED = """\
definitionVersion: 7
name: Shop
description: ''
flows:
  - name: One
    steps:
      - {name: &in In, isTrigger: true, action: &hook {key: webhook, component: {key: webhook-triggers, isPublic: true}}}
      - name: Say
        action: &log {key: writeLog, component: {key: log, isPublic: true}}
        inputs: {message: {type: reference, value: &path "in.res\\
          ults.body"}}
      - name: Say More
        action: *log
        inputs: {message: {type: reference, value: *path}}
  - name: Two
    steps:
      - {name: *in, isTrigger: true, action: *hook}
      - name: Say
        action: *log
        inputs: {message: {type: reference, value: *path}}
"""


def test_aliases_follow_where_they_mean_the_same_and_are_written_out_where_not(xchange, project):
    folder = project({FILE: ALIASED})
    assert xchange("rename", "shop", "step", "In", "Called", "--in-flow", "One").code == 0
    by = {
        "name: &in In": "name: &in Called",
        '"in.res': '"called.res',
        "name: *in": "name: 'In'",
        "name: Two": "name: Two",
    }
    head, _, tail = _replace(ALIASED, by).rpartition("*path")
    assert texts(folder, [FILE])[FILE] == f"{head}'in.results.body'{tail}"


def test_a_step_that_an_alias_repeats_in_another_flow_is_refused(xchange, project):
    head, _, tail = ALIASED.partition("      - {name: *in, isTrigger: true, action: *hook}\n")
    text = head.replace("- {name: &in In", "- &step {name: In") + "      - *step\n" + tail
    folder = project({FILE: text})
    ran = xchange("rename", "shop", "step", "In", "Called", "--in-flow", "One")
    assert (ran.code, ran.err.splitlines()[0]) == (
        6,
        f"{FILE}:7:22: error: by an alias, something else called `In` would get the new name, too",
    )
    assert texts(folder, [FILE]) == {FILE: text}


def test_secrets_near_an_uncertain_place_are_not_shown(xchange, project):
    tests = "variables: {API: {fields: {apiKey: s3cret-s3cret}}}  # API\ntests: {a: {flow: Nightly}}\n"
    connection = "  - {key: API, dataType: connection, connection: {key: apiKey, component: {key: http, isPublic: true}}, inputs: {}}\n"
    project(
        {
            FILE: SHOP[FILE].replace("requiredConfigVars:\n", f"requiredConfigVars:\n{connection}"),
            TESTS: tests,
        }
    )
    for more in ([], ["--diff"]):
        ran = xchange("rename", "shop", "config-var", "API", "Key", *more)
        assert (ran.code, "s3cret" in ran.out + ran.err) == (0, False)
        assert xchange("rename", "shop", "config-var", "Key", "API").code == 0 or more


def test_settings_of_flows_and_routing_fields_follow_their_steps(xchange, project):
    routed = SHOP[FILE].replace(
        "flows:\n  - name: Take Orders  # by the shop\n",
        "endpointType: instance_specific\npreprocessFlowName: Take Orders\n"
        "flowNameField: {type: reference, value: getItem.results.flow}\n"
        "flows:\n  - name: Take Orders\n    queueConfig: {usesFifoQueue: true, dedupeIdField: {type: reference, value: trigger.results.id}}\n",
    )
    assert routed != SHOP[FILE]
    folder = project({FILE: routed})
    steps = (("getItem", "Fetch"), ("trigger", "Called"))
    codes = [xchange("rename", "shop", "step", *names, "--in-flow", "Take Orders").code for names in steps]
    text = texts(folder, [FILE])[FILE]
    assert (codes, "value: fetch.results.flow}" in text, "value: called.results.id}" in text) == (
        [0, 0],
        True,
        True,
    )
    ran = xchange("rename", "shop", "flow", "Take Orders", "Sort")
    assert (ran.code, "preprocessFlowName: Sort\n" in texts(folder, [FILE])[FILE]) == (0, True)
    assert "callers name the flow by this field" in ran.out


def test_a_file_of_another_name_has_nothing_beside_it(xchange, project):
    folder = project({"loose.yml": SHOP[FILE], "configs/dev.yml": "values: {API Base: x}\n"})
    assert xchange("rename", "loose.yml", "config-var", "API Base", "Base").code == 0
    assert (folder / "configs/dev.yml").read_text() == "values: {API Base: x}\n"


def test_a_folder_in_the_place_of_a_file_beside_it_changes_nothing(xchange, project):
    folder = project({**SHOP, "integrations/shop/configs/odd.yml/x": ""})
    ran = xchange("rename", "shop", "config-var", "API Base", "Base")
    assert (ran.code, ran.err) == (3, "error: integrations/shop/configs/odd.yml is a folder, not a file\n")
    assert texts(folder) == SHOP


@pytest.mark.parametrize(
    "arguments",
    [
        ["step", "Each Line", "Every 1. Line"],
        ["step", "orderReceived", "Posted"],
        ["step", "Check Order", "Which"],
        ["flow", "Receive Order", "Orders [2.0]"],
        ["config-var", "Delivery Fee", "Fee's"],
        ["config-var", "Shop Name", 'The "Shop"'],
    ],
)
def test_a_flow_gives_the_same_before_and_after(xchange, tmp_path, arguments):
    shutil.copytree(REPOSITORY / "examples/order-intake", tmp_path, dirs_exist_ok=True)
    run = ["run", "order-intake", "--config", "acme", "--payload", "order", "--no-record", "-o", "json"]
    before = json.loads(xchange(*run).out)
    assert xchange("rename", "order-intake", *arguments).code == 0
    after = json.loads(xchange(*run).out)
    assert (before["status"], answer(after)) == ("success", answer(before))


def answer(run):
    """Give the response, and what each step gives but the trigger, which has ids and times."""
    return run["response"], [step.get("result") for step in run["steps"][1:]]


MORE = """\
definitionVersion: 7
name: Shop
description: ''
configPages:
  - {name: Main, elements: [{type: configVar, value: API}, {type: configVar, value: Item}, {type: configVar, value: Target}]}
requiredConfigVars:
  - {key: API, dataType: connection, connection: {key: basic, component: {key: http, isPublic: true}}, inputs: {}}
  - key: Item
    dataType: picklist
    dataSource: {key: selectProject, component: {key: atlassian-jira, isPublic: true}}
    inputs: {connection: {type: configVar, value: API}, query: {type: template, value: 'of {{#API}}'}}
  - {key: Target, dataType: string, defaultValue: Work}
flows:
  - name: Work
    renameAttributes: {steps: [{oldName: Begin, newName: Start}]}
    steps:
      - {name: Start, isTrigger: true, action: {key: webhook, component: {key: webhook-triggers, isPublic: true}}}
      - name: Call
        action: {key: runCode, component: {key: code, isPublic: true}}
        inputs:
          code:
            type: value
            value: "module.exports = async (context, { start: { results } }) => ({ data: results.webhookUrls.Work })"
"""
ALLOWING = "values: {Target: Work}\nrun: {allowWrites: [Call, 'cal*', API]}\n"


def test_data_sources_follow_their_connection(xchange, project):
    sets = "integrations/shop/configs/dev.yml"
    folder = project({FILE: MORE, sets: ALLOWING})
    assert xchange("rename", "shop", "config-var", "API", "Jira").code == 0
    assert texts(folder, [FILE, sets]) == {
        FILE: MORE.replace("API", "Jira"),
        sets: ALLOWING.replace("API", "Jira"),
    }


def test_code_and_attributes_follow_a_trigger_and_what_it_knows_of_flows(xchange, project):
    folder = project({FILE: MORE})
    assert xchange("rename", "shop", "step", "Start", "3rd Call").code == 0
    assert xchange("rename", "shop", "flow", "Work", "Do it").code == 0
    by = {
        "newName: Start": "newName: 3rd Call",
        "{name: Start": "{name: 3rd Call",
        "{ start:": '{ \\"3rdCall\\":',
        "name: Work": "name: Do it",
        "webhookUrls.Work": 'webhookUrls[\\"Do it\\"]',
    }
    assert texts(folder, [FILE]) == {FILE: _replace(MORE, by)}


def test_values_that_may_be_the_name_and_patterns_that_match_it_are_told(xchange, project):
    sets = "integrations/shop/configs/dev.yml"
    project({FILE: MORE, sets: ALLOWING})
    flow = xchange("rename", "shop", "flow", "Work", "Do it", "--diff").err
    assert f"{FILE}:12:51: a value that may be the name of the flow\n" in flow
    assert f"{sets}:1:18: a value that may be the name of the flow\n" in flow
    step = xchange("rename", "shop", "step", "Call", "Do it", "--diff")
    assert f"{sets}:2:27: a pattern that matches the old name\n" in step.err
    assert "+run: {allowWrites: [Do it, 'cal*', API]}" in step.out
