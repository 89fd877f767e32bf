"""How sure rules are of what they find: what makes an error of a warning, and what a fix may change."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.load import component_from_data
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.certainty import is_slip
from xchange_cli.validation.connections import share_connections
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()


def found(case, *rules, catalog=CATALOG):
    """Give rule and severity of each finding; of these rules only, where some are named."""
    diagnostics = validate(Source("case.yml", complete(case)), catalog).diagnostics
    return [(one.rule, one.severity.value) for one in diagnostics if not rules or one.rule in rules]


def step(component, action, inputs):
    return f"""\
      - name: Do It
        action: {{key: {action}, component: {{key: {component}, isPublic: true, version: LATEST}}}}
        inputs: {{{inputs}}}
"""


def variables(*written, elements=()):
    shown = ", ".join(f"{{type: configVar, value: {name}}}" for name in elements)
    lines = "".join(f"  - {{{one}}}\n" for one in written)
    return f"configPages: [{{name: Settings, elements: [{shown}]}}]\nrequiredConfigVars:\n{lines}"


@pytest.mark.parametrize(
    ("component", "action", "inputs", "severity"),
    [
        ("loop", "loopOverItems", "", "error"),
        ("code", "runCode", "code: {type: value, value: ''}", "error"),
        ("code", "runCode", "", "warning"),
        ("http", "httpGet", "url: {type: value, value: ''}", "error"),
        ("http", "httpPatch", "url: {type: value, value: ''}, data: {type: value, value: a}", "warning"),
    ],
)
def test_a_missing_input_is_an_error_where_its_need_is_known_from_source_or_usage(
    component, action, inputs, severity
):
    assert found(step(component, action, inputs), "missing-input") == [("missing-input", severity)]


SLACK = "key: Slack, dataType: connection, connection: {key: oauth2, component: {key: slack, isPublic: true}}"
CHANNELS = "key: Channel, dataType: picklist, dataSource: {key: selectChannels, component: {key: slack, isPublic: true}}"
LOG_CHANNEL = step("log", "writeLog", "message: {type: configVar, value: Channel}")


def test_a_data_source_without_connection_is_a_warning_and_the_connection_is_not_called_unused():
    text = LOG_CHANNEL + variables(SLACK, CHANNELS, elements=["Slack", "Channel"])
    assert found(text) == [("missing-connection", "warning")]


def test_a_data_source_with_an_empty_connection_is_an_error():
    empty = f"{CHANNELS}, inputs: {{connection: {{type: configVar, value: ''}}}}"
    text = LOG_CHANNEL + variables(SLACK, empty, elements=["Slack", "Channel"])
    assert found(text) == [("missing-connection", "error")]


@pytest.mark.parametrize(
    "written",
    [
        f"{CHANNELS}, inputs: {{connection: {{type: configVar, value: Slack}}}}",
        "key: Channel, dataType: picklist, dataSource: {key: selectRegion, component: {key: aws-s3, isPublic: true}}",
    ],
)
def test_a_data_source_with_a_connection_or_without_need_of_one_is_fine(written):
    text = LOG_CHANNEL + variables(SLACK, written, elements=["Slack", "Channel"])
    assert found(text, "missing-connection") == []


def test_a_data_source_of_code_without_code_is_an_error():
    form = "key: Channel, dataType: jsonForm, dataSource: {key: runCodeJsonForm, component: {key: code, isPublic: true}}"
    for inputs in ("{}", "{code: {type: value, value: ''}}"):
        text = LOG_CHANNEL + variables(f"{form}, inputs: {inputs}", elements=["Channel"])
        assert found(text) == [("missing-input", "error")]


@pytest.mark.parametrize(
    ("ours", "theirs", "shared"),
    [
        ("aws-s3", "aws-sns", True),
        ("ms-onedrive", "ms-sharepoint", True),
        ("ms-sharepoint", "ms-sql-server", False),
        ("google-gmail", "google-cloud-storage", False),
        ("azure-blob", "azure-files", False),
        ("http", "http", True),
    ],
)
def test_components_of_amazon_and_of_microsoft_graph_share_connections(ours, theirs, shared):
    assert (share_connections(ours, theirs), share_connections(theirs, ours)) == (shared, shared)


def test_a_connection_of_another_app_of_the_same_maker_is_an_error():
    gmail = "key: Mail, dataType: connection, connection: {key: oauth2, component: {key: google-gmail, isPublic: true}}"
    inputs = "connection: {type: configVar, value: Mail}, bucketName: {type: value, value: a}"
    text = step("google-cloud-storage", "listFilesV2", inputs) + variables(gmail, elements=["Mail"])
    assert found(text) == [("connection-mismatch", "error")]


def test_a_shared_connection_must_be_of_a_type_that_the_action_accepts():
    acme = component_from_data(
        {
            "key": "aws-acme",
            "title": "Acme",
            "connections": [{"key": "apiKeySecret"}, {"key": "awsAssumeRole"}],
            "actions": [
                {
                    "key": "ask",
                    "inputs": [{"key": "account", "type": "connection", "accepts": ["awsAssumeRole"]}],
                }
            ],
        },
        is_own=True,
    )
    account = "key: S3, dataType: connection, connection: {key: apiKeySecret, component: {key: aws-s3, isPublic: true}}"
    case = step("aws-acme", "ask", "account: {type: configVar, value: S3}") + variables(
        account, elements=["S3"]
    )
    text = case.replace("aws-acme, isPublic: true", "aws-acme, isPublic: false")
    assert found(text, catalog=Catalog.load([acme])) == [("connection-type", "error")]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("slak", "slack"),
        ("slep", "sleep"),
        ("slcak", "slack"),
        ("slock", "slack"),
        ("salesforc", "salesforce"),
    ],
)
def test_one_wrong_letter_is_a_slip(key, meant):
    assert is_slip(key, meant)
    text = step(key, "doIt", "")
    assert found(text) == [("unknown-component", "error")]


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("loom", "loop"),
        ("coda", "code"),
        ("aws-ses", "aws-sns"),
        ("ftps", "ftp"),
        ("black", "slack"),
        ("ldap", "imap"),
    ],
)
def test_what_may_be_another_word_is_no_slip(key, other):
    assert not is_slip(key, other)


@pytest.mark.parametrize(
    ("key", "severity"),
    [("postMesage", "error"), ("postMessages", "warning"), ("pokeMessage", "warning")],
)
def test_an_action_is_surely_wrong_where_one_letter_is(key, severity):
    assert found(step("slack", key, "")) == [("unknown-action", severity)]


@pytest.mark.parametrize(("key", "severity"), [("selectChanels", "error"), ("selectTeams", "warning")])
def test_a_data_source_is_surely_wrong_where_one_letter_is(key, severity):
    text = LOG_CHANNEL + variables(CHANNELS.replace("selectChannels", key), elements=["Channel"])
    assert found(text) == [("unknown-data-source", severity)]


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("key: Note, dataType: string", "error"),
        ("key: Note, dataType: string, defaultValue: a", "warning"),
        ("key: Note, dataType: string, userLevelConfigured: true", "warning"),
        ("key: Note, dataType: string, meta: {visibleToCustomerDeployer: false}", "warning"),
    ],
)
def test_a_variable_on_no_page_is_an_error_where_nothing_else_gives_it_a_value(written, severity):
    text = step("log", "writeLog", "message: {type: configVar, value: Note}") + variables(written)
    assert found(text) == [("config-page-elements", severity)]


@pytest.mark.parametrize(("secret", "severity"), [("''", "error"), ("'${env:KEY}'", "warning")])
def test_a_connection_on_no_page_is_an_error_where_it_lacks_a_value(secret, severity):
    account = (
        "key: Shop, dataType: connection, connection: {key: apiKey, component: {key: http, isPublic: true}}, "
        f"inputs: {{apiKey: {{type: value, value: {secret}}}}}"
    )
    inputs = "connection: {type: configVar, value: Shop}, url: {type: value, value: 'https://a.example'}"
    text = step("http", "httpGet", inputs) + variables(account)
    assert found(text, "config-page-elements") == [("config-page-elements", severity)]


def test_a_variable_on_two_pages_is_an_error():
    written = "key: Note, dataType: string, defaultValue: a"
    text = step("log", "writeLog", "message: {type: configVar, value: Note}")
    assert found(text + variables(written, elements=["Note", "Note"])) == [("config-page-elements", "error")]


@pytest.mark.parametrize(
    ("data_type", "default", "safe"),
    [
        ("number", "5", True),
        ("boolean", "true", True),
        ("string", "01234", True),
        ("number", "-012.50", True),
    ],
)
def test_a_default_value_that_some_program_takes_for_no_text_is_quoted_as_it_stands(data_type, default, safe):
    text = step("log", "writeLog", "message: {type: configVar, value: Note}")
    text += variables(f"key: Note, dataType: {data_type}, defaultValue: {default}", elements=["Note"])
    (finding,) = validate(Source("case.yml", complete(text)), CATALOG).diagnostics
    ((edit,), is_safe) = finding.fixes[0]
    assert (finding.rule, finding.span.text, edit.text, is_safe) == (
        "not-text",
        default,
        f"'{default}'",
        safe,
    )


@pytest.mark.parametrize("default", ["2024-01-31", "'01234'", "1.2.3", "0123-45", "0-1"])
def test_dates_and_texts_need_no_quotes(default):
    inputs = f"message: {{type: value, value: {default}}}"
    assert found(step("log", "writeLog", inputs)) == []


@pytest.mark.parametrize(
    "written",
    [
        "dataType: number, defaultValue: '-1.5e3'",
        "dataType: number, defaultValue: '007'",
        "dataType: boolean, defaultValue: 'false'",
        "dataType: code, codeLanguage: json, defaultValue: ''",
        'dataType: code, codeLanguage: xml, defaultValue: \'<?xml version="1.0"?><a b="c">&#10;</a>\'',
        'dataType: boolean, collectionType: keyvaluelist, defaultValue: \'[{"key": "a", "value": "true"}]\'',
    ],
)
def test_a_default_value_in_the_form_of_the_format_is_fine(written):
    text = step("log", "writeLog", "message: {type: configVar, value: Note}")
    assert found(text + variables(f"key: Note, {written}", elements=["Note"]), "bad-default") == []
