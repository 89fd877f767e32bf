"""A step has steps, but its action does not repeat any.

What it checks
    Only loops (`loopOverItems` and `loopNTimes` of the component `loop`) carry `steps`.

Why it matters
    The steps inside never run.

How to fix
    Write the steps behind this one, or put them into a loop.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

_LOOPS = {"loopOverItems", "loopNTimes"}

VALID = (
    """\
      - name: Three Times
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '3'}
        steps:
          - name: Wait
            action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
            inputs:
              ms: {type: value, value: '10'}
""",
)

INVALID = (
    """\
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
        steps:
#       ^^^^^ unexpected-steps: `sleep` does not repeat steps
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
    """\
    steps:
      - name: Order Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        steps:
#       ^^^^^ unexpected-steps: `webhook` does not repeat steps
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
)


def check_looping(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    key = step.step.node.key_node("steps")
    if key is None or not step.step.steps or step.spec is None or step.component is None:
        return
    is_loop = step.component.key == "loop" and step.spec.key in _LOOPS
    if not is_loop and not step.component.is_own and step.spec.basis.is_sure:
        message = f"`{step.spec.key}` does not repeat steps"
        yield Problem(key.span, message, hint="Put them behind this step, or into a loop.")
