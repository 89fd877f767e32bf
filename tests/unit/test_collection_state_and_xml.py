"""The actions of collection-tools that keep state, or read XML."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.collection_tools import COMPONENT
from xchange_cli.components.spec import ActionError, ActionResult

KEY = "__processInOrder:c"

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="order"><xs:complexType><xs:sequence>
    <xs:element name="id" type="xs:int" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


def arrivals(*indexes, length):
    """Let items arrive, each in an execution of its own; give branches with data, and what is kept at the end."""
    kept, followed = None, []
    for index in indexes:
        context = RecordingContext(kinds={"instanceState": {KEY: kept} if kept else {}})
        inputs = {
            "collectionId": "c",
            "collectionLength": length,
            "item": f"i{index}",
            "itemIndex": str(index),
        }
        result = COMPONENT.actions["processInOrder"](context, inputs)
        kept = result.state["instanceState"][KEY] if result.state else kept
        followed.append((result.branch, result.data))
    return followed, kept


def test_items_in_order_are_processed_one_by_one():
    assert arrivals(0, 1, length=2) == ([("Process", ["i0"]), ("Process", ["i1"])], None)


def test_items_wait_until_there_is_no_gap():
    assert arrivals(2, 0, 3, 1, length=5) == (
        [("Skip", "i2"), ("Process", ["i0"]), ("Skip", "i3"), ("Process", ["i1", "i2", "i3"])],
        {"next": 4, "waiting": {}},
    )


def test_an_item_that_was_processed_is_skipped():
    followed, kept = arrivals(0, 0, length=3)

    assert (followed, kept) == ([("Process", ["i0"]), ("Skip", "i0")], {"next": 1, "waiting": {}})


@pytest.mark.parametrize("kept", ["x", 5, {"next": "1"}, {"next": 0, "waiting": []}, []])
def test_state_that_is_not_ours_counts_as_none(kept):
    context = RecordingContext(kinds={"instanceState": {KEY: kept}})
    inputs = {"collectionId": "c", "collectionLength": "1", "item": None, "itemIndex": "0"}

    result = COMPONENT.actions["processInOrder"](context, inputs)

    assert result == ActionResult([None], branch="Process", state={"instanceState": {KEY: None}})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"collectionLength": "0"}, "collectionLength: 0 is less than 1"),
        ({"itemIndex": "-1"}, "itemIndex: -1 is less than 0"),
        ({"itemIndex": "first"}, 'itemIndex: the text "first" is not a whole number'),
        ({"item": b"x"}, "item: JSON cannot hold binary data (1 bytes)"),
        ({"collectionId": None}, "collectionId is not set, or its value is null"),
    ],
)
def test_an_item_needs_its_place_and_to_be_json(changed, message):
    inputs = {"collectionId": "c", "collectionLength": "2", "item": 1, "itemIndex": "1", **changed}

    with pytest.raises(ActionError) as caught:
        COMPONENT.actions["processInOrder"](RecordingContext(), inputs)
    assert caught.value.message == message


def validated(xml, schema=XSD):
    return COMPONENT.actions["validateXmlSchema"](RecordingContext(), {"xml": xml, "xmlSchema": schema}).data


def refused(xml, schema=XSD):
    with pytest.raises(ActionError) as caught:
        validated(xml, schema)
    return caught.value.input_key, caught.value.message


@pytest.mark.parametrize(
    "xml", ["<order><id>1</id></order>", '\ufeff\n<?xml version="1.0"?><order><id>1</id><id>2</id></order>']
)
def test_valid_xml_is_the_result(xml):
    assert validated(xml) == xml


def test_a_file_is_read_as_its_text():
    assert validated({"data": b"<order><id>1</id></order>", "contentType": "text/xml"}) == (
        "<order><id>1</id></order>"
    )


def test_problems_have_their_paths_and_only_the_first_are_shown():
    key, message = refused(f"<order>{'<id>x</id>' * 9}</order>")

    assert key == "xml"
    assert message == (
        "not valid: "
        + "; ".join(
            f"/order/id[{number}]: invalid literal for int() with base 10: 'x'" for number in (1, 2, 3)
        )
        + "; and more"
    )


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<order>", "xml: invalid XML syntax: no element found: line 1, column 7"),
        ("/etc/passwd", "xml: not XML: it does not begin with <"),
        ("", "xml: not XML: it does not begin with <"),
        (
            "<!DOCTYPE o [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><order><id>&e;</id></order>",
            "xml: Entities are forbidden (entity_name='e')",
        ),
        ("<a>" * 5000 + "</a>" * 5000, None),
    ],
)
def test_what_is_no_xml_or_no_safe_xml_is_refused(xml, message):
    key, found = refused(xml)

    assert key == "xml"
    assert message in {None, found}


@pytest.mark.parametrize(
    ("schema", "beginning"),
    [
        ("<a/>", "xmlSchema: 'a' is not an element of the schema"),
        ("schema.xsd", "xmlSchema: not XML"),
        (XSD.replace("xs:int", "xs:money"), "xmlSchema: unknown type 'xs:money'"),
        (
            XSD.replace("<xs:element name", '<xs:include schemaLocation="/etc/passwd"/><xs:element name', 1),
            "xmlSchema: block access to resource file:///etc/passwd",
        ),
    ],
)
def test_a_schema_that_cannot_be_used_is_to_blame(schema, beginning):
    key, message = refused("<order><id>1</id></order>", schema)

    assert key == "xmlSchema"
    assert message.startswith(beginning)
