"""What a flow creates on deployment is never removed.

What it checks
    Where a flow that runs on deployment creates a webhook, a subscription, a topic or such in another system, there is
    a flow that runs when the instance, or the configuration of the user, is removed. Only actions that surely create
    such a thing count.

Why it matters
    The other system goes on sending events to an instance that is gone, and the things that nobody needs add up.

How to fix
    Add a flow with the trigger `instanceRemove` (`userLevelConfigRemove` for users) that deletes what was created.
"""

import re
from collections.abc import Iterator

from xchange_cli.components.spec import Effect
from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import is_management_trigger, trigger_of

SEVERITY = Severity.WARNING

_OPPOSITE = {"instanceDeploy": "instanceRemove", "userLevelConfigDeploy": "userLevelConfigRemove"}
_CREATES = re.compile(
    r"(?:create|subscribe|register)\w*(?:hook|subscription|topic|notification|watch)|subscribeTo\w+",
    re.IGNORECASE,
)

_STEPS = """\
    steps:
      - name: Deployed
        isTrigger: true
        action: {key: instanceDeploy, component: {key: management-triggers, isPublic: true, version: LATEST}}
      - name: Create Topic
        action: {key: createTopic, component: {key: aws-sns, isPublic: true, version: LATEST}}
        inputs:
          awsConnection: {type: configVar, value: AWS}
          awsRegion: {type: value, value: eu-central-1}
          name: {type: value, value: orders}
"""
_VARIABLES = """\
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: AWS}
requiredConfigVars:
  - key: AWS
    dataType: connection
    connection: {key: apiKeySecret, component: {key: aws-sns, isPublic: true, version: LATEST}}
"""

VALID = (
    _STEPS
    + """\
  - name: Remove
    steps:
      - name: Removed
        isTrigger: true
        action: {key: instanceRemove, component: {key: management-triggers, isPublic: true, version: LATEST}}
"""
    + _VARIABLES,
)

INVALID = (
    _STEPS.replace(
        "Create Topic\n",
        "Create Topic\n#             ^^^^^^^^^^^^ deploy-without-remove: what `createTopic` creates on deployment "
        "is never removed\n",
    )
    + _VARIABLES,
)


def check_integration(facts: Facts) -> Iterator[Problem]:
    triggers = {kind for flow in facts.flows if (kind := _management_kind(flow))}
    for flow in facts.flows:
        kind = _management_kind(flow)
        if kind not in _OPPOSITE or _OPPOSITE[kind] in triggers:
            continue
        step = next((step for step in flow.steps if _creates(step)), None)
        if step is not None and step.spec is not None:
            yield Problem(
                step.step.name_node.span,
                f"what `{step.spec.key}` creates on deployment is never removed",
                f"Add a flow with the trigger `{_OPPOSITE[kind]}` that deletes it.",
                step.step.name,
            )


def _management_kind(flow: FlowFacts) -> str:
    trigger = trigger_of(flow)
    if trigger is None or trigger.step.action is None or not is_management_trigger(trigger):
        return ""
    return trigger.step.action.key


def _creates(step: StepFacts) -> bool:
    spec = step.spec
    if spec is None or spec.is_trigger or spec.effect is not Effect.WRITES:
        return False
    return _CREATES.match(spec.key) is not None
