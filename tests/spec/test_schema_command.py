"""`xchange schema`: the JSON Schemas that editors check and complete files by."""

import json

import pytest

from strict_schemas import faults
from xchange_cli import schemas


def test_schemas_are_listed_with_a_sentence_each(xchange):
    code, out, err = xchange("schema")
    assert (code, err) == (0, "")
    assert all(f"\n{name} " in out for name in schemas.names())
    assert "What `xchange rules --output json` prints." in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.endswith(f"\n{len(schemas.names())} schemas; `xchange schema NAME` prints one.\n")


def test_the_list_is_data_for_programs_as_its_schema_says(xchange):
    out = xchange("schema", "--output", "json").out
    assert faults(out, "schemas-output") == []
    rows = json.loads(out)["schemas"]
    assert [row["name"] for row in rows] == list(schemas.names())
    assert {
        "name": "project",
        "title": "Project file",
        "summary": "Settings of a project, in `xchange.yaml` at its top.",
    } in rows


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_printed_as_it_is_published(name, xchange):
    assert xchange("schema", name) == (0, schemas.schema_text(name), "")


def test_an_unknown_schema_gives_3_and_the_nearest(xchange):
    assert xchange("schema", "integrations") == (
        3,
        "",
        "error: there is no schema 'integrations'\nhint: Did you mean `integration`?\n",
    )


@pytest.mark.parametrize("name", ["component", "config-set", "integration", "project"])
def test_a_schema_for_editors_refers_to_nothing_outside_of_itself(name):
    text = schemas.schema_text(name)
    assert [line for line in text.splitlines() if '"$ref": "' in line and '"$ref": "#/' not in line] == []
