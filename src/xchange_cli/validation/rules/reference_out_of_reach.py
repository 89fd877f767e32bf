"""A reference names a step that has no result yet, or none that can be seen.

What it checks
    A step sees the trigger, the steps before it in its own list and before each branching step or loop around it,
    and these themselves. It does not see itself, later steps, or steps inside of a branch or loop that has ended or
    is another one. Only `selectExecutedStepResult` may name steps in closed branches and loops.

Why it matters
    The reference has no value when the flow runs.

How to fix
    Move the step, or refer to one before it. After a branching step, the action `selectExecutedStepResult` gives the
    result of whichever step has run; after a loop, `<loop>.results` is the list of its results.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.model.walk import Placed
from xchange_cli.validation.facts import Facts, ReferenceUse, Sight
from xchange_cli.validation.reach import closed_container, stands
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Large
                type: complex
                value: [and, [isTrue, {name: '', type: reference, value: trigger.results.body.data.large}]]
        branches:
          - name: Large
            steps:
              - name: Note Branch
                action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
                inputs:
                  message: {type: reference, value: checkSize.results}
          - name: Else
            steps: []
      - name: Pick Result
        action: {key: selectExecutedStepResult, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          stepResults: {type: complex, value: [{type: reference, value: noteBranch.results}]}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: waitAWhile.results}
#                                           ^^^^^^^^^^ reference-out-of-reach: `waitAWhile` runs after this step
      - name: Wait a While
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: reference, value: waitAWhile.results}
#                                      ^^^^^^^^^^ reference-out-of-reach: `waitAWhile` is this step itself
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Note Order
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: reference, value: eachOrder.currentItem}
      - name: Note End
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'last: {{$noteOrder.results}}'}
#                                                    ^^^^^^^^^ reference-out-of-reach: `noteOrder` is out of reach: it stands inside of the loop `Each Order`
""",
)


def check_reference(use: ReferenceUse, _facts: Facts) -> Iterator[Problem]:
    name = use.reference.step
    sight, target = use.step.flow.look(use.step, name)
    if target is None:
        return
    match sight:
        case Sight.ITSELF:
            message, hint = f"`{name}` is this step itself", "A step has no result before it has run."
        case Sight.LATER:
            message, hint = f"`{name}` runs after this step", "Move it up, or name an earlier step."
        case Sight.CLOSED if not use.may_be_closed:
            message = f"`{name}` is out of reach: it stands {stands(target.placed)}"
            hint = _way_in(target.placed, use.step.placed)
        case _:
            return
    related = () if sight is Sight.ITSELF else (Related(target.step.name_node.span, f"`{name}` is here"),)
    yield Problem(use.reference.span(0, 0), message, hint=hint, subject=name, related=related)


def _way_in(target: Placed, viewer: Placed) -> str:
    """Say how to read it from outside of the outermost container that the two do not share."""
    closed = closed_container(target, viewer)
    if closed is None:
        return "Only one of the branches runs each time."
    if closed.steps is not None:
        return f"After the loop, `{closed.ref}.results` is the list of what its last step gave each time."
    return "After the branches, use the action `selectExecutedStepResult` of the component `branch`."
