"""Comments that silence findings, in every kind of file that is checked, and selected rules."""

import json

import pytest

TRIGGER = """\
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
"""
LOG = """\
      - name: Tell
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {message: {type: reference, value: triger.results}}
"""
BROKEN = TRIGGER + LOG
QUIET = BROKEN.replace("results}}", "results}} # xchange: ignore[unknown-reference] renamed in May")
ODD = f"{BROKEN}colour: red\n"


@pytest.fixture
def check(xchange):
    """Validate a project and give exit code, findings and what standard error says."""

    def run(folder, *options):
        code, out, err = xchange("validate", *options, "--output", "json", cwd=folder)
        data = json.loads(out)
        found = [
            f"{one['file']}:{one['start']['line']} {one['rule']} {one['severity']}"
            for one in data["findings"]
        ]
        assert err == ""
        return code, found

    return run


def test_a_comment_behind_a_line_silences_what_it_names(check, project):
    assert check(project({"integrations/a/integration.yml": BROKEN})) == (
        1,
        ["integrations/a/integration.yml:13 unknown-reference error"],
    )
    assert check(project({"integrations/a/integration.yml": QUIET})) == (0, [])


def test_a_comment_that_is_no_longer_needed_is_a_warning_that_fix_removes(check, project, xchange):
    folder = project({"integrations/a/integration.yml": QUIET.replace("triger", "trigger")})
    assert check(folder) == (0, ["integrations/a/integration.yml:13 unused-ignore warning"])
    assert xchange("validate", "--fix", cwd=folder).code == 0
    text = (folder / "integrations/a/integration.yml").read_text(encoding="utf-8")
    assert text == BROKEN.replace("triger", "trigger")


def test_a_comment_without_a_reason_is_a_note(check, project):
    folder = project({"integrations/a/integration.yml": QUIET.replace(" renamed in May", "")})
    assert check(folder, "--fail-on", "info") == (
        1,
        ["integrations/a/integration.yml:13 ignore-without-reason info"],
    )


def test_the_project_file_and_components_and_config_sets_have_such_comments_too(check, project):
    unused = "# xchange: ignore[unknown-key] nothing here\n"
    folder = project(
        {
            "xchange.yaml": f"colour: red # xchange: ignore[unknown-key] for our own tool\n{unused}",
            "components/erp.yml": "key: erp\ntitle: ERP\ncolour: red # xchange: ignore[unknown-key] for our tool\n",
            "integrations/a/integration.yml": TRIGGER,
            "integrations/a/configs/dev.yml": f"colour: red # xchange: ignore[unknown-key] for our tool\n{unused}",
        }
    )
    assert check(folder) == (
        0,
        ["xchange.yaml:2 unused-ignore warning", "integrations/a/configs/dev.yml:2 unused-ignore warning"],
    )


def test_a_component_with_an_ignored_error_is_still_not_used(check, project):
    step = (
        "      - {name: Get, action: {key: getOrder, component: {key: erp, isPublic: false}}, inputs: {}}\n"
    )
    folder = project(
        {
            "components/erp.yml": "# xchange: ignore[missing-key] the title comes later\nkey: erp\nactions: []\n",
            "integrations/a/integration.yml": TRIGGER + step,
        }
    )
    assert check(folder) == (0, ["integrations/a/integration.yml:11 unknown-component warning"])


def test_a_comment_in_a_set_that_is_extended_holds_for_the_sets_that_extend_it(check, project):
    folder = project(
        {
            "integrations/a/integration.yml": TRIGGER,
            "integrations/a/configs/base.yml": "values:\n  Size: 1 # xchange: ignore[unknown-config-value] soon\n",
            "integrations/a/configs/dev.yml": "extends: base\n",
        }
    )
    assert check(folder, "--config", "all") == (0, [])


def test_a_run_starts_with_what_a_comment_silences(xchange, project):
    folder = project({"integrations/a/integration.yml": BROKEN})
    assert xchange("run", "a", "--no-record", cwd=folder).code == 1
    project({"integrations/a/integration.yml": QUIET})
    assert xchange("run", "a", "--no-record", cwd=folder).code in {0, 10}


def test_a_run_starts_with_what_comments_in_its_config_set_silence(xchange, project):
    note = "# xchange: ignore[bad-config-value, unknown-config-value] they move on Monday"
    variable = (
        "configPages: [{name: Page, elements: [{type: configVar, value: Size}]}]\n"
        "requiredConfigVars: [{key: Size, dataType: number, orgOnly: false}]\n"
    )
    mark = (
        "      - name: Mark\n"
        "        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}\n"
        "        inputs: {level: {type: value, value: info}, message: {type: configVar, value: Size}}\n"
    )
    folder = project(
        {
            "integrations/a/integration.yml": TRIGGER.replace("flows:\n", f"{variable}flows:\n") + mark,
            "integrations/a/configs/base.yml": "values:\n  Size: many\n  Sise: 5\n",
            "integrations/a/configs/dev.yml": "extends: base\n",
        }
    )
    run = ("run", "a", "--config", "dev", "--no-record")
    told = (
        "integrations/a/configs/base.yml:2:9: error bad-config-value: `Size` needs a number\n"
        "  hint: Write digits, with a dot before decimals.\n\n"
        "integrations/a/configs/base.yml:3:3: warning unknown-config-value: the integration has no config"
        " variable `Sise`\n  hint: Did you mean `Size`?\n\n"
        "the run does not start: 1 error\n"
    )
    assert xchange(*run, cwd=folder) == (1, "", told)

    project({"integrations/a/configs/base.yml": f"values:\n  Size: many {note}\n  Sise: 5 {note}\n"})
    ran = xchange(*run, cwd=folder)
    assert (ran.code, ran.err) == (0, "")


def test_no_comment_makes_a_run_start_with_a_config_set_that_cannot_be_read(xchange, project):
    note = "# xchange: ignore[yaml-syntax] later"
    folder = project(
        {
            "integrations/a/integration.yml": TRIGGER,
            "integrations/a/configs/dev.yml": f"values: [ {note}\n",
        }
    )
    ran = xchange("run", "a", "--config", "dev", "--no-record", cwd=folder)
    assert (ran.code, ran.err.splitlines()[0]) == (
        1,
        "integrations/a/configs/dev.yml:1:9: error yaml-syntax: this bracket is never closed",
    )


def test_a_switched_off_rule_does_not_make_its_comment_useless(check, project):
    settings = "lint: {rules: {unknown-reference: 'off'}}\n"
    assert check(project({"xchange.yaml": settings, "integrations/a/integration.yml": QUIET})) == (0, [])
    assert check(project({"xchange.yaml": settings, "integrations/a/integration.yml": BROKEN})) == (0, [])


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ([], ["unknown-reference", "unknown-key"]),
        (["--select", "unknown-key"], ["unknown-key"]),
        (["--select", "unknown-key,unknown-reference"], ["unknown-reference", "unknown-key"]),
        (["--select", "unknown-key", "--select", "missing-*"], ["unknown-key"]),
        (["--select", "unknown-*", "--ignore", "unknown-key"], ["unknown-reference"]),
        (["--ignore", "unknown-reference, unknown-key"], []),
        (["--ignore", "*"], []),
    ],
)
def test_rules_are_selected_and_left_out_by_names_and_patterns(check, project, options, rules):
    folder = project({"integrations/a/integration.yml": ODD})
    code, found = check(folder, *options)
    assert [line.split()[1] for line in found] == rules
    assert code == int("unknown-reference" in rules)


def test_a_file_that_is_no_yaml_is_told_whatever_is_selected(check, project):
    folder = project({"integrations/a/integration.yml": "flows: [\n"})
    assert check(folder, "--select", "unknown-key")[1] == [
        "integrations/a/integration.yml:1 yaml-syntax error"
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--select", "unknown-ky"], "there is no rule `unknown-ky`\nhint: Did you mean `unknown-key`?\n"),
        (["--ignore", "nonsense"], "there is no rule `nonsense`\nhint: `xchange rules` lists them.\n"),
        (["--ignore", "nonsense-*"], "no rule matches `nonsense-*`\nhint: `xchange rules` lists them.\n"),
    ],
)
def test_an_unknown_rule_is_wrong_usage(xchange, project, options, message):
    folder = project({"integrations/a/integration.yml": TRIGGER})
    assert xchange("validate", *options, cwd=folder) == (2, "", f"error: {message}")


def test_statistics_count_findings_by_rule(xchange, project):
    folder = project({"integrations/a/integration.yml": f"{ODD}size: 1\n"})
    code, out, err = xchange("validate", "--statistics", cwd=folder)
    assert out.partition("\n\n")[0].splitlines() == [
        "FINDINGS  RULE               SEVERITY  CAN BE FIXED",
        "       2  unknown-key        warning",
        "       1  unknown-reference  error     1 (unsafe)",
    ]
    assert (code, err) == (1, "")
    data = json.loads(xchange("validate", "--statistics", "--output", "json", cwd=folder).out)
    assert data["statistics"] == [
        {"rule": "unknown-key", "severity": "warning", "count": 2, "fixable": {"safe": 0, "unsafe": 0}},
        {"rule": "unknown-reference", "severity": "error", "count": 1, "fixable": {"safe": 0, "unsafe": 1}},
    ]
    assert len(data["findings"]) == 3


def test_statistics_of_nothing_are_no_table(xchange, project):
    folder = project({"integrations/a/integration.yml": TRIGGER})
    assert xchange("validate", "--statistics", cwd=folder).out.startswith(
        "1 file, 1 flow, 1 step: no findings ("
    )
