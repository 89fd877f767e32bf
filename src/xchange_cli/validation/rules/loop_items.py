"""A loop runs over a text.

What it checks
    The input `items` of `loopOverItems` is a reference, a config variable or a list. Text that is a JSON list, and a
    template, which always gives text, are warnings: some text can be read as a list. So is a config variable that holds
    one text; one that holds a number, a date or true/false is an error. A reference that leads to a number or to
    true/false is an error where that is sure, such as the `index` of a loop, else a warning.

Why it matters
    The loop fails when it runs: a text has no items.

How to fix
    Refer to the list itself: `type: reference`, and the path without braces.
"""

import json
from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.expression.ast import ConfigValue, Literal, Reference, Template
from xchange_cli.model.integration import ConfigVar
from xchange_cli.shapes.shape import Kind, Simple
from xchange_cli.validation.facts import Facts, ReferenceUse, StepFacts
from xchange_cli.validation.reference_shapes import end_of
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: Three Times
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '3'}
        steps:
          - name: Each Line
            action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
            inputs:
              items: {type: reference, value: threeTimes.index}
#                                             ^^^^^^^^^^^^^^^^ loop-items: a loop cannot run over a number (the counter of the loop)
            steps:
              - name: Greet
                action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
                inputs:
                  message: {type: value, value: Hello}
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: value, value: trigger.results.body.data}
#                                     ^^^^^^^^^^^^^^^^^^^^^^^^^ loop-items: a loop cannot run over a text
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
      - name: Each Color
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: value, value: '["red", "green"]'}
#                                     ^^^^^^^^^^^^^^^^^^ loop-items: a loop cannot run over a text
        steps:
          - name: Paint
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: template, value: '{{$trigger.results.body.data}}'}
#                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ loop-items: a loop cannot run over a text, and a template gives text
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
    """\
      - name: Each Color
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: configVar, value: Color Count}
#                                         ^^^^^^^^^^^ loop-items: a loop cannot run over `Color Count`, a config variable of the type `number`
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Color Count}
requiredConfigVars:
  - {key: Color Count, dataType: number, defaultValue: '3'}
""",
)

_SCALARS = {"number", "boolean", "date", "timestamp", "schedule", "connection"}
_TEXTS = {"string", "picklist"}


def check_looping(step: StepFacts, facts: Facts) -> Iterator[Problem]:
    action = step.step.action
    if action is None or (action.component, action.key) != ("loop", "loopOverItems"):
        return
    given = step.step.inputs.get("items")
    if given is None:
        return
    hint = "Use a reference to the list."
    match given.expression:
        case Literal(str(text)) if text:
            message = "a loop cannot run over a text"
            yield Problem(given.value_node.span, message, hint, sure=not _is_json_list(text))
        case Template(parts) if parts:
            message = "a loop cannot run over a text, and a template gives text"
            yield Problem(given.value_node.span, message, hint, sure=False)
        case ConfigValue(key) as value:
            variable = facts.config_vars.get(key)
            if variable is not None:
                yield from _no_list(value, variable)
        case Reference():
            yield from _no_items(ReferenceUse(step, given, given.expression), hint)


def _no_items(use: ReferenceUse, hint: str) -> Iterator[Problem]:
    """A reference to a text is left alone: the text may be a list in JSON."""
    shape = end_of(use)
    if isinstance(shape, Simple) and shape.kind in {Kind.NUMBER, Kind.TRUTH}:
        message = f"a loop cannot run over {shape.kind.value} ({shape.origin.words})"
        yield Problem(use.reference.span(), message, hint, use.reference.step, sure=shape.origin.is_sure)


def _no_list(value: ConfigValue, variable: ConfigVar) -> Iterator[Problem]:
    kind = variable.data_type
    if variable.collection or kind not in _SCALARS | _TEXTS:
        return
    message = f"a loop cannot run over `{value.key}`, a config variable of the type `{kind}`"
    hint = "Name a variable that holds a list: one with `collectionType: valuelist`."
    related = (Related(variable.key_node.span, "defined here"),)
    yield Problem(value.span(), message, hint, value.key, sure=kind in _SCALARS, related=related)


def _is_json_list(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list | dict)
    except (ValueError, RecursionError):
        return False
