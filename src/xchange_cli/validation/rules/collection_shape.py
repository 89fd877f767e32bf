"""An input that takes a list has another shape.

What it checks
    Where the catalogue says that an input takes a list, named values or conditions, the file gives it a `complex`
    list, or a reference or config variable that stands for a whole one. Named values and conditions have a `name`.
    Absent and empty inputs are fine. JSON text is a warning: some components read it; so is a named value with an
    empty name.

Why it matters
    The component is handed a text where it expects a list; values without a name are lost.

How to fix
    Write `type: complex` and a list under `value`, each item with `type` and `value` and, for named values, `name`.
"""

from collections.abc import Iterable, Iterator

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Sequence
from xchange_cli.expression.ast import Clause, ConfigValue, Group, Item, Items, Literal, Template
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.step_inputs import specified_in

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          headers: {type: reference, value: trigger.results.body.data.headers}
          queryParams:
            type: complex
            value:
              - {name: page, type: value, value: '1'}
              - {name: {type: reference, value: trigger.results.body.data.key}, type: value, value: ''}
""",
)

INVALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          headers: {type: value, value: 'X-Source: demo'}
#                                       ^^^^^^^^^^^^^^^^ collection-shape: `headers` must be a list of named values, not text
          queryParams:
            type: complex
            value:
              - {type: value, value: '1'}
#                ^^^^ collection-shape: this item of `queryParams` has no `name`
              - {name: '', type: value, value: '1'}
#                      ^^ collection-shape: the name of this item of `queryParams` is empty
              - [{type: value, value: '2'}]
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ collection-shape: an item of `queryParams` must be a mapping, not a list
""",
    """\
      - name: Select Result
        action: {key: selectExecutedStepResult, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          stepResults:
            type: complex
            value: [trigger.results]
#                   ^^^^^^^^^^^^^^^ collection-shape: an item of `stepResults` must be a mapping
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value: [and, [exists, {type: reference, value: trigger.results.body.data.size}]]
#                   ^^^ collection-shape: an item of `conditions` must be a mapping
        branches:
          - {name: Else, steps: []}
""",
)

_WORDS = {
    "valuelist": "a list",
    "keyvaluelist": "a list of named values",
    "conditional": "a list of conditions",
}
_ITEM = {
    "valuelist": "Write `{type: value, value: text}`.",
    "keyvaluelist": "Write `{name: key, type: value, value: text}`.",
    "conditional": "Write a name, `type: complex`, and the condition under `value`.",
}


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    yield from _problems(step.inputs.special)


def check_config_var(variable: ConfigVar, facts: Facts) -> Iterator[Problem]:
    component = facts.component(variable.connection)
    if component is not None and variable.connection is not None:
        connection = component.connections.get(variable.connection.key)
        if connection is not None:
            yield from _problems(specified_in(variable.inputs, connection.inputs))


def _problems(specified: Iterable[tuple[Input, InputSpec]]) -> Iterator[Problem]:
    for given, spec in specified:
        if spec.collection == "none" and spec.type != "conditional":
            continue
        shape = "conditional" if spec.type == "conditional" else spec.collection
        for problem in _wrong_shape(given, shape):
            yield problem._replace(sure=problem.sure and spec.basis.is_sure)


def _wrong_shape(given: Input, shape: str) -> Iterator[Problem]:
    match given.expression:
        case Literal(str(text)) if text:
            message = f"`{given.key}` must be {_WORDS[shape]}, not text"
            hint = "Write `type: complex` and a list under `value`."
            may_be_parsed = text.lstrip().startswith("[")
            yield Problem(given.value_node.span, message, hint, given.key, sure=not may_be_parsed)
        case Template(parts) if parts:
            message = f"`{given.key}` must be {_WORDS[shape]}, not a template"
            hint = "Write `type: complex` and a list under `value`."
            yield Problem(given.value_node.span, message, hint, given.key, sure=False)
        case Clause() | Group() as condition:
            message = f"an item of `{given.key}` must be a mapping"
            yield Problem(condition.operator_node.span, message, _ITEM[shape], given.key)
        case Items(items):
            for item in items:
                if not item.name or not isinstance(item.node, MappingNode):
                    yield from _wrong_item(item, given.key, shape)


def _wrong_item(item: Item, key: str, shape: str) -> Iterator[Problem]:
    if isinstance(item.node, Sequence):
        yield Problem(item.node.span, f"an item of `{key}` must be a mapping, not a list", _ITEM[shape], key)
    elif isinstance(item.node, MappingNode) and item.name_node is None and shape != "valuelist":
        first = next(iter(item.node.entries.values()), None)
        span = first.key.span if first is not None else item.node.span
        yield Problem(span, f"this item of `{key}` has no `name`", _ITEM[shape], key)
    elif shape == "keyvaluelist" and item.name == "" and item.name_node is not None and _is_set(item):
        message = f"the name of this item of `{key}` is empty"
        yield Problem(item.name_node.span, message, "Write its key.", key, sure=False)


def _is_set(item: Item) -> bool:
    """Tell an item with a value from an empty row of the designer."""
    return not isinstance(item.value, Literal | ConfigValue) or bool(item.value[0])
