"""Schemas that are none, that lead astray, or that the library cannot use: always an ActionError, never the network."""

import socket

import pytest

from xchange_cli.components.json_schema import check
from xchange_cli.components.spec import ActionError

DRAFT_4 = "http://json-schema.org/draft-04/schema#"


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_args, **_named):
        pytest.fail("the network was asked for")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


def refusal(value, schema):
    with pytest.raises(ActionError) as caught:
        check(value, schema)
    return caught.value.message, caught.value.input_key


@pytest.mark.parametrize(
    ("schema", "found"),
    [(0, "the number 0"), ("{}", 'the text "{}"'), ([], "an empty list"), (None, "null")],
)
def test_a_schema_is_an_object_or_a_boolean(schema, found):
    message = f"not a JSON Schema: {found} is neither an object nor true or false"

    assert refusal(1, schema) == (message, "jsonSchema")
    check(1, True)
    assert refusal(1, False) == ("not valid: $: False schema does not allow 1", "jsonInput")


@pytest.mark.parametrize(
    "target", ["http://localhost:9/x.json", "https://example.com/x", "file:///etc/passwd", "other.json"]
)
def test_what_a_schema_refers_to_is_not_fetched(target):
    assert refusal(1, {"$ref": target}) == (
        f"the schema refers to what it does not hold: Unresolvable: {target}",
        "jsonSchema",
    )


def test_the_schemas_of_the_drafts_are_at_hand():
    message, _ = refusal({"type": 5}, {"$ref": "http://json-schema.org/draft-07/schema#"})

    assert message.startswith("not valid: $.type: 5 is not valid")


@pytest.mark.parametrize(
    ("value", "schema", "reason"),
    [
        (1, {"$schema": 5}, "the data cannot be checked with this schema: AttributeError: "),
        (1, {"$schema": ["x"]}, "the data cannot be checked with this schema: TypeError: "),
        (1, {"$schema": "http://["}, "the data cannot be checked with this schema: ValueError: "),
        (
            1,
            {"$schema": DRAFT_4, "$ref": 5},
            "the data cannot be checked with this schema: AttributeError: ",
        ),
        ({"x": 1}, {"$schema": DRAFT_4, "patternProperties": {"(": {}}}, "the data cannot be checked with"),
        (float("nan"), {"multipleOf": 0.5}, "the data cannot be checked with this schema: ValueError: "),
        (10**400, {"multipleOf": 0.5}, "the data cannot be checked with this schema: OverflowError: "),
        ("x", {"pattern": "("}, "not a JSON Schema: '(' is not a 'regex'"),
        (1, {"$ref": "#"}, "the schema or the data is nested too deeply, or without end"),
        (nested(100_000), {"items": {"$ref": "#"}}, "the schema or the data is nested too deeply"),
        (nested(100_000), {"type": "string"}, "the schema or the data is nested too deeply"),
        (1, {"allOf": nested(100_000)}, "the schema or the data is nested too deeply"),
    ],
    ids=lambda value: "" if isinstance(value, list | dict) else None,
)
def test_what_the_library_cannot_use_is_the_schemas_fault(value, schema, reason):
    message, blamed = refusal(value, schema)

    assert message.startswith(reason)
    assert blamed == "jsonSchema"


def test_patterns_that_python_warns_of_are_used():
    check("[", {"pattern": "[[a]"})


def test_long_data_is_quoted_in_part():
    message, _ = refusal(["x" * 10_000], {"type": "string"})

    assert message == "not valid: $: " + ("['" + "x" * 10_000)[:299] + "…"
