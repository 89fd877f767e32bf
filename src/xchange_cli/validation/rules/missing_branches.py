"""A branching step has no branches.

What it checks
    A step whose action chooses between branches has the key `branches`. For triggers with branches of their own it is
    a warning.

Why it matters
    Whatever the step decides, nothing runs, and the import is refused.

How to fix
    Add `branches`: a list with a name and steps for each branch that the input names, and `Else` at the end.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Check Color
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings:
            type: complex
            value:
              - {name: Large, type: value, value: L}
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^^^ missing-branches: `branchOnValue` chooses between branches, but the step has no `branches`
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings:
            type: complex
            value:
              - {name: Large, type: value, value: L}
""",
    """\
    steps:
      - name: File Changed
        isTrigger: true
        action: {key: snsS3NotificationWebhook, component: {key: aws-s3, isPublic: true, version: LATEST}}
#                     ^^^^^^^^^^^^^^^^^^^^^^^^ missing-branches: `snsS3NotificationWebhook` chooses between branches, but the step has no `branches`
""",
)


def check_branching(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    spec, action = step.spec, step.step.action
    if spec is None or action is None or "branches" in step.step.node.entries:
        return
    if not (spec.branches or spec.branch_input):
        return
    hint = "Add `branches`, a list of branches with `name` and `steps`."
    if not spec.branch_input:
        hint = f"Add `branches` with {', '.join(f'`{name}`' for name in spec.branches)}."
    yield Problem(
        action.key_node.span,
        f"`{spec.key}` chooses between branches, but the step has no `branches`",
        hint=hint,
        sure=spec.basis.is_sure and not spec.is_trigger,
    )
