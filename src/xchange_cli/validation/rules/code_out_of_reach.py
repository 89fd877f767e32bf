"""Code reads a step that has no result yet, or perhaps none.

What it checks
    The steps that code reads by its second parameter have run: the trigger, steps before it in its own list, and steps
    before each branching step or loop around it. A later step, and a step of another branch, are errors. A step
    inside of a branch or loop that has ended is a warning, since there the result may be missing; nothing is reported
    where the code reckons with that (`?.`, `??`, `if`, `try`, a default).

Why it matters
    The member is undefined, and reading `results` of it fails: always, or whenever the branch is not taken.

How to fix
    Move the step, or read one before it. For steps of a branch write `stepResults.noteOrder?.results`; after a loop,
    `<loop>.results` is the list of its results.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.model.walk import Placed
from xchange_cli.validation.facts import CodeUse, Dialect, Facts, Sight, StepFacts
from xchange_cli.validation.reach import closed_container, in_other_branch, share_loop, stands
from xchange_cli.validation.rule import Problem

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Use

SEVERITY = Severity.ERROR

_ONLY_ONE = "Only one of the branches runs each time."

VALID = (
    """\
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings: {type: complex, value: [{name: Large, type: value, value: '10'}]}
        branches:
          - name: Large
            steps:
              - name: Wait
                action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
                inputs: {ms: {type: value, value: '10'}}
          - {name: Else, steps: []}
      - name: Note End
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                return { data: [stepResults.checkSize.results, stepResults.wait?.results] };
              };
""",
)

INVALID = (
    """\
      - name: Build Text
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, { buildText, getOrder }) => {
              //                                 ^^^^^^^^^ code-out-of-reach: `buildText` is this step itself
              //                                            ^^^^^^^^ code-out-of-reach: `getOrder` runs after this step
                return { data: `${buildText.results} ${getOrder.results}` };
              };
      - name: Get Order
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs: {ms: {type: value, value: '10'}}
""",
    """\
      - name: Check Size
        action: {key: branchOnValue, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          inputValue: {type: reference, value: trigger.results.body.data.size}
          branchValueMappings: {type: complex, value: [{name: Large, type: value, value: '10'}]}
        branches:
          - name: Large
            steps:
              - name: Wait
                action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
                inputs: {ms: {type: value, value: '10'}}
          - name: Else
            steps:
              - name: Note
                action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
                inputs:
                  code: {type: value, value: 'module.exports = (c, { wait }) => ({ data: wait.results });'}
#                                                                    ^^^^ code-out-of-reach: `wait` has no result: it stands in the branch `Large` of `Check Size`
      - name: Note End
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                return { data: stepResults.wait.results };
              //                           ^^^^ code-out-of-reach: `wait` may have no result: it stands in the branch `Large` of `Check Size`
              };
""",
)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.uses import uses

    if use.step is None or use.dialect is not Dialect.STEP:
        return
    for named in {named.start: named for named in uses(use.code) if named.kind == "step"}.values():
        sight, target = use.step.flow.look(use.step, named.name)
        if target is not None and (found := _problem(use, named, sight, target)) is not None:
            yield found


def _problem(use: CodeUse, named: "Use", sight: Sight, target: StepFacts) -> Problem | None:
    if use.step is None:
        return None
    viewer, name = use.step.placed, named.name
    sure = True
    match sight:
        case Sight.ITSELF:
            message, hint = f"`{name}` is this step itself", "A step has no result before it has run."
        case Sight.LATER:
            message, hint = f"`{name}` runs after this step", "Move it up, or read an earlier step."
        case Sight.CLOSED:
            sure = in_other_branch(target.placed, viewer) and not share_loop(target.placed, viewer)
            word, hint = ("has", _ONLY_ONE) if sure else ("may have", _way_in(target, viewer))
            message = f"`{name}` {word} no result: it stands {stands(target.placed)}"
        case _:
            return None
    if named.is_guarded:
        if sight is Sight.CLOSED or share_loop(target.placed, viewer):
            return None
        sure = False
    span = use.span(named.start, named.end)
    related = () if sight is Sight.ITSELF else (Related(target.step.name_node.span, f"`{name}` is here"),)
    return Problem(span, message, hint, subject=name, sure=sure, related=related)


def _way_in(target: StepFacts, viewer: Placed) -> str:
    closed = closed_container(target.placed, viewer)
    if closed is None:
        return _ONLY_ONE
    if closed.steps is not None:
        return f"After the loop, `{closed.ref}.results` is the list of what its last step gave each time."
    return f"Write `{target.step.ref}?.results` if the branch may not have been taken."
