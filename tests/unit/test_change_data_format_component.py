"""What the examples of the component do not show: odd data, warnings, and who is to blame."""

import base64

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.change_data_format import COMPONENT
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.values import UNDEFINED


def perform(action, data=None, context=None, **inputs):
    return COMPONENT.actions[action](context or RecordingContext(), {"data": data, **inputs}).data


def warnings_of(action, data):
    context = RecordingContext()
    perform(action, data, context)
    return context.warnings


def refusal(action, data, **inputs):
    with pytest.raises(ActionError) as caught:
        perform(action, data, **inputs)
    assert caught.value.input_key == "data"
    return caught.value.message


@pytest.mark.parametrize(
    ("action", "value", "result"),
    [
        ("convertToBoolean", "Y", True),
        ("convertToBoolean", "0", True),
        ("convertToBoolean", None, False),
        ("convertToInt", -5.9, -5),
        ("convertToInt", "", 0),
        ("convertToInt", 10**400, 0),
        ("convertToNumber", None, 0),
        ("convertToNumber", True, 1),
        ("convertToNumber", "0x10", 16),
        ("convertToString", 1e21, "1e+21"),
        ("convertToString", UNDEFINED, ""),
        ("convertToString", b"\xc3\xa4", "ä"),
        ("convertToString", [1, None, [2]], "1,,2"),
        ("convertToString", {"a": 1}, "[object Object]"),
    ],
)
def test_values_are_converted_as_the_sdk_does(action, value, result):
    assert perform(action, value=value) == result


@pytest.mark.parametrize(
    ("action", "value", "message"),
    [
        ("convertToInt", None, "value: null is not a whole number"),
        ("convertToInt", True, "value: true is not a whole number"),
        ("convertToNumber", {}, "value: an empty object is not a number"),
    ],
)
def test_what_cannot_be_converted_is_refused(action, value, message):
    with pytest.raises(ActionError) as caught:
        perform(action, value=value)

    assert (caught.value.message, caught.value.input_key) == (message, "value")


@pytest.mark.parametrize(
    ("csv", "records", "warnings"),
    [
        ("", [], 0),
        ("a,b", [], 0),
        ("\ufeffa,b\r\n1,2\r\n", [{"a": "1", "b": "2"}], 0),
        ("a,b\n1\n1,2,3,4", [{"a": "1"}, {"a": "1", "b": "2", "__parsed_extra": ["3", "4"]}], 1),
        ("a,a,a_1,a\n1,2,3,4", [{"a": "1", "a_2": "2", "a_1": "3", "a_3": "4"}], 1),
        (",b\n1,2", [{"": "1", "b": "2"}], 0),
    ],
)
def test_records_have_the_names_of_the_header(csv, records, warnings):
    context = RecordingContext()

    assert perform("deserializeFromCsv", csv, context) == records
    assert len(context.warnings) == warnings


@pytest.mark.parametrize(
    ("header", "record"),
    [
        ("a__b__c,a__d", {"a": {"b": {"c": "1"}, "d": "2"}}),
        ("a__0,a__1", {"a": ["1", "2"]}),
        ("a__1,a__0", {"a": {"1": "1", "0": "2"}}),
        ("a,a__b", {"a": "1"}),
        ("a__b,a", {"a": "2"}),
        ("a__,__b", {"a": {"": "1"}, "": {"b": "2"}}),
    ],
)
def test_double_underscores_make_nested_objects(header, record):
    assert perform("deserializeFromCsv", f"{header}\n1,2", unflattenKeys="true") == [record]


def test_a_key_that_would_nest_very_deeply_is_refused():
    assert "has more than 100 parts" in refusal("deserializeFromCsv", f"{'a__' * 200}\n1", unflattenKeys=True)


def test_nested_records_become_flat_csv_and_come_back():
    records = [{"a": {"b": "1", "c": ["x", "y,z"]}, "d": 'q"'}]

    csv = perform("binaryToCsv", records)

    assert csv == 'a__b,a__c__0,a__c__1,d\n1,x,"y,z","q"""\n'
    assert perform("deserializeFromCsv", csv, unflattenKeys=True) == records
    assert len(warnings_of("binaryToCsv", records)) == 1


@pytest.mark.parametrize(
    ("value", "csv"),
    [
        ([], ""),
        ({"a": 1}, "a\n1\n"),
        ([["a", "b"], [1, None]], "a,b\n1,\n"),
        ('[{"a": "é\\n"}]', 'a\n"é\n"\n'),
        ([{"a": {}, "b": []}], "a,b\n[object Object],\n"),
    ],
)
def test_what_csv_can_be_made_of(value, csv):
    assert perform("binaryToCsv", value) == csv


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("x", 'data: the text "x" is neither a list nor an object, and has no CSV'),
        ([1], "data: record 1 is the number 1, not an object"),
        ([{}, []], "data: record 2 is an empty list, not an object"),
        (None, "data is not set, or its value is null"),
    ],
)
def test_what_csv_cannot_be_made_of(value, message):
    assert refusal("binaryToCsv", value) == message


def test_flat_keys_that_would_fill_the_memory_are_refused():
    value = {"leaves": dict.fromkeys(map(str, range(1000)), 1)}
    for _ in range(100):
        value = {"k" * 1000: value}

    assert refusal("binaryToCsv", [value]) == "data: the keys of the flattened records are too long together"


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("\ufeff[1]", [1]),
        (b" 12 ", 12),
        ("12345678901234567890", 1.2345678901234567e19),
        ({"data": '"ä"', "contentType": "application/json"}, "ä"),
        ({"type": "Buffer", "data": [91, 93]}, []),
        (
            {"data": {"a": 1}, "contentType": "application/json"},
            {"data": {"a": 1}, "contentType": "application/json"},
        ),
        ([1], [1]),
        (5, 5),
        (False, False),
    ],
)
def test_json_is_parsed_and_values_stay(data, value):
    assert perform("deserializeFromJson", data) == value


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "data is not set, or its value is null"),
        ("", "data: not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[NaN]", "data: not JSON: NaN is not JSON"),
        ("[" * 100_000, "data: not JSON: nested too deeply"),
    ],
)
def test_what_is_no_json_is_refused(data, message):
    assert refusal("deserializeFromJson", data) == message


def test_an_error_in_json_has_its_place():
    with pytest.raises(ActionError) as caught:
        perform("deserializeFromJson", '{"a": 1,}')

    assert caught.value.offset == 8


def test_values_are_written_as_json_on_one_line():
    value = {"a": [1.0, None, float("nan"), "ä\ud800"], "b": UNDEFINED, "c": b"\1"}

    assert perform("binaryToJson", value) == (
        '{"a":[1,null,null,"ä\\ud800"],"c":{"type":"Buffer","data":[1]}}'
    )
    assert perform("binaryToJson", None) == "null"
    assert perform("binaryToJson", "x") == '"x"'


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("[1", "[1"),
        (b"\xff", b"\xff"),
        (b"x", "x"),
        ({"a": 1}, {"a": 1}),
        (5, 5),
        ({"data": "5", "contentType": ""}, 5),
    ],
)
def test_binary_data_gives_what_it_holds(data, value):
    context = RecordingContext()

    assert perform("deserializeFromBinary", data, context) == value
    assert len(context.warnings) == 1


def test_json_lines_end_at_line_feeds_only():
    assert perform("deserializeJsonl", b'{"a": "\xe2\x80\xa8"}\r\n \r\n[1]') == [{"a": "\u2028"}, [1]]
    assert perform("deserializeJsonl", "") == []
    assert perform("serializeJsonl", [{"a": "x\ny"}, None, []]) == '{"a":"x\\ny"}\nnull\n[]'
    assert refusal("serializeJsonl", {"a": 1}) == "data: an object is not a list"


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("", {}),
        ("a=1&a=2&b", {"a": ["1", "2"], "b": ""}),
        ("a%20b=%C3%A4+%2B&c==", {"a b": "ä +", "c": "="}),
        ("a=%zz%ff", {"a": "%zz\ufffd"}),
        (b"a=b", {"a": "b"}),
    ],
)
def test_form_data_is_decoded(form, fields):
    context = RecordingContext()

    assert perform("deserializeFormData", form, context) == fields
    assert len(context.warnings) == (1 if "a=1" in str(form) else 0)


def test_form_data_is_encoded_as_javascript_does():
    context = RecordingContext()

    text = perform(
        "serializeFormData", {"a b": "ä&=+!~*'()", "c": None, "d": [1, None], "e": {"f": 1}}, context
    )

    assert text == "a%20b=%C3%A4%26%3D%2B!~*'()&c=&d=1&d=&e=%7B%22f%22%3A1%7D"
    assert len(context.warnings) == 1
    assert perform("serializeFormData", '{"a": 1}') == "a=1"
    assert refusal("serializeFormData", [1]) == "data: a list of 1 is not an object"


@pytest.mark.parametrize(
    "data",
    [
        "<a>1</a>",
        b"<a>1</a>",
        {"data": b"\xef\xbb\xbf<a>1</a>", "contentType": "text/xml"},
        {"data": base64.b64encode(b"<a>1</a>").decode(), "contentType": "text/xml"},
    ],
)
def test_xml_comes_as_text_or_as_a_file(data):
    assert perform("deserializeFromXml", data) == {"a": 1}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("YQ==", "data: not XML: not well-formed (invalid token): line 1, column 2"),
        ({"a": 1}, "data: an object is neither text nor a file"),
        (None, "data is not set, or its value is null"),
    ],
)
def test_what_is_no_xml_is_refused(data, message):
    assert refusal("deserializeFromXml", data) == message


@pytest.mark.parametrize(
    ("xml", "csv"),
    [
        ("<a><b><c>1</c></b><b><c>2</c></b></a>", "c\n1\n2\n"),
        ("<a><bs><b><c>1</c><d>x</d></b></bs></a>", "c,d\n1,x\n"),
        ("<a>5</a>", "a\n5\n"),
        ("<a><b>1</b><b>2</b></a>", "#text\n1\n2\n"),
        ("<a/>", "a\n\n"),
    ],
)
def test_repeated_elements_of_xml_are_the_records_of_csv(xml, csv):
    assert perform("xmlToCsv", xml) == csv


def test_an_error_of_yaml_has_its_place_and_blames_the_input():
    assert refusal("yamlToJson", "a: 1\na: 2") == (
        "data: not YAML: `a` is here twice; the first one counts: line 2, column 1"
    )
    assert refusal("deserializeFromYaml", {"a": 1}) == "data: an object is neither text nor a file"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        ({}, "{}"),
        ([], "[]"),
        ({"a": UNDEFINED}, "{}"),
        (
            {"a": UNDEFINED, "b": [{"c": 1e21}, "ä"]},
            '{\n  "b": [\n    {\n      "c": 1e+21\n    },\n    "ä"\n  ]\n}',
        ),
        (b"[1]", "[\n  1\n]"),
    ],
)
def test_values_are_indented_by_two(value, text):
    assert perform("prettyPrint", value) == text


def test_text_that_is_no_json_is_not_changed():
    assert perform("prettyPrint", "<a/>") == "<a/>"
    assert warnings_of("prettyPrint", "<a/>") == ['the text "<a/>" is not JSON; it stays as it is here']


@pytest.mark.parametrize(
    "action", ["binaryToJson", "binaryToXml", "binaryToYaml", "binaryToCsv", "prettyPrint"]
)
def test_what_is_nested_too_deeply_is_refused(action):
    value = {"a": 1}
    for _ in range(5000):
        value = {"a": value}

    assert (
        refusal(action, value if action != "binaryToCsv" else [value])
        == "data: the data is nested too deeply"
    )
