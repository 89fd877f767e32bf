"""What cases of the rules about flows, config variables and the file cannot show: certainty, fixes, what is silent."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.load import component_from_data
from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.own_specs import own_findings
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()

FLOW = """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
"""


def found(case, rule, catalog=CATALOG):
    report = validate(Source("case.yml", complete(case)), catalog).diagnostics
    assert [finding for finding in report if finding.rule == "internal-rule-error"] == []
    return [finding for finding in report if finding.rule == rule]


def told(case, rule, catalog=CATALOG):
    return [(finding.severity.value, finding.message) for finding in found(case, rule, catalog)]


def mended(case, finding):
    edit = finding.fixes[0].edits[0]
    text = complete(case)
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        (
            "preprocessFlowName: Flow\n",
            [("warning", "`preprocessFlowName` has no effect: every flow has a URL of its own")],
        ),
        ("preprocessFlowName: ''\nflowNameField: {type: value, value: ''}\n", []),
        ("endpointType: instance_specific\npreprocessFlowName: Flow\n", []),
        ("endpointType: instance_specific\nflowNameField: {type: value, value: [a]}\n", []),
        ("endpointType: elsewhere\n", []),
        (
            "endpointType: shared_instance\npreprocessFlowName: Flow\n",
            [("error", "`shared_instance` needs `externalCustomerIdField`")],
        ),
    ],
)
def test_routing_is_needed_where_flows_share_a_url_and_idle_elsewhere(tail, expected):
    assert told(FLOW + tail, "endpoint-routing") == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("{type: reference, value: called.results.body.data.flow}", []),
        ("{type: reference, value: called}", ["error"]),
        ("{type: reference, value: called.body.data.flow}", ["error"]),
        ("{type: value, value: Flow}", ["warning"]),
        ("{type: configVar, value: ''}", []),
        ("{type: template, value: 'x-{{$called.results.body.data.flow}}'}", []),
    ],
)
def test_routing_fields_refer_to_the_preprocess_flow(field, expected):
    case = FLOW + f"endpointType: instance_specific\npreprocessFlowName: Flow\nflowNameField: {field}\n"
    assert [severity for severity, _ in told(case, "setting-reference")] == expected


def test_settings_of_flow_and_file_name_config_variables_that_exist():
    queue = "    queueConfig: {usesFifoQueue: true, dedupeIdField: {type: template, value: '{{#Shp}}'}}\n"
    routing = "endpointType: instance_specific\nflowNameField: {type: configVar, value: Shp}\n"
    page = "configPages: [{name: Settings, elements: [{type: configVar, value: Shop}]}]\n"
    variable = "requiredConfigVars: [{key: Shop, dataType: string}]\n"
    case = queue + FLOW + routing + page + variable
    message = ("error", "no config variable is called `Shp`")
    assert told(case, "unknown-config-var") == [message, message]
    assert told(case, "unused-config-var") == []


def test_settings_are_read_as_expressions():
    queue = "    queueConfig: {usesFifoQueue: true, dedupeIdField: {type: template, value: '{{ $called.results }}'}}\n"
    assert [severity for severity, _ in told(queue + FLOW, "template-blanks")] == ["warning"]


def test_a_longer_circle_is_told_once():
    def variable(key, needs):
        source = "{key: selectRegion, component: {key: aws-s3, isPublic: true, version: LATEST}}"
        inputs = f"{{prefix: {{type: configVar, value: {needs}}}}}"
        return f"  - {{key: {key}, dataType: picklist, dataSource: {source}, inputs: {inputs}}}\n"

    needs = {"A": "B", "B": "C", "C": "A", "D": "A"}
    case = FLOW + "requiredConfigVars:\n" + "".join(variable(*pair) for pair in needs.items())
    assert told(case, "config-var-circle") == [("error", "`A` depends on itself: `A` → `B` → `C` → `A`")]


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("dataType: boolean, defaultValue: true", []),
        ("dataType: number, defaultValue: 010", []),
        ("dataType: schedule, defaultValue: 0 3 * * *", []),
        ("dataType: schedule, defaultValue: 0 0 3 * * *", ["error"]),
        ("dataType: timestamp, defaultValue: soon", ["error"]),
        ("dataType: date, defaultValue: 2024-02-30", ["error"]),
        ("dataType: string, defaultValue: ''", []),
        ("dataType: jsonForm, defaultValue: '{\"a\": 1'", ["error"]),
        ("dataType: objectSelection, defaultValue: '[{}]'", ["warning"]),
        ("dataType: objectSelection, defaultValue: '{}'", ["error"]),
        (
            'dataType: string, collectionType: keyvaluelist, defaultValue: \'[{"key": "a", "value": "b"}]\'',
            [],
        ),
        ("dataType: string, collectionType: keyvaluelist, defaultValue: '[\"a\"]'", ["error"]),
        ("dataType: connection, defaultValue: ''", []),
        ("dataType: connection, defaultValue: key", ["warning"]),
        (
            "dataType: picklist, dataSource: {key: x, component: {key: slack, isPublic: true}}, defaultValue: any",
            [],
        ),
    ],
)
def test_a_default_value_is_judged_as_a_run_reads_it(variable, expected):
    case = FLOW + f"requiredConfigVars:\n  - {{key: Given, {variable}}}\n"
    assert [severity for severity, _ in told(case, "bad-default")] == expected


def test_a_default_value_near_to_a_choice_can_be_mended():
    case = (
        FLOW
        + "requiredConfigVars:\n  - {key: Size, dataType: picklist, pickList: [Small], defaultValue: Smal}\n"
    )
    [finding] = found(case, "bad-default")
    assert mended(case, finding) == complete(case.replace("Smal}", "Small}"))


def test_old_names_are_mended_without_touching_quotes():
    case = (
        FLOW + "requiredConfigVars:\n  - {key: A, dataType: string, meta: {'isVisibleToOrgDeployer': true}}\n"
    )
    [finding] = found(case, "deprecated")
    assert finding.fixes[0].safe
    assert mended(case, finding) == complete(case.replace("isVisible", "visible"))


def test_an_old_name_beside_the_new_one_has_no_fix():
    meta = "{isVisibleToOrgDeployer: true, visibleToOrgDeployer: false}"
    case = FLOW + f"requiredConfigVars:\n  - {{key: A, dataType: string, meta: {meta}}}\n"
    [finding] = found(case, "deprecated")
    assert finding.fixes == ()


def code_step(code):
    return f"""\
      - name: Compute
        action: {{key: runCode, component: {{key: code, isPublic: true, version: LATEST}}}}
        inputs:
          code: {{type: value, value: '{code}'}}
requiredConfigVars:
  - {{key: Page Size, dataType: number}}
  - {{key: Greeting, dataType: string}}
"""


@pytest.mark.parametrize(
    ("code", "unused"),
    [
        ("module.exports = () => 1", ["Page Size", "Greeting"]),
        ('configVars["Page Size"]', ["Greeting"]),
        ("configVars.Greeting", ["Page Size"]),
        ("configVars.Greetin", ["Page Size"]),
        ("configVars?.[name]", []),
        ("Object.keys(context.configVars)", []),
        ("({ configVars: { Greeting } }) => Greeting", ["Page Size"]),
    ],
)
def test_a_variable_that_code_may_use_is_no_unused_one(code, unused):
    messages = [("warning", f"nothing uses the config variable `{key}`") for key in unused]
    assert told(code_step(code), "unused-config-var") == messages


def test_a_schedule_uses_its_variable():
    case = """\
    steps:
      - name: Nightly
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: configVar, value: Run At, meta: {scheduleType: custom}}
requiredConfigVars:
  - {key: Run At, dataType: schedule}
"""
    assert told(case, "unused-config-var") == []


def kept(action, **inputs):
    component = "{key: persist-data, isPublic: true, version: LATEST}"
    given = ", ".join(f"{key}: {value}" for key, value in inputs.items())
    return f"      - {{name: {action}, action: {{key: {action}, component: {component}}}, inputs: {{{given}}}}}\n"


CURSOR = "{type: value, value: cursor}"
COMPUTED = "{type: reference, value: called.results.body.data}"
READ = kept("getInstanceValue", keyInput=CURSOR)


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        (READ, 1),
        (READ + kept("saveInstanceValue", keyInput=COMPUTED), 0),
        (READ + kept("saveInstanceValue", dynamicValues=COMPUTED), 0),
        (READ + kept("incrementInstanceValue", keyInput=CURSOR), 0),
        (READ + kept("saveExecutionValue", keyInput=CURSOR), 1),
        (READ + kept("removeInstanceValue", keyInput=CURSOR), 1),
        (kept("getInstanceValue", keyInput=COMPUTED), 0),
        (READ + "      - {name: X, action: {key: act, component: {key: acme, isPublic: false}}}\n", 0),
        (
            READ
            + "      - {name: X, action: {key: runCode, component: {key: code, isPublic: true}},"
            + " inputs: {code: {type: value, value: 'return {data: 1, instanceState}'}}}\n",
            0,
        ),
    ],
)
def test_a_kept_value_counts_as_written_wherever_it_may_be(steps, count):
    assert len(found(FLOW + steps, "state-never-written")) == count


def test_the_hint_names_what_writes_a_value_in_another_kind_of_state():
    [finding] = found(FLOW + READ + kept("saveExecutionValue", keyInput=CURSOR), "state-never-written")
    assert finding.hint.startswith("It is written by `saveExecutionValue`, which this step does not see")


@pytest.mark.parametrize(
    ("before", "action", "count"),
    [
        ("", "appendCrossFlowValueToList", 1),
        ("", "addCrossFlowValueToSet", 0),
        ("", "incrementExecutionValue", 0),
        (kept("removeCrossFlowState"), "incrementCrossFlowValue", 0),
    ],
)
def test_a_deploy_flow_may_add_to_what_it_has_cleared_or_what_ends_with_it(before, action, count):
    deploy = FLOW.replace("key: webhook,", "key: instanceDeploy,").replace(
        "webhook-triggers", "management-triggers"
    )
    assert len(found(deploy + before + kept(action, keyInput=CURSOR), "accumulating-deploy")) == count


def schema_case(text):
    return f"    schemas: {{invoke: {text}}}\n" + FLOW


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        ("{}", 0),
        ("{$schema: 'http://json-schema.org/draft-07/schema', type: object}", 0),
        ("{$schema: 'http://schemas.invalid/own', type: object}", 0),
        ("{$schema: 5, type: object}", 1),
        ("{type: [object, strng]}", 1),
        ("{type: 5}", 1),
        ("{required: [a, a]}", 1),
        ("{properties: {a: {minimum: one}}, items: [1]}", 2),
    ],
)
def test_a_flow_schema_is_judged_by_its_draft_and_nothing_is_fetched(schema, count):
    assert len(found(schema_case(schema), "bad-flow-schema")) == count


def test_a_flow_schema_nested_very_deeply_is_one_finding():
    deep = "{items: " * 180 + "{type: strng}" + "}" * 180
    assert len(found(schema_case(deep), "bad-flow-schema")) == 1


def test_an_agent_flow_is_treated_as_synchronous_with_less_certainty():
    queue = "    isAgentFlow: true\n    queueConfig: {usesFifoQueue: true}\n"
    assert told(queue + FLOW, "queue-conflict") == [("warning", "an agent flow cannot have a queue")]


def test_a_synchronous_flow_should_not_poll():
    case = "    isSynchronous: true\n" + FLOW.replace("key: webhook,", "key: newOrModifiedFiles,").replace(
        "webhook-triggers", "sftp"
    )
    assert told(case, "synchronous-flow") == [
        ("warning", "a synchronous flow cannot be started by a schedule")
    ]


OWN_TRIGGER = """\
    steps:
      - name: Called
        isTrigger: true
        action: {key: poll, component: {key: acme, isPublic: false, version: LATEST}}
"""
SCHEDULE = "        schedule: {type: value, value: 0 3 * * *, meta: {scheduleType: day, timeZone: ''}}\n"


@pytest.mark.parametrize(
    ("fact", "missing", "unexpected"),
    [("needed", [Severity.ERROR], []), ("possible", [], []), ("", [], [Severity.WARNING])],
)
def test_a_component_of_the_project_says_whether_its_trigger_has_a_schedule(fact, missing, unexpected):
    facts = {"key": "poll", "schedule": fact} if fact else {"key": "poll"}
    own = Catalog.load(
        [component_from_data({"key": "acme", "title": "Acme", "triggers": [facts]}, is_own=True)]
    )
    assert [finding.severity for finding in found(OWN_TRIGGER, "missing-schedule", own)] == missing
    assert [
        finding.severity for finding in found(OWN_TRIGGER + SCHEDULE, "unexpected-schedule", own)
    ] == unexpected


def test_a_component_has_each_key_once():
    text = "key: acme\ntitle: Acme\nactions:\n  - {key: ask}\n  - {key: tell, inputs: [{key: a, type: string}, {key: a, type: data}]}\n  - {key: ask}\n"
    report = own_findings(parse(Source("acme.yml", text)), "component")
    assert [(finding.rule, finding.message, finding.span.first.line) for finding in report] == [
        ("duplicate-key", "two inputs have the key `a`", 5),
        ("duplicate-key", "two actions have the key `ask`", 6),
    ]
