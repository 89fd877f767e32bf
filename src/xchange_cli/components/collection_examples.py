"""Worked examples of the collection actions."""

from xchange_cli.components.spec import ActionResult, Example

_ORDERS = [{"id": 2, "open": True}, {"id": 1, "open": False}]

_SECOND_OF_THREE = {"collectionId": "orders", "collectionLength": "3", "item": "b", "itemIndex": "1"}
_IN_ORDER = "__processInOrder:orders"
_XSD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    '<xs:element name="order" type="xs:integer"/></xs:schema>'
)

EXAMPLES = (
    Example("addKey", {"object": {"a": 1}, "key": "b", "value": 2}, {"a": 1, "b": 2}),
    Example(
        "addKey",
        {
            "object": '{"employee": {"name": "Ann"}}',
            "key": "mail",
            "value": "a@b.c",
            "objectPath": "employee.contact",
        },
        {"employee": {"name": "Ann", "contact": {"mail": "a@b.c"}}},
    ),
    Example(
        "addKey",
        {"object": {"a": 1}, "key": "b", "value": 2, "objectPath": "a"},
        None,
        error="a is the number 1, to which no keys can be added",
    ),
    Example(
        "addMultipleKeys",
        {"object": {}, "keyValueListInput": [{"key": "a", "value": 1}, {"key": "b", "value": [2]}]},
        {"a": 1, "b": [2]},
    ),
    Example(
        "addMultipleKeys",
        {"object": {"a": 1}, "dynamicFields": '{"b": 2}', "keyValueListInput": [{"key": "c", "value": 3}]},
        {"a": 1, "b": 2},
    ),
    Example("addMultipleKeys", {"object": {}, "dynamicFields": [{"key": "b", "value": 2}]}, {"b": 2}),
    Example("aggregate", {"listInput": [1, "2", 3], "aggregateFunction": "SUM"}, 6),
    Example("aggregate", {"listInput": [4, 1, 3, 2], "aggregateFunction": "median"}, 2.5),
    Example(
        "aggregate",
        {"listInput": [1, 2, 3], "aggregateFunction": "AVERAGE", "filterCodeInput": "(item) => item > 1"},
        2.5,
    ),
    Example("aggregate", {"listInput": [], "aggregateFunction": "MAX"}, None),
    Example("aggregate", {"listInput": ["a", {}], "aggregateFunction": "COUNT"}, 2),
    Example(
        "aggregate",
        {"listInput": ["a"], "aggregateFunction": "MIN"},
        None,
        error='the text "a" is not a number',
    ),
    Example(
        "aggregate", {"listInput": [None], "aggregateFunction": "MAX"}, None, error="null is not a number"
    ),
    Example("aggregate", {"listInput": [1], "aggregateFunction": "MODE"}, None, error='"MODE" is not one of'),
    Example("append", {"listInput": "[1, 2]", "elementInput": [3]}, [1, 2, [3]]),
    Example("append", {"listInput": {"a": 1}, "elementInput": 1}, None, error="an object is not a list"),
    Example("chunks", {"listInput": [1, 2, 3], "numberInput": "2"}, [[1, 2], [3]]),
    Example("chunks", {"listInput": [1], "numberInput": "0"}, None, error="0 is less than 1"),
    Example("combineCollections", {"collections": [{"key": "a", "value": [1]}]}, {"a": [1]}),
    Example("concatenate", {"listInput": [1], "secondListInput": [2]}, [1, 2]),
    Example("count", {"listInput": [1, {"a": 2}, {"a": 2}, True], "elementInput": {"a": 2}}, 2),
    Example("count", {"listInput": [1, 2], "elementInput": "2"}, 0),
    Example("create", {"items": ["a", [1, 2]]}, ["a", [1, 2]]),
    Example(
        "createObject",
        {
            "keyValueInput": [
                {"key": "a", "value": "x"},
                {"key": "b.c", "value": 1},
                {"key": "a", "value": "y"},
            ]
        },
        {"a": "y", "b.c": 1},
    ),
    Example(
        "deduplicate",
        {"listInput": [1, "1", {"a": [1]}, 1.0, None, True, {"a": [1]}]},
        [1, "1", {"a": [1]}, None, True],
    ),
    Example(
        "fieldValueMapping",
        {"keyMappings": ["a", "b"], "valueMappings": "[1, 2]"},
        [{"key": "a", "value": 1}, {"key": "b", "value": 2}],
    ),
    Example(
        "fieldValueMapping",
        {"keyMappings": {"name": "Name", "x": "X"}, "valueMappings": {"name": "Ann"}},
        [{"key": "Name", "value": "Ann"}],
    ),
    Example(
        "fieldValueMapping",
        {"keyMappings": [1], "valueMappings": {"a": 1}},
        None,
        error="two lists or two objects are needed, not a list of 1 and an object",
    ),
    Example("filter", {"listInput": _ORDERS, "filterCodeInput": "(order) => order.open"}, _ORDERS[:1]),
    Example(
        "filter", {"listInput": ["a", "b"], "filterCodeInput": "async (item, index) => index === 1;"}, ["b"]
    ),
    Example(
        "filter",
        {"listInput": [1], "filterCodeInput": "(item) => item.a.b"},
        None,
        error="TypeError: cannot read property 'b' of undefined",
    ),
    Example("first", {"listInput": [1, 2]}, 1),
    Example("first", {"listInput": []}, None),
    Example("flatten", {"listInput": [[1, 2], 3, [[4]]]}, [1, 2, 3, [4]]),
    Example("fromObject", {"object": [1]}, None, error="a list of 1 is not an object"),
    Example("fromObject", {"object": {"a": 1}}, [{"key": "a", "value": 1}]),
    Example("last", {"listInput": [{"Id": "1"}]}, {"Id": "1"}),
    Example("length", {"listInput": "[1, 2, 3]"}, 3),
    Example("length", {"listInput": "one"}, None, error='the text "one" is not a list, nor the JSON of one'),
    Example("length", {}, None, error="listInput is not set"),
    Example(
        "map",
        {
            "listInput": [1, 2, 3],
            "transformCodeInput": "(item, index, context) => item * context.factor + index",
            "filterCodeInput": "(item, index, context) => item >= context.least",
            "contextInput": {"factor": 10, "least": 2},
        },
        [20, 31],
    ),
    Example(
        "processInOrder",
        {**_SECOND_OF_THREE, "item": "a", "itemIndex": "0"},
        ActionResult(
            ["a"], branch="Process", state={"instanceState": {_IN_ORDER: {"next": 1, "waiting": {}}}}
        ),
    ),
    Example(
        "processInOrder",
        _SECOND_OF_THREE,
        ActionResult(
            "b", branch="Skip", state={"instanceState": {_IN_ORDER: {"next": 0, "waiting": {"1": "b"}}}}
        ),
    ),
    Example(
        "processInOrder",
        {**_SECOND_OF_THREE, "itemIndex": "3"},
        None,
        error="itemIndex: 3 is not in a collection of 3",
    ),
    Example("remove", {"listInput": [1, 2, 3, 2], "elementInput": 2}, [1, 3]),
    Example("selectItemFromList", {"listInput": [1, 2], "index": "1"}, 2),
    Example("selectItemFromList", {"listInput": [1, [2, 3]], "index": "1.0"}, 2),
    Example("selectItemFromList", {"listInput": [1], "index": "1"}, None),
    Example(
        "selectItemFromList", {"listInput": [1], "index": "0.0"}, None, error="the number 1 is not a list"
    ),
    Example("sort", {"listInput": _ORDERS, "sortCodeInput": "(a, b) => a.id - b.id"}, _ORDERS[::-1]),
    Example("takeFirst", {"listInput": [1, 2, 3], "numberInput": "2"}, [1, 2]),
    Example("takeLast", {"listInput": [1, 2, 3], "numberInput": "2"}, [2, 3]),
    Example("takeLast", {"listInput": [1, 2, 3], "numberInput": "9"}, [1, 2, 3]),
    Example("toObject", {"keyValueList": [{"key": "a", "value": 1}]}, {"a": 1}),
    Example(
        "toObject",
        {"keyValueList": [{"a": 1}]},
        None,
        error="entry 1 of the list is an object, which has no key",
    ),
    Example("validateJsonSchema", {"jsonInput": '{"a": 1}', "jsonSchema": '{"required": ["a"]}'}, {"a": 1}),
    Example(
        "validateJsonSchema",
        {"jsonInput": {"a": [1]}, "jsonSchema": '{"properties": {"a": {"items": {"type": "string"}}}}'},
        None,
        error="$.a[0]: 1 is not of type 'string'",
    ),
    Example(
        "validateJsonSchema",
        {"jsonInput": {}, "jsonSchema": '{"type": "objekt"}'},
        None,
        error="not a JSON Schema: 'objekt' is not valid",
    ),
    Example(
        "validateJsonSchema",
        {"jsonInput": {}, "jsonSchema": '{"$ref": "https://example.invalid/schema.json"}'},
        None,
        error="the schema refers to what it does not hold",
    ),
    Example("validateJsonSchema", {"jsonInput": "{", "jsonSchema": "{}"}, None, error="jsonInput: not JSON"),
    Example("validateXmlSchema", {"xml": "<order>7</order>", "xmlSchema": _XSD}, "<order>7</order>"),
    Example(
        "validateXmlSchema",
        {"xml": "<order>seven</order>", "xmlSchema": _XSD},
        None,
        error="not valid: /order: invalid literal for int() with base 10: 'seven'",
    ),
    Example(
        "validateXmlSchema",
        {"xml": "<order>", "xmlSchema": _XSD},
        None,
        error="xml: invalid XML syntax: no element found: line 1, column 7",
    ),
    Example("validateXmlSchema", {"xml": "orders.xml", "xmlSchema": _XSD}, None, error="xml: not XML"),
)
