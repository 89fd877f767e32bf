"""Two branches of a step have the same name.

What it checks
    The names in the input of a branching action (`conditions`, `branchValueMappings`) differ, and so do those under
    `branches`. No condition is called `Else`: that is the branch for when none holds.

Why it matters
    The branch that is chosen is found by its name: the second one of two never runs.

How to fix
    Give each branch a name of its own.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.validation.branches import Branches, Name, branches_of
from xchange_cli.validation.facts import Facts, StepFacts
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
        branches:
          - {name: Large, steps: []}
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
              - {name: Large, type: value, value: XL}
#                      ^^^^^ duplicate-branch: a branch is called `Large` already
              - {name: Else, type: value, value: S}
#                      ^^^^ duplicate-branch: `Else` is the branch for when nothing else holds
        branches:
          - {name: Large, steps: []}
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
          - {name: Small, steps: []}
          - {name: Small, steps: []}
#                  ^^^^^ duplicate-branch: a branch is called `Small` already
          - {name: Else, steps: []}
""",
)


def check_branching(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    branches = branches_of(step)
    if branches is None:
        return
    named = [*_repeated(branches.named or ()), *_reserved(branches)]
    yield from named or _repeated(branches.given)


def _repeated(names: tuple[Name, ...]) -> Iterator[Problem]:
    first: dict[str, Name] = {}
    for name in names:
        if name.text in first:
            yield Problem(
                name.span,
                f"a branch is called `{name.text}` already",
                hint="Give each branch a name of its own.",
                subject=name.text,
                related=(Related(first[name.text].span, "the first one"),),
            )
        first.setdefault(name.text, name)


def _reserved(branches: Branches) -> Iterator[Problem]:
    for name in branches.named or ():
        if name.text in branches.fixed:
            message = f"`{name.text}` is the branch for when nothing else holds"
            yield Problem(name.span, message, hint="Use another name.", subject=name.text)
