"""A reference does not say what it wants of a step, or wants what the step does not have.

What it checks
    The second part of a reference is `results`; of a loop around the step, it is `currentItem` or `index`.

Why it matters
    The reference has no value when the flow runs: a loop has its results only when it has ended, and a current item
    only before.

How to fix
    `listFiles.results`, then the path into the result. Inside of a loop, `<loop>.currentItem` or `<loop>.index`.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.nearest import nearest
from xchange_cli.validation.facts import Facts, ReferenceUse, Sight, StepFacts
from xchange_cli.validation.fixes import did_you_mean, use_word
from xchange_cli.validation.rule import Problem

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
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: template, value: '{{$eachOrder.index}}: {{$eachOrder.currentItem.id}}'}
      - name: Note End
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: reference, value: eachOrder.results.0}
""",
)

INVALID = (
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger}
#                                         ^^^^^^^ reference-form: `trigger` alone is no reference: it does not say what is wanted of the step
        steps:
          - name: Note Order
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: template, value: '{{$eachOrder.results}} of {{$trigger.result.body.data}}'}
#                                                            ^^^^^^^ reference-form: the loop `eachOrder` has no results before it has ended
#                                                                                    ^^^^^^ reference-form: a step has no `result`
      - name: Note End
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: '{{$eachOrder.currentItem}} of {{$trigger.index}}'}
#                                                        ^^^^^^^^^^^ reference-form: the loop `eachOrder` has ended, so it has no `currentItem`
#                                                                                    ^^^^^ reference-form: `trigger` is no loop, so it has no `index`
""",
    """\
      - name: Each Order
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: trigger.body.data}
#                                                 ^^^^ reference-form: a step has no `body`
        steps:
          - name: Note Order
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: reference, value: eachOrder.current_item.id}
#                                                         ^^^^^^^^^^^^ reference-form: a step has no `current_item`
""",
)


def check_reference(use: ReferenceUse, _facts: Facts) -> Iterator[Problem]:
    sight, target = use.step.flow.look(use.step, use.reference.step)
    if target is None:
        return
    name, *rest = use.reference.path
    wanted = _OF_LOOP if sight is Sight.LOOP_AROUND else ("results",)
    if not rest:
        yield Problem(
            use.reference.span(0, 0),
            f"`{name}` alone is no reference: it does not say what is wanted of the step",
            hint=f"Write {_listed(name, wanted)}, then the path into it.",
            subject=name,
        )
    elif rest[0] in (*_OF_LOOP, "results"):
        if rest[0] not in wanted and sight.value <= Sight.CONTAINER_AROUND.value:
            yield _not_now(use, target, wanted)
    else:
        yield _not_at_all(use, wanted)


def _not_now(use: ReferenceUse, target: StepFacts, wanted: tuple[str, ...]) -> Problem:
    name, word = use.reference.path[:2]
    if word == "results":
        message = f"the loop `{name}` has no results before it has ended"
    elif target.is_loop:
        message = f"the loop `{name}` has ended, so it has no `{word}`"
    else:
        message = f"`{name}` is no loop, so it has no `{word}`"
    hint = f"Here it has {_listed(name, wanted)}."
    return Problem(use.reference.span(1, 1), message, hint=hint, subject=word)


def _not_at_all(use: ReferenceUse, wanted: tuple[str, ...]) -> Problem:
    name, word = use.reference.path[:2]
    span = use.reference.span(1, 1)
    suggestion = nearest(word, wanted)
    left_out = f"{wanted[0]}.{word}"
    return Problem(
        span,
        f"a step has no `{word}`",
        hint=did_you_mean(suggestion, f"Did you mean `{name}.{left_out}`?"),
        subject=word,
        fixes=use_word(suggestion or left_out, use.reference.node, span),
    )


def _listed(name: str, words: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}.{word}`" for word in words)
