"""A loop runs a number of times that makes no sense.

What it checks
    The literal `iterationCount` of `loopNTimes` is a whole number, at least 1.

Why it matters
    With 0 or less the steps never run, and a fraction is cut off. A text that is no number fails the step; that is
    reported by wrong-literal.

How to fix
    Write the number of passes in digits and quotes: `'5'`. Empty text means the default, 1000.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Literal
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.literals import is_number
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

VALID = (
    """\
      - name: Five Times
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '5'}
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: reference, value: fiveTimes.index}
""",
)

INVALID = (
    """\
      - name: Never
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '0'}
#                                              ^^^ loop-count: with `0` the steps of this loop never run
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
    """\
      - name: Halves
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          iterationCount: {type: value, value: '2.5'}
#                                              ^^^^^ loop-count: `2.5` is no whole number
        steps:
          - name: Greet
            action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
            inputs:
              message: {type: value, value: Hello}
""",
)


def check_looping(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    action, given = step.step.action, step.step.inputs.get("iterationCount")
    if action is None or given is None or (action.component, action.key) != ("loop", "loopNTimes"):
        return
    if isinstance(given.expression, Literal) and isinstance(given.expression.value, str):
        text = given.expression.value
        if not is_number(text):
            return
        if float(text) < 1:
            message = f"with `{text}` the steps of this loop never run"
            yield Problem(given.value_node.span, message, "Write 1 or more.", text)
        elif not float(text).is_integer():
            yield Problem(given.value_node.span, f"`{text}` is no whole number", "Write digits only.", text)
