"""A config set bound to an integration: values, connections, secrets, and what is wrong at which place."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.configset.bind import Binding, bind
from xchange_cli.configset.read import read_config_set
from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.build import build
from xchange_cli.redaction import Secret
from xchange_cli.source import Source
from xchange_cli.validation.schema_findings import schema_findings

CATALOG = Catalog.load()

SIZES = """\
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '25'}
  - {key: API Base, dataType: string, defaultValue: ''}
"""
BASIC = """\
requiredConfigVars:
  - {key: User, dataType: string}
  - key: Api
    dataType: connection
    connection: {key: basic, component: {key: salesforce, isPublic: true, version: LATEST}}
    inputs:
      username: {type: configVar, value: User}
      password: {type: value, value: ''}
      loginUrl: {type: template, value: 'https://{{#User}}.test'}
"""
SLACK = """\
requiredConfigVars:
  - key: Slack Connection
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      clientId: {type: value, value: our-client}
      clientSecret: {type: value, value: our-secret}
      signingSecret: {type: value, value: ''}
"""
MONGO = """\
requiredConfigVars:
  - key: Db
    dataType: connection
    connection: {key: mongo, component: {key: mongo, isPublic: true, version: LATEST}}
    inputs: {}
"""


def no_files(path):
    raise XchangeError(ErrorCode.NOT_FOUND, f"{path} does not exist")


def bound(integration, config=None, *, overrides=None, needed=None, **environment):
    """Bind an integration (its text) to the set `dev` (its text)."""

    def check(document):
        return schema_findings(document, "config-set", unknown_keys=Severity.ERROR)

    config_set = None
    if config is not None:
        config_set = read_config_set(Source("dev.yml", config), "dev", sibling=no_files, check=check)
    return bind(
        build(parse(Source("integration.yml", integration)).root),
        config_set,
        catalog=CATALOG,
        overrides=overrides or {},
        environment=environment,
        read_file=no_files,
        needed=needed,
    )


def findings(binding):
    """Say of each finding what is wrong, and on which text of which line of which file."""
    return [
        (found.severity.value, found.rule, found.message, str(found.span.place), found.span.text)
        for found in binding.diagnostics
    ]


# Values


def test_values_of_the_set_are_typed_and_win_over_defaults():
    config = "values: {Page Size: '50', API Base: 'https://${env:HOST}'}"
    assert bound(SIZES, config, HOST="acme.test") == Binding(
        values={"Page Size": 50, "API Base": "https://acme.test"},
        secrets=(),
        origins={"Page Size": "set dev", "API Base": "set dev"},
        diagnostics=(),
    )


def test_options_win_over_the_set():
    binding = bound(SIZES, "values: {Page Size: 50, API Base: x}", overrides={"Page Size": "7"})
    assert binding.values == {"Page Size": 7, "API Base": "x"}
    assert binding.origins == {"Page Size": "--var", "API Base": "set dev"}


def test_what_is_not_set_falls_back():
    binding = bound(SIZES, "values: {Page Size: null, API Base: ''}", overrides={"Page Size": ""})
    assert binding.values == {"Page Size": 25, "API Base": ""}
    assert binding.origins == {"Page Size": "default", "API Base": "set dev"}


def test_options_are_taken_as_they_are():
    assert bound(SIZES, overrides={"API Base": "${env:X}"}).values["API Base"] == "${env:X}"


def test_numbers_in_a_text_variable_are_kept_as_written():
    assert bound(SIZES, "values: {API Base: 1.10}").values["API Base"] == "1.10"


def test_numbers_in_a_list_of_texts_are_kept_as_written():
    versions = "requiredConfigVars: [{key: V, dataType: string, collectionType: valuelist}]"
    assert bound(versions, "values: {V: [1.10, '${env:A}']}", A="2").values == {"V": ["1.10", "2"]}


def test_a_missing_value_is_reported_in_the_first_line_of_the_set():
    binding = bound(SIZES, "# Acme\nvalues: {Page Size: 50}\n")
    assert findings(binding) == [
        (
            "error",
            "missing-config-value",
            "the config variable `API Base` has no value",
            "dev.yml:1:1",
            "# Acme",
        )
    ]
    assert binding.diagnostics[0].hint == (
        'Add `API Base: …` under `values` of the config set, or pass `--var "API Base=…"`.'
    )
    assert "API Base" not in binding.values


def test_without_a_set_a_missing_value_is_reported_at_its_variable():
    binding = bound("requiredConfigVars:\n  - {key: 'On: off', dataType: boolean}\n")
    assert findings(binding) == [
        (
            "error",
            "missing-config-value",
            "the config variable `On: off` has no value",
            "integration.yml:2:11",
            "'On: off'",
        )
    ]
    assert binding.diagnostics[0].hint == 'Choose a set with `--config`, or pass `--var "On: off=true"`.'


def test_only_what_the_run_needs_can_be_missing():
    assert bound(SIZES, "{}", needed=["Page Size"]).diagnostics == ()


def test_a_value_that_does_not_fit_is_an_error_even_if_nobody_needs_it():
    binding = bound(SIZES, "values:\n  Page Size: fifty\n", needed=[])
    assert findings(binding) == [
        ("error", "bad-config-value", "`Page Size` needs a number", "dev.yml:2:14", "fifty")
    ]
    assert binding.values == {}


def test_an_option_that_does_not_fit_is_reported_in_the_option():
    assert findings(bound(SIZES, overrides={"Page Size": "fifty"}, needed=[])) == [
        ("error", "bad-config-value", "`Page Size` needs a number", "--var:1:11", "fifty")
    ]


def test_the_offending_entry_of_a_list_is_pointed_at():
    numbers = "requiredConfigVars: [{key: N, dataType: number, collectionType: valuelist}]"
    assert findings(bound(numbers, "values: {N: [1, x]}")) == [
        ("error", "bad-config-value", "`N` needs a number in every entry", "dev.yml:1:17", "x")
    ]


def test_a_default_that_does_not_fit_matters_only_where_it_is_used():
    broken = "requiredConfigVars: [{key: N, dataType: number, defaultValue: many}]"
    assert findings(bound(broken, needed=["N"])) == [
        ("error", "bad-config-value", "`N` needs a number", "integration.yml:1:63", "many")
    ]
    assert bound(broken, needed=[]).diagnostics == ()
    assert bound(broken, "values: {N: 1}").diagnostics == ()


def test_values_for_unknown_variables_are_warnings():
    binding = bound(
        SIZES,
        "values: {page size: 50, API Base: x}\nconnections: {Api Base Two: {}}",
        overrides={"Colour": "red"},
    )
    message = "the integration has no config variable"
    assert findings(binding) == [
        ("warning", "unknown-config-value", f"{message} `Colour`", "--var:1:1", "Colour"),
        ("warning", "unknown-config-value", f"{message} `page size`", "dev.yml:1:10", "page size"),
        ("warning", "unknown-config-value", f"{message} `Api Base Two`", "dev.yml:2:15", "Api Base Two"),
    ]
    assert [found.hint for found in binding.diagnostics] == [
        "",
        "Did you mean `Page Size`?",
        "Did you mean `API Base`?",
    ]


def test_values_in_the_wrong_part_say_where_they_go():
    config = "values: {Db: x}\nconnections: {Db: {}}"
    both = "requiredConfigVars: [{key: Db, dataType: connection}, {key: N, dataType: number}]"
    binding = bound(both, config + "\n  \n", overrides={"Db": "x"}, needed=[])
    message = "`Db` is a connection, which is more than one value"
    assert findings(binding) == [
        ("error", "bad-config-value", message, "--var:1:1", "Db"),
        ("error", "bad-config-value", message, "dev.yml:1:10", "Db"),
    ]
    binding = bound(both, "connections: {N: {}}", needed=[])
    assert findings(binding) == [("error", "bad-config-value", "`N` is no connection", "dev.yml:1:15", "N")]
    assert binding.diagnostics[0].hint == "Its value goes under `values`."


def test_findings_of_the_set_itself_are_included():
    assert [found.rule for found in bound(SIZES, "extends: base", needed=[]).diagnostics] == ["bad-extends"]


def test_a_placeholder_without_a_value_matters_only_where_it_is_used():
    config = "values: {Page Size: '${env:SIZE}', API Base: x}"
    assert findings(bound(SIZES, config)) == [
        (
            "error",
            "unresolved-placeholder",
            "the environment variable SIZE is not set",
            "dev.yml:1:28",
            "SIZE",
        )
    ]
    binding = bound(SIZES, config, needed=["API Base"])
    assert (binding.diagnostics, binding.values) == ((), {"API Base": "x"})


def test_a_malformed_placeholder_is_always_an_error():
    binding = bound(SIZES, "values: {Page Size: '${SIZE}'}", needed=[])
    assert [found.rule for found in binding.diagnostics] == ["bad-placeholder"]


# Connections


def test_a_connection_is_what_the_file_says_overlaid_by_the_set():
    config = """\
values: {User: ann}
connections:
  Api:
    fields: {password: "${env:PW}", loginUrl: https://acme.test}
    token: {instance_url: https://x.test}
"""
    binding = bound(BASIC, config, PW="hunter2")
    assert binding.values["Api"] == {
        "key": "basic",
        "configVarKey": "Api",
        "fields": {"username": "ann", "password": "hunter2", "loginUrl": "https://acme.test"},
        "token": {"instance_url": "https://x.test"},
        "context": {},
    }
    assert binding.origins["Api"] == "set dev"
    assert binding.diagnostics == ()


def test_inputs_of_a_connection_use_other_variables():
    binding = bound(BASIC, "values: {User: ann}\nconnections: {Api: {fields: {password: 123456}}}")
    assert binding.values["Api"]["fields"] == {
        "username": "ann",
        "loginUrl": "https://ann.test",
        "password": "123456",
    }


def test_what_a_needed_connection_uses_is_needed_too():
    config = "connections: {Api: {fields: {password: x}}}"
    missing = [found.subject for found in bound(BASIC, config, needed=["Api"]).diagnostics]
    assert missing == ["User", "", "username"]
    assert bound(BASIC, config, needed=[]).diagnostics == ()


def test_what_the_set_replaces_is_not_needed():
    config = "connections: {Api: {fields: {username: u, password: x, loginUrl: y}}}"
    assert bound(BASIC, config, needed=["Api"]).diagnostics == ()


def test_a_connection_may_use_another_that_stands_below():
    text = """\
requiredConfigVars:
  - key: First
    dataType: connection
    inputs: {base: {type: configVar, value: Second}}
  - key: Second
    dataType: connection
    inputs: {host: {type: value, value: acme.test}}
"""
    assert bound(text, needed=[]).values["First"]["fields"]["base"]["fields"] == {"host": "acme.test"}


def test_a_circle_of_connections_is_reported_where_it_closes():
    text = """\
requiredConfigVars:
  - key: First
    dataType: connection
    inputs: {base: {type: configVar, value: Second}}
  - key: Second
    dataType: connection
    inputs: {base: {type: template, value: 'x{{#First}}'}}
"""
    assert findings(bound(text, needed=[])) == [
        (
            "error",
            "circular-connection-input",
            "the connection `First` needs its own value: First → Second → First",
            "integration.yml:7:49",
            "First",
        )
    ]
    assert bound(text, "connections: {Second: {fields: {base: x}}}", needed=[]).diagnostics == ()


def test_a_list_in_a_template_of_a_connection_is_a_warning():
    text = """\
requiredConfigVars:
  - {key: L, dataType: string, collectionType: valuelist, defaultValue: '["a"]'}
  - key: C
    dataType: connection
    inputs: {hosts: {type: template, value: '{{#L}}'}}
"""
    binding = bound(text, "connections: {C: {}}")
    assert findings(binding) == [
        (
            "warning",
            "unclear-connection-input",
            "this placeholder holds a list or an object; it is written as JSON",
            "integration.yml:5:49",
            "L",
        )
    ]
    assert binding.values["C"]["fields"] == {"hosts": '["a"]'}


def test_the_catalogue_fills_in_what_nobody_mentions():
    text = """\
requiredConfigVars:
  - key: Ftp
    dataType: connection
    connection: {key: basic, component: {key: ftp, isPublic: true, version: LATEST}}
    inputs: {host: {type: value, value: x}, secure: {type: value, value: ''}}
"""
    binding = bound(text, needed=[])
    assert binding.values["Ftp"]["fields"] == {"host": "x", "port": "21", "ignoreSslErrors": "false"}


def test_a_needed_connection_without_an_entry_is_an_error():
    binding = bound(MONGO, "values: {}\n")
    assert findings(binding) == [
        (
            "error",
            "missing-connection-value",
            "nothing is given for the connection `Db`",
            "dev.yml:1:1",
            "values: {}",
        )
    ]
    assert binding.diagnostics[0].hint == (
        "Add `Db: {fields: {connectionString: …, database: …, collection: …}}` under `connections` of the config set."
    )
    assert bound(MONGO, "values: {}", needed=[]).diagnostics == ()


def test_a_connection_that_waits_for_a_user_asks_for_a_token():
    (found,) = bound(SLACK).diagnostics
    assert (str(found.span.place), found.hint) == (
        "integration.yml:2:10",
        "Add `Slack Connection: {token: {access_token: …}}` under `connections` of the config set.",
    )


def test_a_connection_that_the_file_gives_completely_needs_no_entry():
    complete = MONGO.replace(
        "inputs: {}",
        "inputs: {connectionString: {type: value, value: mongo:x}, database: {type: value, value: d},"
        " collection: {type: value, value: c}}",
    )
    binding = bound(complete)
    assert (binding.diagnostics, binding.origins) == ((), {"Db": "integration file"})


def test_missing_fields_are_named():
    binding = bound(MONGO, "connections:\n  Db: {fields: {connectionString: c, database: ''}}")
    assert findings(binding) == [
        (
            "error",
            "missing-connection-value",
            f"the connection `Db` needs the field `{field}`",
            "dev.yml:2:3",
            "Db",
        )
        for field in ("database", "collection")
    ]
    assert binding.diagnostics[0].hint == "Add `database: …` under its `fields`."


def test_missing_fields_are_warnings_where_the_catalogue_is_not_sure():
    http = MONGO.replace("{key: mongo, component: {key: mongo", "{key: basic, component: {key: http")
    binding = bound(http, "connections: {Db: {fields: {username: u}}}")
    assert [(found.severity.value, found.subject) for found in binding.diagnostics] == [
        ("warning", "password")
    ]


def test_with_a_token_nothing_that_leads_to_one_is_missing():
    assert bound(SLACK, "connections: {Slack Connection: {token: {access_token: xoxb}}}").diagnostics == ()


def test_an_entry_without_a_token_is_a_warning_where_a_user_would_be_asked():
    binding = bound(SLACK, "connections: {Slack Connection: {fields: {signingSecret: s}}}")
    assert findings(binding) == [
        (
            "warning",
            "missing-connection-value",
            "the connection `Slack Connection` has no token; the hosted platform gets it by asking the user",
            "dev.yml:1:15",
            "Slack Connection",
        )
    ]


def test_a_field_whose_placeholder_fails_is_reported_once():
    config = "connections: {Db: {fields: {connectionString: '${env:DB}', database: d, collection: c}}}"
    binding = bound(MONGO, config)
    assert [found.rule for found in binding.diagnostics] == ["unresolved-placeholder"]
    assert "connectionString" not in binding.values["Db"]["fields"]
    assert bound(MONGO, config, needed=[]).diagnostics == ()


def test_unknown_fields_are_warnings():
    config = "connections: {Db: {fields: {conectionString: a, zone: b}}}"
    binding = bound(MONGO, config, needed=[])
    assert findings(binding) == [
        (
            "warning",
            "unknown-connection-field",
            "`Db` has no field `conectionString`",
            "dev.yml:1:29",
            "conectionString",
        ),
        ("warning", "unknown-connection-field", "`Db` has no field `zone`", "dev.yml:1:49", "zone"),
    ]
    assert [found.hint for found in binding.diagnostics] == [
        "Did you mean `connectionString`?",
        "Its fields are `connectionString`, `database`, `collection`, `useV4`.",
    ]
    assert binding.values["Db"]["fields"]["zone"] == "b"


def test_fields_of_a_connection_that_the_catalogue_does_not_know_are_taken_as_they_are():
    text = "requiredConfigVars: [{key: Erp, dataType: connection, useScopedConfigVar: erp}]"
    binding = bound(text, "connections: {Erp: {fields: {port: 8080, tls: true}}}")
    assert (binding.values["Erp"]["key"], binding.values["Erp"]["fields"]) == (
        "",
        {"port": 8080, "tls": True},
    )
    assert binding.diagnostics == ()


# Secrets


def test_leaves_of_connections_are_secret_unless_the_catalogue_says_otherwise():
    config = """\
connections:
  Db:
    fields: {connectionString: mongodb://x, database: orders, extra: {pin: 123456, on: true, list: [abc]}}
    token: {access_token: ttt, kind: Bearer}
"""
    assert bound(MONGO, config, needed=[]).secrets == (
        Secret("Db.connectionString", "mongodb://x"),
        Secret("Db.extra.pin", "123456"),
        Secret("Db.extra.list.0", "abc"),
        Secret("Db.token.access_token", "ttt"),
        Secret("Db.token.kind", "Bearer"),
    )


def test_environment_values_in_a_field_that_is_not_secret_are_not_secret():
    config = "connections: {Db: {fields: {database: '${env:DB}', collection: 'c-${secret:env:C}'}}}"
    assert bound(MONGO, config, needed=[], DB="orders", C="hidden").secrets == (Secret("env:C", "hidden"),)


def test_secret_inputs_of_the_file_are_secret():
    assert bound(SLACK, needed=[]).secrets == (Secret("Slack Connection.clientSecret", "our-secret"),)


def test_ordinary_values_are_secret_where_the_set_says_so():
    config = "values: {API Base: 'https://${secret:env:KEY}@${env:HOST}', Page Size: '${secret:env:SIZE}'}"
    binding = bound(SIZES, config, KEY="k3y", HOST="acme.test", SIZE="050")
    assert binding.secrets == (
        Secret("env:SIZE", "050"),
        Secret("Page Size", "50"),
        Secret("env:KEY", "k3y"),
    )


def test_parts_of_secret_form_data_are_secret():
    text = "requiredConfigVars: [{key: Form, dataType: jsonForm}]"
    binding = bound(text, "values: {Form: '${secret:env:FORM}'}", FORM='{"key": "a\\nb"}')
    assert binding.secrets == (Secret("env:FORM", '{"key": "a\\nb"}'), Secret("Form.key", "a\nb"))


@pytest.mark.parametrize(
    ("expression", "secrets"),
    [
        ("{type: value, value: my-key}", (Secret("Sign.secretKey", "my-key"),)),
        ("{type: configVar, value: HMAC Key}", (Secret("Sign.secretKey", "from-config"),)),
        ("{type: template, value: 'v1-{{#HMAC Key}}'}", (Secret("Sign.secretKey", "v1-from-config"),)),
        ("{type: template, value: 'v1-{{$hook.results}}'}", ()),
        ("{type: value, value: ''}", ()),
    ],
)
def test_secret_inputs_of_actions_are_secret(expression, secrets):
    text = f"""\
requiredConfigVars: [{{key: HMAC Key, dataType: string, defaultValue: from-config}}]
flows:
  - name: Flow
    steps:
      - name: Sign
        action: {{key: computeHmac, component: {{key: hash, isPublic: true, version: LATEST}}}}
        inputs:
          message: {{type: value, value: not secret}}
          secretKey: {expression}
"""
    assert bound(text).secrets == secrets
