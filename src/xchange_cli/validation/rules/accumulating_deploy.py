"""A flow that runs on every deployment adds to a kept value each time.

What it checks
    A flow with the trigger `instanceDeploy` or `userLevelConfigDeploy` does not increment, decrement or append to a
    value that is kept between executions, unless an earlier step of the flow has set or removed it.

Why it matters
    Such a flow runs on each deployment, each change of the configuration and each update of the version: the value
    grows with every one.

How to fix
    Save the value instead, or remove it first. `…ValueToSet` adds a value only once.
"""

import re
from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, FlowFacts
from xchange_cli.validation.kept_values import KeptUse, kept_uses
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import is_management_trigger, trigger_of

SEVERITY = Severity.WARNING

_ADDS = re.compile(r"(?:increment|decrement|append)")
_SETS = re.compile(r"(?:save|remove)")

_TRIGGER = """\
    steps:
      - name: Deployed
        isTrigger: true
        action: {key: instanceDeploy, component: {key: management-triggers, isPublic: true, version: LATEST}}
"""

VALID = (
    _TRIGGER
    + """\
      - name: Begin
        action: {key: saveInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: count}
          valueInput: {type: value, value: '0'}
      - name: Count
        action: {key: incrementInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: count}
""",
)

INVALID = (
    _TRIGGER
    + """\
      - name: Count
        action: {key: incrementCrossFlowValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: count}
#                                        ^^^^^ accumulating-deploy: `count` changes with every deployment: this flow runs each time
""",
)


def check_flow(flow: FlowFacts, _facts: Facts) -> Iterator[Problem]:
    trigger = trigger_of(flow)
    action = trigger.step.action if trigger is not None else None
    if trigger is None or action is None or not is_management_trigger(trigger) or "Deploy" not in action.key:
        return
    settled: set[tuple[str, str | None]] = set()
    for use in kept_uses(flow):
        place = (use.kind, use.key)
        if _SETS.match(use.action):
            settled |= {place, (use.kind, None)} if use.key is None else {place}
        elif _is_growing(use) and not settled & {place, (use.kind, None)}:
            message = f"`{use.key}` changes with every deployment: this flow runs each time"
            yield Problem(use.span, message, "Save the value instead, or remove it first.", use.key or "")


def _is_growing(use: KeptUse) -> bool:
    return use.kind != "Execution" and use.key is not None and _ADDS.match(use.action) is not None
