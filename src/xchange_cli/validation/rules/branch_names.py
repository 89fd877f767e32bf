"""The branches of a step differ from those that its input names.

What it checks
    `branches` lists the names that the input of a branching action gives (`conditions`, `branchValueMappings`), in
    the same order, and `Else` at the end. A trigger or action with branches of its own has exactly those.

Why it matters
    The branch that is chosen is found by its name: one that nobody names never runs, and a missing one runs nothing.

How to fix
    Use the same names in both places; `Else` comes last and is not named in the input.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.branches import Branches, Name, branches_of
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings:
            type: complex
            value:
              - {name: Large, type: value, value: L}
              - {name: Small, type: value, value: S}
        branches:
          - {name: Large, steps: []}
          - {name: Small, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings:
            type: complex
            value:
              - {name: Large, type: value, value: L}
              - {name: Medium, type: value, value: M}
#                      ^^^^^^ branch-names: the branch `Medium` is missing in `branches`
        branches:
          - {name: Lage, steps: []}
#                  ^^^^ branch-names: `branchValueMappings` names no branch `Lage`
          - {name: Huge, steps: []}
#                  ^^^^ branch-names: `branchValueMappings` names no branch `Huge`
          - {name: Else, steps: []}
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
              - {name: Small, type: value, value: S}
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
#                  ^^^^ branch-names: the branch `Small` must stand here
          - {name: Small, steps: []}
""",
    """\
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings: {type: complex, value: [{name: Large, type: value, value: L}]}
        branches:
          - {name: Large, steps: []}
          - {name: else, steps: []}
#                  ^^^^ branch-names: the last branch must be called `Else`, not `else`
""",
    """\
    steps:
      - name: Changed
        isTrigger: true
        action: {key: snsS3NotificationWebhook, component: {key: aws-s3, isPublic: true, version: LATEST}}
        branches:
#       ^^^^^^^^ branch-names: the branch `Subscribe` is missing in `branches`
          - {name: Notification, steps: []}
          - {name: Else, steps: []}
#                  ^^^^ branch-names: `snsS3NotificationWebhook` has no branch `Else`
""",
)


def check_branching(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    branches = branches_of(step)
    if branches is None or step.spec is None or branches.named is None or branches.has_repeated_names:
        return
    for problem in [*_other_names(branches)] or [*_other_order(branches)]:
        yield problem._replace(sure=step.spec.basis.is_sure)


def _other_names(branches: Branches) -> Iterator[Problem]:
    given = {name.text for name in branches.given}
    missing = [name for name in branches.wanted if name.text not in given]
    wanted = {name.text for name in branches.wanted}
    for name in branches.given:
        if name.text not in wanted:
            yield _unknown(branches, name, missing)
    for name in missing:
        message = f"the branch `{name.text}` is missing in `branches`"
        yield Problem(name.span, message, "Add it, with an empty list of steps if need be.", name.text)


def _unknown(branches: Branches, name: Name, missing: list[Name]) -> Problem:
    """Report a branch; the missing one that was probably meant counts as reported with it."""
    close = nearest(name.text, [other.text for other in missing])
    meant = next((other for other in missing if other.text == close), None)
    related: tuple[Related, ...] = ()
    message = f"{branches.owner} no branch `{name.text}`"
    if meant is not None:
        missing.remove(meant)
        if branches.input_key and meant.node is branches.key_node:
            message = f"the last branch must be called `{meant.text}`, not `{name.text}`"
        elif branches.input_key:
            related = (Related(meant.span, "the name there"),)
    hint = did_you_mean(close, "Remove it, or name it there too." if branches.input_key else "Remove it.")
    fixes = use_word(close, name.node, name.span)
    return Problem(name.span, message, hint, name.text, True, related, fixes)


def _other_order(branches: Branches) -> Iterator[Problem]:
    for name, wanted in zip(branches.given, branches.wanted, strict=True):
        if name.text != wanted.text:
            message = f"the branch `{wanted.text}` must stand here"
            hint = "Bring the branches into the order of the component."
            if branches.input_key:
                hint = f"The order is that of `{branches.input_key}`, and `Else` comes last."
            yield Problem(name.span, message, hint, name.text)
            return
