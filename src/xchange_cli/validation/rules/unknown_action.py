"""A component has no such action or trigger.

What it checks
    The action key of a step exists in its component. It is an error where the catalogue has all actions of the
    component from its source, or where only capitals or one letter are wrong; else a warning, since the catalogue has
    gaps.

Why it matters
    The platform refuses the import, or the step fails.

How to fix
    Correct the key; the hint names the nearest one. `xchange components` lists what there is.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.certainty import is_known, is_surely_unknown, unknown_part
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Make Key
        action: {key: generateUUID, component: {key: uuid, isPublic: true, version: LATEST}}
        inputs: {}
""",
)

INVALID = (
    """\
      - name: Get File
        action: {key: getObjekt, component: {key: aws-s3, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^ unknown-action: the component `aws-s3` has no action `getObjekt`
        inputs: {}
      - name: Greet
        action: {key: WriteLog, component: {key: log, isPublic: true, version: LATEST}}
#                     ^^^^^^^^ unknown-action: the component `log` has no action `WriteLog`
        inputs: {}
      - name: Count
        action: {key: tally, component: {key: collection-tools, isPublic: true, version: LATEST}}
#                     ^^^^^ unknown-action: the catalogue has no action `tally` of the component `collection-tools`
        inputs: {}
""",
    """\
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
#                     ^^^^^^ unknown-action: the component `webhook-triggers` has no trigger `webook`
        inputs: {}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    action, component = step.step.action, step.component
    if action is None or component is None or step.spec is not None or not action.key:
        return
    kind, specs = ("trigger", component.triggers) if step.step.is_trigger else ("action", component.actions)
    if is_known(action.key, specs):
        return
    sure = is_surely_unknown(action.key, specs, component)
    suggestion = nearest(action.key, specs)
    node = action.key_node
    yield Problem(
        node.span,
        unknown_part(kind, action.key, component, sure=sure),
        hint=did_you_mean(suggestion, f"`xchange components {component.key}` lists what is known."),
        subject=action.key,
        sure=sure,
        fixes=use_word(suggestion, node, node.span),
    )
