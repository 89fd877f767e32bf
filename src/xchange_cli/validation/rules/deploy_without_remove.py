"""What a flow creates on deployment is never removed.

What it checks
    Where a flow that runs on deployment creates a webhook, a subscription, a topic or such in another system, there is
    a flow that runs when the instance, or the configuration of the user, is removed. Only actions that surely create
    such a thing count; whatever is created counts where there is such a flow, but none of its steps can remove
    anything: it has no code, no request, and no action that changes another system.

Why it matters
    The other system goes on sending events to an instance that is gone, and the things that nobody needs add up.

How to fix
    Add a flow with the trigger `instanceRemove` (`userLevelConfigRemove` for users) that deletes what was created.
"""

import re
from collections.abc import Iterator

from xchange_cli.components.spec import Effect
from xchange_cli.diagnostics import Severity
from xchange_cli.lazy_pattern import LazyPattern
from xchange_cli.model.integration import Integration
from xchange_cli.validation.facts import Facts, FlowFacts, StepFacts
from xchange_cli.validation.rule import Problem
from xchange_cli.validation.trigger_kinds import is_management_trigger, trigger_of

SEVERITY = Severity.WARNING

_OPPOSITE = {"instanceDeploy": "instanceRemove", "userLevelConfigDeploy": "userLevelConfigRemove"}
_CREATES = LazyPattern(
    r"(?:create|subscribe|register)\w*(?:hook|subscription|topic|notification|watch)|subscribeTo\w+",
    re.IGNORECASE,
)
_ANYTHING = LazyPattern(rf"create\w|{_CREATES.text}", re.IGNORECASE)
_FREE = frozenset({"code", "customHttp", "graphql", "http", "soap"})
"""Components that can send any request."""
_WITHIN = frozenset({"log", "persist-data", "process-data", "recursive-flow"})
"""Components that write nothing but what the platform keeps."""

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

_REMOVE = """\
  - name: Remove
    steps:
      - name: Removed
        isTrigger: true
        action: {key: instanceRemove, component: {key: management-triggers, isPublic: true, version: LATEST}}
"""
_CLEANS_UP = """\
      - name: Delete Topic
        action: {key: httpDelete, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: https://api.example.com/topics/orders}
"""
_ONLY_NOTES = """\
      - name: Note
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Removed}
"""

VALID = (_STEPS + _REMOVE + _CLEANS_UP + _VARIABLES,)

_FOUND = _STEPS.replace(
    "Create Topic\n",
    "Create Topic\n#             ^^^^^^^^^^^^ deploy-without-remove: what `createTopic` creates on deployment "
    "is never removed\n",
)

INVALID = (_FOUND + _VARIABLES, _FOUND + _REMOVE + _ONLY_NOTES + _VARIABLES)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    removing: dict[str, list[FlowFacts]] = {}
    for flow in facts.flows:
        removing.setdefault(_management_kind(flow), []).append(flow)
    for flow in facts.flows:
        opposite = _OPPOSITE.get(_management_kind(flow), "")
        idle = removing.get(opposite, [])
        if not opposite or any(_may_remove(step) for other in idle for step in other.steps):
            continue
        step = next((step for step in flow.steps if _creates(step, _ANYTHING if idle else _CREATES)), None)
        if step is not None and step.spec is not None:
            yield _problem(step, step.spec.key, idle[0].flow.name if idle else "", opposite)


def _problem(step: StepFacts, action: str, idle: str, opposite: str) -> Problem:
    message = f"what `{action}` creates on deployment is never removed"
    hint = f"Add a flow with the trigger `{opposite}` that deletes it."
    if idle:
        hint = f"No step of the flow `{idle}` changes anything outside: delete it there."
    return Problem(step.step.name_node.span, message, hint, step.step.name)


def _may_remove(step: StepFacts) -> bool:
    """Tell whether a step can change another system; what nobody knows can."""
    if step.step.is_trigger:
        return False
    if step.component is None or step.spec is None or step.component.is_own:
        return True
    return step.component.key in _FREE or _writes_outside(step)


def _writes_outside(step: StepFacts) -> bool:
    if step.component is None or step.spec is None or step.component.key in _WITHIN:
        return False
    return step.spec.effect is Effect.WRITES


def _management_kind(flow: FlowFacts) -> str:
    trigger = trigger_of(flow)
    if trigger is None or trigger.step.action is None or not is_management_trigger(trigger):
        return ""
    return trigger.step.action.key


def _creates(step: StepFacts, pattern: LazyPattern) -> bool:
    spec = step.spec
    if spec is None or spec.is_trigger or not _writes_outside(step):
        return False
    return pattern.match(spec.key) is not None
