"""Two steps of a flow have the same key.

What it checks
    Step names are unique in a flow, nested steps included. What counts is the key that references use: the name in
    camel case, without capitals inside of words and without other characters than ASCII letters and digits. So
    `Get Item` and `GET item!` are the same.

Why it matters
    A reference cannot say which of the two it means, and the import is refused. It happens when steps are copied.

How to fix
    Rename one of the two and the references to it.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Related, Severity
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.ERROR

VALID = (
    """\
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
      - name: Wait 2
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
""",
)

INVALID = (
    """\
      - name: Wait Long
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
      - name: Wait Long
#             ^^^^^^^^^ duplicate-step: a step of this flow is called `Wait Long` already
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
      - name: Repeat
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '3'}
        steps:
          - name: wait-LONG
#                 ^^^^^^^^^ duplicate-step: `wait-LONG` and `Wait Long` have the same key, `waitLong`
            action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
            inputs:
              ms: {type: value, value: '10'}
""",
    """\
      - name: TRIGGER
#             ^^^^^^^ duplicate-step: `TRIGGER` and `Trigger` have the same key, `trigger`
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: '10'}
""",
)


def check_step(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    ref, name = step.step.ref, step.step.name
    first = step.flow.by_ref[ref][0].step
    if not ref or first is step.step:
        return
    if first.name == name:
        message = f"a step of this flow is called `{name}` already"
    else:
        message = f"`{name}` and `{first.name}` have the same key, `{ref}`"
    yield Problem(
        step.step.name_node.span,
        message,
        hint="Rename one of the two, and the references to it.",
        subject=name,
        related=(Related(first.name_node.span, "the first one"),),
    )
