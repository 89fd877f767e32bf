"""Code reads a member of a step that the step does not have.

What it checks
    Of a step, code reads `results`; of a loop around the code step, `currentItem` or `index`.

Why it matters
    The member is undefined when the code runs: a loop has its results only when it has ended, and a current item only
    before.

How to fix
    `stepResults.listFiles.results`, then the path into the result. Inside of a loop, `stepResults.<loop>.currentItem`
    or `stepResults.<loop>.index`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xchange_cli.diagnostics import Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.code_inputs import rename
from xchange_cli.validation.facts import CodeUse, Dialect, Facts, Sight, StepFacts
from xchange_cli.validation.fixes import did_you_mean
from xchange_cli.validation.rule import Problem

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment, Use

SEVERITY = Severity.ERROR

_OF_LOOP = ("currentItem", "index")

VALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Note Order
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code:
                type: value
                value: |
                  module.exports = async (context, { eachOrder: { currentItem, index } }) => {
                    return { data: `${index}: ${currentItem.id}` };
                  };
      - name: Note End
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => ({ data: stepResults.eachOrder.results.length });
""",
)

INVALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.results.body.data}
        steps:
          - name: Note Order
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code:
                type: value
                value: |
                  module.exports = async (context, stepResults) => {
                    const { eachOrder: { results }, trigger } = stepResults;
                  //                     ^^^^^^^ code-step-form: the loop `eachOrder` has no results before it has ended
                    return { data: [results, trigger.body.data] };
                  //                                 ^^^^ code-step-form: a step has no `body`
                  };
      - name: Note End
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async (context, stepResults) => {
                const all = stepResults.eachOrder.flat();
              //                                  ^^^^ code-step-form: a step has no `flat`
                const last = stepResults.eachOrder.currentItem || all;
              //                                   ^^^^^^^^^^^ code-step-form: the loop `eachOrder` has ended, so it has no `currentItem`
                return { data: [last, stepResults.trigger["result"], stepResults.trigger.index] };
              //                                           ^^^^^^ code-step-form: a step has no `result`
              //                                                                         ^^^^^ code-step-form: `trigger` is no loop, so it has no `index`
              };
""",
)


def check_code(use: CodeUse, _facts: Facts) -> Iterator[Problem]:
    from xchange_cli.javascript.reading.uses import uses

    if use.step is None or use.dialect is not Dialect.STEP:
        return
    members = ((named, _member(named)) for named in uses(use.code) if named.kind == "step")
    for named in {member.start: named for named, member in members if member is not None}.values():
        sight, target = use.step.flow.look(use.step, named.name)
        if target is not None and (found := _problem(use, named, sight, target)) is not None:
            yield found


def _member(named: "Use") -> "Segment | None":
    """Give what is read of a step: a member, or a method that is called."""
    return named.path[0] if named.path else named.called


def _problem(use: CodeUse, named: "Use", sight: Sight, target: StepFacts) -> Problem | None:
    wanted = _OF_LOOP if sight is Sight.LOOP_AROUND else ("results",)
    member = _member(named)
    assert member is not None
    word = member.name
    if word in wanted:
        return None
    if word in (*_OF_LOOP, "results"):
        is_seen = sight.value <= Sight.CONTAINER_AROUND.value
        return _not_now(use, named, member, target, wanted) if is_seen else None
    return _not_at_all(use, named, member, wanted)


def _not_now(
    use: CodeUse, named: "Use", member: "Segment", target: StepFacts, wanted: tuple[str, ...]
) -> Problem:
    name = named.name
    if member.name == "results":
        message = f"the loop `{name}` has no results before it has ended"
    elif target.is_loop:
        message = f"the loop `{name}` has ended, so it has no `{member.name}`"
    else:
        message = f"`{name}` is no loop, so it has no `{member.name}`"
    span = use.span(member.start, member.end)
    hint = f"Here it has {' or '.join(f'`{name}.{word}`' for word in wanted)}."
    return Problem(span, message, hint, subject=member.name, sure=not named.is_guarded)


def _not_at_all(use: CodeUse, named: "Use", member: "Segment", wanted: tuple[str, ...]) -> Problem:
    suggestion = nearest(member.name, wanted)
    span = use.span(member.start, member.end)
    return Problem(
        span,
        f"a step has no `{member.name}`",
        hint=did_you_mean(suggestion, f"Did you mean `{named.name}.{wanted[0]}.{member.name}`?"),
        subject=member.name,
        sure=not named.is_guarded,
        fixes=rename(use, member, suggestion),
    )
