"""A loop has no steps to repeat.

What it checks
    A step with a loop action has the key `steps`. An empty list is fine here.

Why it matters
    The import is refused: builders always write the key. Often the steps are there, but indented too little, so that
    they follow the loop instead.

How to fix
    Add `steps` and move the steps that should be repeated below it.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, StepFacts
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
              message: {type: reference, value: eachOrder.currentItem.name}
""",
)

INVALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^^^ loop-without-steps: `loopOverItems` repeats steps, but has no `steps`
        inputs:
          items: {type: reference, value: trigger.results.body.data}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
      - name: Five Times
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^ loop-without-steps: `loopNTimes` repeats steps, but has no `steps`
        inputs:
          iterationCount: {type: value, value: '5'}
""",
)


def check_looping(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    action = step.step.action
    if action is not None and step.is_loop and "steps" not in step.step.node.entries:
        message = f"`{action.key}` repeats steps, but has no `steps`"
        yield Problem(
            action.key_node.span, message, hint="Add `steps` beside `inputs`, with what is to be repeated."
        )
