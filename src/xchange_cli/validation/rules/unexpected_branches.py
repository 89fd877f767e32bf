"""A step has branches, but its action does not choose between any.

What it checks
    `branches` stands only on steps whose action or trigger branches. It is reported only where the catalogue knows the
    action from its source or from exported integrations.

Why it matters
    The steps in these branches never run.

How to fix
    Remove `branches`, or use an action of the component `branch`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
        branches: []
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
        branches:
#       ^^^^^^^^ unexpected-branches: `writeLog` does not choose between branches
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
    """\
    steps:
      - name: Order Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        branches:
#       ^^^^^^^^ unexpected-branches: `webhook` does not choose between branches
          - {name: Notification, steps: []}
""",
)


def check_branching(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    spec, key = step.spec, step.step.node.key_node("branches")
    if spec is None or key is None or not step.step.branches:
        return
    if spec.basis.is_sure and not (spec.branches or spec.branch_input):
        message = f"`{spec.key}` does not choose between branches"
        yield Problem(
            key.span, message, hint="Remove `branches`, or use an action of the component `branch`."
        )
