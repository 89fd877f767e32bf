"""Which paths into the results of steps are reported in code, and which JavaScript allows."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.components.catalog import Catalog
from xchange_cli.shapes.samples import Sample
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
RULES = {"payload-path", "unknown-field", "list-as-object", "not-an-object"}
ORDER = {"id": 7, "note": "x", "customer": {"name": "Ada"}, "lines": [{"sku": "A"}]}
CODE = """\
      - name: Note
        action: {{key: runCode, component: {{key: code, isPublic: true, version: LATEST}}}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, {{ trigger }}) => {{
                const body = trigger.results.body.data;
                {}
              }};
"""


def diagnostics(body, sample=ORDER):
    source = Source("case.yml", complete(CODE.format(body)))
    found = validate(source, CATALOG, samples=(Sample("payloads/order.json", sample),)).diagnostics
    return [one for one in found if one.rule in RULES]


def found(body):
    """Say what is found, with the hint and the text that the fix writes."""
    return [
        (one.rule, one.span.text, one.hint, *(edit.text for fix in one.fixes for edit in fix.edits))
        for one in diagnostics(body)
    ]


IN_BODY = "Did you mean `trigger.results.body.data.order`?"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return { data: trigger.results.order };", ("payload-path", "order", IN_BODY, "body.data.order")),
        ("return { data: trigger.results.body.order };", ("payload-path", "order", IN_BODY, "data.order")),
        ("const { order } = trigger.results.body; n(order);", ("payload-path", "order", IN_BODY)),
        ("const { order: o } = trigger.results.body; n(o);", ("payload-path", "order", IN_BODY)),
        ("return { data: trigger.results['order'] };", ("payload-path", "order", IN_BODY)),
        ("return { data: trigger.results.header };",
         ("payload-path", "header", "Did you mean `headers`?", "headers")),
        ("return { data: body.custmer.name };",
         ("unknown-field", "custmer", "Did you mean `customer`?", "customer")),
        ("const { custmer } = body; n(custmer);",
         ("unknown-field", "custmer", "Did you mean `customer`?", "customer: custmer")),
        ("const { custmer } = body; n(custmer.x, custmer.y);",
         ("unknown-field", "custmer", "Did you mean `customer`?", "customer: custmer")),
        ("return { data: 'of ' + body.custmer };",
         ("unknown-field", "custmer", "Did you mean `customer`?", "customer")),
        ("return { data: body?.lines.sku };",
         ("list-as-object", "sku",
          "`trigger.results.body.data.lines[0].sku` is that of the first item; a loop goes through all.")),
        ("return { data: body.id.value };",
         ("not-an-object", "value", "`trigger.results.body.data.id` is the whole value.")),
        ("n(String(body.custmer));", ("unknown-field", "custmer", "Did you mean `customer`?", "customer")),
        ("try { n(body.custmer); } catch (e) { throw e; }",
         ("unknown-field", "custmer", "Did you mean `customer`?", "customer")),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_reported_where_it_is_written(body, expected):
    assert found(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "n(body.lines.length, body.note.length, body.note[0], body.note.trim);",
        "n(body.lines.map((line) => line.skuu), body.note.split(','), body.id.toFixed(2));",
        "const { map } = body.lines; n(map);",
        "n(body.size?.width);",
        "n(body?.size);",
        "n(body.size ?? 1);",
        "n(body.size || 1);",
        "const { size = 1 } = body; n(size);",
        "const { size } = body; if (size) n(size.width);",
        "const size = body.size; if (!size) return; n(size.width);",
        "n(body.size && body.size.width);",
        "n(body.size !== undefined ? body.size : 1);",
        "n(typeof body.size);",
        "if ('size' in body) n(body.size.width);",
        "if (Object.hasOwn(body, 'size')) n(body.size);",
        "if (body.hasOwnProperty('size')) n(body.size);",
        "n(Array.isArray(body.size) ? body.size : [body.size]);",
        "if (isSet(body.size)) n(body.size);",
        "try { n(body.size.width); } catch { n(); }",
        "body.size = 1; n(body.size);",
        "Object.assign(body, { size: 1 }); n(body.size);",
        "measure(body); n(body.size);",
        "n(body[size], body[`a${size}`]);",
        "n(trigger.results.headers['x-shop'], trigger.results.queryParameters.page);",
    ],
)  # fmt: skip
def test_what_javascript_has_or_the_code_reckons_with_is_left_alone(body):
    assert found(body) == []


def test_results_of_a_loop_around_the_step_are_left_to_other_rules():
    code = CODE.format("return { data: body };").replace("{ trigger }", "{ eachOrder, trigger }")
    inside = (
        code.replace("data: body", "data: eachOrder.results.total.sum").replace("\n", "\n    ").rstrip(" ")
    )
    loop = """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
    """
    report = validate(Source("case.yml", complete(loop + inside)), CATALOG)
    assert [one for one in report.diagnostics if one.rule in RULES] == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | st.text("abc", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcdé -", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES, st.data())
def test_no_path_that_a_sample_has_is_reported(sample, data):
    value, path = sample, ""
    while isinstance(value, dict | list) and value and data.draw(st.booleans()):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = data.draw(st.sampled_from(keys))
        value, path = value[key], f"{path}[{json.dumps(key, ensure_ascii=False)}]"
    assert diagnostics(f"return {{ data: body{path} }};", sample) == []
