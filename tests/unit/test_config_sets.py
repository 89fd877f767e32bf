"""Reading config sets: what extends what, and placeholders."""

import json

import pytest

from xchange_cli.configset.findings import FINDINGS
from xchange_cli.configset.placeholders import Outside, expand, reader_in
from xchange_cli.configset.read import read_config_set
from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.redaction import Secret
from xchange_cli.source import Source
from xchange_cli.validation.schema_findings import schema_findings

PEM = "-----BEGIN-----\nabc\n-----END-----\n"


def check(document):
    return schema_findings(document, "config-set", unknown_keys=Severity.ERROR)


def read(name="dev", **texts):
    """Read a set of a folder that has these sets."""

    def sibling(base):
        if base not in texts:
            raise XchangeError(ErrorCode.NOT_FOUND, f"{base}.yml does not exist")
        return Source(f"{base}.yml", texts[base])

    return read_config_set(sibling(name), name, sibling=sibling, check=check)


def seen(diagnostic):
    """Say what is reported, and on which text of which file."""
    span = diagnostic.span
    return (diagnostic.rule, diagnostic.message, span.source.name, span.first.line, span.text)


def given(config_set):
    return {key: (value.node.data, value.set_name) for key, value in config_set.values.items()}


def test_values_keep_their_places():
    config_set = read(dev="values:\n  Page Size: 50\n")
    value = config_set.values["Page Size"]
    assert (value.key.span.first, value.node.span.first, value.set_name) == ((2, 3), (2, 14), "dev")
    assert config_set.diagnostics == ()


def test_the_nearest_set_wins():
    config_set = read(
        dev="extends: base\nvalues: {A: 1}\n",
        base="extends: root\nvalues: {A: 2, B: 3}\n",
        root="values: {B: 4, C: 5}\n",
    )
    assert given(config_set) == {"A": (1, "dev"), "B": (3, "base"), "C": (5, "root")}
    assert (config_set.name, config_set.source.name) == ("dev", "dev.yml")


def test_connections_are_put_together_field_by_field():
    config_set = read(
        dev="extends: base\nconnections: {Api: {fields: {user: ann}}}\n",
        base="connections: {Api: {fields: {user: bob, host: x}, token: {access_token: t}}, Other: {}}\n",
    )
    api = config_set.connections["Api"]
    assert {key: (item.node.data, item.set_name) for key, item in api.fields.items()} == {
        "user": ("ann", "dev"),
        "host": ("x", "base"),
    }
    assert {key: item.node.data for key, item in api.token.items()} == {"access_token": "t"}
    assert (api.set_name, api.key.span.source.name) == ("dev", "dev.yml")
    assert (config_set.connections["Other"].set_name, config_set.connections["Other"].fields) == ("base", {})


def test_allowed_writes_are_those_of_all_sets_of_the_chain():
    config_set = read(
        dev="extends: base\nrun: {allowWrites: ['*.acme.test', Orders]}\n",
        base="extends: root\nvalues: {A: 1}\n",
        root="run: {allowWrites: [Orders, createRow]}\n",
    )
    assert (config_set.allow_writes, config_set.diagnostics) == (("*.acme.test", "Orders", "createRow"), ())
    assert read(dev="values: {A: 1}\n").allow_writes == ()


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("run: {allowWrites: api.acme.test}", "wrong-type", "api.acme.test"),
        ("run: {allowWrites: [ok, 5]}", "wrong-type", "5"),
        ("run: {allowWrites: ['']}", "empty", "''"),
        ("run: [x]", "wrong-type", "[x]"),
        ("run: {allowwrites: [x]}", "unknown-key", "allowwrites"),
    ],
)
def test_what_is_no_list_of_patterns_is_reported_at_its_place(text, rule, place):
    config_set = read(dev=text)
    assert [(found.rule, found.span.text) for found in config_set.diagnostics] == [(rule, place)]
    assert config_set.allow_writes == (("ok",) if "ok" in text else ("",) if "''" in text else ())


def test_a_missing_base_is_reported_where_it_is_named():
    (found,) = read(dev="values: {A: 1}\nextends: bsae\n").diagnostics
    assert seen(found) == ("bad-extends", "there is no config set `bsae`", "dev.yml", 2, "bsae")
    assert found.hint == "`extends` names a set of the same folder: `bsae.yml` would be the file."


def test_an_unreadable_base_is_reported_with_the_reason():
    def sibling(_):
        raise XchangeError(ErrorCode.UNREADABLE, "base.yml cannot be read: no permission")

    source = Source("dev.yml", "extends: base")
    (found,) = read_config_set(source, "dev", sibling=sibling, check=check).diagnostics
    assert seen(found) == ("bad-extends", "base.yml cannot be read: no permission", "dev.yml", 1, "base")


def test_a_circle_is_reported_where_it_closes():
    config_set = read(dev="extends: base\nvalues: {A: 1}", base="extends: root", root="extends: base\n")
    (found,) = config_set.diagnostics
    assert seen(found) == ("bad-extends", "`base` extends itself: base → root → base", "root.yml", 1, "base")
    assert given(config_set) == {"A": (1, "dev")}


@pytest.mark.parametrize("base", ["../other/ok", "sub/base", "..", "a\\b", "/etc/base", "nul\0"])
def test_a_base_is_a_name_and_no_path(base):
    (found,) = read(dev=f"values: {{A: 1}}\nextends: {json.dumps(base)}\n").diagnostics
    message = "this is a path, not the name of a config set"
    assert seen(found) == ("bad-extends", message, "dev.yml", 2, json.dumps(base))
    assert found.hint == "`extends` names a set of the same folder, without `.yml`."


def test_every_file_of_the_chain_is_checked():
    config_set = read(dev="extends: base\nvalue: {}\n", base="connections:\n  Api: {field: {}}\n")
    found = [(item.severity, item.span.source.name, item.span.text) for item in config_set.diagnostics]
    assert found == [(Severity.ERROR, "dev.yml", "value"), (Severity.ERROR, "base.yml", "field")]


def test_parts_of_the_wrong_kind_are_absent():
    config_set = read(dev="values: [1]\nconnections: {Api: text}\n")
    assert (config_set.values, config_set.connections) == ({}, {})
    assert len(config_set.diagnostics) == 2


def test_broken_yaml_is_reported():
    config_set = read(dev="values: {A: 'text}\n")
    assert (config_set.values, len(config_set.diagnostics)) == ({}, 1)


def test_an_empty_file_is_an_empty_set():
    config_set = read(dev="")
    assert (config_set.values, config_set.connections, config_set.diagnostics) == ({}, {}, ())


# Placeholders


def expanded(text, as_text=False, **environment):
    def read_file(path):
        if path == "locked.pem":
            raise PermissionError(13, "Permission denied")
        if path != "key.pem":
            raise XchangeError(ErrorCode.NOT_FOUND, f"{path} does not exist")
        return PEM

    node = parse(Source("dev.yml", f"value: {text}\n")).root.get("value")
    return expand(node, Outside(environment, read_file), as_text=as_text)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("${env:HOST}", "acme.test"),
        ("https://${env:HOST}/v1", "https://acme.test/v1"),
        ("${env:HOST}:${env:PORT}", "acme.test:80"),
        ("${env:PORT}", "80"),
        ("$${env:HOST}", "${env:HOST}"),
        ("$$${env:HOST}", "$${env:HOST}"),
        ("'$ {x} $5'", "$ {x} $5"),
        ("50", 50),
        ("{a: ['${env:HOST}', 1.10, true, null]}", {"a": ["acme.test", 1.1, True, None]}),
        ("${file:key.pem}", PEM.removesuffix("\n")),
    ],
)
def test_placeholders_are_replaced(text, data):
    result = expanded(text, HOST="acme.test", PORT="80")
    assert result == (data, (), (), ())
    assert result.is_complete


def test_numbers_can_be_kept_as_they_are_written():
    assert expanded("[1.10, true, null, x]", as_text=True).data == ["1.10", "true", None, "x"]


def test_secret_placeholders_name_their_secrets():
    result = expanded("'a ${secret:env:PW} ${secret:file:key.pem}'", PW="hunter2")
    key = PEM.removesuffix("\n")
    assert result.data == f"a hunter2 {key}"
    assert result.secrets == (Secret("env:PW", "hunter2"), Secret("file:key.pem", key))


def test_an_empty_secret_is_none():
    assert expanded("'${secret:env:PW}'", PW="").secrets == ()


@pytest.mark.parametrize(
    ("text", "message", "place", "hint"),
    [
        (
            "a ${env:HOST",
            "this placeholder has no closing brace",
            "${",
            "Write `$${` where the text `${` itself is meant.",
        ),
        ("a ${evn:HOST}", "`evn` is no source of values", "evn", "Did you mean `env`?"),
        (
            '"a \\t ${vault:HOST}"',
            "this is no source of values",
            "vault",
            "Known are `env`, `file` and, before these, `secret`.",
        ),
        ("${secret:secret:HOST}", "`secret` is no source of values", "secret", "Did you mean `secret`?"),
        (
            "a ${HOST}",
            "this placeholder does not say where its value comes from",
            "${HOST}",
            "Write `${env:NAME}` for an environment variable. Write `$${` where the text `${` itself is meant.",
        ),
        ("a ${env:}", "this placeholder names nothing", "${env:}", ""),
    ],
)
def test_placeholders_that_cannot_be_read_are_reported(text, message, place, hint):
    result = expanded(text, HOST="acme.test")
    (found,) = result.malformed
    assert seen(found) == ("bad-placeholder", message, "dev.yml", 1, place)
    assert found.hint == hint
    assert not result.is_complete


@pytest.mark.parametrize(
    ("text", "message", "place", "hint"),
    [
        ("a ${env:HOTS}", "the environment variable HOTS is not set", "HOTS", "Did you mean `HOST`?"),
        ("${secret:env:PW}", "the environment variable PW is not set", "PW", "Set PW before the command."),
        (
            "${file:no.pem}",
            "no.pem does not exist",
            "no.pem",
            "Paths start at the folder of the config set.",
        ),
        (
            "${secret:file:locked.pem}",
            "locked.pem cannot be read: Permission denied",
            "locked.pem",
            "Paths start at the folder of the config set.",
        ),
    ],
)
def test_placeholders_without_a_value_are_reported(text, message, place, hint):
    result = expanded(text, HOST="acme.test")
    (found,) = result.unresolved
    assert seen(found) == ("unresolved-placeholder", message, "dev.yml", 1, place)
    assert (found.hint, result.secrets, result.is_complete) == (hint, (), False)


def test_files_are_read_from_the_folder_of_the_set(tmp_path):
    (tmp_path / "token.txt").write_text("abc\n")
    read_file = reader_in(tmp_path)
    assert read_file("token.txt") == "abc\n"
    with pytest.raises(XchangeError, match=r"no\.txt does not exist"):
        read_file("no.txt")


def test_every_finding_is_documented():
    for slug, finding in FINDINGS.items():
        assert slug == finding.slug
        assert [line for line in finding.documentation.splitlines() if line and line[0] != " "] == [
            finding.summary,
            "What it checks",
            "Why it matters",
            "How to fix",
        ]
