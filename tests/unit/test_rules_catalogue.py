"""What cases of rules cannot say about the rules that ask the catalogue: severities, hints and own components."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.load import component_from_data
from xchange_cli.diagnostics import Severity
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.validate import validate

ACME = component_from_data(
    {
        "key": "acme-erp",
        "title": "Acme ERP",
        "connections": [{"key": "token"}],
        "actions": [
            {
                "key": "createOrder",
                "inputs": [
                    {"key": "connection", "type": "connection", "required": True},
                    {"key": "lines", "type": "string", "required": True},
                    {"key": "urgent", "type": "boolean", "required": True},
                    {"key": "currency", "type": "string", "required": True, "default": "EUR"},
                    {"key": "script", "type": "code", "required": True},
                ],
            }
        ],
    },
    is_own=True,
)
CATALOG = Catalog.load([ACME])


def step(component, action, inputs="{}", *, is_public=True):
    return (
        "      - name: Act\n"
        f"        action: {{key: {action}, component: {{key: {component}, isPublic: {str(is_public).lower()}, "
        f"version: LATEST}}}}\n        inputs: {inputs}\n"
    )


def variable(kind, key, component="slack", *, is_public=True):
    return complete(step("slack", "listUsers", "{connection: {type: configVar, value: V}}")) + (
        "configPages:\n  - {name: P, elements: [{type: configVar, value: V}]}\n"
        "requiredConfigVars:\n  - key: V\n    dataType: connection\n"
        f"    {kind}: {{key: {key}, component: {{key: {component}, isPublic: {str(is_public).lower()}}}}}\n"
    )


def found(text, slug):
    """Give severity and message of a rule's findings."""
    report = validate(Source("case.yml", complete(text)), CATALOG)
    return [(finding.severity, finding.message) for finding in report.diagnostics if finding.rule == slug]


def hints(text, slug):
    report = validate(Source("case.yml", complete(text)), CATALOG)
    return [finding.hint for finding in report.diagnostics if finding.rule == slug]


@pytest.mark.parametrize(
    ("component", "action", "severity", "message"),
    [
        ("aws-s3", "getObjekt", Severity.ERROR, "the component `aws-s3` has no action `getObjekt`"),
        (
            "salesforce",
            "mergeLead",
            Severity.WARNING,
            "the catalogue has no action `mergeLead` of the component `salesforce`",
        ),
        ("salesforce", "Query", Severity.ERROR, "the component `salesforce` has no action `Query`"),
        ("math", "sum", Severity.WARNING, "the catalogue has no action `sum` of the component `math`"),
    ],
)
def test_an_unknown_action_is_an_error_only_where_the_catalogue_must_have_it(
    component, action, severity, message
):
    assert found(step(component, action), "unknown-action") == [(severity, message)]


def test_an_own_component_has_no_actions_but_its_own():
    text = step("acme-erp", "createOrders", is_public=False)
    message = "the component `acme-erp` has no action `createOrders`"
    assert found(text, "unknown-action") == [(Severity.ERROR, message)]
    assert hints(text, "unknown-action") == ["Did you mean `createOrder`?"]


@pytest.mark.parametrize("key", ["collectiontools", "Slack", "change-data-formats"])
def test_a_public_component_that_is_almost_a_known_one_is_an_error(key):
    assert found(step(key, "act"), "unknown-component") == [
        (Severity.ERROR, f"the component `{key}` is not known")
    ]


@pytest.mark.parametrize("key", ["aws-ses", "gitlab", "google-docs", "ms-outlook"])
def test_a_public_component_that_may_exist_is_a_warning(key):
    assert found(step(key, "act"), "unknown-component") == [
        (Severity.WARNING, f"the component `{key}` is not known")
    ]


def test_a_private_component_that_nobody_described_is_a_warning_that_says_what_to_do():
    text = step("stock-keeper", "count", is_public=False)
    assert found(text, "unknown-component") == [
        (Severity.WARNING, "the private component `stock-keeper` is not known")
    ]
    assert hints(text, "unknown-component") == [
        "Describe it in `components/stock-keeper.yml` to have its steps checked and run here."
    ]


def test_a_private_component_with_the_key_of_a_public_one_may_mean_that_one():
    assert hints(step("http", "httpGet", is_public=False), "unknown-component") == [
        "There is a public component `http`: for that one, write `isPublic: true`."
    ]


def test_an_unknown_component_is_told_once_though_a_config_variable_and_steps_use_it():
    text = variable("connection", "token", "stock-keeper", is_public=False)
    flow = step("stock-keeper", "count", is_public=False)
    text = text.replace("configPages:", f"{flow}configPages:")
    report = validate(Source("case.yml", text), CATALOG)
    places = [finding.pointer for finding in report.diagnostics if finding.rule == "unknown-component"]
    assert places == ["/requiredConfigVars/0/connection/component/key"]


@pytest.mark.parametrize(
    ("component", "key", "severity"),
    [
        ("slack", "oauth", Severity.WARNING),
        ("slack", "OAuth2", Severity.ERROR),
        ("aws-s3", "apiKeySecrets", Severity.ERROR),
    ],
)
def test_an_unknown_connection_is_an_error_only_where_the_catalogue_must_have_it(component, key, severity):
    assert [level for level, _ in found(variable("connection", key, component), "unknown-connection")] == [
        severity
    ]


@pytest.mark.parametrize(
    ("key", "severity"), [("selectTeams", Severity.WARNING), ("selectusers", Severity.ERROR)]
)
def test_an_unknown_data_source_is_a_warning_unless_only_capitals_are_wrong(key, severity):
    assert [level for level, _ in found(variable("dataSource", key), "unknown-data-source")] == [severity]


def test_what_an_own_component_requires_is_an_error_but_code_may_have_a_sample():
    assert found(step("acme-erp", "createOrder", is_public=False), "missing-input") == [
        (Severity.ERROR, "the action `createOrder` needs the input `lines`"),
        (Severity.WARNING, "the action `createOrder` needs the input `script`"),
    ]


def test_what_only_documentation_says_to_be_required_is_a_warning():
    text = step("http", "httpPatch", "{data: {type: value, value: a}}")
    assert found(text, "missing-input") == [
        (Severity.WARNING, "the action `httpPatch` needs the input `url`")
    ]


def test_what_is_always_used_is_required():
    assert found(step("log", "writeLog"), "missing-input") == [
        (Severity.ERROR, "the action `writeLog` needs the input `message`")
    ]


@pytest.mark.parametrize(
    "given",
    [
        "{type: value, value: ''}",
        "{type: reference, value: ''}",
        "{type: configVar, value: ''}",
        "{type: template, value: ''}",
    ],
)
def test_empty_text_of_any_type_is_not_set(given):
    text = step("log", "writeLog", f"{{message: {given}}}")
    assert found(text, "missing-input") == [
        (Severity.ERROR, "`message` is empty, but the action `writeLog` needs it")
    ]


def test_an_empty_list_is_a_value():
    text = step("math", "add", "{numbers: {type: complex, value: []}}")
    assert found(text, "missing-input") == []


def test_capitals_of_inputs_do_not_count_where_the_catalogue_derived_them():
    text = step("csv", "generate", "{Data: {type: complex, value: []}}")
    assert found(text, "missing-input") == []
    assert found(text, "unknown-input") == []


def test_a_missing_connection_names_a_variable_that_fits():
    text = variable("connection", "oauth2").replace("value: V}}\n", "value: ''}}\n", 1)
    assert found(text, "missing-connection") == [
        (Severity.ERROR, "`connection` is empty, but the action `listUsers` needs it")
    ]
    assert hints(text, "missing-connection") == ["Set it to the config variable `V`."]


def test_a_connection_that_the_file_leaves_out_is_a_warning_as_exports_do_so():
    assert found(step("slack", "listUsers", "{}"), "missing-connection") == [
        (Severity.WARNING, "the action `listUsers` needs the input `connection`")
    ]


def test_a_connection_variable_may_leave_all_its_inputs_to_the_deployment():
    text = variable("connection", "oauth2") + "    inputs: {clientId: null, clientSecret: ''}\n"
    assert found(text, "missing-input") == []
    assert found(text, "unknown-input") == []


def test_inputs_of_a_wrong_type_are_the_schemas_complaint_alone():
    assert found(step("slack", "listUsers", "[]"), "missing-connection") == []
    assert found(step("log", "writeLog", "[]"), "missing-input") == []
