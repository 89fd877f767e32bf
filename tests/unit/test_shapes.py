"""The algebra of shapes, and the sources that shapes come from."""

import pytest

from xchange_cli.shapes.code_steps import CODE, returned_shape
from xchange_cli.shapes.examples import EXAMPLE, shape_of_example
from xchange_cli.shapes.json_sample import shape_of_sample
from xchange_cli.shapes.json_schema import shape_of_schema
from xchange_cli.shapes.paths import Gap, Way, follow
from xchange_cli.shapes.payload import FIELDS
from xchange_cli.shapes.shape import (
    UNKNOWN,
    UNSEEN,
    AnyOf,
    Kind,
    ListOf,
    ObjectOf,
    Origin,
    Simple,
    any_of,
)
from xchange_cli.wire.whole_payload import PAYLOAD_KEYS

HERE, THERE = Origin("here"), Origin("there")
TEXT, NUMBER, TRUTH = (Simple(kind, HERE) for kind in (Kind.TEXT, Kind.NUMBER, Kind.TRUTH))
FILE = Simple(Kind.BINARY, HERE)
ORDER = ObjectOf({"id": TEXT, "lines": ListOf(ObjectOf({"sku": TEXT}, HERE), HERE)}, HERE)


def test_one_unknown_shape_makes_the_whole_unknown():
    assert any_of([TEXT, UNKNOWN, NUMBER]) == UNKNOWN


def test_any_of_one_shape_is_that_shape():
    assert any_of([TEXT, TEXT]) == TEXT


def test_what_nobody_has_seen_adds_nothing():
    assert any_of([UNSEEN, TEXT]) == TEXT
    assert any_of([]) == UNSEEN


def test_shapes_of_different_kinds_stay_apart_and_flat():
    assert any_of([TEXT, AnyOf((NUMBER, TEXT))]) == AnyOf((TEXT, NUMBER))


def test_objects_of_one_source_become_one_with_the_fields_of_all():
    small, large = ObjectOf({"a": TEXT}, HERE), ObjectOf({"a": NUMBER, "b": TRUTH}, HERE, is_open=True)
    assert any_of([small, large]) == ObjectOf({"a": AnyOf((TEXT, NUMBER)), "b": TRUTH}, HERE, is_open=True)


def test_objects_of_two_sources_stay_two():
    one, other = ObjectOf({"a": TEXT}, HERE), ObjectOf({"a": TEXT}, THERE)
    assert any_of([one, other]) == AnyOf((one, other))


def test_lists_of_one_source_join_their_items():
    assert any_of([ListOf(UNSEEN, HERE), ListOf(TEXT, HERE)]) == ListOf(TEXT, HERE)


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ((), ORDER),
        (("id",), TEXT),
        (("lines", "0", "sku"), TEXT),
        (("lines", "17", "sku"), TEXT),
    ],
)
def test_a_path_leads_to_the_shape_of_its_last_part(path, end):
    assert follow(ORDER, path) == Way(end)


@pytest.mark.parametrize("path", [("lines", "length"), ("id", "length")])
def test_lists_and_texts_have_a_length_as_in_javascript(path):
    assert follow(ORDER, path).end.kind is Kind.NUMBER


@pytest.mark.parametrize(
    ("shape", "path", "gap"),
    [
        (ORDER, ("name",), Gap(0, "name", ORDER)),
        (ORDER, ("lines", "sku"), Gap(1, "sku", ORDER.fields["lines"])),
        (ORDER, ("lines", "01"), Gap(1, "01", ORDER.fields["lines"])),
        (ORDER, ("id", "first", "more"), Gap(1, "first", TEXT)),
        (AnyOf((TEXT, ORDER)), ("name",), Gap(0, "name", AnyOf((TEXT, ORDER)))),
    ],
)
def test_a_part_that_nothing_lists_is_a_gap(shape, path, gap):
    assert follow(shape, path) == Way(UNKNOWN, gap)


@pytest.mark.parametrize("shape", [UNKNOWN, UNSEEN, FILE])
def test_nothing_is_missing_behind_what_is_unknown(shape):
    assert follow(shape, ("what", "ever")) == Way(UNKNOWN)


def test_a_field_that_one_of_several_shapes_has_is_there():
    other = ObjectOf({"name": NUMBER}, THERE)
    assert follow(AnyOf((ORDER, other)), ("name",)) == Way(NUMBER)
    assert follow(AnyOf((ORDER, other)), ("id",)) == Way(TEXT)


def test_a_sample_shows_its_fields_and_what_items_have_in_common_or_alone():
    sample = {
        "n": 1,
        "t": "x",
        "b": True,
        "none": None,
        "list": [{"a": 1}, {"b": None}],
        "empty": [],
        "object": {},
    }
    assert shape_of_sample(sample, HERE) == ObjectOf(
        {
            "n": NUMBER,
            "t": TEXT,
            "b": TRUTH,
            "none": UNKNOWN,
            "list": ListOf(ObjectOf({"a": NUMBER, "b": UNKNOWN}, HERE), HERE),
            "empty": ListOf(UNSEEN, HERE),
            "object": ObjectOf({}, HERE, is_open=True),
        },
        HERE,
    )


@pytest.mark.parametrize("sample", [{"$bytes": "aGk="}, {"$base64": "aGk="}])
def test_bytes_in_a_sample_are_a_file(sample):
    assert shape_of_sample(sample, HERE) == FILE


def test_a_sample_nested_deeply_ends_in_the_unknown():
    sample = "x"
    for _ in range(5000):
        sample = [sample]
    assert follow(shape_of_sample(sample, HERE), ["0"] * 5000) == Way(UNKNOWN)


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ({"type": "string"}, TEXT),
        ({"type": "integer"}, NUMBER),
        ({"type": ["boolean", "null"]}, TRUTH),
        ({"type": "array", "items": {"type": "number"}}, ListOf(NUMBER, HERE)),
        ({"type": "array"}, ListOf(UNKNOWN, HERE)),
        ({"type": "object"}, ObjectOf({}, HERE, is_open=True)),
        ({"type": "object", "properties": {}}, ObjectOf({}, HERE, is_open=True)),
        ({"properties": {"a": {"type": "string"}}}, ObjectOf({"a": TEXT}, HERE)),
        (
            {"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "string"}},
            ObjectOf({"a": UNKNOWN}, HERE, is_open=True),
        ),
        (
            {"type": "object", "properties": {"a": {}}, "additionalProperties": False},
            ObjectOf({"a": UNKNOWN}, HERE),
        ),
        ({"type": "null"}, UNKNOWN),
        ({"type": "object", "allOf": [{}]}, UNKNOWN),
        ({"$ref": "#/$defs/order"}, UNKNOWN),
        ({"type": 3}, UNKNOWN),
        ({"type": [{}]}, UNKNOWN),
        (True, UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_a_plain_schema_tells_the_shape_and_a_fancy_one_nothing(schema, shape):
    assert shape_of_schema(schema, HERE) == shape


@pytest.mark.parametrize(
    ("example", "shape"),
    [
        ("<string>", Simple(Kind.TEXT, EXAMPLE)),
        ("<number>", Simple(Kind.NUMBER, EXAMPLE)),
        ("<boolean>", Simple(Kind.TRUTH, EXAMPLE)),
        ("<binary>", Simple(Kind.BINARY, EXAMPLE)),
        ("<object>", ObjectOf({}, EXAMPLE, is_open=True)),
        ("<text or object>", UNKNOWN),
        ("<id>", UNKNOWN),
        ("us-east-1", Simple(Kind.TEXT, EXAMPLE)),
        (True, Simple(Kind.TRUTH, EXAMPLE)),
        (None, UNKNOWN),
        ([], ListOf(UNSEEN, EXAMPLE)),
        (
            {"a": 1, "...": "<more keys>"},
            ObjectOf({"a": Simple(Kind.NUMBER, EXAMPLE)}, EXAMPLE, is_open=True),
        ),
    ],
)
def test_marks_of_an_example_stand_for_kinds_and_its_objects_are_open(example, shape):
    assert shape_of_example(example) == shape


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("module.exports = async () => ({ data: 3 });", Simple(Kind.NUMBER, CODE)),
        ("module.exports = async () => ({ data: null });", UNKNOWN),
        ("module.exports = async () => ({ data: compute() });", UNKNOWN),
        ("module.exports = async () => ({ data: [] });", ListOf(UNKNOWN, CODE)),
        ("module.exports = async () => ({ data: ['a'] });", ListOf(Simple(Kind.TEXT, CODE), CODE)),
        ("module.exports = async () => ({ data: ['a', ...more] });", ListOf(UNKNOWN, CODE)),
        (
            "module.exports = async () => ({ data: { a: true } });",
            ObjectOf({"a": Simple(Kind.TRUTH, CODE)}, CODE),
        ),
        ("module.exports = async () => ({ data: { ...more } });", ObjectOf({}, CODE, is_open=True)),
        ("module.exports =", UNKNOWN),
    ],
)
def test_code_tells_what_it_returns_in_so_many_words(code, shape):
    assert returned_shape(Texts(code)) == shape


class Texts:
    """A step whose only input is code."""

    def __init__(self, code):
        self.code = code

    def text(self, key):
        return self.code if key == "code" else ""


def test_the_trigger_payload_has_the_keys_that_a_run_gives_it():
    assert FIELDS.keys() == PAYLOAD_KEYS
