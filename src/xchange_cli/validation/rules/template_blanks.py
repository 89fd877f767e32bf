"""A placeholder of a template has blanks inside of its braces.

What it checks
    `{{$step.results}}` and `{{#Config Variable}}` are written without blanks before or behind what they name.

Why it matters
    Here they are expanded all the same; whether the hosted platform does so is not documented.

How to fix
    Remove the blanks; the fix does it.
"""

import re
from collections.abc import Iterator

from xchange_cli.diagnostics import Edit, Fix, Severity
from xchange_cli.expression.ast import Expression, Template
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_PADDED = re.compile(r"\{\{\s*([#$])\s*([^}]*?)\s*\}\}")

VALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Hello {{$trigger.results.body.data.first name}}'}
""",
)

INVALID = (
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Hello {{ $trigger.results.body.data }}'}
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ template-blanks: blanks inside of the braces of a placeholder
""",
    """\
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Hello {{$ trigger.results.body.data}}, {{$trigger.results.startedAt }}'}
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ template-blanks: blanks inside of the braces of a placeholder
#                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ template-blanks: blanks inside of the braces of a placeholder
""",
)


def check_expression(expression: Expression, _facts: Facts) -> Iterator[Problem]:
    if isinstance(expression, Template):
        for start, end in expression.padded:
            yield _problem(expression, start, end)


def _problem(template: Template, start: int, end: int) -> Problem:
    """Text that is escaped or folded in the file is left for the user to mend."""
    value = template.node.value[start:end]
    tight = _PADDED.sub(r"{{\1\2}}", value)
    span = template.node.span_of(start, end)
    return Problem(
        span,
        "blanks inside of the braces of a placeholder",
        hint=f"Write `{tight}`.",
        subject=tight,
        fixes=(Fix((Edit(span, tight),), safe=True),) if span.text == value else (),
    )
