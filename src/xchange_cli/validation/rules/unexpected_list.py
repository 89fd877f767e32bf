"""An input that takes one value is given a list.

What it checks
    Where the catalogue says that an input takes one text, one truth value or a flow, it is not of the type `complex`
    with items in it. Inputs for data and code may hold anything.

Why it matters
    The component is handed a list where it expects a text: it fails, or uses the words `[object Object]`.

How to fix
    Write the value itself: `{type: value, value: text}`.
"""

from collections.abc import Iterable, Iterator

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.expression.ast import Clause, Group, Items
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.source import Span
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.step_inputs import specified_in

SEVERITY = Severity.ERROR

_ONE_VALUE = {"string", "text", "password", "boolean", "flow"}

VALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/orders}
          headers: {type: complex, value: []}
          timeout: {type: complex, value: []}
""",
)

INVALID = (
    """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url:
            type: complex
#                 ^^^^^^^ unexpected-list: `url` takes one value, not a list
            value:
              - {type: value, value: https://api.example.com}
              - {type: value, value: orders}
""",
    """\
      - name: Write Line
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: complex, value: [and, [exists, {type: reference, value: trigger.results.body.data}]]}
#                       ^^^^^^^ unexpected-list: `level` takes one value, not a condition
          message: {type: value, value: Hello}
""",
)


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
        if spec.collection != "none" or spec.type not in _ONE_VALUE:
            continue
        match given.expression:
            case Items(items) if items:
                found = "a list"
            case Group() | Clause():
                found = "a condition"
            case _:
                continue
        message, hint = f"`{spec.key}` takes one value, not {found}", "Write `{type: value, value: text}`."
        yield Problem(_kind_span(given), message, hint, spec.key, sure=spec.basis.is_sure)


def _kind_span(given: Input) -> Span:
    kind = given.node.text("type") if isinstance(given.node, MappingNode) else None
    return (kind or given.value_node).span
