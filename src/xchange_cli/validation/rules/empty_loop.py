"""A loop has nothing to repeat.

What it checks
    The list `steps` of a loop has at least one step.

Why it matters
    The loop takes time and changes nothing; its results are a list of nothing. The steps may have been left behind
    when the loop was added around them.

How to fix
    Move the steps that should be repeated into the loop, or remove it.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

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
              message: {type: reference, value: eachOrder.currentItem.name}
""",
)

INVALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps: []
#       ^^^^^ empty-loop: this loop has no steps to repeat
""",
    """\
      - name: Five Times
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '5'}
        steps: []
#       ^^^^^ empty-loop: this loop has no steps to repeat
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)


def check_looping(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    if step.step.steps != ():
        return
    key_node, steps = step.step.node.key_node("steps"), step.step.node.sequence("steps")
    if step.is_loop and key_node is not None and steps is not None and not steps.items:
        hint = "Move the steps that should be repeated into it, or remove it."
        yield Problem(key_node.span, "this loop has no steps to repeat", hint)
