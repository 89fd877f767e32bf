"""What a JSON Schema allows, compared with the one before."""

import pytest

from xchange_cli.changes.facts.schema_comparison import Freedom, compare_schemas

TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def of(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"required": ["a"]}),
        (TEXT, NUMBER),
        ({}, TEXT),
        ({"type": ["string", "null"]}, TEXT),
        (NUMBER, {"type": "integer"}),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}),
        ({}, {"enum": ["a"]}),
        ({}, {"const": "a"}),
        ({"minimum": 1}, {"minimum": 2}),
        ({}, {"maxLength": 5}),
        ({"maxItems": 5}, {"maxItems": 4}),
        ({}, {"additionalProperties": False}),
        (of(a=TEXT), of(a=NUMBER)),
        (
            {"additionalProperties": False, **of(a=TEXT, b=TEXT)},
            {"additionalProperties": False, **of(a=TEXT)},
        ),
        ({"items": TEXT}, {"items": NUMBER}),
        ({"enum": ["a", "b"]}, {"enum": ["b", "c"]}),
        (True, False),
        (True, TEXT),
    ],
)
def test_what_forbids_something_allows_less(old: object, new: object):
    assert compare_schemas(old, new) is Freedom.LESS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"required": ["a"]}, {}),
        (TEXT, {"type": ["string", "number"]}),
        ({"type": "integer"}, NUMBER),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}),
        ({"const": "a"}, {}),
        ({"minimum": 2}, {"minimum": 1}),
        ({"maxLength": 5}, {}),
        ({"additionalProperties": False}, {}),
        (of(a=TEXT), of(a=TEXT, b=TEXT)),
        (of(a=TEXT, b=TEXT), of(a=TEXT)),
        ({"items": TEXT}, {}),
        (False, TEXT),
    ],
)
def test_what_forbids_nothing_new_allows_more(old: object, new: object):
    assert compare_schemas(old, new) is Freedom.MORE


@pytest.mark.parametrize("key", ["pattern", "format", "not", "$ref", "anyOf"])
def test_of_other_words_nobody_knows(key: str):
    assert compare_schemas({}, {key: "x"}) is Freedom.OTHER


def test_titles_and_descriptions_change_nothing():
    assert (
        compare_schemas({"title": "A", **TEXT}, {"description": "B", "examples": ["x"], **TEXT})
        is Freedom.SAME
    )


def test_the_order_of_keys_and_of_choices_changes_nothing():
    old = {"required": ["a", "b"], "enum": [1, 2], **of(a=TEXT, b=TEXT)}
    assert (
        compare_schemas(old, {**of(b=TEXT, a=TEXT), "enum": [2, 1], "required": ["b", "a"]}) is Freedom.SAME
    )
