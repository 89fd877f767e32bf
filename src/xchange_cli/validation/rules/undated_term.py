"""A comparison of dates has a term that is no date.

What it checks
    The literal terms of `dateTimeBefore`, `dateTimeAfter` and `dateTimeSame` are ISO 8601 text or seconds since 1970,
    and no number that only makes sense in milliseconds.

Why it matters
    What is no date ends the execution with an error, and milliseconds lie thousands of years ahead.

How to fix
    Write the date as `2024-01-31T12:00:00Z`, and leave out the last three digits of milliseconds.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.expression.ast import Literal
from xchange_cli.javascript.values import parse_if_json
from xchange_cli.validation.conditions import comparisons, conditions_of
from xchange_cli.validation.facts import Facts, StepFacts
from xchange_cli.validation.literals import is_number
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_MILLISECONDS = 1e11
"""As seconds, this is the year 5138; as milliseconds, 1973."""

VALID = (
    """\
      - name: Check Order
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Good
                type: complex
                value:
                  - and
                  - [dateTimeAfter, {type: reference, value: trigger.results.startedAt}, {type: value, value: '2024-01-31'}]
                  - [dateTimeAfter, {type: reference, value: trigger.results.startedAt}, {type: value, value: '1700000000'}]
        branches:
          - {name: Good, steps: []}
          - {name: Else, steps: []}
""",
)

INVALID = (
    """\
      - name: Check Order
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Good
                type: complex
                value:
                  - and
                  - [dateTimeBefore, {type: reference, value: trigger.results.startedAt}, {type: value, value: 31.01.2024}]
#                                                                                                              ^^^^^^^^^^ undated-term: `dateTimeBefore` fails: `31.01.2024` is no date
                  - [dateTimeBefore, {type: reference, value: trigger.results.startedAt}, {type: value, value: '1700000000000'}]
#                                                                                                              ^^^^^^^^^^^^^^^ undated-term: `1700000000000` is read as seconds, and looks like milliseconds
        branches:
          - {name: Good, steps: []}
          - {name: Else, steps: []}
""",
    """\
      - name: Check Order
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - name: Good
                type: complex
                value: [and, [dateTimeSame, {type: reference, value: trigger.results.startedAt}, {type: value, value: ''}]]
#                                                                                                                     ^^ undated-term: `dateTimeSame` fails: this term is empty
        branches:
          - {name: Good, steps: []}
          - {name: Else, steps: []}
""",
)


def check_conditions(step: StepFacts, _facts: Facts) -> Iterator[Problem]:
    for condition in conditions_of(step):
        for comparison in comparisons(condition):
            if comparison.operator in {"dateTimeBefore", "dateTimeAfter", "dateTimeSame"}:
                for term in comparison.terms[:2]:
                    if isinstance(term, Literal) and isinstance(term.value, str):
                        yield from _date(comparison.operator, term, term.value)


def _date(operator: str, term: Literal, text: str) -> Iterator[Problem]:
    if is_number(text) and float(text) >= _MILLISECONDS:
        message = f"`{text}` is read as seconds, and looks like milliseconds"
        yield Problem(term.node.span, message, "Leave out the last three digits.", text)
    elif not _is_date(text):
        message = f"`{operator}` fails: " + (f"`{text}` is no date" if text else "this term is empty")
        hint = "Write it as `2024-01-31T12:00:00Z`, or in seconds since 1970."
        yield Problem(term.node.span, message, hint, text)


def _is_date(text: str) -> bool:
    from xchange_cli.components.conversions import to_milliseconds
    from xchange_cli.components.spec import ActionError

    try:
        to_milliseconds(parse_if_json(text))
    except ActionError:
        return False
    return True
