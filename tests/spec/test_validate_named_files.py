"""Files named as arguments: each is checked once, as what it is, or said to be nothing to check."""

import json

import pytest

INTEGRATION = """\
definitionVersion: 7
name: Orders
description: ''
configPages: [{name: Page, elements: [{type: configVar, value: Pause}]}]
requiredConfigVars:
  - {key: Pause, dataType: number, orgOnly: false}
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Wait A Moment
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs: {ms: {type: configVar, value: Pause}}
"""
PLACE = "integrations/orders"
FILES = {
    f"{PLACE}/integration.yml": INTEGRATION,
    f"{PLACE}/configs/dev.yml": "values: {Pause: long}\n",
    f"{PLACE}/configs/empty.yml": "values: {}\n",
    f"{PLACE}/payloads/bad.json": "[1 2]",
    f"{PLACE}/tests/a.test.yml": "tests:\n  a:\n    mocks: {waitAMomnt: 1}\n",
}


@pytest.fixture
def check(xchange, project):
    """Validate; give exit code, place and rule of each finding, and the rest of the result."""

    def run(files, *arguments):
        ran = xchange("validate", *arguments, "--output", "json", cwd=project(files))
        data = json.loads(ran.out)
        found = [(one["file"].removeprefix(f"{PLACE}/"), one["rule"]) for one in data["findings"]]
        return ran.code, found, data

    return run


def numbers(data):
    return {key: data["checked"][key] for key in ("files", "configSets", "payloads", "flowTests")}


def test_what_is_named_and_stands_beside_a_named_integration_is_checked_once(check):
    code, found, data = check(FILES, *FILES)
    assert (code, found) == (
        1,
        [
            ("configs/dev.yml", "bad-config-value"),
            ("configs/empty.yml", "missing-config-value"),
            ("payloads/bad.json", "bad-payload"),
            ("tests/a.test.yml", "unknown-name-in-test"),
        ],
    )
    assert numbers(data) == {"files": 1, "configSets": 2, "payloads": 1, "flowTests": 1}


def test_a_set_that_is_not_named_need_not_be_complete(check):
    named = check(FILES, f"{PLACE}/integration.yml", f"{PLACE}/configs/dev.yml")[1]
    assert ("configs/empty.yml", "missing-config-value") not in named
    assert check(FILES)[1] == named


def test_a_payload_that_may_hold_anything_is_said_to_be_unchecked(check):
    files = {f"{PLACE}/integration.yml": INTEGRATION, f"{PLACE}/payloads/a.csv": "a;b\n"}
    code, found, data = check(files, f"{PLACE}/payloads/a.csv")
    assert (code, found) == (0, [("payloads/a.csv", "unchecked-file")])
    assert data["findings"][0]["severity"] == "info"
    assert numbers(data) == {"files": 0, "configSets": 0, "payloads": 1, "flowTests": 0}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("README.md", "Integrations are YAML: .yml or .yaml."),
        (f"{PLACE}/foo.json", "Integrations are YAML: .yml or .yaml."),
        (f"{PLACE}/configs/dev.json", "In the folder configs it checks *.yml, *.yaml."),
        (f"{PLACE}/tests/deeper/a.test.yml", "In the folder tests it checks *.yml, *.yaml."),
    ],
)
def test_any_other_file_is_refused_in_one_line_and_the_rest_is_checked(check, name, hint):
    code, found, data = check({f"{PLACE}/integration.yml": INTEGRATION, name: "{}"}, name, PLACE)
    assert (code, found) == (3, [(name.removeprefix(f"{PLACE}/"), "unreadable-file")])
    assert data["findings"][0]["message"] == "this is no file that xchange checks"
    assert data["findings"][0]["hint"] == hint
    assert numbers(data) == {"files": 1, "configSets": 0, "payloads": 0, "flowTests": 0}


@pytest.mark.parametrize("arguments", [(), (f"{PLACE}/tests/orders.yml",)])
def test_a_file_in_tests_that_is_called_otherwise_gets_a_warning_with_the_right_name(check, arguments):
    files = {
        f"{PLACE}/integration.yml": INTEGRATION,
        f"{PLACE}/tests/orders.yml": "tests: {a: {flow: Refund}}\n",
    }
    code, found, data = check(files, *arguments)
    assert (code, found) == (0, [("tests/orders.yml", "misnamed-test")])
    assert (data["findings"][0]["severity"], data["findings"][0]["hint"]) == (
        "warning",
        "Call it orders.test.yml, or keep it elsewhere.",
    )


NAMED = f"{PLACE}/tests/a.test.yml"
MARKED = f"{NAMED}:3:13: error unknown-name-in-test: the flow `Flow` has no step `waitAMomnt` [unsafe fix]"


@pytest.mark.parametrize("arguments", [(), (NAMED,), (PLACE, NAMED)])
def test_what_is_wrong_in_a_flow_test_is_marked_and_mended_however_it_is_named(xchange, project, arguments):
    files = {f"{PLACE}/integration.yml": INTEGRATION, NAMED: FILES[NAMED]}
    folder = project(files)
    before = xchange("validate", *arguments, cwd=folder)
    assert MARKED in before.out
    assert before.out.endswith("1 can be fixed by --fix --unsafe-fixes\n")
    diff = xchange("validate", *arguments, "--unsafe-fixes", "--diff", cwd=folder).out
    assert "+    mocks: {waitAMoment: 1}\n" in diff
    after = xchange("validate", *arguments, "--fix", "--unsafe-fixes", cwd=folder)
    assert (after.code, after.out.splitlines()[-1]) == (0, "fixed 1 finding (1 file)")
    assert (folder / NAMED).read_text(encoding="utf-8") == "tests:\n  a:\n    mocks: {waitAMoment: 1}\n"


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("a.yml", "haeders: {}\nbody: {data: 1}\n", "headers: {}\nbody: {data: 1}\n"),
        ("a.json", '{"haeders": {}, "body": {"data": 1}}', '{"headers": {}, "body": {"data": 1}}'),
    ],
)
def test_a_payload_is_mended(xchange, project, name, wrong, right):
    folder = project({f"{PLACE}/integration.yml": INTEGRATION, f"{PLACE}/payloads/{name}": wrong})
    code, out, _ = xchange("validate", "--fix", "--unsafe-fixes", cwd=folder)
    assert (code, out.splitlines()[-1]) == (0, "fixed 1 finding (1 file)")
    assert (folder / f"{PLACE}/payloads/{name}").read_text(encoding="utf-8") == right


def test_no_fix_is_promised_in_a_file_of_the_project_itself(check):
    files = {f"{PLACE}/integration.yml": INTEGRATION, "xchange.yaml": "integratons: []\n"}
    _, found, data = check(files)
    assert found == [("xchange.yaml", "unknown-key")]
    assert data["findings"][0]["fix"] == []
