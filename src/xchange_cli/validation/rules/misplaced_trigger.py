"""A trigger is not the first step of its flow.

What it checks
    Only the first step of a flow is marked with `isTrigger: true`: no second one, none further down, and none
    inside of a loop or a branch.

Why it matters
    A flow is started by one trigger; the import of such a file is refused.

How to fix
    Move the trigger to the front, remove the second one, or split the flow in two. A step that only has the mark of a
    trigger, copied from one, needs no `isTrigger`; see the rule trigger-action.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import trigger_of

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Wait
        isTrigger: false
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '1000'}
""",
)

INVALID = (
    """\
      - name: Second Call
#             ^^^^^^^^^^^ misplaced-trigger: this flow has a second trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Repeat
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '3'}
        steps:
          - name: Third Call
#                 ^^^^^^^^^^ misplaced-trigger: this trigger stands inside of `Repeat`
            isTrigger: true
            action: {key: crossFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
""",
    """\
    steps:
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
      - name: Deployed
#             ^^^^^^^^ misplaced-trigger: this trigger is not the first step of its flow
        isTrigger: true
        action: {key: instanceDeploy, component: {key: management-triggers, isPublic: true, version: LATEST}}
""",
)


def check_trigger(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    placed = step.placed
    if not step.step.is_trigger or (placed.index == 0 and not placed.containers):
        return
    if step.spec is not None and not step.spec.is_trigger:
        return
    span = step.step.name_node.span
    if placed.containers:
        container = placed.containers[-1]
        message = f"this trigger stands inside of `{container.name}`"
        yield Problem(span, message, hint="The trigger is the first step of its flow.")
        return
    first = trigger_of(step.flow)
    if first is None:
        message = "this trigger is not the first step of its flow"
        yield Problem(span, message, hint="Move it in front of the other steps.")
    else:
        related = (Related(first.step.name_node.span, "the first trigger"),)
        hint = "Remove one of the two, or make two flows of this one."
        yield Problem(span, "this flow has a second trigger", hint=hint, related=related)
