"""A loop is left where there is none.

What it checks
    A step with the action `breakLoop` stands inside of a loop, at any depth.

Why it matters
    There is nothing to leave; the import is refused, or the step fails when it runs.

How to fix
    Move the step into the loop that it should end. To end the whole flow, use `stopExecution` of `stop-execution`.
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
          - name: Check Size
            action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
            inputs:
              inputValue: {type: reference, value: eachOrder.currentItem.size}
              branchValueMappings:
                type: complex
                value:
                  - {name: Large, type: value, value: L}
            branches:
              - name: Large
                steps:
                  - name: Enough
                    action: {key: breakLoop, component: {key: loop, isPublic: true, version: LATEST}}
              - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Enough
        action: {key: breakLoop, component: {key: loop, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^ break-outside-loop: this step leaves a loop, but stands in none
""",
    """\
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings:
            type: complex
            value:
              - {name: Large, type: value, value: L}
        branches:
          - name: Large
            steps:
              - name: Enough
                action: {key: breakLoop, component: {key: loop, isPublic: true, version: LATEST}}
#                             ^^^^^^^^^ break-outside-loop: this step leaves a loop, but stands in none
          - {name: Else, steps: []}
""",
)


def check_looping(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    action = step.step.action
    if action is None or (action.component, action.key) != ("loop", "breakLoop"):
        return
    if not any(container.steps is not None for container in step.placed.containers):
        message = "this step leaves a loop, but stands in none"
        yield Problem(action.key_node.span, message, hint="Move it into the loop that it should end.")
