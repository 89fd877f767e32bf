"""Places → pointers and names; paths → nodes."""

import pytest

from xchange_cli.document.locate import Location, locate, node_at
from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.source import Source

NESTED = "a: {b: text, c: [1, {d: 2}]}\n"


def clean(text):
    document = parse(Source("a.yml", text))
    assert document.diagnostics == ()
    return document.root


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ([], {"a": {"b": "text", "c": [1, {"d": 2}]}}),
        (["a", "c", 1, "d"], 2),
        (["a", "c", 0], 1),
    ],
)
def test_a_node_is_found_by_keys_and_positions(path, data):
    assert node_at(clean(NESTED), tuple(path)).data == data


@pytest.mark.parametrize("path", [["x"], ["a", "c", 2], ["a", "c", -1], ["a", "c", "0"], ["a", "b", 0]])
def test_a_path_that_leads_nowhere_gives_no_node(path):
    assert node_at(clean(NESTED), tuple(path)) is None


def test_a_number_may_be_a_key():
    assert node_at(clean("1: x"), (1,)).data == "x"


FLOW = """\
flows:
  - name: First flow
    steps:
      - name: 'Get ~ it'
        inputs:
          a/b~c: {type: value, value: x}
      - key: no-name
      - name: ''
        value: named by its value
      - [nested]
"""


@pytest.mark.parametrize(
    ("marked", "pointer", "names"),
    [
        ("'Get ~ it'", "/flows/0/steps/0/name", ("flows", "First flow", "steps", "Get ~ it", "name")),
        ("a/b~c", "/flows/0/steps/0/inputs/a~1b~0c", None),
        ("type", "/flows/0/steps/0/inputs/a~1b~0c/type", None),
        ("no-name", "/flows/0/steps/1/key", ("flows", "First flow", "steps", "no-name", "key")),
        ("key: no-name", "/flows/0/steps/1", ("flows", "First flow", "steps", "no-name")),
        (
            "its value",
            "/flows/0/steps/2/value",
            ("flows", "First flow", "steps", "named by its value", "value"),
        ),
        ("nested", "/flows/0/steps/3/0", ("flows", "First flow", "steps", "3", "0")),
        ("flows", "/flows", ("flows",)),
        (FLOW.rstrip(), "", ()),
    ],
)
def test_a_place_is_told_as_a_pointer_and_as_names_that_survive_moved_lines(marked, pointer, names):
    start = FLOW.index(marked)
    location = locate(clean(FLOW), start, start + len(marked))
    assert location.pointer == pointer
    assert names is None or location.names == names


def test_a_place_outside_of_all_values_belongs_to_what_is_around_it():
    assert locate(clean("# note\na: 1\n"), 0, 3) == Location("", ())
    assert locate(None, 0, 3) == Location("", ())


def test_a_place_in_merged_content_belongs_to_where_it_is_written():
    text = "x: &x\n  b: here\nz:\n  <<: *x\n"
    start = text.index("here")
    assert locate(clean(text), start, start + 4) == Location("/x/b", ("x", "b"))


def test_nodes_are_scalars_mappings_and_sequences():
    root = clean("a: [1]")
    assert [type(node) for node in (root, root.get("a"), root.get("a").items[0])] == [
        Mapping,
        Sequence,
        Scalar,
    ]
