"""Connections of a config set bound to an integration, and which values are secret."""

import pytest

from binding_cases import bound, findings
from xchange_cli.redaction import Secret

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
    assert [found.subject for found in bound(BASIC, config, needed=["Api"]).diagnostics] == ["User"]
    assert bound(BASIC, config, needed=[]).diagnostics == ()


def test_a_field_of_an_empty_variable_is_missing():
    config = "values: {User: ''}\nconnections: {Api: {fields: {password: x}}}"
    assert [found.subject for found in bound(BASIC, config, needed=["Api"]).diagnostics] == ["username"]


def test_inputs_of_a_connection_see_no_steps():
    text = BASIC.replace("{type: configVar, value: User}", "{type: reference, value: hook.results}")
    assert "username" not in bound(text, "values: {User: a}", needed=[]).values["Api"]["fields"]


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
        (
            "Write `connections: {Slack Connection: {token: {access_token: …}}}` into configs/NAME.yml beside the "
            "integration, and run it with --config NAME."
        ),
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


def test_of_fields_in_the_file_that_nobody_knows_those_are_secret_whose_name_says_so():
    db = MONGO.replace(
        "inputs: {}", "inputs: {api_token: {type: value, value: abc}, host: {type: value, value: example}}"
    )
    assert bound(db, "connections: {Db: {}}").secrets == (Secret("Db.api_token", "abc"),)
