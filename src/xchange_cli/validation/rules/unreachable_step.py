"""A step is never reached.

What it checks
    No step follows, in the same list, a step that always ends the execution (`stopExecution`) or the pass of a loop
    (`breakLoop`), or a branching step of which every branch ends with one.

Why it matters
    What the step does never happens. Often it was meant to stand before, or the stop belongs in a branch.

How to fix
    Move the step in front, move the stop into a branch, or remove one of the two.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.validation.endings import why_ends
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

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
          - name: Large
            steps:
              - name: Stop
                action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
          - {name: Else, steps: []}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
)

INVALID = (
    """\
      - name: Stop
        action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
      - name: Greet
#             ^^^^^ unreachable-step: this step is never reached: `Stop` always ends the execution
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
      - name: Greet Again
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: value, value: Hello}
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Check Size
            action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
            inputs:
              inputValue: {type: reference, value: eachOrder.currentItem.size}
              branchValueMappings:
                type: complex
                value:
                  - {name: Large, type: value, value: L}
            branches:
              - name: Large
                steps:
                  - name: Enough
                    action: {key: breakLoop, component: {key: loop, isPublic: true, version: LATEST}}
              - name: Else
                steps:
                  - name: Stop
                    action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
          - name: Greet
#                 ^^^^^ unreachable-step: this step is never reached: all branches of `Check Size` end before
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    """Report the first step behind an end, which stands for those that follow it."""
    index, siblings = step.placed.index, step.placed.siblings
    if index == 0:
        return
    why = why_ends(siblings[index - 1])
    if why and not any(map(why_ends, siblings[: index - 1])):
        before = siblings[index - 1]
        yield Problem(
            step.step.name_node.span,
            f"this step is never reached: {why}",
            "Move it in front, or move the step that ends here into a branch.",
            step.step.name,
            related=(Related(before.name_node.span, "nothing runs behind this step"),),
        )
