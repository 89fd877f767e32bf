"""Worked examples of changing data formats."""

from typing import Final

from xchange_cli.components.spec import Example

_PEOPLE = "name,city\r\nAnn,Bonn\r\n"
_ORDERS = '<orders><order id="7"><qty>2</qty></order><order id="8"><qty>05</qty></order></orders>'

EXAMPLES: Final = (
    Example("convertToBoolean", {"value": "no"}, False),
    Example("convertToBoolean", {"value": "off"}, True),
    Example("convertToInt", {"value": "5.9"}, 5),
    Example("convertToInt", {"value": "5px"}, 5),
    Example("convertToInt", {"value": "px"}, None, error='value: the text "px" is not a whole number'),
    Example("convertToNumber", {"value": "1e3"}, 1000),
    Example("convertToNumber", {"value": "5px"}, None, error='value: the text "5px" is not a number'),
    Example("convertToString", {"value": 5.5}, "5.5"),
    Example("convertToString", {"value": None}, ""),
    Example("csvToJson", {"data": _PEOPLE}, '[{"name":"Ann","city":"Bonn"}]'),
    Example(
        "csvToJson", {"data": "person__first,person__last\nA,B", "unflattenKeys": True},
        '[{"person":{"first":"A","last":"B"}}]',
    ),
    Example("csvToXml", {"data": _PEOPLE}, "<root><item><name>Ann</name><city>Bonn</city></item></root>"),
    Example("csvToYaml", {"data": _PEOPLE}, "- name: Ann\n  city: Bonn\n"),
    Example("deserializeFromBinary", {"data": b'{"a": 1}'}, {"a": 1}),
    Example("deserializeFromBinary", {"data": {"data": b"\xff\x00", "contentType": "image/png"}}, b"\xff\x00"),
    Example("deserializeFromCsv", {"data": _PEOPLE}, [{"name": "Ann", "city": "Bonn"}]),
    Example("deserializeFromCsv", {"data": _PEOPLE, "hasHeader": False}, [["name", "city"], ["Ann", "Bonn"]]),
    Example("deserializeFromJson", {"data": '{"a": 1}'}, {"a": 1}),
    Example("deserializeFromJson", {"data": {"data": b"[1]", "contentType": "text/plain"}}, [1]),
    Example("deserializeFromJson", {"data": {"a": 1}}, {"a": 1}),
    Example(
        "deserializeFromJson", {"data": "{a: 1}"}, None,
        error="data: not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    Example("deserializeJsonl", {"data": '{"a": 1}\n\n{"a": 2}\n'}, [{"a": 1}, {"a": 2}]),
    Example("deserializeJsonl", {"data": "1\n{"}, None, error="data: line 2 is not JSON: Expecting property name"),
    Example(
        "deserializeFormData",
        {"data": {"data": "payload=%7B%22a%22%3A1%7D&b=c+d", "contentType": "application/x-www-form-urlencoded"}},
        {"payload": '{"a":1}', "b": "c d"},
    ),
    Example(
        "deserializeFromXml", {"data": "<order><qty>2</qty><note/></order>"}, {"order": {"qty": 2, "note": ""}}
    ),
    Example(
        "deserializeFromXml", {"data": _ORDERS, "numbersAsStrings": True},
        {"orders": {"order": [{"@_id": "7", "qty": "2"}, {"@_id": "8", "qty": "05"}]}},
    ),
    Example("deserializeFromXml", {"data": "<a>"}, None, error="data: not XML: no element found: line 1, column 3"),
    Example("deserializeFromYaml", {"data": "a: [1, x]\n"}, {"a": [1, "x"]}),
    Example("binaryToCsv", {"data": [{"a": 1, "b": {"c": "x,y"}}]}, 'a,b__c\n1,"x,y"\n'),
    Example("binaryToJson", {"data": {"a": 1.0, "b": None}}, '{"a":1,"b":null}'),
    Example("binaryToXml", {"data": {"a": {"@_id": 1, "b": ["x", "y & z"]}}}, '<a id="1"><b>x</b><b>y &amp; z</b></a>'),
    Example("binaryToXml", {"data": "x"}, None, error='data: the text "x" is neither an object nor a list'),
    Example("binaryToYaml", {"data": {"a": [1, "2"]}}, "a:\n  - 1\n  - '2'\n"),
    Example("jsonToCsv", {"data": '[{"a": 1, "b": "say \\"x\\""}]'}, 'a,b\n1,"say ""x"""\n'),
    Example("jsonToXml", {"data": '{"a": {"b": null}}'}, "<a><b/></a>"),
    Example("jsonToYaml", {"data": '{"a": "yes"}'}, "a: 'yes'\n"),
    Example("xmlToCsv", {"data": _ORDERS}, "@_id,qty\n7,2\n8,5\n"),
    Example("xmlToJson", {"data": "<a><b>1</b><b>x</b></a>"}, '{"a":{"b":[1,"x"]}}'),
    Example("xmlToYaml", {"data": "<a><b>1</b></a>", "numbersAsStrings": True}, "a:\n  b: '1'\n"),
    Example("yamlToCsv", {"data": "- {a: 1, b: 2}\n- {a: 3}"}, "a,b\n1,2\n3,\n"),
    Example("yamlToJson", {"data": "a: 1\n"}, '{"a":1}'),
    Example("yamlToJson", {"data": "a: [1"}, None, error="data: not YAML: "),
    Example("yamlToXml", {"data": "a: {b: 1}\n"}, "<a><b>1</b></a>"),
    Example("prettyPrint", {"data": '{"a":[1,{}]}'}, '{\n  "a": [\n    1,\n    {}\n  ]\n}'),
    Example("serializeJsonl", {"data": [{"a": 1}, {"a": 2}]}, '{"a":1}\n{"a":2}'),
    Example("serializeFormData", {"data": {"a": 1, "b": "two words", "c": ["x", "&"]}}, "a=1&b=two%20words&c=x&c=%26"),
)  # fmt: skip
