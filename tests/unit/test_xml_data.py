"""XML as objects, and objects as XML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts import RecordingContext
from xchange_cli.components.exchange_formats.xml_reading import read_xml
from xchange_cli.components.exchange_formats.xml_writing import write_xml
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import UNDEFINED

LEAVES = st.text("ab<>&\"'é😀 \n", max_size=4).filter(lambda text: text == text.strip())
NAMES = st.sampled_from(["a", "b", "é", "x:y", "a-b.c"])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.dictionaries(NAMES, inner | st.lists(inner, min_size=2, max_size=3), min_size=1, max_size=3),
    max_leaves=8,
)  # fmt: skip
BOOLEAN = "the text true of XML is read as a boolean here; that is not documented"
ATTRIBUTES = "how the platform names attributes of XML is not documented; here @_name"


def read(given, context=None, *, with_numbers=True):
    return read_xml(context or RecordingContext(), given, with_numbers=with_numbers)


def refusal(given):
    with pytest.raises(ActionError) as caught:
        read(given)
    return caught.value.message


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ("<a/>", {"a": ""}),
        ("<a> x </a>", {"a": "x"}),
        ("<a><b>1</b></a>", {"a": {"b": 1}}),
        ("<a><b>1</b><c/><b>2</b></a>", {"a": {"b": [1, 2], "c": ""}}),
        ("<a>1 &lt; 2<!-- no --><![CDATA[ & <3]]></a>", {"a": "1 < 2 & <3"}),
        ("<a>x<b/>y</a>", {"a": {"b": "", "#text": "xy"}}),
        ('\ufeff\n<?xml version="1.0"?><!DOCTYPE a><a>&#228;&amp;</a>', {"a": "ä&"}),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xe4</a>', {"a": "ä"}),
        ("<a>ä</a>".encode("utf-16"), {"a": "ä"}),
        (b"\xef\xbb\xbf<a>\xc3\xa4</a>", {"a": "ä"}),
        ("<a>\ud800</a>", {"a": "\ufffd"}),
    ],
)
def test_elements_are_keys_and_text_is_a_value(xml, value):
    context = RecordingContext()

    assert (read(xml, context), context.warnings) == (value, [])


def test_attributes_and_prefixes_keep_their_names_and_attributes_stay_text():
    context = RecordingContext()
    xml = '<s:a xmlns:s="urn:x" n="1">5<s:b s:c="">true</s:b></s:a>'

    assert read(xml, context) == {
        "s:a": {"@_xmlns:s": "urn:x", "@_n": "1", "s:b": {"@_s:c": "", "#text": True}, "#text": 5}
    }
    assert context.warnings == [BOOLEAN, ATTRIBUTES]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-0.50", -0.5), ("+5", 5), ("5.", 5), (".5", 0.5), ("1e3", 1000), ("0x1F", 31), ("0", 0), ("1.0", 1),
        ("9007199254740993", "9007199254740993"), ("12345678901234567890", "12345678901234567890"), ("9" * 500, "9" * 500),
        ("1e999", "1e999"), ("1e99999999999999999999", "1e99999999999999999999"), ("1e-99999999999999999999", "1e-99999999999999999999"),
        ("0.12345678901234567", "0.12345678901234567"), ("NaN", "NaN"), ("Infinity", "Infinity"),
        ("1,5", "1,5"), ("1 2", "1 2"), (".", "."), ("e5", "e5"), ("٣", "٣"), ("2024-01-01", "2024-01-01"), ("True", "True"),
    ],
)  # fmt: skip
def test_numeric_text_is_a_number_where_no_digit_is_lost(text, value):
    context = RecordingContext()

    assert (read(f"<a>{text}</a>", context), context.warnings) == ({"a": value}, [])
    assert read(f"<a>{text}</a>", with_numbers=False) == {"a": text}


def test_leading_zeros_are_lost_with_one_warning():
    context = RecordingContext()

    assert read("<a><b>007</b><b>08</b></a>", context) == {"a": {"b": [7, 8]}}
    assert context.warnings == [
        'the text "007" of XML is read as the number 7; set numbersAsStrings to keep leading zeros'
    ]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("", "an empty text is not XML"),
        ("plain", "not XML: syntax error: line 1, column 0"),
        ("<a>\n</b>", "not XML: mismatched tag: line 2, column 2"),
        ("<a/><b/>", "not XML: junk after document element: line 1, column 4"),
        ("<a>\0</a>", "not XML: not well-formed (invalid token): line 1, column 3"),
        ("<a>&nbsp;</a>", "not XML: undefined entity: line 1, column 3"),
        (
            b'<?xml version="1.0" encoding="nothing"?><a/>',
            "the encoding that the XML declares cannot be read: ",
        ),
        (b'<?xml version="1.0" encoding="big5"?><a/>', "the encoding that the XML declares cannot be read: "),
        ("<a>" * 300 + "</a>" * 300, "the XML is nested deeper than 200 levels"),
    ],
)
def test_what_is_no_xml_is_refused(xml, reason):
    assert refusal(xml).startswith(reason)


@pytest.mark.parametrize(
    ("declaration", "reason"),
    [
        ('<!ENTITY e "x">', 'the XML declares an entity, the text "e"; such XML is refused'),
        (
            '<!ENTITY e SYSTEM "file:///etc/passwd">',
            'the XML declares an entity, the text "e"; such XML is refused',
        ),
        (
            '<!ENTITY % e SYSTEM "http://localhost:9/x">',
            'the XML declares an entity, the text "e"; such XML is refused',
        ),
    ],
)
def test_entities_are_neither_expanded_nor_fetched(declaration, reason):
    assert refusal(f"<!DOCTYPE a [{declaration}]><a>&e;</a>") == reason


def test_an_entity_of_an_external_declaration_is_not_lost_in_silence():
    xml = '<!DOCTYPE a SYSTEM "http://localhost:9/a.dtd"><a>x&e;y</a>'

    assert refusal(xml) == 'the XML uses an entity that it does not declare, the text "e"'


@given(TREES, NAMES)
def test_what_is_written_is_read_back(tree, name):
    text = write_xml(RecordingContext(), {name: tree})

    assert read(text, with_numbers=False) == {name: tree}


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        ({"a": None}, "<a/>"),
        ({"a": {}}, "<a></a>"),
        ({"a": {"b": True, "c": 1e21, "d": UNDEFINED}}, "<a><b>true</b><c>1e+21</c></a>"),
        ({"a": {"@_x": 'q"\n', "#text": "t"}}, '<a x="q&quot;&#10;">t</a>'),
        ({"a": "\r\0\ud800]]>"}, "<a>&#13;\ufffd\ufffd]]&gt;</a>"),
        ({"a": [[1, 2]]}, "<a><item>1</item><item>2</item></a>"),
    ],
)
def test_objects_are_written(value, xml):
    context = RecordingContext()

    assert (write_xml(context, value), context.warnings) == (xml, [])


def test_names_that_xml_does_not_allow_are_mended_with_a_warning():
    context = RecordingContext()

    assert write_xml(context, {"a": {"first name": 1, "1st": 2, "": 3}}) == (
        "<a><first_name>1</first_name><_1st>2</_1st><_>3</_></a>"
    )
    assert context.warnings == ['the text "first name" is not an XML name; it is written first_name here']


@pytest.mark.parametrize("value", [{}, {"a": 1, "b": 2}, {"a": [1, 2]}, {"a": []}, {"#text": "x"}])
def test_xml_without_a_single_root_is_written_with_a_warning(value):
    context = RecordingContext()

    write_xml(context, value)

    assert context.warnings == [
        "the XML has not exactly one root element, as the object has not exactly one member"
    ]


def test_a_list_at_the_top_gets_a_root():
    context = RecordingContext()

    assert write_xml(context, [{"a": 1}, "x"]) == "<root><item><a>1</a></item><item>x</item></root>"
    assert len(context.warnings) == 1
