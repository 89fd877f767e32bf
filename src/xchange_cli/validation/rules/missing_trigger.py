"""A flow has no trigger.

What it checks
    One step of each flow is marked with `isTrigger: true`. A first step whose action is a trigger, but which is not
    marked, is reported by the rule trigger-action.

Why it matters
    Nothing can start the flow, and the import is refused.

How to fix
    Mark the first step, if it is the trigger, or put a trigger in front of it.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import may_be_trigger

SEVERITY = Severity.ERROR

VALID = (
    """\
    steps:
      - name: Deployed
        isTrigger: true
        action: {key: instanceDeploy, component: {key: management-triggers, isPublic: true, version: LATEST}}
""",
)

INVALID = (
    """\
definitionVersion: 7
name: Case
description: ''
flows:
  - name: Nightly
#         ^^^^^^^ missing-trigger: this flow has no trigger
    steps:
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
definitionVersion: 7
name: Case
description: ''
flows:
  - {name: Nightly, steps: []}
#          ^^^^^^^ missing-trigger: this flow has no trigger
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    steps = flow.flow.node.sequence("steps")
    if steps is None or len(steps.items) != len(flow.flow.steps):
        return
    if not any(may_be_trigger(step) for step in flow.steps):
        yield Problem(
            flow.flow.name_node.span,
            "this flow has no trigger",
            hint="Its first step needs `isTrigger: true` and a trigger such as `webhook` of `webhook-triggers`.",
        )
