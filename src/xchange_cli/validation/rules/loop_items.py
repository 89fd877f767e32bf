"""A loop runs over a text.

What it checks
    The input `items` of `loopOverItems` is a reference, a config variable or a list. Text that is a JSON list, and a
    template, which always gives text, are warnings: some text can be read as a list.

Why it matters
    The loop fails when it runs: a text has no items.

How to fix
    Refer to the list itself: `type: reference`, and the path without braces.
"""

import json
from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Literal, Template
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps: []
""",
)

INVALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: value, value: trigger.results.body.data}
#                                     ^^^^^^^^^^^^^^^^^^^^^^^^^ loop-items: a loop cannot run over a text
        steps: []
      - name: Each Color
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: value, value: '["red", "green"]'}
#                                     ^^^^^^^^^^^^^^^^^^ loop-items: a loop cannot run over a text
        steps: []
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: template, value: '{{$trigger.results.body.data}}'}
#                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ loop-items: a loop cannot run over a text, and a template gives text
        steps: []
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
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


def _is_json_list(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list | dict)
    except (ValueError, RecursionError):
        return False
